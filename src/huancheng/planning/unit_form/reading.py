"""Reading a filled-in form back: every cell that can't be used is a fault with file, row, field and cure."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from huancheng.evidence import InputFault
from huancheng.planning.unit_form.columns import (
    ABOUT,
    ABOUT_ROWS,
    ABOUT_WHOLE,
    FACILITIES,
    MONEY,
    PARCELS,
    PROJECTS,
    USES,
    Field,
    Sheet,
)
from huancheng.planning.unit_form.model import (
    MoneyLine,
    PlannedFacility,
    PlannedParcel,
    PlannedProject,
    UnitForm,
)

MOST_UNPACKED = 100_000_000
MOST_ROWS = 5_000
_PERCENT = 100.0
_CURE = "fill in the template of `huancheng planning unit-plan --template` and save it as .xlsx"


def read_form(path: Path) -> UnitForm:
    """Read a form.

    Raises
    ------
    InputFault
        For the first fault; the number of further ones is told.
    """
    workbook = _open(path)
    faults: list[InputFault] = []
    tables = {
        sheet.name: list(_rows(workbook, sheet, path.name, faults)) for sheet in (PARCELS, PROJECTS, FACILITIES, MONEY)
    }
    about = _about(workbook, path.name)
    codes = {word: code for code, word in USES.items()}
    parcels = [{**row, "use": codes[row["use"]]} for _, row in tables["parcels"]]
    for row in parcels:
        row |= {name: row[name] / _PERCENT for name in ("coverage", "green") if row.get(name) is not None}
    faults += _cross_faults(tables, path.name)
    projects = [
        {**row, **{name: _names(row.get(name, "")) for name in ("after", "closes")}} for _, row in tables["projects"]
    ]
    if faults:
        first = faults[0]
        more = f" (and {len(faults) - 1} more faults)" if len(faults) > 1 else ""
        raise InputFault(first.message + more, file=first.file, row=first.row, field=first.field, cure=first.cure)
    return UnitForm(
        about,
        tuple(PlannedParcel(**row) for row in parcels),
        tuple(PlannedProject(**row) for row in projects),
        tuple(PlannedFacility(**row) for _, row in tables["facilities"]),
        tuple(MoneyLine(**row) for _, row in tables["money"]),
        path.name,
    )


def _open(path: Path) -> Workbook:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > MOST_UNPACKED:
            raise InputFault(f"the file unpacks to {size:,} bytes", file=path.name, cure=_CURE)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(path, data_only=True)
    except FileNotFoundError:
        raise InputFault("there is no such file", file=str(path), cure="check the path") from None
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, OSError) as error:
        raise InputFault("the file does not read as an xlsx workbook", file=path.name, cure=_CURE) from error


def _rows(
    workbook: Workbook, sheet: Sheet, file: str, faults: list[InputFault]
) -> Iterator[tuple[int, dict[str, Any]]]:
    if sheet.title not in workbook.sheetnames:
        raise InputFault(f"there is no sheet {sheet.title!r}", file=file, cure=_CURE)
    page = workbook[sheet.title]
    heads = [str(cell or "").strip() for cell in next(page.iter_rows(min_row=1, max_row=1, values_only=True), ())]
    place = {}
    for item in sheet.fields:
        if item.title not in heads:
            raise InputFault("the column is missing", file=f"{file}#{sheet.title}", row=1, field=item.title, cure=_CURE)
        place[item.name] = heads.index(item.title)
    for number, cells in enumerate(
        page.iter_rows(min_row=2, max_row=min(page.max_row, MOST_ROWS), values_only=True), start=2
    ):
        if all(cell is None or not str(cell).strip() for cell in cells):
            continue
        row: dict[str, Any] = {}
        for item in sheet.fields:
            try:
                value = _cell(item, cells[place[item.name]] if place[item.name] < len(cells) else None)
            except ValueError as error:
                message, cure = error.args
                faults.append(
                    InputFault(message, file=f"{file}#{sheet.title}", row=number, field=item.title, cure=cure)
                )
                break
            if value is not None:
                row[item.name] = value
        else:
            yield number, row


def _cell(item: Field, value: Any) -> Any:
    """Return what a cell says; raise ValueError(message, cure) where it can't be used."""
    text = "" if value is None else str(value).strip()
    if not text:
        if item.required:
            raise ValueError("the cell is empty", "fill it in, or empty the whole row")
        return None
    if item.kind == "choice" and text not in item.choices:
        raise ValueError(f"{text[:40]!r} is none of the choices", f"use one of {'、'.join(item.choices)}")
    if item.kind not in ("number", "whole"):
        return text
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{text[:40]!r} is not a number", "write the number alone, without unit or %")  # noqa: TRY004 - told with its cure
    if value < 0 or (item.most is not None and value > item.most):
        raise ValueError(
            f"{value:g} is out of range", f"write a number from 0{f' to {item.most:g}' if item.most else ''}"
        )
    if item.kind == "whole":
        if value != int(value):
            raise ValueError(f"{value:g} is no whole number", "write a whole number")
        return int(value)
    return float(value)


