"""Workbooks: numbers as numbers, words as words, no clock."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huancheng.report.writers import workbook
from huancheng.report.writers.sheets import Cell, Sheet, SheetColumn
from huancheng.report.writers.workbook import write_workbook

COLUMNS = (SheetColumn("名称", 20), SheetColumn("数量"))


def written(path: Path, rows: list[tuple[Cell, ...]], *, styled: bool) -> openpyxl.Workbook:
    write_workbook(path, [Sheet("表", COLUMNS, rows, styled)], title="附件", author="专班", dated="2025-12-31")
    return openpyxl.load_workbook(path)


@pytest.mark.parametrize("styled", [True, False])
def test_numbers_are_numbers_and_words_that_look_like_formulas_are_words(tmp_path: Path, styled: bool) -> None:
    sheet = written(
        tmp_path / "a.xlsx", [("=1+1", 7), ("<甲> & \u0007乙", 0.25), (None, float("nan")), ("3", -2.5)], styled=styled
    )["表"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_row=5)] == [
        ["=1+1", 7], ["<甲> & 乙", 0.25], [None, None], ["3", -2.5],
    ]  # fmt: skip
    assert sheet["A2"].data_type == "s"
    assert sheet["B2"].data_type == "n"


@pytest.mark.parametrize("styled", [True, False])
def test_the_header_is_frozen_filtered_and_repeated_in_print(tmp_path: Path, styled: bool) -> None:
    sheet = written(tmp_path / "a.xlsx", [("甲", 1), ("乙", 2)], styled=styled)["表"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A2", "A1:B3", "$1:$1")
    assert [cell.value for cell in sheet[1]] == ["名称", "数量"]
    assert sheet["A1"].font.b


def test_numbers_bear_thousands_or_decimals(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx", [("甲", 22216), ("乙", 41.5), ("丙", 0.0123)], styled=True)["表"]
    assert [sheet[f"B{row}"].number_format for row in (2, 3, 4)] == ["#,##0", "#,##0.00", "0.0000"]


def test_an_empty_list_still_has_its_header(tmp_path: Path) -> None:
    assert written(tmp_path / "a.xlsx", [], styled=False)["表"].max_row == 1


@pytest.mark.parametrize("styled", [True, False])
def test_rows_beyond_a_sheet_go_on_to_the_next_and_none_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, styled: bool
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    book = written(tmp_path / "a.xlsx", [("行", number) for number in range(7)], styled=styled)
    assert book.sheetnames == ["表", "表_2", "表_3"]
    assert [row[1].value for sheet in book for row in sheet.iter_rows(min_row=2)] == list(range(7))


def test_the_same_rows_give_the_same_bytes_with_the_day_of_the_data(tmp_path: Path) -> None:
    for name in ("one", "two"):
        written(tmp_path / f"{name}.xlsx", [("甲", 1)], styled=True)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    properties = openpyxl.load_workbook(tmp_path / "one.xlsx").properties
    assert properties.created.date().isoformat() == properties.modified.date().isoformat() == "2025-12-31"
    assert (properties.title, properties.creator) == ("附件", "专班")


@given(
    rows=st.lists(
        st.tuples(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12), st.floats(-1e12, 1e12))
    )
)
def test_long_listings_read_back_as_they_were(tmp_path: Path, rows: list[tuple[str, float]]) -> None:
    sheet = written(tmp_path / "a.xlsx", list(rows), styled=False)["表"]
    read = (
        [(row[0].value or "", row[1].value) for row in sheet.iter_rows(min_row=2, max_row=len(rows) + 1, max_col=2)]
        if rows
        else []
    )
    assert read == rows
