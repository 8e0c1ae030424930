"""One document, two formats: the official layout in docx, the packaged fonts in PDF, the same words in both."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from PIL import Image

from huancheng.city.fixed_archive import fixed_archive
from huancheng.report import layout
from huancheng.report.document import (
    Align,
    Column,
    Document,
    Figure,
    Heading,
    Items,
    Lamp,
    Note,
    PageBreak,
    Paragraph,
    Span,
    Table,
    TableOfContents,
    text,
)
from huancheng.report.writers.docx import write_docx
from huancheng.report.writers.pdf import typst_source, write_pdf


def picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (80, 40), layout.TEAL).save(buffer, "PNG")
    return buffer.getvalue()


AWKWARD = r'#let x = [1] $a$ *b* _c_ "d" \e <f> @g // h'
ROWS = tuple(
    (text(str(number)), text("缺幼儿园的小区"), text("7 个", Span("i", raised=True))) for number in range(1, 61)
)
DOCUMENT = Document(
    title="示例城市体检报告",
    subtitle="（2023 年指标体系）",
    organisation="某市城市更新工作专班办公室",
    dated="2025-12-31",
    blocks=(
        TableOfContents(),
        PageBreak(),
        Heading(1, "概况"),
        Heading(2, "范围"),
        Heading(3, "时点"),
        Paragraph(text("人口 ", Span("7", strong=True), "，", Span("不足", lamp=Lamp.BAD))),
        Paragraph(text("右"), indent=False, align=Align.RIGHT),
        Items((text("第一"), text(AWKWARD))),
        Note(text("须知")),
        Figure(picture(), "一张图", "图的说明", 0.5),
        Table(
            "清单",
            (Column("序号", 1, Align.CENTRE), Column("问题", 4), Column("数量", 1, Align.RIGHT)),
            ROWS,
            text("共 60 条"),
        ),
        PageBreak(landscape=True),
        Heading(1, "附件1", numbered=False),
        Table("空表", (Column("甲", 1),), (), small=True),
        PageBreak(),
        Paragraph(text("完")),
    ),
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("docx") / "a.docx"
    write_docx(DOCUMENT, path)
    return path


@pytest.fixture(scope="module")
def word(written: Path) -> Any:
    return docx.Document(str(written))


def test_margins_and_paper_are_those_of_the_standard(word: Any) -> None:
    section = word.sections[0]
    measures = [section.page_width, section.page_height, section.top_margin, section.bottom_margin, section.left_margin]
    assert [round(measure.mm) for measure in measures] == [210, 297, 37, 35, 28]
    assert round(section.right_margin.mm) == 26


def test_twenty_two_lines_of_twenty_eight_characters_fill_the_type_area(word: Any) -> None:
    style = word.styles["Normal"]
    height = (layout.PAGE_HEIGHT_MM - layout.TOP_MM - layout.BOTTOM_MM) / 25.4 * 72
    assert height / style.paragraph_format.line_spacing.pt == pytest.approx(22, abs=0.05)
    tracking = int(style.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert layout.text_width_mm() / 25.4 * 72 / (style.font.size.pt + tracking) == pytest.approx(28, abs=0.1)


@pytest.mark.parametrize(
    ("style", "face", "points"),
    [
        ("Normal", "仿宋_GB2312", 16),
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
        ("Heading 3", "仿宋_GB2312", 16),
    ],
)
def test_faces_are_named_for_east_asian_text(word: Any, style: str, face: str, points: float) -> None:
    found = word.styles[style]
    assert found.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) == face
    assert found.font.size.pt == points


def test_pages_are_numbered_between_dashes_right_and_left_in_turn(word: Any) -> None:
    section = word.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    for paragraph in (odd, even):
        assert paragraph.text.startswith("— ")
        assert paragraph.text.endswith(" —")
        assert "PAGE" in paragraph._p.xml
    assert (odd.alignment, even.alignment) == (
        docx.enum.text.WD_ALIGN_PARAGRAPH.RIGHT,
        docx.enum.text.WD_ALIGN_PARAGRAPH.LEFT,
    )
    assert section.different_first_page_header_footer
    assert not any(later.different_first_page_header_footer for later in word.sections[1:])


def test_long_tables_repeat_their_header_and_never_split_a_row(word: Any) -> None:
    rows = word.tables[0]._tbl.tr_lst
    assert len(rows) == len(ROWS) + 1
    assert rows[0].trPr.find(qn("w:tblHeader")) is not None
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_tables_fill_the_type_area_to_the_twip(word: Any) -> None:
    portrait, landscape = (
        sum(int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.gridCol_lst) for table in word.tables
    )
    assert portrait == round(156 / 25.4 * 1440)
    assert landscape == round(225 / 25.4 * 1440)


def test_annex_pages_turn_and_turn_back(word: Any) -> None:
    assert [section.page_width > section.page_height for section in word.sections] == [False, True, False]


def test_contents_point_at_every_heading_of_the_first_two_levels(word: Any) -> None:
    body = word.element.body
    anchors = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    assert len(anchors) == 3
    assert set(anchors) <= marks
    kinds = [node.get(qn("w:fldCharType")) for node in body.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("end") == kinds.count("separate")


def test_a_picture_has_a_description_and_its_caption_stays_with_it(word: Any) -> None:
    assert [shape._inline.docPr.get("descr") for shape in word.inline_shapes] == ["图的说明"]
    place = next(number for number, paragraph in enumerate(word.paragraphs) if paragraph.style.name == "HC Figure")
    assert word.paragraphs[place].style.paragraph_format.keep_with_next
    assert word.paragraphs[place + 1].text == "图1　一张图"


def test_a_heading_stays_with_what_follows(word: Any) -> None:
    assert all(word.styles[f"Heading {level}"].paragraph_format.keep_with_next for level in (1, 2, 3))


def test_properties_follow_the_order_the_format_wants(written: Path) -> None:
    order = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "shd", "tabs")
    order += ("snapToGrid", "spacing", "ind", "jc", "outlineLvl", "rPr")
    with zipfile.ZipFile(written) as archive:
        for name in ("word/document.xml", "word/styles.xml"):
            for block in re.findall(r"<w:pPr>(.*?)</w:pPr>", archive.read(name).decode()):
                top = re.sub(r"<w:(tabs|pBdr|rPr)>.*?</w:\1>", r"<w:\1/>", block)
                tags = [tag for tag in re.findall(r"<w:(\w+)", top) if tag in order]
                assert tags == sorted(tags, key=order.index)


def test_the_file_knows_the_day_of_its_data_and_not_the_clock(word: Any, written: Path) -> None:
    core = word.core_properties
    assert core.created == core.modified
    assert core.created.date().isoformat() == "2025-12-31"
    with zipfile.ZipFile(written) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_the_same_document_gives_the_same_bytes(tmp_path: Path, written: Path) -> None:
    write_docx(DOCUMENT, tmp_path / "again.docx")
    assert (tmp_path / "again.docx").read_bytes() == written.read_bytes()
    for name in ("one.pdf", "two.pdf"):
        write_pdf(DOCUMENT, tmp_path / name)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_an_archive_already_fixed_stays_as_it_is(written: Path) -> None:
    data = written.read_bytes()
    assert fixed_archive(data) == data


def streams(pdf: bytes) -> bytes:
    """All of a PDF's streams, inflated."""
    parts = [pdf]
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            parts.append(zlib.decompress(found.group(1)))
        except zlib.error:
            continue
    return b"\n".join(parts)


