"""The docx writer: the official layout of GB/T 9704, with the faces an office has installed."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from functools import singledispatchmethod
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor

from huancheng.city.fixed_archive import fixed_archive
from huancheng.report import layout
from huancheng.report.document import (
    Align,
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
)
from huancheng.report.numerals import format_date
from huancheng.report.writers import docx_parts as parts

_ALIGN = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
}


def write_docx(document: Document, path: Path) -> None:
    """Write the document as docx; the same document gives the same bytes.

    Parameters
    ----------
    document
        What to set.
    path
        File to write; its folder must exist.
    """
    writer = _Writer(document)
    buffer = io.BytesIO()
    writer.finish().save(buffer)
    path.write_bytes(fixed_archive(buffer.getvalue()))


class _Writer:
    """Puts one block after another into a python-docx document."""

    def __init__(self, document: Document) -> None:
        self.source = document
        self.blocks = numbered(document.blocks)
        self.docx: Any = docx.Document()
        self.landscape = False
        self.bookmarks = 0
        parts.set_styles(self.docx)
        parts.set_page(self.docx.sections[0])
        parts.set_footers(self.docx)
        self._properties()

    def finish(self) -> Any:
        """Write the cover and every block; return the python-docx document."""
        self._cover()
        for item in self.blocks:
            self.add(item.block, item.number)
        parts.settle_order(self.docx)
        return self.docx

    def _properties(self) -> None:
        core = self.docx.core_properties
        moment = datetime.fromisoformat(self.source.dated[:10]).replace(tzinfo=UTC)
        core.title, core.subject, core.author = self.source.title, self.source.subtitle, self.source.organisation
        core.last_modified_by, core.comments, core.language = self.source.organisation, "", "zh-CN"
        core.created = core.modified = moment.replace(tzinfo=None)
        core.revision = 1

    def _cover(self) -> None:
        for _ in range(5):
            self.docx.add_paragraph("", style="Normal")
        self.docx.add_paragraph(self.source.title, style="Title")
        self.docx.add_paragraph(self.source.subtitle, style="HC Centred")
        for _ in range(10):
            self.docx.add_paragraph("", style="Normal")
        self.docx.add_paragraph(self.source.organisation, style="HC Centred")
        self.docx.add_paragraph(format_date(self.source.dated), style="HC Centred")
        self._break_page()

    def _break_page(self) -> None:
        self.docx.add_paragraph("", style="HC Centred").paragraph_format.page_break_before = True

    def _write(self, paragraph: Any, content: Text, points: float | None = None) -> None:
        for span in content:
            run = paragraph.add_run(span.text)
            run.bold = True if span.strong or span.lamp is not Lamp.NONE else None
            if span.raised:
                run.font.superscript = True
                run.font.color.rgb = RGBColor.from_string(layout.TEAL.removeprefix("#"))
            elif span.lamp is not Lamp.NONE:
                run.font.color.rgb = RGBColor.from_string(layout.LAMP_COLOURS[span.lamp].removeprefix("#"))
            if points is not None:
                run.font.size = Pt(points)

    @singledispatchmethod
    def add(self, block: Block, number: str) -> None:
        """Write one block."""
        message = f"no docx form for {type(block).__name__} {number}"
        raise TypeError(message)

    @add.register
    def _(self, block: Heading, number: str) -> None:
        paragraph = self.docx.add_paragraph(style=f"Heading {block.level}")
        self.bookmarks += 1
        parts.bookmark(paragraph, f"_Toc{self.bookmarks:05d}", self.bookmarks, number + block.title)

    @add.register
    def _(self, block: Paragraph, _number: str) -> None:
        paragraph = self.docx.add_paragraph(style="Normal")
        if not block.indent:
            parts.no_indent(paragraph)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY if block.align is Align.LEFT else _ALIGN[block.align]
        self._write(paragraph, block.content)

    @add.register
    def _(self, block: Items, _number: str) -> None:
        for item in block.items:
            paragraph = self.docx.add_paragraph(style="HC Item")
            paragraph.add_run("• ")
            self._write(paragraph, item)

    @add.register
    def _(self, block: Note, _number: str) -> None:
        self._write(self.docx.add_paragraph(style="HC Note"), block.content)

    @add.register
    def _(self, block: Table, number: str) -> None:
        self.docx.add_paragraph(f"{number}　{block.caption}", style="HC Table Caption")
        if block.note:
            self._write(self.docx.add_paragraph(style="HC Table Note"), block.note)
        points = layout.SMALL_TABLE_POINTS if block.small else layout.TABLE_POINTS
        widths = parts.column_widths([column.width for column in block.columns], landscape=self.landscape)
        builder = parts.TableBuilder(self.docx, widths, points)
        builder.header([column.title for column in block.columns])
        for row in block.rows:
            builder.row(row, [column.align.value for column in block.columns])
        builder.finish()
        self.docx.add_paragraph(style="HC After Table")

    @add.register
    def _(self, block: Figure, number: str) -> None:
        paragraph = self.docx.add_paragraph(style="HC Figure")
        width = layout.text_width_mm(landscape=self.landscape) * block.width
        shape = paragraph.add_run().add_picture(io.BytesIO(block.image), width=Mm(width))
        properties = shape._inline.docPr  # noqa: SLF001 - python-docx offers no public way to a picture's description
        properties.set("descr", block.description)
        self.docx.add_paragraph(f"{number}　{block.caption}", style="HC Figure Caption")

    @add.register
    def _(self, block: PageBreak, _number: str) -> None:
        if block.landscape == self.landscape:
            parts.page_break(self.docx)
            return
        self.landscape = block.landscape
        section = self.docx.add_section()
        section.different_first_page_header_footer = False
        parts.set_page(section, landscape=block.landscape)

    @add.register
    def _(self, block: TableOfContents, _number: str) -> None:
        heading = self.docx.add_paragraph(style="HC Centred")
        run = heading.add_run("目　　录")
        parts.set_faces(run, layout.FIRST_HEADING_FACE)
        entries = [
            (item.block.level, item.number + item.block.title, f"_Toc{position:05d}")
            for position, item in enumerate((item for item in self.blocks if isinstance(item.block, Heading)), start=1)
            if isinstance(item.block, Heading)
        ]
        parts.contents(self.docx, [entry for entry in entries if entry[0] <= block.depth], block.depth)
