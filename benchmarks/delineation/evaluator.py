"""The evaluator: reads an instance and labels.csv and says what they are; it shares no code with the solver."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Row = dict[str, float]


def evaluate(
    nodes: Path, edges: Path, labels: Path, limits: Sequence[tuple[str, float, float]], *,
    attributes: Sequence[str] = (), weight: str | None = None, radius: float | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Return units, faults, dissimilarity in the attributes and, with a weight, compactness.

    Parameters
    ----------
    limits
        Column, least and most.
    weight
        Column that weighs squared distances to a unit's median node.
    radius
        Farthest a node may be from its unit's median node.
    """
    with nodes.open(encoding="utf-8") as file:
        rows = {
            row["id"]: {key: float(value) for key, value in row.items() if key != "id"} for row in csv.DictReader(file)
        }
    near: dict[str, list[str]] = {name: [] for name in rows}
    with edges.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            near[row["a"]].append(row["b"])
            near[row["b"]].append(row["a"])
    units: dict[str, list[str]] = {}
    with labels.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            units.setdefault(row["unit"], []).append(row["id"])
    faults = []
    if sorted(name for members in units.values() for name in members) != sorted(rows):
        faults.append("labels do not name every node once")
    alike = spread = 0.0
    for unit, members in units.items():
        if not _connected(members, near):
            faults.append(f"unit {unit} is in pieces")
        for column, low, high in limits:
            total = math.fsum(rows[name][column] for name in members)
            if not low - 1e-6 <= total <= high + 1e-6:
                faults.append(f"unit {unit}: {column} is {total}")
        alike += math.fsum(_unlike([rows[name][column] for name in members]) for column in attributes)
        if weight is not None:
            nearest = _spread([rows[name] for name in members], weight, radius)
            if nearest is None:
                faults.append(f"unit {unit}: no node reaches all others within {radius}")
            spread += nearest or 0.0
    found = {"units": len(units), "faults": faults, "dissimilarity": alike}
    return found if weight is None else {**found, "compactness": spread}


def allowed(nodes: Path, edges: Path, column: str, floor: float, cut: Sequence[str]) -> int:
    """Return how many units a cut allows: one for each of its nodes, and the whole floors of every piece beside them.

    A unit either holds a node of the cut or lies in one piece, so any set of nodes gives a true bound.
    """
    with nodes.open(encoding="utf-8") as file:
        share = {row["id"]: min(float(row[column]) / floor, 1.0) for row in csv.DictReader(file)}
    near: dict[str, list[str]] = {name: [] for name in share}
    with edges.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            near[row["a"]].append(row["b"])
            near[row["b"]].append(row["a"])
    left = set(share) - set(cut)
    most = len(set(cut))
    while left:
        front, piece = [left.pop()], 0.0
        while front:
            node = front.pop()
            piece += share[node]
            beside = left.intersection(near[node])
            left -= beside
            front += beside
        most += math.floor(piece * (1 + 1e-9) + 1e-9)
    return most


def _unlike(values: list[float]) -> float:
    """Sum over pairs of their absolute differences."""
    return math.fsum(value * (2 * rank - len(values) + 1) for rank, value in enumerate(sorted(values)))


def _connected(members: list[str], near: dict[str, list[str]]) -> bool:
    left = set(members)
    front = [left.pop()]
    while front:
        for mate in near[front.pop()]:
            if mate in left:
                left.remove(mate)
                front.append(mate)
    return not left


def _spread(members: list[Row], weight: str, radius: float | None) -> float | None:
    best = None
    for median in members:
        squares = [(other["x"] - median["x"]) ** 2 + (other["y"] - median["y"]) ** 2 for other in members]
        if radius is not None and max(squares) > radius**2 * (1 + 1e-9):
            continue
        total = math.fsum(other[weight] * square for other, square in zip(members, squares, strict=True))
        best = total if best is None else min(best, total)
    return best
