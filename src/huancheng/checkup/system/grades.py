"""Scales, band tables and aspect rules as data."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from huancheng.checkup.system.targets import ForCities
from huancheng.policy import Entry, PackModel


class Grade(PackModel):
    """One grade of a scale.

    Parameters
    ----------
    name
        Word on the report.
    good
        Whether it counts as good for the aspect.
    aliases
        Other words met in cities' tables.
    """

    name: str
    good: bool
    aliases: tuple[str, ...] = ()


class GradeBand(PackModel):
    """A range of amounts and its grade; a band without bounds takes what the bands before it left."""

    grade: str
    at_least: float | None = None
    above: float | None = None
    at_most: float | None = None
    below: float | None = None

    def holds(self, amount: float) -> bool:
        """Whether an amount lies in the band."""
        return (
            (self.at_least is None or amount >= self.at_least)
            and (self.above is None or amount > self.above)
            and (self.at_most is None or amount <= self.at_most)
            and (self.below is None or amount < self.below)
        )


class BandTable(ForCities):
    """The bands of one indicator, read from the first to the last."""

    bands: tuple[GradeBand, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _ends_with_the_rest(self) -> Self:
        bounds = ("at_least", "above", "at_most", "below")
        open_bands = [all(getattr(band, name) is None for name in bounds) for band in self.bands]
        if not open_bands[-1] or any(open_bands[:-1]):
            message = f"{self.id}: the last band, and only it, stands without bounds"
            raise ValueError(message)
        return self

    def grade(self, amount: float) -> str:
        """Return the grade of an amount."""
        return next(band.grade for band in self.bands if band.holds(amount))


class AspectBand(PackModel):
    """An aspect's grade from a share of good grades on."""

    grade: str
    at_least: float = Field(ge=0, le=1)


class AspectRule(Entry):
    """How the grades of a group make the grade of the aspect.

    Parameters
    ----------
    kind
        `share_of_good`: by the share of good grades among the graded; `weakest`: the lowest grade there is.
    bands
        For `share_of_good`, from the highest share down; the last begins at 0.
    """

    kind: Literal["share_of_good", "weakest"]
    bands: tuple[AspectBand, ...] = ()

    @model_validator(mode="after")
    def _bands_reach_down(self) -> Self:
        floors = [band.at_least for band in self.bands]
        if self.kind == "share_of_good" and (not floors or floors[-1] != 0 or floors != sorted(floors, reverse=True)):
            message = f"{self.id}: the bands run from the highest share down to 0"
            raise ValueError(message)
        return self


class GradeBook(PackModel):
    """The scale, the band tables and the aspect rule of one indicator system.

    Parameters
    ----------
    scale
        Grades from the best to the worst.
    ungraded
        Words in cities' tables that mean that there is no grade.
    tables
        Band tables.
    aspect
        How a group is graded.
    """

    scale: tuple[Grade, ...]
    ungraded: tuple[str, ...] = ()
    tables: tuple[BandTable, ...]
    aspect: AspectRule

    @model_validator(mode="after")
    def _grades_exist(self) -> Self:
        names = {grade.name for grade in self.scale}
        for table in self.tables:
            strange = [band.grade for band in table.bands if band.grade not in names]
            if strange:
                message = f"{table.id}: {'、'.join(strange)} is no grade of the scale {'、'.join(names)}"
                raise ValueError(message)
        return self

    def worst_first(self, name: str) -> int:
        """Return a number by which grades sort from the worst to the best."""
        return -[grade.name for grade in self.scale].index(name)

    def read(self, word: str) -> str | None:
        """Return the grade a word means, the empty text where it means none, or None where it is no such word."""
        if word in self.ungraded or not word:
            return ""
        return next((grade.name for grade in self.scale if word == grade.name or word in grade.aliases), None)
