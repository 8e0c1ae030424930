"""A number that travels with its evidence."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from huancheng.evidence.provenance import Provenance


class Channel(StrEnum):
    """The three channels of a city check-up (五(一))."""

    SELF = "self"
    THIRD_PARTY = "third_party"
    SURVEY = "survey"


class State(StrEnum):
    """Known, missing and not applicable are three states; zero is a known value."""

    KNOWN = "known"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Value:
    """One figure with unit, date, scope, channel, source and provenance.

    Parameters
    ----------
    amount
        The figure; None exactly when `state` is not known.
    unit
        Unit as printed (%, 个, 平方米/人).
    as_of
        Date the figure speaks of.
    scope
        Name of the area or set it covers (建成区, 市辖区, an estate's id).
    channel
        Check-up channel.
    source
        File, layer or bureau it comes from.
    provenance
        How it came to be known; None exactly when `state` is not known.
    state
        Known, missing or not applicable.
    note
        Why a value is missing or not applicable, or what a reader must know.

    Raises
    ------
    ValueError
        If a known value lacks an amount or a provenance, is not finite, or an unknown one carries either.
    """

    amount: float | None
    unit: str
    as_of: date | None = None
    scope: str = ""
    channel: Channel = Channel.SELF
    source: str = ""
    provenance: Provenance | None = None
    state: State = State.KNOWN
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse figures whose state and amount contradict each other."""
        if self.state is State.KNOWN:
            if self.amount is None or self.provenance is None:
                message = f"a known value needs an amount and a provenance (unit {self.unit!r}, scope {self.scope!r})"
                raise ValueError(message)
            if not math.isfinite(self.amount):
                message = f"a known value must be finite, not {self.amount} (scope {self.scope!r})"
                raise ValueError(message)
        elif self.amount is not None:
            message = f"a value that is {self.state.value} carries no amount, not even {self.amount}"
            raise ValueError(message)
        elif self.provenance is not None:
            message = f"a value that is {self.state.value} carries no provenance (scope {self.scope!r})"
            raise ValueError(message)

    @classmethod
    def missing(cls, unit: str, note: str, *, scope: str = "") -> Value:
        """Return a value that should exist and is not known."""
        return cls(None, unit, scope=scope, state=State.MISSING, note=note)

    @classmethod
    def not_applicable(cls, unit: str, note: str, *, scope: str = "") -> Value:
        """Return a value that cannot exist here (no metro, no historic district)."""
        return cls(None, unit, scope=scope, state=State.NOT_APPLICABLE, note=note)

    @property
    def is_known(self) -> bool:
        """Whether there is a figure."""
        return self.state is State.KNOWN
