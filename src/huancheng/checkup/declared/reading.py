"""Reading back the template of declared values: every cell that can't be used is a fault with row and field."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from huancheng.checkup.declared.columns import COLUMNS, REQUIRED, SHEET, STATES
from huancheng.checkup.system.indicator import Indicator, IndicatorSystem
from huancheng.evidence import InputFault, State

MAX_UNPACKED = 200_000_000
"""Largest size of an xlsx when unpacked; a template filled in stays far below."""

MAX_ROWS = 20_000
"""Rows beyond which a sheet is not the template."""

_COUNTED = frozenset({"栋", "套", "个", "条", "起"})
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?\Z")


@dataclass(frozen=True, slots=True)
class Declared:
    """What a bureau declared of one indicator.

    Parameters
    ----------
    indicator
        Id.
    state
        Known, missing or not applicable.
    amount
        The figure; None unless known.
    as_of
        Day the figure speaks of, ISO; empty where not given.
    source
        Where the bureau has it from.
    bureau
        Bureau that declared it.
    note
        Its words.
    """

    indicator: str
    state: State
    amount: float | None
    as_of: str
    source: str
    bureau: str
    note: str = ""


def read_declared(path: Path, system: IndicatorSystem) -> list[Declared]:
    """Read a filled-in template; rows without a state and without a value declare nothing.

    Parameters
    ----------
    path
        The xlsx file.
    system
        Indicator system it was made for.

    Raises
    ------
    InputFault
        For the first fault, with row and field; the number of further rows at fault is told.
    """
    sheet = _open(path)
    headers = _headers(sheet, path)
    merged = sorted(str(area) for area in sheet.merged_cells.ranges)
    if merged:
        message = f"cells are merged ({', '.join(merged[:5])}), so values can't be told apart"
        raise InputFault(message, file=path.name, row=merged[0], cure="unmerge them; the template has no merged cells")
    faults: list[InputFault] = []
    found: dict[str, tuple[int, Declared]] = {}
    for number, cells in _rows(sheet, headers):
        row = _Row(path.name, number, cells)
        try:
            declared = row.read(system)
        except InputFault as fault:
            faults.append(fault)
            continue
        if declared is None:
            continue
        if declared.indicator in found:
            message = f"{declared.indicator} stands twice; the first time in row {found[declared.indicator][0]}"
            faults.append(row.fault("indicator", message, "keep one row for each indicator"))
            continue
        found[declared.indicator] = (number, declared)
    if faults:
        first = faults[0]
        more = f" (and {len(faults) - 1} more rows at fault)" if len(faults) > 1 else ""
        raise InputFault(first.message + more, file=first.file, row=first.row, field=first.field, cure=first.cure)
    return [declared for _, declared in found.values()]


def _open(path: Path) -> Worksheet:
    cure = "fill in the template of `huancheng checkup template` and save it as .xlsx"
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > MAX_UNPACKED:
            raise InputFault(f"the file unpacks to {size:,} bytes", file=path.name, cure=cure)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            workbook = load_workbook(path, data_only=True)
    except FileNotFoundError as error:
        raise InputFault("there is no such file", file=str(path), cure="check the path") from error
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, OSError) as error:
        raise InputFault("the file does not read as an xlsx workbook", file=path.name, cure=cure) from error
    if SHEET not in workbook.sheetnames:
        names = "、".join(workbook.sheetnames)
        raise InputFault(f"there is no sheet {SHEET!r}, only {names}", file=path.name, cure=cure)
    sheet = workbook[SHEET]
    if not isinstance(sheet, Worksheet) or sheet.max_row > MAX_ROWS:
        raise InputFault(f"the sheet {SHEET!r} is no table of at most {MAX_ROWS:,} rows", file=path.name, cure=cure)
    return sheet


def _headers(sheet: Worksheet, path: Path) -> dict[str, int]:
    """Return the position of each field's column."""
    words = [str(cell.value or "").strip() for cell in sheet[1]]
    headers = {field: words.index(word) for field, word in COLUMNS.items() if word in words}
    for field in REQUIRED:
        if field not in headers:
            cure = "keep the template's first row as it is"
            raise InputFault("the column is missing", file=path.name, row=1, field=COLUMNS[field], cure=cure)
        if words.count(COLUMNS[field]) > 1:
            raise InputFault(
                "the column stands twice", file=path.name, row=1, field=COLUMNS[field], cure="remove one of them"
            )
    return headers


