"""Indicator systems as typed pack files."""

from __future__ import annotations

from collections import Counter
from typing import Literal, Self

from pydantic import Field, model_validator

from huancheng.checkup.system.measures import AnyMeasure
from huancheng.evidence import Certainty
from huancheng.policy import Entry, PackModel

Direction = Literal["higher", "lower", "range", "monitor"]


class Inputs(PackModel):
    """What a figure is made of.

    Parameters
    ----------
    layers
        Layers of the snapshot that the operator reads, or map data that the definition asks for.
    statistics
        Figures that only a bureau holds.
    field_check
        What has to be looked at on the ground.
    survey
        What only residents can say.
    """

    layers: tuple[str, ...] = ()
    statistics: tuple[str, ...] = ()
    field_check: tuple[str, ...] = ()
    survey: tuple[str, ...] = ()


class Indicator(Entry):
    """One indicator of a system; `certainty` is that of its name and unit.

    Parameters
    ----------
    number
        Position in the official table, from 1.
    name
        Official name.
    aliases
        Other names the same indicator goes by.
    group
        Dimension (2022) or level (2023) it belongs to.
    element
        Heading within the level; empty where the system has none.
    unit
        Unit as printed.
    direction
        Which way is better.
    definition
        What it says, in our own words.
    definition_certainty
        How the definition is known.
    numerator, denominator
        Words for what is divided by what; `denominator` is empty for a count or a sum.
    scope
        Area the figure speaks of.
    owner
        Bureau that answers for it by default (proposed; a city pack sets its own).
    inputs
        What it is made of.
    computable
        How far map data alone can give it.
    measure
        How it is computed; absent where it can only be declared.
    """

    number: int = Field(ge=1)
    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    group: str
    element: str = ""
    unit: str
    direction: Direction
    definition: str
    definition_certainty: Certainty
    numerator: str = ""
    denominator: str = ""
    scope: str
    owner: str
    inputs: Inputs = Inputs()
    computable: Literal["full", "partial", "no"]
    measure: AnyMeasure | None = None

    @model_validator(mode="after")
    def _measure_agrees(self) -> Self:
        if (self.computable == "no") != (self.measure is None):
            message = (
                f"{self.id}: a measure stands exactly where `computable` is full or partial, not {self.computable!r}"
            )
            raise ValueError(message)
        return self


class Group(PackModel):
    """A dimension or level.

    Parameters
    ----------
    name
        Official name.
    kind
        Whether its indicators speak of the whole city or of homes, estates and streets below it.
    indicators
        Number of indicators it must have.
    """

    name: str
    kind: Literal["city", "below"]
    indicators: int


class IndicatorSystem(Entry):
    """An indicator system: its groups and indicators.

    Parameters
    ----------
    title
        Official title.
    grouping
        Word for a group: 维度 or 层级.
    scope_note
        What the scope of the figures is.
    groups
        Dimensions or levels in the official order.
    indicators
        All indicators in the official order.
    """

    title: str
    grouping: str
    scope_note: str
    groups: tuple[Group, ...]
    indicators: tuple[Indicator, ...]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        counts = Counter(item.group for item in self.indicators)
        expected = {group.name: group.indicators for group in self.groups}
        if dict(counts) != expected:
            message = f"groups hold {dict(counts)} indicators, the head promises {expected}"
            raise ValueError(message)
        repeated = [name for name, count in Counter(item.id for item in self.indicators).items() if count > 1]
        if repeated:
            message = f"indicator ids stand twice: {', '.join(repeated)}"
            raise ValueError(message)
        return self

    @property
    def by_id(self) -> dict[str, Indicator]:
        """Indicators by id."""
        return {item.id: item for item in self.indicators}

    def group(self, name: str) -> Group:
        """Return a group by its official name.

        Raises
        ------
        KeyError
            If there is none of that name.
        """
        return {group.name: group for group in self.groups}[name]
