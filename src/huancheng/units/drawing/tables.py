"""Reading the tables given beside a city: ties, residents beyond walking limits, locked units."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd

from huancheng.evidence import InputFault
from huancheng.units.certificate import Source
from huancheng.units.problem import GroundTables

_COLUMNS = {
    "links": ("rule", "name", "block"),
    "residents": ("block", "facility", "residents", "beyond"),
    "locks": ("block", "unit"),
}
_NUMBERS = ("residents", "beyond")


def read_tables(
    *, links: Path | None = None, residents: Path | None = None, locks: Path | None = None
) -> tuple[GroundTables, tuple[Source, ...]]:
    """Read the CSV files given, and name them with their fingerprints.

    Raises
    ------
    InputFault
        If a file can't be read, lacks a column, or holds what is no number where one is meant.
    """
    given = {"links": links, "residents": residents, "locks": locks}
    tables = {name: _read(name, path) for name, path in given.items() if path is not None}
    sources = tuple(
        Source(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), "table") for path in given.values() if path
    )
    return GroundTables(**tables), sources


def _read(name: str, path: Path) -> pd.DataFrame:
    try:
        table = pd.read_csv(path, dtype="string", encoding="utf-8-sig", keep_default_na=False)
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise InputFault(f"the file can't be read: {error}", file=str(path), cure="give a CSV file in UTF-8") from None
    for column in _COLUMNS[name]:
        if column not in table.columns:
            cure = f"give the columns {', '.join(_COLUMNS[name])}"
            raise InputFault(f"the column {column!r} is missing", file=str(path), field=column, cure=cure)
    table = table[list(_COLUMNS[name])]
    for column in (column for column in _COLUMNS[name] if column in _NUMBERS):
        numbers = pd.to_numeric(table[column].replace("", None), errors="coerce")
        wrong = numbers.isna() & (table[column] != "")
        if wrong.any():
            row = int(wrong.to_numpy().argmax())
            cell = table[column].iloc[row]
            raise InputFault(f"{cell!r} is no number", file=str(path), row=row + 2, field=column, cure="write a number")
        table = table.assign(**{column: numbers.astype("float64")})
    return table
