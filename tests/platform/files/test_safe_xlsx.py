"""Workbooks somebody sent are read within limits, their formulas listed."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from openpyxl import Workbook

from huancheng.platform.files.domain.refusing import Reason, Refused
from huancheng.platform.files.domain.safe_xlsx import Formula, WorkbookLimits, open_workbook
from tests.platform.files import samples
from tests.platform.files.hostile import EXTERNAL, WORKBOOK_BOMB

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


DAY = datetime.fromisoformat("2026-03-01")
"""Cells know no time zone."""


def read(data: bytes, **limits):
    return open_workbook(io.BytesIO(data), WorkbookLimits(**limits) if limits else None)


def refused(data: bytes, **limits) -> Reason:
    with pytest.raises(Refused) as caught:
        read(data, **limits)
    return caught.value.reason


def sheet_of(rows: str) -> bytes:
    page = f'<worksheet xmlns="{SPACE}"><dimension ref="A1:A1"/><sheetData>{rows}</sheetData></worksheet>'
    return samples.with_members(samples.workbook(), {"xl/worksheets/sheet1.xml": page})


def test_rows_come_with_their_numbers_and_types():
    data = samples.workbook(("名称", "日期", "面积"), (None, None, None), ("一号", DAY, 12.5), sheet="地块")
    sheet = read(data).sheet("地块")
    assert sheet.rows == ((1, ("名称", "日期", "面积")), (3, ("一号", DAY, 12.5)))
    assert read(data).sheet("别的") is None


def test_formulas_are_listed_and_never_computed():
    sheet = read(samples.workbook(("a",), ('=HYPERLINK("http://198.51.100.1")',), ("=1+1",))).sheets[0]
    assert sheet.formulas == (Formula("A2", '=HYPERLINK("http://198.51.100.1")'), Formula("A3", "=1+1"))
    assert [values for _number, values in sheet.rows] == [("a",)]


def test_no_more_than_a_hundred_formulas_are_listed():
    assert len(read(samples.workbook(*[("=1",)] * 150)).sheets[0].formulas) == 100


def test_hidden_sheets_are_read_too():
    made = Workbook()
    made.create_sheet("暗").sheet_state = "hidden"
    out = io.BytesIO()
    made.save(out)
    assert [sheet.name for sheet in read(out.getvalue()).sheets] == ["Sheet", "暗"]


def test_a_bomb_is_refused_before_it_is_unpacked():
    assert refused(WORKBOOK_BOMB) is Reason.BOMB


def test_a_workbook_that_unpacks_to_more_than_allowed_is_refused():
    assert refused(samples.workbook(*[("字" * 50,)] * 500), unpacked=1000) is Reason.BOMB


def test_what_exchanges_data_is_refused():
    assert refused(samples.with_members(samples.workbook(), EXTERNAL)) is Reason.EXCHANGE


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (samples.pdf(), Reason.MISMATCH),
        (samples.compound("Workbook"), Reason.MISMATCH),
        (samples.word(), Reason.MISMATCH),
        (b"a,b\n", Reason.MISMATCH),
        (samples.workbook()[:200], Reason.BROKEN),
        (samples.with_members(samples.workbook(), {"xl/workbook.xml": f'<workbook xmlns="{SPACE}"/>'}), Reason.BROKEN),
    ],
)
def test_what_is_no_workbook_is_refused(data, reason):
    assert refused(data) is reason


def test_the_limits_hold():
    rows = [("甲", "乙")] * 4
    assert refused(samples.workbook(*rows), rows=3) is Reason.ROWS
    assert refused(samples.workbook(*rows), columns=1) is Reason.ROWS
    assert refused(samples.workbook(("字" * 11,)), characters=10) is Reason.ROWS
    assert refused(samples.workbook(*rows), sheets=0) is Reason.ROWS
    assert refused(samples.workbook(*rows), size=100) is Reason.TOO_LARGE


def test_a_sheet_that_lies_about_its_size_is_read_whole():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 6))
    assert len(read(sheet_of(rows)).sheets[0].rows) == 5


def test_nothing_behind_a_gap_is_lost():
    sheet = read(
        sheet_of('<row r="1"><c r="A1"><v>1</v></c></row><row r="3000"><c r="A3000"><v>2</v></c></row>')
    ).sheets[0]
    assert [number for number, _values in sheet.rows] == [1, 3_000]


def test_a_row_very_far_down_is_refused():
    assert refused(sheet_of('<row r="5000"><c r="A5000"><v>2</v></c></row>'), reach=4_000) is Reason.ROWS
