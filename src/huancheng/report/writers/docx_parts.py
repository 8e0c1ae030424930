"""The pieces of WordprocessingML that python-docx has no words for: grid, faces, footers, contents, quick tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from huancheng.report import layout
from huancheng.report.document import Lamp, Span, Text

_TWIPS_PER_MM = 1440 / 25.4
_ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs snapToGrid spacing ind jc "
    "outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs color spacing kern sz szCs u shd vertAlign lang",
    "tblPr": "tblStyle tblW jc tblBorders tblLayout tblCellMar tblLook",
    "tcPr": "tcW gridSpan tcBorders shd vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid",
}
"""The order in which the format wants the children of a properties element; Word refuses some files that break it."""


def element(tag: str, **attributes: str | int) -> Any:
    """Return a new element of the w: namespace with w: attributes."""
    node = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        node.set(qn(f"w:{name}"), str(value))
    return node


def set_faces(target: Any, east_asian: str, latin: str = layout.LATIN_FACE) -> None:
    """Name the Latin and the East Asian face of a style or run."""
    properties = target.element.get_or_add_rPr() if hasattr(target, "element") else target._element.get_or_add_rPr()  # noqa: SLF001
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = element("rFonts")
        properties.insert(0, fonts)
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name, face in (("ascii", latin), ("hAnsi", latin), ("eastAsia", east_asian), ("cs", latin)):
        fonts.set(qn(f"w:{name}"), face)


def set_styles(docx: Any) -> None:
    """Define body, headings, captions and table text."""
    normal = docx.styles["Normal"]
    _style(normal, layout.BODY_FACE, layout.BODY_POINTS)
    # 28 characters of 16 points are wider than the type area; a character grid would have some programs give every
    # character two cells, so the characters are set closer instead, with the same result.
    normal.element.get_or_add_rPr().append(element("spacing", val=round(layout.character_tracking() * 20)))
    form = normal.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(layout.LINE_PITCH_POINTS)
    form.widow_control = True
    _indent(normal.element.get_or_add_pPr(), 200)
    _style(docx.styles["Title"], layout.TITLE_FACE, layout.TITLE_POINTS, centred=True, pitch=36)
    borders = docx.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if borders is not None:
        docx.styles["Title"].element.pPr.remove(borders)
    headings = (
        (1, layout.FIRST_HEADING_FACE, False),
        (2, layout.SECOND_HEADING_FACE, False),
        (3, layout.BODY_FACE, True),
    )
    for level, face, bold in headings:
        style = docx.styles[f"Heading {level}"]
        _style(style, face, layout.BODY_POINTS, bold=bold)
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
        _indent(style.element.get_or_add_pPr(), 200)
    _added(docx, "HC Centred", layout.BODY_FACE, layout.BODY_POINTS, centred=True)
    item = _added(docx, "HC Item", layout.BODY_FACE, layout.BODY_POINTS)
    item.element.get_or_add_pPr().append(element("ind", leftChars=300, left=960, hangingChars=100, hanging=320))
    note = _added(docx, "HC Note", layout.BODY_FACE, layout.CAPTION_POINTS, pitch=20)
    note.paragraph_format.space_before = note.paragraph_format.space_after = Pt(8)
    _note_frame(note)
    for name, keep, points in (
        ("HC Table Caption", True, layout.CAPTION_POINTS), ("HC Figure Caption", False, layout.CAPTION_POINTS),
    ):  # fmt: skip
        style = _added(docx, name, layout.FIRST_HEADING_FACE, points, centred=True, pitch=20)
        style.paragraph_format.keep_with_next = keep
        style.paragraph_format.space_before, style.paragraph_format.space_after = (
            (Pt(8), Pt(4)) if keep else (Pt(2), Pt(10))
        )
    remark = _added(docx, "HC Table Note", layout.BODY_FACE, layout.SMALL_TABLE_POINTS, pitch=13)
    remark.paragraph_format.keep_with_next = True
    remark.paragraph_format.space_after = Pt(3)
    _added(docx, "HC After Table", layout.BODY_FACE, layout.SMALL_TABLE_POINTS, pitch=10)
    figure = _added(docx, "HC Figure", layout.BODY_FACE, layout.BODY_POINTS, centred=True)
    figure.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    figure.paragraph_format.keep_with_next = True
    figure.paragraph_format.space_before = Pt(8)
    for level in (1, 2, 3):
        style = _added(docx, f"HC Contents {level}", layout.BODY_FACE, layout.FOOTER_POINTS, pitch=26)
        properties = style.element.get_or_add_pPr()
        tabs = element("tabs")
        tabs.append(element("tab", val="right", leader="dot", pos=round(layout.text_width_mm() * _TWIPS_PER_MM)))
        properties.append(tabs)
        properties.append(element("ind", left=(level - 1) * 560, firstLine=0, firstLineChars=0))


def _style(
    style: Any, face: str, points: float, *, bold: bool = False, centred: bool = False, pitch: float = 0
) -> None:
    set_faces(style, face)
    style.font.size, style.font.bold, style.font.italic = Pt(points), bold, False
    style.font.color.rgb = RGBColor.from_string(
        layout.INK.removeprefix("#") if points < layout.BODY_POINTS else "000000"
    )
    if centred:
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _indent(style.element.get_or_add_pPr(), 0)
    if pitch:
        style.paragraph_format.line_spacing_rule, style.paragraph_format.line_spacing = (
            WD_LINE_SPACING.EXACTLY,
            Pt(pitch),
        )


def _added(docx: Any, name: str, face: str, points: float, *, centred: bool = False, pitch: float = 0) -> Any:
    style = docx.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = docx.styles["Normal"]
    _style(style, face, points, centred=centred, pitch=pitch)
    if not centred:
        _indent(style.element.get_or_add_pPr(), 0)
    style.element.get_or_add_pPr().insert(0, element("snapToGrid", val=0)) if pitch else None
    return style


def _indent(properties: Any, hundredths: int) -> None:
    old = properties.find(qn("w:ind"))
    if old is not None:
        properties.remove(old)
    twips = round(hundredths / 100 * layout.BODY_POINTS * 20)
    properties.append(element("ind", firstLine=twips, firstLineChars=hundredths))


def no_indent(paragraph: Any) -> None:
    """Take the two characters of indent from a paragraph."""
    _indent(paragraph._p.get_or_add_pPr(), 0)  # noqa: SLF001


def _note_frame(style: Any) -> None:
    properties = style.element.get_or_add_pPr()
    borders = element("pBdr")
    borders.append(element("left", val="single", sz=18, space=8, color=layout.TEAL.removeprefix("#")))
    properties.append(borders)
    properties.append(element("shd", val="clear", color="auto", fill=layout.MIST.removeprefix("#")))


def set_page(section: Any, *, landscape: bool = False) -> None:
    """Set paper, margins and the grid of 22 lines."""
    width, height = Mm(layout.PAGE_WIDTH_MM), Mm(layout.PAGE_HEIGHT_MM)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (height, width) if landscape else (width, height)
    section.top_margin, section.bottom_margin = Mm(layout.TOP_MM), Mm(layout.BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(layout.LEFT_MM), Mm(layout.RIGHT_MM)
    if landscape:
        section.left_margin, section.right_margin = Mm(layout.TOP_MM), Mm(layout.BOTTOM_MM)
        section.top_margin, section.bottom_margin = Mm(layout.LEFT_MM), Mm(layout.RIGHT_MM)
    section.header_distance, section.footer_distance = Mm(15), Mm(layout.BOTTOM_MM - 10 if not landscape else 12)
    properties = section._sectPr  # noqa: SLF001
    old = properties.find(qn("w:docGrid"))
    if old is not None:
        properties.remove(old)
    properties.append(element("docGrid", type="lines", linePitch=round(layout.LINE_PITCH_POINTS * 20)))


def set_footers(docx: Any) -> None:
    """Set page numbers as — 1 —, right on odd pages, left on even ones, none on the cover."""
    docx.settings.odd_and_even_pages_header_footer = True
    section = docx.sections[0]
    section.different_first_page_header_footer = True
    for footer, alignment in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = alignment
        side = "right" if alignment == WD_ALIGN_PARAGRAPH.RIGHT else "left"
        paragraph._p.get_or_add_pPr().append(  # noqa: SLF001
            element("ind", firstLine=0, firstLineChars=0, **{f"{side}Chars": 100, side: 280}),
        )
        for run in (paragraph.add_run("— "), _field(paragraph, "PAGE"), paragraph.add_run(" —")):
            set_faces(run, "宋体", "宋体")
            run.font.size = Pt(layout.FOOTER_POINTS)


def _field(paragraph: Any, instruction: str, shown: str = "1") -> Any:
    run = paragraph.add_run()
    words = element("instrText")
    words.set(qn("xml:space"), "preserve")
    words.text = f" {instruction} "
    result = element("t")
    result.text = shown
    for node in (
        element("fldChar", fldCharType="begin"), words, element("fldChar", fldCharType="separate"), result,
        element("fldChar", fldCharType="end"),
    ):  # fmt: skip
        run._r.append(node)  # noqa: SLF001
    return run


def bookmark(paragraph: Any, name: str, identifier: int, words: str) -> None:
    """Write the words into the paragraph between the marks of a bookmark, for the contents to point at."""
    node = paragraph._p  # noqa: SLF001
    node.append(element("bookmarkStart", id=identifier, name=name))
    paragraph.add_run(words)
    node.append(element("bookmarkEnd", id=identifier))


def contents(docx: Any, entries: Sequence[tuple[int, str, str]], depth: int) -> None:
    """Write the contents as a field that Word and WPS renew, filled in already with headings and page references.

    Parameters
    ----------
    docx
        The python-docx document.
    entries
        Level, words and bookmark of each heading.
    depth
        Lowest level taken in.
    """
    last = len(entries) - 1
    for position, (level, words, mark) in enumerate(entries):
        paragraph = docx.add_paragraph(style=f"HC Contents {level}")
        node = paragraph._p  # noqa: SLF001
        if position == 0:
            opening = paragraph.add_run()._r  # noqa: SLF001
            opening.append(element("fldChar", fldCharType="begin", dirty="true"))
            instruction = element("instrText")
            instruction.text = f'TOC \\o "1-{depth}" \\h \\z'
            opening.append(instruction)
            opening.append(element("fldChar", fldCharType="separate"))
        link = element("hyperlink", anchor=mark, history=1)
        for run in (paragraph.add_run(words + "\t"), _field(paragraph, f"PAGEREF {mark} \\h", "")):
            link.append(run._r)  # noqa: SLF001
        node.append(link)
        if position == last:
            paragraph.add_run()._r.append(element("fldChar", fldCharType="end"))  # noqa: SLF001


def page_break(docx: Any) -> None:
    """Begin a new page with the next paragraph, without an empty page where the last one just ended."""
    paragraph = docx.add_paragraph(style="HC After Table")
    paragraph.add_run().add_break(WD_BREAK.PAGE)


def settle_order(docx: Any) -> None:
    """Put the children of every properties element into the order the format wants."""
    section = docx.sections[0]
    roots = [docx.element, docx.styles.element, section.footer._element, section.even_page_footer._element]  # noqa: SLF001
    for root in roots:
        for tag, names in _ORDER.items():
            place = {qn(f"w:{name}"): position for position, name in enumerate(names.split())}
            for node in root.iter(qn(f"w:{tag}")):
                node[:] = sorted(node, key=lambda child: place.get(child.tag, len(place)))


def column_widths(shares: Sequence[float], *, landscape: bool) -> list[int]:
    """Split the type area by the shares given; whole twips that sum to the area."""
    total = round(layout.text_width_mm(landscape=landscape) * _TWIPS_PER_MM)
    edges = [round(total * sum(shares[: count + 1]) / sum(shares)) for count in range(len(shares))]
    return [right - left for left, right in zip([0, *edges], edges, strict=False)]


class TableBuilder:
    """Builds a table as XML: python-docx's cell access takes seconds for a thousand rows.

    Parameters
    ----------
    docx
        Document it is appended to.
    widths
        Column widths in twips.
    points
        Size of the text.
    """

    def __init__(self, docx: Any, widths: Sequence[int], points: float) -> None:
        self._docx, self._widths, self._points = docx, list(widths), points
        self._table = element("tbl")
        properties = element("tblPr")
        properties.append(element("tblW", w=sum(widths), type="dxa"))
        properties.append(element("jc", val="center"))
        properties.append(self._borders())
        properties.append(element("tblLayout", type="fixed"))
        margins = element("tblCellMar")
        for side, room in (("top", 40), ("left", 80), ("bottom", 40), ("right", 80)):
            margins.append(element(side, w=room, type="dxa"))
        properties.append(margins)
        self._table.append(properties)
        grid = element("tblGrid")
        for width in widths:
            grid.append(element("gridCol", w=width))
        self._table.append(grid)

    @staticmethod
    def _borders() -> Any:
        ink, rule = layout.INK.removeprefix("#"), layout.LINE.removeprefix("#")
        borders = element("tblBorders")
        borders.append(element("top", val="single", sz=8, space=0, color=ink))
        borders.append(element("bottom", val="single", sz=8, space=0, color=ink))
        borders.append(element("insideH", val="single", sz=4, space=0, color=rule))
        return borders

    def header(self, titles: Sequence[str]) -> None:
        """Write the header row, repeated on every page."""
        row = self._row()
        row.find(qn("w:trPr")).append(element("tblHeader"))
        for title, width in zip(titles, self._widths, strict=True):
            cell = self._cell(width, (Span(title, strong=True),), "center")
            cell.find(qn("w:tcPr")).append(
                element("shd", val="clear", color="auto", fill=layout.MIST.removeprefix("#"))
            )
            row.append(cell)
        self._table.append(row)

    def row(self, cells: Sequence[Text], aligns: Sequence[str]) -> None:
        """Write one row, which is not split over two pages."""
        row = self._row()
        for content, width, align in zip(cells, self._widths, aligns, strict=True):
            row.append(self._cell(width, content, align))
        self._table.append(row)

    def finish(self) -> None:
        """Append the table to the document."""
        body = self._docx.element.body
        body.insert(len(body) - 1, self._table)

    @staticmethod
    def _row() -> Any:
        row, properties = element("tr"), element("trPr")
        properties.append(element("cantSplit"))
        row.append(properties)
        return row

    def _cell(self, width: int, content: Text, align: str) -> Any:
        cell, properties, paragraph, form = element("tc"), element("tcPr"), element("p"), element("pPr")
        properties.append(element("tcW", w=width, type="dxa"))
        cell.append(properties)
        form.append(element("snapToGrid", val=0))
        form.append(element("spacing", before=0, after=0, line=round(self._points * 1.3 * 20), lineRule="exact"))
        form.append(element("ind", firstLine=0, firstLineChars=0))
        form.append(element("jc", val=align))
        paragraph.append(form)
        for span in content:
            paragraph.append(self._run(span))
        cell.append(paragraph)
        properties.append(element("vAlign", val="center"))
        return cell

    def _run(self, span: Span) -> Any:
        run, form, words = element("r"), element("rPr"), element("t")
        if span.strong or span.lamp is not Lamp.NONE:
            form.append(element("b"))
        colour = layout.TEAL if span.raised else layout.LAMP_COLOURS[span.lamp]
        form.append(element("color", val=colour.removeprefix("#")))
        form.append(element("sz", val=round(self._points * 2)))
        form.append(element("szCs", val=round(self._points * 2)))
        if span.raised:
            form.append(element("vertAlign", val="superscript"))
        run.append(form)
        words.text = span.text
        words.set(qn("xml:space"), "preserve")
        run.append(words)
        return run
