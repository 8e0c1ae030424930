"""Opening a workbook somebody sent: within limits, with its formulas listed. Every import uses this."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO

from huancheng.platform.files.domain.checks.archive import ArchiveLimits, open_archive
from huancheng.platform.files.domain.checks.office import check_office
from huancheng.platform.files.domain.checks.signature import HEAD, shape_of
from huancheng.platform.files.domain.refusing import Reason, Refused

Cell = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True, slots=True)
class WorkbookLimits:
    """How much a workbook may hold.

    Parameters
    ----------
    size
        Bytes of the file.
    unpacked
        Bytes of its parts unpacked.
    sheets, rows, columns
        Counts; rows that are empty throughout don't count.
    reach
        Number of the last row, empty ones between counted: a single cell far down costs as much as all rows above it.
    characters
        Characters of one cell.
    """

    size: int = 20 * 1024 * 1024
    unpacked: int = 200 * 1024 * 1024
    sheets: int = 50
    rows: int = 20_000
    reach: int = 100_000
    columns: int = 200
    characters: int = 32_767


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that holds a formula; its value is what the program that saved the file last computed.

    Parameters
    ----------
    cell
        Its address, as C7.
    text
        The formula.
    """

    cell: str
    text: str


@dataclass(frozen=True)
class SafeSheet:
    """A sheet read whole.

    Parameters
    ----------
    name
        Name on its tab.
    rows
        Row's number in the sheet (from 1) and its values up to the last that is not empty; rows without any value are
        left out.
    formulas
        Its formulas, at most a hundred.
    """

    name: str
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    formulas: tuple[Formula, ...] = field(default=())


@dataclass(frozen=True)
class SafeWorkbook:
    """A workbook read whole; nothing of it stays open.

    Parameters
    ----------
    sheets
        Its sheets in order; hidden ones too.
    """

    sheets: tuple[SafeSheet, ...]

    def sheet(self, name: str) -> SafeSheet | None:
        """Return a sheet by name; None where there is none."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


_MOST_FORMULAS = 100


def open_workbook(source: BinaryIO, limits: WorkbookLimits | None = None) -> SafeWorkbook:
    """Read a workbook somebody sent.

    Parameters
    ----------
    source
        The file, readable and seekable.
    limits
        How much it may hold.

    Raises
    ------
    Refused
        If it is no xlsx, broken, encrypted, has macros or outside links that fetch, or holds too much.
    """
    limits = limits or WorkbookLimits()
    size = source.seek(0, 2)
    if size == 0:
        raise Refused(Reason.EMPTY)
    if size > limits.size:
        raise Refused(Reason.TOO_LARGE, f"{limits.size >> 20} MB")
    source.seek(0)
    shape = shape_of(source.read(HEAD))
    if shape == "compound":
        raise Refused(Reason.MISMATCH, "xls")
    if shape != "zip":
        raise Refused(Reason.MISMATCH, shape)
    open_archive(source, ArchiveLimits(unpacked=limits.unpacked))
    if (found := check_office(source).format) != "xlsx":
        raise Refused(Reason.MISMATCH, found)
    return SafeWorkbook(tuple(_read(source, limits)))


def _read(source: BinaryIO, limits: WorkbookLimits) -> Iterator[SafeSheet]:
    from openpyxl import load_workbook

    source.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            valued = load_workbook(source, read_only=True, data_only=True, keep_links=False)
            stated = load_workbook(source, read_only=True, data_only=False, keep_links=False)
            if len(valued.worksheets) > limits.sheets:
                raise Refused(Reason.ROWS, f"{len(valued.worksheets)} > {limits.sheets}")
            if not valued.worksheets:
                raise Refused(Reason.BROKEN)
            for sheet, formulas in zip(valued.worksheets, stated.worksheets, strict=True):
                yield SafeSheet(sheet.title, tuple(_rows(sheet, limits)), tuple(_formulas(formulas, limits)))
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, OverflowError) as error:
        raise Refused(Reason.BROKEN) from error


def _rows(sheet: Any, limits: WorkbookLimits) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    sheet.reset_dimensions()
    kept = 0
    for number, values in enumerate(sheet.iter_rows(max_col=limits.columns + 1, values_only=True), start=1):
        if number > limits.reach:
            raise Refused(Reason.ROWS, f"> {limits.reach}")
        if all(value is None or value == "" for value in values):
            continue
        kept += 1
        if kept > limits.rows:
            raise Refused(Reason.ROWS, f"> {limits.rows}")
        if len(values) > limits.columns and values[limits.columns] is not None:
            raise Refused(Reason.ROWS, f"> {limits.columns}")
        if any(isinstance(value, str) and len(value) > limits.characters for value in values):
            raise Refused(Reason.ROWS, f"> {limits.characters}")
        yield number, _trimmed(values)


def _trimmed(values: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Return a row without the empty cells at its end."""
    last = next(place for place in range(len(values), 0, -1) if values[place - 1] not in (None, ""))
    return values[:last]


def _formulas(sheet: Any, limits: WorkbookLimits) -> Iterator[Formula]:
    sheet.reset_dimensions()
    found = 0
    for row in sheet.iter_rows(max_col=limits.columns):
        for cell in row:
            if getattr(cell, "data_type", "") == "f":
                found += 1
                if found > _MOST_FORMULAS:
                    return
                yield Formula(cell.coordinate, str(getattr(cell.value, "text", cell.value)))
