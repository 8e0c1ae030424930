"""A workbook holds values as they are, and nothing that a program would run."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from huancheng.platform.common.xlsx import download, workbook


def sheet_of(content: bytes):
    return load_workbook(io.BytesIO(content)).active


@pytest.mark.parametrize("text", ["=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "普通"])
def test_a_text_stays_the_text_it_is(text):
    content = workbook("x", ["甲"], [[text]])
    cell = sheet_of(content)["A2"]
    assert cell.value == text
    assert cell.data_type == "s"
    assert bool(cell.quotePrefix) is (text != "普通")
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")


def test_values_keep_their_kind():
    moment = datetime(2026, 11, 22, 1, 30, 5, 7, tzinfo=UTC)
    row = [1, 2.5, Decimal("3.25"), date(2026, 11, 22), moment, None, True, object]
    sheet = sheet_of(workbook("x", [str(number) for number in range(8)], [row]))
    values = [cell.value for cell in sheet[2]]
    assert values[:3] == [1, 2.5, 3.25]
    assert values[3].date() == date(2026, 11, 22)
    assert (values[4].hour, values[4].second, values[5]) == (9, 5, None)
    assert sheet["D2"].number_format == "yyyy-mm-dd"
    assert sheet.freeze_panes == "B2"


def test_what_no_workbook_may_hold_is_left_out():
    sheet = sheet_of(workbook("a/b:[c]*?" + "长" * 40, ["甲"], [["a\x00b\x1f"], ["x" * 40_000]]))
    assert sheet["A2"].value == "ab"
    assert len(sheet["A3"].value) == 32_767
    assert len(sheet.title) <= 31
    assert "/" not in sheet.title


def test_an_empty_list_and_a_total_are_sheets_too():
    assert sheet_of(workbook("", [], [])).max_row == 1
    sheet = sheet_of(workbook("x", ["甲", "乙"], [["a", 1]], ["合计", 1]))
    assert [cell.value for cell in sheet[3]] == ["合计", 1]
    assert sheet["A3"].font.bold


def test_a_name_can_not_break_out_of_its_header():
    answer = download('清单"\r\nX: y', b"")
    assert "\n" not in answer["Content-Disposition"]
    assert answer["Content-Disposition"].count('"') == 2