def _about(workbook: Workbook, file: str) -> dict[str, str]:
    if ABOUT.title not in workbook.sheetnames:
        raise InputFault(f"there is no sheet {ABOUT.title!r}", file=file, cure=_CURE)
    keys = {words: key for key, words in ABOUT_ROWS.items()}
    found = {}
    for number, cells in enumerate(workbook[ABOUT.title].iter_rows(min_row=2, max_col=2, values_only=True), start=2):
        name, says = (str(cell).strip() if cell is not None else "" for cell in (*cells, None, None)[:2])
        if name and name not in keys:
            cure = "restore the first column of the template"
            raise InputFault(f"no such row {name!r}", file=f"{file}#{ABOUT.title}", row=number, field="项目", cure=cure)
        if name and says:
            found[keys[name]] = (
                _whole(says, name, f"{file}#{ABOUT.title}", number) if keys[name] in ABOUT_WHOLE else says
            )
    return found


def _whole(says: str, field: str, file: str, row: int) -> str:
    """Return a whole number as its digits."""
    digits = says.removesuffix(".0")
    if not (digits.isascii() and digits.isdigit()):
        cure = "write a whole number alone, without unit"
        raise InputFault(f"{says[:40]!r} is not a whole number", file=file, row=row, field=field, cure=cure)
    return digits


def _cross_faults(tables: dict[str, list[tuple[int, dict[str, Any]]]], file: str) -> list[InputFault]:
    """Return what no single cell shows: ids twice, projects that are not there, half a place."""
    fault = _Faults(file)
    for sheet in (PARCELS, PROJECTS):
        seen: dict[str, int] = {}
        for number, row in tables[sheet.name]:
            if row["id"] in seen:
                message = f"{row['id']} stands twice; the first time in row {seen[row['id']]}"
                fault.add(sheet, number, "id", message, cure="give each row its own number")
            seen.setdefault(row["id"], number)
    known = {row["id"] for _, row in tables["projects"]}
    named = [(sheet, number, "project", row.get("project", "")) for sheet in (PARCELS, FACILITIES, MONEY)
             for number, row in tables[sheet.name]]  # fmt: skip
    named += [
        (PROJECTS, number, "after", name) for number, row in tables["projects"] for name in _names(row.get("after", ""))
    ]
    for sheet, number, field, name in named:
        if name and name not in known:
            fault.add(sheet, number, field, f"there is no project {name!r}", cure="use a number of the sheet 更新项目")
    for number, row in tables["facilities"]:
        if (row.get("longitude") is None) != (row.get("latitude") is None):
            message = "one of longitude and latitude is missing"
            fault.add(FACILITIES, number, "latitude", message, cure="fill in both or neither")
    return fault.found


class _Faults:
    """Faults of one file."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.found: list[InputFault] = []

    def add(self, sheet: Sheet, row: int, field: str, message: str, *, cure: str) -> None:
        title = next(item.title for item in sheet.fields if item.name == field)
        place = f"{self._file}#{sheet.title}"
        self.found.append(InputFault(message, file=place, row=row, field=title, cure=cure))


def _names(words: str | tuple[str, ...]) -> tuple[str, ...]:
    if isinstance(words, tuple):
        return words
    return tuple(part.strip() for part in words.replace("，", "、").replace(",", "、").split("、") if part.strip())
