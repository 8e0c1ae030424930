"""The PDF writer: a document set by typst with the packaged fonts alone."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from functools import singledispatchmethod
from importlib import resources
from pathlib import Path

from huancheng.report import layout
from huancheng.report.document import (
    Block,
    Document,
    Figure,
    Heading,
    Items,
    Lamp,
    Note,
    PageBreak,
    Paragraph,
    Table,
    TableOfContents,
    Text,
    numbered,
    plain,
)
from huancheng.report.numerals import format_date
from huancheng.report.typeface import SANS, SERIF, SUBSTITUTION, font_folder

_JOINT = re.compile(r"(?<=[A-Za-z0-9])[_./:;,-](?=[A-Za-z])|(?<=[A-Za-z])(?=[≥≤])")


def write_pdf(document: Document, path: Path) -> None:
    """Write the document as PDF; the same document gives the same bytes.

    Parameters
    ----------
    document
        What to set.
    path
        File to write; its folder must exist.
    """
    import typst

    source, images = typst_source(document)
    with tempfile.TemporaryDirectory(prefix="huancheng-report-") as folder:
        for name, image in images.items():
            (Path(folder) / name).write_bytes(image)
        main = Path(folder) / "main.typ"
        main.write_text(source, encoding="utf-8")
        data = typst.compile(
            str(main), root=folder, font_paths=[str(font_folder())], ignore_system_fonts=True, format="pdf",
            timestamp=datetime.fromisoformat(document.dated[:10]).replace(tzinfo=UTC),
        )  # fmt: skip
    path.write_bytes(data)


def typst_source(document: Document) -> tuple[str, dict[str, bytes]]:
    """Return the typst markup of a document and its pictures by file name."""
    writer = _Markup()
    body = [writer.markup(item.block, item.number) for item in numbered(document.blocks)]
    cover = ", ".join(
        _string(part)
        for part in (
            document.title,
            document.subtitle,
            document.organisation,
            format_date(document.dated),
            SUBSTITUTION,
        )
    )
    preamble = resources.files(__package__).joinpath("preamble.typ").read_text("utf-8")
    return "\n".join([_measures(document), preamble, f"#cover({cover})", *body, ""]), writer.images


class _Markup:
    """Turns blocks into typst markup and collects the pictures they show."""

    def __init__(self) -> None:
        self.images: dict[str, bytes] = {}

    @singledispatchmethod
    def markup(self, block: Block, number: str) -> str:
        """Return the markup of one block."""
        message = f"no markup for {type(block).__name__} {number}"
        raise TypeError(message)

    @markup.register
    def _(self, block: Heading, number: str) -> str:
        return f"#heading(level: {block.level}, {_string(number + block.title)})"

    @markup.register
    def _(self, block: Paragraph, _number: str) -> str:
        indent = "true" if block.indent else "false"
        return f"#paragraph({_content(block.content)}, indent: {indent}, where: {block.align.value})"

    @markup.register
    def _(self, block: Items, _number: str) -> str:
        return f"#items({', '.join(_content(item) for item in block.items)})"

    @markup.register
    def _(self, block: Note, _number: str) -> str:
        return f"#note({_content(block.content)})"

    @markup.register
    def _(self, block: Table, number: str) -> str:
        widths = ", ".join(f"{column.width:g}fr" for column in block.columns)
        aligns = ", ".join(column.align.value for column in block.columns)
        header = ", ".join(_string(column.title) for column in block.columns)
        rows = ",\n".join(f"({', '.join(_content(_breakable(cell)) for cell in row)},)" for row in block.rows)
        remark = _content(block.note) if block.note else "none"
        title = _string(f"{number}　{block.caption}")
        small = "true" if block.small else "false"
        body = f"{rows}," if rows else ""
        return f"#grid-table({title}, ({widths},), ({aligns},), ({header},), ({body}), {remark}, {small})"

    @markup.register
    def _(self, block: Figure, number: str) -> str:
        name = f"figure-{len(self.images) + 1:03d}.png"
        self.images[name] = block.image
        title = _string(f"{number}　{block.caption}")
        return f"#picture({_string(name)}, {_string(block.description)}, {block.width * 100:g}%, {title})"

    @markup.register
    def _(self, block: PageBreak, _number: str) -> str:
        top, right, bottom, left = layout.TOP_MM, layout.RIGHT_MM, layout.BOTTOM_MM, layout.LEFT_MM
        if block.landscape:
            top, right, bottom, left = left, bottom, right, top
        margins = f"margin: (top: {top}mm, right: {right}mm, bottom: {bottom}mm, left: {left}mm)"
        return f"#pagebreak(weak: true)\n#set page(flipped: {'true' if block.landscape else 'false'}, {margins})"

    @markup.register
    def _(self, block: TableOfContents, _number: str) -> str:
        return f"#contents({block.depth})"


def _measures(document: Document) -> str:
    names = {
        "doc-title": _string(document.title),
        "doc-author": _string(document.organisation),
        "serif": _string(SERIF),
        "sans": _string(SANS),
        "pitch": f"{layout.LINE_PITCH_POINTS}pt",
        "tracking": f"{layout.character_tracking()}pt",
        "ink": _colour(layout.INK),
        "teal": _colour(layout.TEAL),
        "mist": _colour(layout.MIST),
        "rule": _colour(layout.LINE),
        "muted": _colour(layout.MUTED),
    }
    return "\n".join(f"#let {name} = {value}" for name, value in names.items())


def _content(content: Text) -> str:
    """Return text as a typst content block; words stand in string literals, so that none is taken for markup."""
    if not plain(content):
        return "[]"
    parts = []
    for span in content:
        part = _string(span.text)
        if span.raised:
            part = f"raised({part})"
        elif span.lamp is not Lamp.NONE:
            part = f"lamp({_colour(layout.LAMP_COLOURS[span.lamp])}, {part})"
        elif span.strong:
            part = f"strong({part})"
        parts.append(f"#{part}")
    return f"[{''.join(parts)}]"


def _breakable(content: Text) -> Text:
    """Let long names of files and fields break after their joints, so that no cell overflows."""
    return tuple(replace(span, text=_JOINT.sub("\\g<0>\u200b", span.text)) for span in content)


def _colour(code: str) -> str:
    return f'rgb("{code}")'


def _string(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "").replace("\n", "\\n")
    return f'"{escaped}"'