def test_the_pdf_embeds_the_packaged_fonts_and_no_other(tmp_path: Path) -> None:
    write_pdf(DOCUMENT, tmp_path / "a.pdf")
    names = set(re.findall(rb"/BaseFont\s*/[A-Z]{6}\+([\w-]+)", streams((tmp_path / "a.pdf").read_bytes())))
    assert names
    assert names <= {b"NotoSansSC-Regular", b"NotoSansSC-Bold", b"NotoSerifSC-Regular", b"NotoSerifSC-Bold"} | {
        name + b"-Identity-H"
        for name in (b"NotoSansSC-Regular", b"NotoSansSC-Bold", b"NotoSerifSC-Regular", b"NotoSerifSC-Bold")
    }


def test_the_pdf_says_which_fonts_stand_in_for_which() -> None:
    source, _ = typst_source(DOCUMENT)
    assert all(name in source for name in ("方正小标宋简体", "仿宋_GB2312", "Noto Serif SC"))


def test_words_that_look_like_markup_stay_words(word: Any) -> None:
    source, _ = typst_source(DOCUMENT)
    escaped = AWKWARD.replace("\\", "\\\\").replace('"', '\\"')
    assert f'#"{escaped}"' in source
    assert any(AWKWARD in paragraph.text for paragraph in word.paragraphs)


def test_both_formats_say_the_same_words(word: Any) -> None:
    source, images = typst_source(DOCUMENT)
    said = {
        paragraph.text
        for paragraph in word.paragraphs
        if paragraph.style.name.startswith(("Heading", "HC Table", "HC Figure"))
    }
    said |= {cell.text for table in word.tables for row in table.rows[:5] for cell in row.cells}
    assert all(f'"{words}"' in source or words.removesuffix("i") in source for words in said if words)
    assert list(images) == ["figure-001.png"]


def test_long_latin_names_may_break_in_a_cell_but_figures_stay_whole() -> None:
    cells = ("las_palmas_osm.pbf", "12,345.6", "arterial≥20")
    table = Table("来源", (Column("文件", 1),), tuple((text(cell),) for cell in cells))
    source, _ = typst_source(Document("题", "", "", "2025-12-31", (table,)))
    assert "las_\u200bpalmas_\u200bosm.\u200bpbf" in source
    assert '"12,345.6"' in source
    assert "arterial\u200b≥20" in source
