"""The document model: what can be said, and how it is numbered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huancheng.report.document import (
    Column,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Span,
    Table,
    chinese_number,
    numbered,
    plain,
    text,
)

TABLE = Table("表", (Column("甲", 1),), ())
FIGURE = Figure(b"", "图", "一张图")


def test_headings_are_numbered_as_official_documents_are() -> None:
    blocks = [
        Heading(1, "概况"),
        Heading(2, "范围"),
        Heading(3, "时点"),
        Heading(3, "数据"),
        Heading(2, "组织"),
        Heading(1, "方法"),
    ]
    assert [item.number for item in numbered(blocks)] == ["一、", "（一）", "1.", "2.", "（二）", "二、"]


def test_lower_headings_begin_anew_under_each_chapter() -> None:
    blocks = [Heading(1, "一"), Heading(2, "甲"), Heading(1, "二"), Heading(2, "乙")]
    assert [item.number for item in numbered(blocks)][-1] == "（一）"


def test_an_annex_carries_its_own_number_and_does_not_count_as_a_chapter() -> None:
    blocks = [Heading(1, "正文"), Heading(1, "附件1", numbered=False), Heading(1, "续")]
    assert [item.number for item in numbered(blocks)] == ["一、", "", "二、"]


def test_tables_and_figures_are_numbered_through_the_document() -> None:
    blocks = [TABLE, Paragraph(text("x")), FIGURE, PageBreak(), TABLE]
    assert [item.number for item in numbered(blocks)] == ["表1", "", "图1", "", "表2"]


@given(st.integers(1, 99))
def test_chinese_numbers_read_back(value: int) -> None:
    digits = {character: position for position, character in enumerate("零一二三四五六七八九")}
    words = chinese_number(value)
    tens, _, units = words.rpartition("十") if "十" in words else ("", "", words)
    ten = digits[tens] if tens else int("十" in words)
    assert ten * 10 + (digits[units] if units else 0) == value


@pytest.mark.parametrize("value", [0, 100, -3])
def test_numbers_no_chapter_bears_are_refused(value: int) -> None:
    with pytest.raises(ValueError, match="1 to 99"):
        chinese_number(value)


def test_a_row_that_does_not_fit_its_columns_is_refused_with_its_place() -> None:
    with pytest.raises(ValueError, match="row 2: 2 cells for 1 columns"):
        Table("某表", (Column("甲", 1),), ((text("a"),), (text("a"), text("b"))))


def test_a_heading_of_a_level_the_layout_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match="1, 2 or 3"):
        Heading(4, "太深")


def test_text_joins_words_and_spans_and_drops_nothing_but_the_empty() -> None:
    joined = text("人口 ", Span("7", strong=True), "", text("万"))
    assert plain(joined) == "人口 7万"
    assert [span.strong for span in joined] == [False, True, False]
