"""Delimited text: csv, tsv and txt in UTF-8 or GB 18030."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pandas as pd

from huancheng.city.readers.encoding import decode
from huancheng.city.readers.places import places_of
from huancheng.city.readers.table import ReadOptions, RowFault, SourceTable
from huancheng.evidence import InputFault

_DELIMITERS = ",;\t|"
_LARGEST_FIELD = 1 << 27
"""Characters a cell may hold: a polygon in well-known text can be long."""


def delimited_layers(path: Path) -> list[str]:
    """Return the one layer a delimited file has."""
    return [path.stem]


def read_delimited(path: Path, layer: str | None, options: ReadOptions) -> SourceTable:
    """Read a delimited file; all columns are text, an empty cell is missing.

    A line with more or fewer cells than the header is refused and listed.

    Raises
    ------
    InputFault
        If the file is empty, in no known encoding, or its header is unusable.
    """
    del layer
    text = decode(path.read_bytes(), file=path.name, encoding=options.encoding)
    header_line = options.header_row or 1
    lines = _lines(text, path)
    header = [cell.strip() for cell in lines[header_line - 1][1]] if len(lines) >= header_line else []
    check_header(header, path.name)
    rows, labels, faults = [], [], []
    for line, cells in lines[header_line:]:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            reason = f"the line has {len(cells)} cells, the header {len(header)}"
            faults.append(RowFault(str(line), "", reason, None))
            continue
        rows.append([cell.strip() or None for cell in cells])
        labels.append(str(line))
    frame = pd.DataFrame(rows, columns=header, dtype="string")
    marks = np.array(labels, dtype=object)
    geometry, crs, unread = places_of(frame, marks, options, path.name)
    return SourceTable(path.name, "", frame, geometry, crs, marks, (*faults, *unread))


def check_header(header: list[str], file: str) -> None:
    """Refuse a header that is missing, has empty names in it, or names a column twice.

    Raises
    ------
    InputFault
        Naming the column.
    """
    cure = "give every column a name of its own, or say in the mapping which line holds the names (`header_row`)"
    if not any(header):
        raise InputFault("the file has no header line", file=file, cure=cure)
    for position, name in enumerate(header):
        if not name:
            raise InputFault(f"column {position + 1} has no name", file=file, cure=cure)
        if header.index(name) != position:
            raise InputFault(f"the column {name!r} is there twice", file=file, field=name, cure=cure)


def _lines(text: str, path: Path) -> list[tuple[int, list[str]]]:
    if not text.strip():
        raise InputFault("the file is empty", file=path.name, cure="check the export; a header line is the least")
    if "\x00" in text:
        raise InputFault("the file holds binary data, not text", file=path.name, cure="name it by its true suffix")
    first = text.lstrip("\n\r").split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    limit = csv.field_size_limit(_LARGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        lines = [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        cure = "look for a quotation mark that is not closed"
        raise InputFault(f"the line can't be read: {error}", file=path.name, row=reader.line_num, cure=cure) from error
    finally:
        csv.field_size_limit(limit)
    _check_last_quotation(text, lines, path)
    return lines


def _check_last_quotation(text: str, lines: list[tuple[int, list[str]]], path: Path) -> None:
    """Refuse a file whose last record runs to its end because a quotation mark was never closed."""
    start = lines[-2][0] if len(lines) > 1 else 0
    tail = text.splitlines(keepends=True)[start:]
    if len(tail) > 1 and "".join(tail).count('"') % 2:
        message = f"the line opens a quotation mark that is never closed; {len(tail)} lines would be one"
        raise InputFault(message, file=path.name, row=start + 1, cure="close it, or double it where it is meant")
