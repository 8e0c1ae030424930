# ruff: noqa: DTZ001, E501
"""The template bureaus fill in: complete, the same every time, and read back without guessing."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook

from huancheng.checkup import load_ruleset
from huancheng.checkup.declared.columns import COLUMNS, SHEET
from huancheng.checkup.declared.reading import read_declared
from huancheng.checkup.declared.template import write_template
from huancheng.evidence import InputFault, State


@pytest.fixture(scope="module")
def system():
    return load_ruleset("national-2023").system


@pytest.fixture(scope="module")
def blank(tmp_path_factory, system):
    path = tmp_path_factory.mktemp("template") / "template.xlsx"
    write_template(system, path)
    return path


class Sheet:
    """The template opened for filling in."""

    def __init__(self, path, target):
        self.workbook = load_workbook(path)
        self.sheet = self.workbook[SHEET]
        self.target = target
        self.columns = {field: list(COLUMNS).index(field) + 1 for field in COLUMNS}

    def row(self, indicator):
        ids = [cell.value for cell in self.sheet["B"]]
        return ids.index(indicator) + 1

    def fill(self, row_of, /, **cells):
        row = self.row(row_of)
        for field, value in cells.items():
            self.sheet.cell(row, self.columns[field]).value = value
        return row

    def save(self):
        self.workbook.save(self.target)
        return self.target


@pytest.fixture
def sheet(blank, tmp_path):
    return Sheet(blank, tmp_path / "filled.xlsx")


KNOWN = {"state": "已知", "amount": 72.5, "as_of": date(2025, 12, 31), "source": "年报", "bureau": "市城市管理局"}


def test_the_template_has_a_row_for_every_indicator_with_unit_owner_and_lists(blank, system):
    sheet = load_workbook(blank)[SHEET]
    rows = list(sheet.iter_rows(values_only=True))
    assert list(rows[0]) == list(COLUMNS.values())
    assert [row[1] for row in rows[1:]] == [item.id for item in system.indicators]
    assert [row[4] for row in rows[1:]] == [item.unit for item in system.indicators]
    kinds = {rule.type: rule for rule in sheet.data_validations.dataValidation}
    assert set(kinds) == {"list", "decimal", "date"}
    assert kinds["list"].formula1 == '"已知,缺失,不适用"'
    assert not sheet.merged_cells.ranges


def test_the_same_system_gives_the_same_bytes(blank, tmp_path, system):
    write_template(system, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == blank.read_bytes()


def test_a_template_that_cannot_be_written_is_a_fault(tmp_path, system):
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputFault, match="can't be written"):
        write_template(system, tmp_path / "file" / "template.xlsx")


def test_an_empty_template_declares_nothing(blank, system):
    assert read_declared(blank, system) == []


def test_a_known_value_comes_with_date_source_and_bureau(sheet, system):
    sheet.fill("2023-U-31", **KNOWN, note="含县城")
    (declared,) = read_declared(sheet.save(), system)
    assert (declared.indicator, declared.state, declared.amount) == ("2023-U-31", State.KNOWN, 72.5)
    assert (declared.as_of, declared.source, declared.bureau, declared.note) == (
        "2025-12-31",
        "年报",
        "市城市管理局",
        "含县城",
    )


def test_missing_not_applicable_and_zero_are_told_apart(sheet, system):
    sheet.fill("2023-U-31", state="缺失")
    sheet.fill("2023-U-52", state="不适用")
    sheet.fill("2023-U-48", **(KNOWN | {"amount": 0}))
    states = {item.indicator: (item.state, item.amount) for item in read_declared(sheet.save(), system)}
    assert states == {
        "2023-U-31": (State.MISSING, None), "2023-U-52": (State.NOT_APPLICABLE, None), "2023-U-48": (State.KNOWN, 0.0),
    }  # fmt: skip


@pytest.mark.parametrize(
    "day",
    [datetime(2025, 12, 31, 8, 0), date(2025, 12, 31), "2025-12-31", "2025/12/31", "2025年12月31日", " 2025.12.31 "],
)
def test_days_are_read_as_offices_write_them(sheet, system, day):
    sheet.fill("2023-U-31", **(KNOWN | {"as_of": day}))
    assert read_declared(sheet.save(), system)[0].as_of == "2025-12-31"


@pytest.mark.parametrize(
    ("cells", "field", "words"),
    [
        ({"amount": "七成"}, "amount", "not a number"), ({"amount": "72.5%"}, "amount", "not a number"), ({"amount": True}, "amount", "not a number"),
        ({"amount": None}, "amount", "no value"), ({"state": "有"}, "state", "no state"), ({"state": None}, "state", "no state"),
        ({"state": "缺失"}, "amount", "has no value"), ({"unit": "吨"}, "unit", "the unit is"), ({"name": "别的指标"}, "name", "is called"),
        ({"indicator": "2099-X-01"}, "indicator", "no indicator"), ({"indicator": None}, "indicator", "empty"),
        ({"as_of": "去年底"}, "as_of", "no day"), ({"as_of": "2025-02-30"}, "as_of", "no day"), ({"as_of": None}, "as_of", "needs it"),
        ({"source": None}, "source", "needs it"), ({"bureau": "  "}, "bureau", "needs it"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_used_is_a_fault_with_row_and_field(sheet, system, cells, field, words):
    row = sheet.fill("2023-U-31", **(KNOWN | cells))
    with pytest.raises(InputFault, match=words) as caught:
        read_declared(sheet.save(), system)
    assert (caught.value.row, caught.value.field) == (str(row), COLUMNS[field])
    assert caught.value.cure


def test_a_negative_count_is_refused_and_a_negative_rate_is_not(sheet, system):
    sheet.fill("2023-U-31", **(KNOWN | {"amount": -1.0}))
    assert read_declared(sheet.save(), system)[0].amount == -1.0
    sheet.fill("2023-U-32", **(KNOWN | {"amount": -1}))
    with pytest.raises(InputFault, match="can't be -1"):
        read_declared(sheet.save(), system)


def test_a_repeated_indicator_is_refused_with_both_rows(sheet, system):
    row = sheet.fill("2023-U-31", **KNOWN)
    copy = [cell.value for cell in sheet.sheet[row]]
    sheet.sheet.append(copy)
    with pytest.raises(InputFault, match=f"first time in row {row}"):
        read_declared(sheet.save(), system)


def test_merged_cells_are_refused(sheet, system):
    sheet.fill("2023-U-31", **KNOWN)
    sheet.sheet.merge_cells("H5:H6")
    with pytest.raises(InputFault, match="merged") as caught:
        read_declared(sheet.save(), system)
    assert caught.value.row == "H5:H6"


def test_several_faults_are_counted(sheet, system):
    sheet.fill("2023-U-31", **(KNOWN | {"amount": "a"}))
    sheet.fill("2023-U-32", **(KNOWN | {"amount": "b"}))
    with pytest.raises(InputFault, match="and 1 more rows at fault"):
        read_declared(sheet.save(), system)


def test_columns_may_be_moved_but_not_taken_away_or_doubled(sheet, system):
    sheet.fill("2023-U-31", **KNOWN)
    sheet.sheet.delete_cols(1)
    assert len(read_declared(sheet.save(), system)) == 1
    sheet.sheet["A1"] = "编号"
    with pytest.raises(InputFault, match="missing") as caught:
        read_declared(sheet.save(), system)
    assert caught.value.field == COLUMNS["indicator"]
    sheet.sheet["A1"], sheet.sheet["N1"] = COLUMNS["indicator"], COLUMNS["unit"]
    with pytest.raises(InputFault, match="twice"):
        read_declared(sheet.save(), system)


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04broken"])
def test_a_file_that_is_no_workbook_is_refused(tmp_path, system, content):
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputFault, match="xlsx workbook"):
        read_declared(path, system)


def test_a_zip_that_is_no_workbook_is_refused(tmp_path, system):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "x")
    path = tmp_path / "x.xlsx"
    path.write_bytes(buffer.getvalue())
    with pytest.raises(InputFault, match="xlsx workbook"):
        read_declared(path, system)


def test_an_absent_file_a_foreign_sheet_and_a_giant_are_refused(tmp_path, blank, system, monkeypatch):
    with pytest.raises(InputFault, match="no such file"):
        read_declared(tmp_path / "none.xlsx", system)
    workbook = Workbook()
    workbook.save(tmp_path / "foreign.xlsx")
    with pytest.raises(InputFault, match="no sheet"):
        read_declared(tmp_path / "foreign.xlsx", system)
    monkeypatch.setattr("huancheng.checkup.declared.reading.MAX_ROWS", 3)
    with pytest.raises(InputFault, match="no table"):
        read_declared(blank, system)
    monkeypatch.setattr("huancheng.checkup.declared.reading.MAX_UNPACKED", 10)
    with pytest.raises(InputFault, match="unpacks to"):
        read_declared(blank, system)
