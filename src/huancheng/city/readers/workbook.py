"""Excel workbooks (.xlsx): header found, merged cells spread, dates and numbers as they are meant."""

from __future__ import annotations

import datetime as dt
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

import numpy as np
import openpyxl
import pandas as pd
from openpyxl.utils.exceptions import InvalidFileException

from huancheng.city.readers.delimited import check_header
from huancheng.city.readers.headers import check_zip
from huancheng.city.readers.places import places_of
from huancheng.city.readers.table import ReadOptions, RowFault, SourceTable
from huancheng.city.readers.vector import choose_layer
from huancheng.evidence import InputFault

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_LARGEST_CELLS = 20_000_000
"""Cells a sheet may claim to span."""
_UNREADABLE = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, ParseError, KeyError, ValueError, TypeError, AttributeError,
    IndexError, OSError, EOFError, NotImplementedError,
)  # fmt: skip
"""What a damaged workbook makes its library raise."""
_CURE = "open it in a spreadsheet program and save it as .xlsx again"


def workbook_layers(path: Path) -> list[str]:
    """Return the names of the sheets.

    Raises
    ------
    InputFault
        If the workbook can't be opened or unpacks to a bomb.
    """
    return list(_open(path).sheetnames)


def read_workbook(path: Path, layer: str | None, options: ReadOptions) -> SourceTable:
    """Read one sheet; all columns are text, an empty cell is missing.

    A merged cell gives its value to every row it spans, which is listed.

    Raises
    ------
    InputFault
        If the workbook can't be opened, the sheet is not there, or its header is unusable.
    """
    book = _open(path)
    name = choose_layer(path, layer, list(book.sheetnames))
    sheet = book[name]
    if sheet.max_row * sheet.max_column > _LARGEST_CELLS:
        message = f"the sheet {name!r} claims {sheet.max_row:,} × {sheet.max_column:,} cells"
        raise InputFault(message, file=path.name, cure="delete the empty rows and columns and save it again")
    grid, spread = _grid(sheet)
    header_row = options.header_row or _header_row(grid)
    header = [_text(cell) or "" for cell in grid[header_row - 1]] if len(grid) >= header_row else []
    while header and not header[-1]:
        header.pop()
    check_header(header, path.name)
    rows: list[list[str | None]] = []
    labels: list[str] = []
    faults: list[RowFault] = []
    for number, cells in enumerate(grid[header_row:], start=header_row + 1):
        values = [_text(cell) for cell in cells[: len(header)]]
        if any(value is not None for value in values):
            for column in sorted(spread.get(number, ())):
                if column < len(header):
                    reason = f"merged cell: {values[column]!r} taken for every row it spans"
                    faults.append(RowFault(str(number), header[column], reason, len(rows)))
            rows.append(values)
            labels.append(str(number))
    frame = pd.DataFrame(rows, columns=header, dtype="string")
    marks = np.array(labels, dtype=object)
    geometry, crs, unread = places_of(frame, marks, options, path.name)
    return SourceTable(path.name, name, frame, geometry, crs, marks, (*faults, *unread))


def _open(path: Path) -> Workbook:
    check_zip(path)
    try:
        return openpyxl.load_workbook(path, data_only=True)
    except _UNREADABLE as error:
        raise InputFault(f"the workbook can't be opened: {error}", file=path.name, cure=_CURE) from error


def _grid(sheet: Worksheet) -> tuple[list[list[Any]], dict[int, set[int]]]:
    grid = [list(row) for row in sheet.iter_rows(values_only=True)]
    spread: dict[int, set[int]] = {}
    for area in sheet.merged_cells.ranges:
        west, north, east, south = area.bounds
        value = grid[north - 1][west - 1]
        for row in range(north, south + 1):
            for column in range(west, east + 1):
                grid[row - 1][column - 1] = value if column == west else None
                if row > north and column == west:
                    spread.setdefault(row, set()).add(column - 1)
    return grid, spread


def _header_row(grid: list[list[Any]]) -> int:
    """Return the first row (from 1) at least half as full as the fullest: titles above a table fill one cell."""
    filled = [sum(cell is not None for cell in row) for row in grid]
    widest = max(filled, default=0)
    return next((at for at, count in enumerate(filled, start=1) if count and count * 2 >= widest), 1)


def _text(cell: Any) -> str | None:
    if cell is None:
        return None
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip() or None
