"""Why no plan exists, or why none was found: causes with members and figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from huancheng.evidence import InputFault


class CauseKind(StrEnum):
    """What stands in the way."""

    OVER_CEILING = "over_ceiling"
    """Members that must stay together are over a ceiling."""
    UNDER_FLOOR = "under_floor"
    """All that is connected within one zone is under a floor."""
    NOT_CONNECTED = "not_connected"
    """Members that must stay together can't reach one another."""
    TOGETHER_AND_APART = "together_and_apart"
    """Members are to stay together and apart at once."""
    TOGETHER_ACROSS_ZONES = "together_across_zones"
    """Members that must stay together lie in two zones."""
    FIXED_APART = "fixed_apart"
    """Members that must stay together are locked in different units, or a locked unit can't take a free one."""
    TOO_MANY_UNITS = "too_many_units"
    """The floors do not allow as many units as are asked for."""
    TOO_FEW_UNITS = "too_few_units"
    """The ceilings, zones and components need more units than are allowed."""
    NO_COUNT_FITS = "no_count_fits"
    """Ceilings need more units than floors allow."""
    NOT_FOUND = "not_found"
    """The search ended without a plan; none is proved impossible."""


SHOWN = 6
"""Blocks named in a sentence; the rest are counted."""


@dataclass(frozen=True)
class Cause:
    """One cause.

    Attributes
    ----------
    kind
        What stands in the way.
    members
        Blocks concerned, ascending.
    figure
        What they come to, in the terms of the limit; a number of units for counts.
    limit
        Name of the limit; None for causes without.
    bar
        The value `figure` would have to keep.
    why
        The sentence after the blocks are named.
    """

    kind: CauseKind
    members: tuple[int, ...]
    figure: float
    limit: str | None
    bar: float
    why: str

    @property
    def message(self) -> str:
        """One sentence, blocks by number."""
        return self.told(())

    def told(self, names: Sequence[str]) -> str:
        """Return the sentence with the blocks' names; by number where there are none."""
        if not self.members or self.kind in _ABOUT_ALL:
            return self.why
        shown = [names[member] if names else str(member) for member in self.members[:SHOWN]]
        more = len(self.members) - len(shown)
        blocks = ", ".join(shown) + (f" and {more} more" if more else "")
        return f"{'block' if len(self.members) == 1 else 'blocks'} {blocks}: {self.why}"


_ABOUT_ALL = (CauseKind.TOO_MANY_UNITS, CauseKind.TOO_FEW_UNITS)


class Infeasible(InputFault):
    """No plan holds all rules, or none was found.

    Parameters
    ----------
    causes
        At least one, the plainest first.
    """

    def __init__(self, causes: Sequence[Cause]) -> None:
        super().__init__("; ".join(cause.message for cause in causes), cure="loosen a rule or change what it is about")
        self.causes = tuple(causes)
