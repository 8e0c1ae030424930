"""What became of the streets when their graph was built: nothing is left out silently."""

from __future__ import annotations

from dataclasses import dataclass

from huancheng.access.barriers import Cut
from huancheng.access.travel_modes import Mode


@dataclass(frozen=True)
class StreetReport:
    """Account of the streets of one mode: given = closed + without_line + used.

    Parameters
    ----------
    mode
        Travel mode.
    given
        Rows of the streets layer.
    closed
        Rows the mode may not use.
    without_line
        Identifiers of rows without a line that has a length.
    used
        Rows that gave at least one edge, or were cut away whole by barriers.
    assumed
        Rows whose permission the data do not say, by class of street: (open, closed) by our default. A class the
        default does not know is closed.
    cuts
        Streets cut at railways and water.
    """

    mode: Mode
    given: int
    closed: int
    without_line: tuple[str, ...]
    used: int
    assumed: dict[str, tuple[int, int]]
    cuts: tuple[Cut, ...]