def _rows(sheet: Worksheet, headers: dict[str, int]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, cells in enumerate(sheet.iter_rows(min_row=2, values_only=True), start=2):
        if any(cell is not None and str(cell).strip() for cell in cells):
            yield number, {field: cells[position] for field, position in headers.items()}


class _Row:
    """One row of the sheet on its way to a declared value."""

    def __init__(self, file: str, number: int, cells: dict[str, Any]) -> None:
        self._file = file
        self._number = number
        self._cells = cells

    def fault(self, field: str, message: str, cure: str) -> InputFault:
        return InputFault(message, file=self._file, row=self._number, field=COLUMNS[field], cure=cure)

    def read(self, system: IndicatorSystem) -> Declared | None:
        indicator = self._indicator(system)
        word, amount = self._text("state"), self._cells["amount"]
        if not word and self._empty(amount):
            return None
        if word not in STATES:
            message = f"{word!r} is no state" if word else "there is a value but no state"
            raise self.fault("state", message, f"choose one of {'、'.join(STATES)}")
        state = STATES[word]
        figure = self._amount(state, indicator)
        as_of, source, bureau = self._day(), self._text("source"), self._text("bureau")
        if state is State.KNOWN:
            for field, text in (("as_of", as_of), ("source", source), ("bureau", bureau)):
                if not text:
                    raise self.fault(field, "a known value needs it", "fill it in")
        return Declared(indicator.id, state, figure, as_of, source, bureau, self._text("note"))

    def _indicator(self, system: IndicatorSystem) -> Indicator:
        name = self._text("indicator")
        indicator = system.by_id.get(name)
        if indicator is None:
            message = f"{name!r} is no indicator of {system.id}" if name else "the indicator's id is empty"
            raise self.fault("indicator", message, "use the ids of the template made for this system")
        if self._text("name") != indicator.name:
            message = f"{name} is called {indicator.name!r}, not {self._text('name')!r}"
            raise self.fault("name", message, "restore the name, or move the value to its own row")
        if self._text("unit") != indicator.unit:
            message = f"the unit is {indicator.unit!r}, not {self._text('unit')!r}"
            raise self.fault("unit", message, "convert the value and restore the unit")
        return indicator

    def _amount(self, state: State, indicator: Indicator) -> float | None:
        value = self._cells["amount"]
        if state is not State.KNOWN:
            if not self._empty(value):
                cure = "empty the value, or set the state to 已知"
                raise self.fault("amount", f"the state has no value, yet {value!r} stands there", cure)
            return None
        if self._empty(value):
            raise self.fault(
                "amount", "the state is 已知 but there is no value", "fill it in, or set the state to 缺失"
            )
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.fault(
                "amount", f"{str(value)[:40]!r} is not a number", "write the number alone, without unit or %"
            )
        if value < 0 and indicator.unit in _COUNTED:
            raise self.fault("amount", f"a count can't be {value:g}", "write a number from 0")
        return float(value)

    def _day(self) -> str:
        value = self._cells["as_of"]
        if self._empty(value):
            return ""
        if isinstance(value, datetime):
            return value.date().isoformat()
        if isinstance(value, date):
            return value.isoformat()
        match = _DAY.match(str(value).strip())
        try:
            return date(*(int(part) for part in match.groups())).isoformat() if match else self._no_day(value)
        except ValueError:
            return self._no_day(value)

    def _no_day(self, value: Any) -> str:
        raise self.fault("as_of", f"{value!r} is no day", "write it as 2024-12-31")

    def _text(self, field: str) -> str:
        value = self._cells.get(field)
        return "" if value is None else str(value).strip()

    @staticmethod
    def _empty(value: Any) -> bool:
        return value is None or not str(value).strip()
