"""Reading nodes and edges; whatever can't be used is refused with file, row, field and cure."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from huancheng.city.readers.encoding import decode
from huancheng.evidence import InputFault
from huancheng.units.solver import FloatArray, IntArray


@dataclass(frozen=True)
class Instance:
    """Nodes and edges of one instance.

    Attributes
    ----------
    ids
        As written in the file, in its order.
    columns
        Values by column name; only columns that were asked for.
    edges
        Shape (m, 2): positions of nodes, first below second, ascending, each pair once.
    """

    ids: tuple[str, ...]
    columns: dict[str, FloatArray]
    edges: IntArray


def read_instance(nodes: Path, edges: Path, columns: tuple[str, ...]) -> Instance:
    """Read an instance.

    Parameters
    ----------
    nodes
        CSV with `id` and columns of numbers.
    edges
        CSV with `a` and `b`: ids of neighbours; either order, repetition is harmless.
    columns
        Names of the columns wanted from `nodes`.

    Raises
    ------
    InputFault
        If a file can't be read, a column is missing, a value is no finite number, an id stands twice or is not known.
    """
    rows = _rows(nodes, ("id", *columns))
    ids = [row["id"] for _, row in rows]
    positions: dict[str, int] = {}
    for (line, _), name in zip(rows, ids, strict=True):
        if not name:
            raise InputFault("the node has no id", file=nodes.name, row=line, field="id", cure="fill it in")
        if name in positions:
            message, cure = f"the id {name!r} stands twice", "give every node an id of its own"
            raise InputFault(message, file=nodes.name, row=line, field="id", cure=cure)
        positions[name] = len(positions)
    if not ids:
        raise InputFault("the file has no node", file=nodes.name, cure="write one row per node under the header")
    values = {
        column: np.array([_number(row[column], nodes.name, line, column) for line, row in rows]) for column in columns
    }
    pairs = [_edge(row, positions, edges.name, line) for line, row in _rows(edges, ("a", "b"))]
    array = np.array(pairs, np.int64).reshape(-1, 2)
    return Instance(tuple(ids), values, np.unique(array, axis=0) if pairs else array)


def _rows(path: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    try:
        text = decode(path.read_bytes(), file=path.name)
    except (FileNotFoundError, IsADirectoryError) as error:
        raise InputFault("there is no such file", file=str(path), cure="check the path") from error
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    rows: list[tuple[int, dict[str, str]]] = []
    try:
        header = [cell.strip() for cell in next(reader, [])]
        for column in columns:
            if header.count(column) != 1:
                what = "is missing" if column not in header else "stands twice"
                cure = f"the columns are {', '.join(header)}" if any(header) else "the first line names the columns"
                raise InputFault(f"the column {what}", file=path.name, row=1, field=column, cure=cure)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                message = f"the line has {len(cells)} cells, the header {len(header)}"
                raise InputFault(message, file=path.name, row=reader.line_num, cure="one cell per column")
            rows.append((reader.line_num, dict(zip(header, (cell.strip() for cell in cells), strict=True))))
    except csv.Error as error:
        message, cure = f"the line can't be read: {error}", "look for a quotation mark that is not closed"
        raise InputFault(message, file=path.name, row=reader.line_num, cure=cure) from error
    return rows


def _number(text: str, file: str, line: int, field: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        what = f"{text!r} is no finite number" if text else "the value is missing"
        raise InputFault(what, file=file, row=line, field=field, cure="write a plain decimal number")
    return value


def _edge(row: dict[str, str], positions: dict[str, int], file: str, line: int) -> tuple[int, int]:
    for field in ("a", "b"):
        if row[field] not in positions:
            message = f"there is no node {row[field]!r}"
            raise InputFault(message, file=file, row=line, field=field, cure="name an id of the nodes file")
    one, other = positions[row["a"]], positions[row["b"]]
    if one == other:
        raise InputFault("the edge joins a node with itself", file=file, row=line, cure="remove the row")
    return min(one, other), max(one, other)
