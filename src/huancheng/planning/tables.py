"""Writing tables of a plan: one CSV each, the same bytes for the same rows."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from huancheng.evidence import InputFault, State, Value

DECIMALS = 3
"""Digits kept after the point: a millimetre, a litre of people, a tenth of a per cent of a share."""


def new_folder(folder: Path) -> Path:
    """Make a folder that holds nothing yet.

    Raises
    ------
    InputFault
        If files are there: a result is never overwritten.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputFault("the folder already holds files", file=str(folder), cure="choose a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows as CSV that spreadsheets open with Chinese intact."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([[cell(item) for item in row] for row in rows])


def write_json(path: Path, document: Mapping[str, Any]) -> None:
    """Write a document with its keys in the order given."""
    text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False, default=str)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def cell(item: Any) -> Any:
    """Return what stands in a cell: numbers rounded, nothing for none."""
    if item is None:
        return ""
    if isinstance(item, float):
        rounded = round(item, DECIMALS)
        return int(rounded) if rounded == int(rounded) else rounded
    return item


def value_dict(value: Value) -> dict[str, Any]:
    """Return a value with its evidence for JSON."""
    found: dict[str, Any] = {"amount": None if value.amount is None else round(value.amount, 6), "unit": value.unit}
    if value.state is not State.KNOWN:
        found["state"] = value.state.value
    if value.provenance is not None:
        found["provenance"] = value.provenance.value
    if value.as_of is not None:
        found["as_of"] = value.as_of.isoformat()
    return found | {key: text for key, text in (("source", value.source), ("note", value.note)) if text}
