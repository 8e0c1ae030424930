"""What a workbook holds, as data: whoever fills sheets needs no writer loaded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Cell = str | float | int | None


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a sheet: title and width in characters."""

    title: str
    width: float = 14


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    Parameters
    ----------
    name
        Name on the tab.
    columns
        Titles and widths.
    rows
        Cells: text, numbers, or None for an empty cell.
    styled
        Set wrapping and number formats; long listings go without, for speed.
    """

    name: str
    columns: tuple[SheetColumn, ...]
    rows: Iterable[Sequence[Cell]] = field(repr=False)
    styled: bool = True
