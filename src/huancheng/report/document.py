"""The document model: what a report says, apart from the format it is written in.

A document is built once and handed to the docx writer and the PDF writer, so that both say the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Align(StrEnum):
    """Where the text of a cell or a paragraph stands."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


class Lamp(StrEnum):
    """The light of a judged cell: each also has a word beside it, never colour alone."""

    GOOD = "good"
    WATCH = "watch"
    BAD = "bad"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one manner.

    Parameters
    ----------
    text
        The words.
    strong
        Set bold.
    raised
        Set small and raised: marks of provenance.
    lamp
        Colour of a judgement.
    """

    text: str
    strong: bool = False
    raised: bool = False
    lamp: Lamp = Lamp.NONE


Text = tuple[Span, ...]
"""Text in one or several manners."""


def text(*parts: str | Span | Text) -> Text:
    """Join words, spans and texts into one text; empty parts fall away."""
    spans: list[Span] = []
    for part in parts:
        if isinstance(part, str):
            spans.append(Span(part))
        elif isinstance(part, Span):
            spans.append(part)
        else:
            spans.extend(part)
    return tuple(span for span in spans if span.text)


def plain(content: Text) -> str:
    """Return the words without their manner."""
    return "".join(span.text for span in content)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the writers set its number (一、 （一） 1.) as GB/T 9704 has it.

    Parameters
    ----------
    level
        1 to 3.
    title
        Words without a number.
    numbered
        False for headings such as 附件1 that carry their own.
    """

    level: int
    title: str
    numbered: bool = True

    def __post_init__(self) -> None:
        """Refuse levels the layout does not know."""
        if self.level not in (1, 2, 3):
            message = f"a heading is of level 1, 2 or 3, not {self.level}"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of body text, indented by two characters unless told otherwise."""

    content: Text
    indent: bool = True
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Items:
    """A plain list; each item is a paragraph with a mark."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A remark set apart: what the reader must know before trusting a figure."""

    content: Text


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: title, share of the table's width (any scale), and where its text stands."""

    title: str
    width: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose header repeats on every page.

    Parameters
    ----------
    caption
        Words above the table, without a number (the writers number tables through the document).
    columns, rows
        Each row has one text per column.
    note
        Words between caption and table: at the foot of a long table nobody would find them.
    small
        Set in a smaller size: annex tables of many columns.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]
    note: Text = ()
    small: bool = False

    def __post_init__(self) -> None:
        """Refuse rows that do not fit the columns."""
        for position, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                message = f"table {self.caption!r}, row {position}: {len(row)} cells for {len(self.columns)} columns"
                raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its caption.

    Parameters
    ----------
    image
        PNG bytes.
    caption
        Words under the picture, without a number.
    description
        What the picture shows, for a reader who can't see it.
    width
        Share of the text's width.
    """

    image: bytes = field(repr=False)
    caption: str
    description: str
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page; `landscape` turns the pages until the next break."""

    landscape: bool = False


@dataclass(frozen=True, slots=True)
class TableOfContents:
    """The contents: headings of the first `depth` levels with their pages."""

    depth: int = 2


Block = Heading | Paragraph | Items | Note | Table | Figure | PageBreak | TableOfContents


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    Parameters
    ----------
    title, subtitle
        Title lines as printed.
    organisation
        Who signs; printed under the title and kept in the file's properties.
    dated
        Day the document speaks of (its data's day, never the clock), ISO 8601.
    blocks
        The body in order.
    """

    title: str
    subtitle: str
    organisation: str
    dated: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class NumberedBlock:
    """A block with the number the layout gives it (一、, 表3, 图2, or empty)."""

    block: Block
    number: str


def numbered(blocks: Sequence[Block]) -> list[NumberedBlock]:
    """Give headings, tables and figures their numbers in order: one numbering for every format."""
    counters = [0, 0, 0]
    tables = figures = 0
    out: list[NumberedBlock] = []
    for block in blocks:
        number = ""
        match block:
            case Heading(level=level, numbered=True):
                counters[level - 1] += 1
                counters[level:] = [0] * (3 - level)
                number = _heading_number(level, counters[level - 1])
            case Heading():
                counters[block.level :] = [0] * (3 - block.level)
            case Table():
                tables += 1
                number = f"表{tables}"
            case Figure():
                figures += 1
                number = f"图{figures}"
            case _:
                pass
        out.append(NumberedBlock(block, number))
    return out


def _heading_number(level: int, position: int) -> str:
    if level == 1:
        return f"{chinese_number(position)}、"
    return f"（{chinese_number(position)}）" if level == 2 else f"{position}."  # noqa: PLR2004 - the second level


_DIGITS = "零一二三四五六七八九"


def chinese_number(value: int) -> str:
    """Return 1 to 99 in Chinese numerals, as headings are numbered.

    Raises
    ------
    ValueError
        Outside 1 to 99.
    """
    if not 1 <= value <= 99:  # noqa: PLR2004 - a document has fewer chapters
        message = f"headings are numbered from 1 to 99, not {value}"
        raise ValueError(message)
    tens, units = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[units] if units else "")
