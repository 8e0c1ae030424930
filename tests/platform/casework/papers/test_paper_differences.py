"""Versions are compared where their text can be read."""

from __future__ import annotations

import io

import docx
import pytest

from huancheng.platform.casework.domain.papers import replace_paper
from huancheng.platform.casework.queries.paper_differences import Line, differences

pytestmark = pytest.mark.django_db


def two(paper, taken, compiler, data: bytes, name: str):
    return paper.versions.get(number=1), replace_paper(paper, taken(data, name), compiler)


def with_table(*cells: str) -> bytes:
    made = docx.Document()
    made.add_paragraph("第一稿")
    row = made.add_table(1, len(cells)).rows[0]
    for cell, words in zip(row.cells, cells, strict=True):
        cell.text = words
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_paragraphs_and_tables_are_compared(paper, taken, compiler):
    before, after = two(paper, taken, compiler, with_table("指标", "容积率"), "二稿.docx")
    assert differences(before, after) == [Line("same", "第一稿"), Line("new", "指标 | 容积率")]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_text_is_read_in_the_encodings_of_offices(paper, taken, compiler, encoding):
    before, after = two(paper, taken, compiler, "第一稿\n补充".encode(encoding), "说明.txt")
    assert Line("new", "补充") in differences(before, after)


def test_changes_far_apart_leave_out_what_lies_between(paper, taken, compiler):
    lines = [f"第{number}行" for number in range(40)]
    first = replace_paper(paper, taken("\n".join(lines).encode(), "a.txt"), compiler)
    lines[0], lines[39] = "甲", "乙"
    last = replace_paper(paper, taken("\n".join(lines).encode(), "b.txt"), compiler)
    found = differences(first, last)
    assert Line("gap", "") in found
    assert len(found) < 15


def test_what_is_no_text_is_not_compared(paper, taken, compiler):
    from tests.platform.files import samples

    before, after = two(paper, taken, compiler, samples.pdf(), "a.pdf")
    assert differences(before, after) is None


def test_nor_is_what_is_too_long(paper, taken, compiler):
    before, after = two(paper, taken, compiler, b"x\n" * 5001, "a.txt")
    assert differences(before, after) is None
