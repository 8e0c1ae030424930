"""A printed form as data: title, ruled cells, lines, and who signs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from huancheng.report.numerals import format_date

Place = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A ruled cell.

    Parameters
    ----------
    text
        Its words; each line is a paragraph.
    columns
        How many columns of the grid it spans.
    label
        Whether it names what stands beside it: set in 黑体, in the middle.
    place
        Where its text stands.
    foot
        Words at the lower right: where one signs and seals.
    """

    text: str
    columns: int = 1
    label: bool = False
    place: Place = "left"
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells.

    Parameters
    ----------
    cells
        From left to right.
    height
        Least height in millimetres: room to write and to seal.
    """

    cells: tuple[Cell, ...]
    height: float = 10


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table.

    Parameters
    ----------
    widths
        Widths of its columns, in any scale.
    rows
        Its rows.
    """

    widths: tuple[float, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph.

    Parameters
    ----------
    text
        Its words.
    place
        Where it stands.
    indent
        Whether its first line begins two characters in.
    small
        Set in a smaller size: remarks.
    """

    text: str
    place: Place = "left"
    indent: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a new page."""


Block = Grid | Line | NewPage


@dataclass(frozen=True, slots=True)
class Form:
    """A form to print.

    Parameters
    ----------
    title
        Printed large; also in the file's properties.
    organisation
        Who issues it, kept in the file's properties.
    day
        Day it speaks of; stands for the clock in the file's properties.
    blocks
        What it says, in order; a title stands before the first block and after every new page.
    """

    title: str
    organisation: str
    day: date
    blocks: tuple[Block, ...]


def labelled(name: str, value: str, columns: int = 1) -> tuple[Cell, Cell]:
    """Return a label and what it names."""
    return Cell(name, label=True), Cell(value, columns)


def blank_date() -> str:
    """Return the room for a date written by hand."""
    return "年　　月　　日"


def printed(day: date | None) -> str:
    """Return a day as official papers print it; empty for none."""
    return format_date(day.isoformat()) if day else ""
