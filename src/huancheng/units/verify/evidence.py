"""A result folder read plainly: text as text, each table as rows, nothing trusted."""

from __future__ import annotations

import csv
import json
import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from huancheng.evidence import InputFault
from huancheng.units.verify.verdict import Fault

TABLES = {
    "assignment.csv": ("block", "unit"),
    "blocks.csv": ("id", "x", "y", "area", "weight", "lock"),
    "borders.csv": (
        "a", "b", "unit_a", "unit_b", "length", "free", "along", "separator", "bridge", "joins", "code", "reason",
    ),
    "links.csv": ("rule", "name", "block"),
    "audit.csv": ("unit", "constraint", "value", "low", "high", "holds", "force", "basis", "certainty"),
}  # fmt: skip

Row = dict[str, str]


@dataclass(frozen=True)
class Evidence:
    """The content of a folder.

    Parameters
    ----------
    folder
        Where it lies.
    certificate
        `units.json`.
    tables
        Rows of each table, by file.
    """

    folder: Path
    certificate: dict[str, Any]
    tables: dict[str, list[Row]]

    @cached_property
    def home(self) -> dict[str, str]:
        """Unit of each block; empty where it is in none."""
        return {row["block"]: row["unit"] for row in self.tables["assignment.csv"]}

    @cached_property
    def members(self) -> dict[str, list[str]]:
        """Blocks of each unit, in the order of the file."""
        found: dict[str, list[str]] = defaultdict(list)
        for row in self.tables["assignment.csv"]:
            if row["unit"]:
                found[row["unit"]].append(row["block"])
        return dict(found)

    @cached_property
    def block(self) -> dict[str, Row]:
        """Figures of each block."""
        return {row["id"]: row for row in self.tables["blocks.csv"]}

    @property
    def rules(self) -> list[dict[str, Any]]:
        """Rules of the profile."""
        rules: list[dict[str, Any]] = self.certificate["profile"]["rules"]
        return rules

    def rules_of(self, kind: str) -> list[dict[str, Any]]:
        """Return the rules of one kind."""
        return [rule for rule in self.rules if rule["kind"] == kind]

    @cached_property
    def reach(self) -> dict[str, list[str]]:
        """Neighbours a unit may reach from each block."""
        found: dict[str, list[str]] = {name: [] for name in self.block}
        for row in self.tables["borders.csv"]:
            if row["joins"] == "True":
                found[row["a"]].append(row["b"])
                found[row["b"]].append(row["a"])
        return found


def number(text: str) -> float | None:
    """Return the number a cell holds; None where it is empty or no number."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def read_evidence(folder: Path) -> tuple[Evidence | None, list[Fault]]:
    """Read a folder; what can't be read is a fault, and without a certificate or a table there is nothing to check.

    Raises
    ------
    InputFault
        If the folder holds no `units.json`.
    """
    path = folder / "units.json"
    if not path.is_file():
        cure = "name the folder `huancheng units draw` wrote"
        raise InputFault("no units.json here", file=str(folder), cure=cure)
    try:
        certificate = json.loads(path.read_text("utf-8"))
        certificate["profile"]["rules"], certificate["files"], certificate["objective"]["parts"]
    except (ValueError, KeyError, TypeError) as error:
        return None, [Fault("files", "units.json", f"this is no certificate: {error!r}")]
    tables: dict[str, list[Row]] = {}
    faults = []
    for name, columns in TABLES.items():
        try:
            with (folder / name).open(encoding="utf-8", newline="") as stream:
                reader = csv.DictReader(stream)
                rows = list(reader)
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            faults.append(Fault("files", name, f"the file can't be read: {error}"))
            continue
        missing = [column for column in columns if column not in (reader.fieldnames or ())]
        if missing:
            faults.append(Fault("files", name, f"the column {missing[0]!r} is missing"))
        elif any(None in row or None in row.values() for row in rows):
            faults.append(Fault("files", name, "a row has more or fewer cells than the head"))
        tables[name] = rows
    return (None if faults else Evidence(folder, certificate, tables)), faults
