"""Reading a CSV as cities write it: any of three encodings, blank rows, Chinese or English headers."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from huancheng.evidence import InputFault

HEADERS = {
    "indicator": ("indicator", "指标", "指标名称", "体检指标", "指标编号"),
    "level": ("level", "层级", "级别", "体检层级", "维度", "层级维度"),
    "value": ("value", "值", "数值", "结果", "指标值", "体检结果"),
    "unit": ("unit", "单位", "计量单位"),
    "grade": ("grade", "评价", "等级", "评价等级", "评价结果"),
}
"""Words a column may be headed by."""

NEEDED = ("indicator", "value")
MAX_BYTES = 20_000_000
"""Longest file read; a table of indicators stays far below."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row as it stands, with surrounding blanks taken off.

    Parameters
    ----------
    number
        Line of the row in the file, from 1.
    indicator, level, value, unit, grade
        The cells; empty where the column is absent.
    """

    number: int
    indicator: str
    level: str
    value: str
    unit: str
    grade: str


def read_table(path: Path) -> list[TableRow]:
    """Read the rows of a table; blank rows are left out.

    Parameters
    ----------
    path
        CSV in UTF-8 (with or without mark), UTF-16 with mark, or GB 18030; comma, semicolon or tab.

    Raises
    ------
    InputFault
        If the file is absent, in no known encoding, without the needed columns or without rows; or if a row has more
        cells than there are headers, or no indicator. The message names row and field.
    """
    text = _decode(path)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    columns: dict[str, int] | None = None
    width = 0
    rows = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if columns is None:
                columns, width = _columns(cells, path), len(cells)
                continue
            rows.append(_row(cells, columns, width, reader.line_num, path))
    except csv.Error as error:
        cure = "close every quotation mark that is opened"
        message = f"the file does not read as CSV: {error}"
        raise InputFault(message, file=path.name, row=reader.line_num, cure=cure) from error
    if not rows:
        raise InputFault("the table has no rows", file=path.name, cure="give a header row and a row for each indicator")
    return rows


def _decode(path: Path) -> str:
    try:
        data = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    except OSError as error:
        raise InputFault("the file can't be read", file=str(path), cure="check the path") from error
    if data is None:
        raise InputFault(f"the file is longer than {MAX_BYTES:,} bytes", file=path.name, cure="give the table alone")
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encodings = ["utf-16"] if wide else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InputFault("the file is no text in UTF-8 or GB 18030", file=path.name, cure="save the table as CSV in UTF-8")


def _delimiter(text: str) -> str:
    head = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=head.count)


def _columns(cells: list[str], path: Path) -> dict[str, int]:
    words = ["".join(unicodedata.normalize("NFKC", cell).split()).lower() for cell in cells]
    words = [word.replace("(", "").replace(")", "") for word in words]
    columns: dict[str, int] = {}
    for field, names in HEADERS.items():
        found = [position for position, word in enumerate(words) if word in names]
        if len(found) > 1:
            raise InputFault("the column stands twice", file=path.name, row=1, field=field, cure="remove one of them")
        if found:
            columns[field] = found[0]
        elif field in NEEDED:
            cure = f"head it by one of {', '.join(names)}; the header row read {', '.join(cells)[:120]}"
            raise InputFault("the column is missing", file=path.name, row=1, field=field, cure=cure)
    return columns


def _row(cells: list[str], columns: dict[str, int], width: int, number: int, path: Path) -> TableRow:
    row = {field: cells[position].strip() if position < len(cells) else "" for field, position in columns.items()}
    unit = row.get("unit", "")
    if any(cell.strip() for cell in cells[width:]) or unit.isdigit():
        message = f"the row does not fit the header: {len(cells)} cells for {width} columns, the unit reads {unit!r}"
        cure = "put a value with a comma (1,234) in quotes"
        raise InputFault(message, file=path.name, row=number, field="value", cure=cure)
    result = TableRow(number, **{field: row.get(field, "") for field in HEADERS})
    if not result.indicator:
        raise InputFault("the row names no indicator", file=path.name, row=number, field="indicator", cure="fill it in")
    return result
