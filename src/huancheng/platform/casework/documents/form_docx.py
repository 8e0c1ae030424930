"""Writing printed forms as docx, in the official faces."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from huancheng.city.fixed_archive import fixed_archive
from huancheng.platform.casework.documents.form import Cell, Form, Grid, Line, NewPage, Place, Row
from huancheng.report import layout
from huancheng.report.writers import docx_parts as parts

_ALIGN = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
_MARGIN_MM = 22.0
_CELL_POINTS, _CELL_PITCH = 12.0, 18.0
_TWIPS_PER_MM = 1440 / 25.4


def to_docx(form: Form) -> bytes:
    """Return a form as docx; the same form gives the same bytes."""
    document: Any = docx.Document()
    parts.set_styles(document)
    section = document.sections[0]
    parts.set_page(section)
    section.left_margin = section.right_margin = Mm(_MARGIN_MM)
    section.top_margin, section.bottom_margin = Mm(25), Mm(20)
    section.footer_distance = Mm(10)
    _properties(document, form)
    _title(document, form.title)
    for block in form.blocks:
        match block:
            case Grid():
                _grid(document, block)
            case Line():
                _line(document, block)
            case NewPage():
                _title(document, form.title, breaks=True)
    parts.settle_order(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return fixed_archive(buffer.getvalue())


def _properties(document: Any, form: Form) -> None:
    core = document.core_properties
    moment = datetime(form.day.year, form.day.month, form.day.day, tzinfo=UTC).replace(tzinfo=None)
    core.title, core.author, core.last_modified_by = form.title, form.organisation, form.organisation
    core.comments, core.language, core.revision = "", "zh-CN", 1
    core.created = core.modified = moment


def _title(document: Any, words: str, *, breaks: bool = False) -> None:
    paragraph = document.add_paragraph(words, style="Title")
    paragraph.paragraph_format.space_after = Pt(10)
    paragraph.paragraph_format.page_break_before = breaks


def _line(document: Any, line: Line) -> None:
    paragraph = document.add_paragraph(style="Normal")
    paragraph.alignment = _ALIGN[line.place]
    if not line.indent:
        parts.no_indent(paragraph)
    run = paragraph.add_run(line.text)
    if line.small:
        run.font.size = Pt(_CELL_POINTS)
        paragraph.paragraph_format.line_spacing = Pt(_CELL_PITCH)
        paragraph._p.get_or_add_pPr().append(parts.element("snapToGrid", val=0))  # noqa: SLF001 - python-docx has no word


def _grid(document: Any, grid: Grid) -> None:
    total = (layout.PAGE_WIDTH_MM - 2 * _MARGIN_MM) * _TWIPS_PER_MM
    edges = [round(total * sum(grid.widths[:count]) / sum(grid.widths)) for count in range(len(grid.widths) + 1)]
    widths = [right - left for left, right in pairwise(edges)]
    table, properties = parts.element("tbl"), parts.element("tblPr")
    properties.append(parts.element("tblW", w=sum(widths), type="dxa"))
    properties.append(parts.element("jc", val="center"))
    properties.append(_borders())
    properties.append(parts.element("tblLayout", type="fixed"))
    table.append(properties)
    columns = parts.element("tblGrid")
    for width in widths:
        columns.append(parts.element("gridCol", w=width))
    table.append(columns)
    for row in grid.rows:
        table.append(_row(row, widths))
    body = document.element.body
    body.insert(len(body) - 1, table)


def _borders() -> Any:
    borders = parts.element("tblBorders")
    for side, size in (("top", 8), ("left", 8), ("bottom", 8), ("right", 8), ("insideH", 4), ("insideV", 4)):
        borders.append(parts.element(side, val="single", sz=size, space=0, color="000000"))
    return borders


def _row(row: Row, widths: Sequence[int]) -> Any:
    node, properties = parts.element("tr"), parts.element("trPr")
    properties.append(parts.element("cantSplit"))
    properties.append(parts.element("trHeight", val=round(row.height * _TWIPS_PER_MM), hRule="atLeast"))
    node.append(properties)
    place = 0
    for cell in row.cells:
        node.append(_cell(cell, sum(widths[place : place + cell.columns])))
        place += cell.columns
    return node


def _cell(cell: Cell, width: int) -> Any:
    node, properties = parts.element("tc"), parts.element("tcPr")
    properties.append(parts.element("tcW", w=width, type="dxa"))
    if cell.columns > 1:
        properties.append(parts.element("gridSpan", val=cell.columns))
    properties.append(parts.element("vAlign", val=_height_of(cell)))
    node.append(properties)
    place = "center" if cell.label else cell.place
    for line in cell.text.split("\n") if cell.text or not cell.foot else ():
        node.append(_paragraph(line, place, heading=cell.label))
    for line in cell.foot.split("\n") if cell.foot else ():
        node.append(_paragraph(line, "right"))
    return node


def _height_of(cell: Cell) -> str:
    """Return where a cell's text stands: signatures at the bottom of an empty box, under the words of a full one."""
    if not cell.foot:
        return "center"
    return "top" if cell.text else "bottom"


def _paragraph(words: str, place: Place, *, heading: bool = False) -> Any:
    paragraph, form, run = parts.element("p"), parts.element("pPr"), parts.element("r")
    form.append(parts.element("snapToGrid", val=0))
    form.append(parts.element("spacing", before=20, after=20, line=round(_CELL_PITCH * 20), lineRule="exact"))
    form.append(parts.element("ind", firstLine=0, firstLineChars=0))
    form.append(parts.element("jc", val=place))
    face = parts.element("rPr")
    if heading:
        name = layout.FIRST_HEADING_FACE
        face.append(parts.element("rFonts", eastAsia=name))
    face.append(parts.element("sz", val=round(_CELL_POINTS * 2)))
    face.append(parts.element("szCs", val=round(_CELL_POINTS * 2)))
    run.append(face)
    text = parts.element("t")
    text.text = words
    text.set(qn("xml:space"), "preserve")
    run.append(text)
    paragraph.append(form)
    paragraph.append(run)
    return paragraph
