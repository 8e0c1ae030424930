"""The instance set: lattices by recipe, as nodes.csv and edges.csv; the same bytes on every machine."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

FLOOR = 120.0
"""Least sum of `t` in a unit of a lattice."""


@dataclass(frozen=True)
class Case:
    """One instance and how it is asked."""

    name: str
    side: int
    seed: int
    arguments: tuple[str, ...]
    k: int | None = None


def lattice(side: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Attribute and floor variable of a square lattice; the order of the draws is part of the recipe.

    Six sine waves with random wave numbers and phase, standardised, with normal noise of 0.5; the floor variable is
    uniform between 10 and 15. Two draws between them are unused and keep the sequence.
    """
    draws = np.random.default_rng(seed)
    y, x = np.mgrid[0:side, 0:side]
    field = np.zeros((side, side))
    for _ in range(6):
        along, across = draws.uniform(0.5, 3, 2).tolist()
        phase = draws.uniform(0, 6.28)
        field += np.sin(2 * np.pi * (along * x + across * y) / side + phase)
    field = (field - field.mean()) / field.std() + draws.normal(0, 0.5, (side, side))
    draws.normal(0, 1, side * side)
    draws.uniform(0, 1, side * side)
    return field.ravel(), draws.uniform(10, 15, side * side)


def cases(*, quick: bool) -> list[Case]:
    """Return the cases: max-p on lattices of 50 and 100, compact on 20 (k 27) and 50 (k 160)."""
    seeds = range(1 if quick else 5)
    found = [
        Case(f"lattice{side}-seed{seed}-max-p", side, seed, ("--objective", "max-p", "--attributes", "f",
             "--floor", f"t:{FLOOR:g}", "--time-limit", "55"))
        for side in (50, 100) for seed in seeds
    ]  # fmt: skip
    for side, k, seconds in ((20, 27, 100), (50, 160, 115)):
        mean = float(lattice(side, 0)[1].sum()) / k
        limits = ("--floor", f"t:{0.75 * mean!r}", "--ceiling", f"t:{1.3 * mean!r}")
        radius = ("--radius", repr(2.2 * side / k**0.5))
        arguments = ("--objective", "compact", "--k", str(k), *limits, *radius, "--time-limit", str(seconds))
        found.append(Case(f"lattice{side}-seed0-compact-k{k}", side, 0, arguments, k))
    return found


def write(case: Case, folder: Path) -> tuple[Path, Path]:
    """Write nodes.csv (id, f, t, x, y) and edges.csv (a, b: rook neighbours)."""
    field, floor = lattice(case.side, case.seed)
    folder.mkdir(parents=True, exist_ok=True)
    nodes, edges = folder / "nodes.csv", folder / "edges.csv"
    side = case.side
    with nodes.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "f", "t", "x", "y"])
        writer.writerows([i, repr(float(field[i])), repr(float(floor[i])), i % side, i // side] for i in range(side**2))
    with edges.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["a", "b"])
        for i in range(side**2):
            writer.writerows([i, j] for j in (i + 1, i + side) if j < side**2 and (j != i + 1 or j % side))
    return nodes, edges
