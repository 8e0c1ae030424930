"""The instance set: how each case is asked and written, as nodes.csv and edges.csv."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.spatial import Delaunay

FLOOR = 120.0
"""Least sum of `t` in a unit of a lattice."""


@dataclass(frozen=True)
class Table:
    """Nodes and edges of an instance: columns by name, pairs of row numbers."""

    columns: dict[str, np.ndarray]
    edges: np.ndarray


@dataclass(frozen=True)
class Bars:
    """What a case has to show; None where nothing is asked.

    Attributes
    ----------
    units, dissimilarity
        Most units, and what is proved to be the least dissimilarity at that number.
    least_units, stretch_units
        Units to reach.
    gap, stretch_gap
        Certified gap.
    below_peers
        Whether dissimilarity has to be below the peers', at no fewer units.
    half_of_the_gap
        Whether half of the way from the better peer to the ceiling has to be made, in that peer's time.
    seconds, gigabytes
        Of the whole command.
    """

    units: int | None = None
    dissimilarity: float | None = None
    least_units: int | None = None
    stretch_units: int | None = None
    gap: float | None = None
    stretch_gap: float | None = None
    below_peers: bool = False
    half_of_the_gap: bool = False
    seconds: float | None = None
    gigabytes: float | None = None


@dataclass(frozen=True)
class Case:
    """One instance and how it is asked.

    Attributes
    ----------
    part
        Of the benchmark: `proofs`, `lattices`, `compact`, `streets`, `scale`.
    table
        Makes the instance; raises FileNotFoundError where its data is not there.
    column, floor, ceiling
        The limit.
    attributes
        Columns dissimilarity is made of.
    seconds
        Time limit of our run; None: none, the answer is proved.
    k
        Numbers of units asked for: for max-p beside the run for the most, for compact instead of it.
    radius
        Compact: farthest a node may be from its unit's median.
    peers
        Whether spopt and pygeoda solve it too.
    """

    name: str
    part: str
    table: Callable[[], Table]
    column: str
    floor: float
    bars: Bars
    attributes: tuple[str, ...] = ()
    ceiling: float = float("inf")
    seconds: float | None = None
    k: tuple[int, ...] = ()
    radius: float | None = None
    objective: str = "max-p"
    peers: bool = False

    def arguments(self, k: int | None, seconds: float | None) -> list[str]:
        """Return what `huancheng units solve` is asked."""
        words = ["--objective", self.objective, "--floor", f"{self.column}:{self.floor!r}"]
        if self.ceiling < float("inf"):
            words += ["--ceiling", f"{self.column}:{self.ceiling!r}"]
        if self.attributes:
            words += ["--attributes", ",".join(self.attributes)]
        for option, value in (("--radius", self.radius), ("--k", k), ("--time-limit", seconds)):
            words += [] if value is None else [option, repr(value)]
        return words


def lattice(side: int, seed: int) -> Table:
    """Attribute `f` and floor variable `t` of a square lattice; the order of the draws is part of the recipe.

    Six sine waves with random wave numbers and phase, standardised, with normal noise of 0.5; the floor variable is
    uniform between 10 and 15. Two draws between them are unused and keep the sequence.
    """
    draws = np.random.default_rng(seed)
    y, x = np.mgrid[0:side, 0:side]
    wave = np.zeros((side, side))
    for _ in range(6):
        along, across = draws.uniform(0.5, 3, 2).tolist()
        phase = draws.uniform(0, 6.28)
        wave += np.sin(2 * np.pi * (along * x + across * y) / side + phase)
    wave = (wave - wave.mean()) / wave.std() + draws.normal(0, 0.5, (side, side))
    draws.normal(0, 1, side * side)
    draws.uniform(0, 1, side * side)
    cells = np.arange(side * side).reshape(side, side)
    pairs = [
        np.stack([cells[:, :-1].ravel(), cells[:, 1:].ravel()], 1),
        np.stack([cells[:-1].ravel(), cells[1:].ravel()], 1),
    ]
    columns = {"f": wave.ravel(), "t": draws.uniform(10, 15, side * side), "x": x.ravel(), "y": y.ravel()}
    return Table(columns, np.concatenate(pairs))


def scattered(size: int) -> Table:
    """Random places, 100 m apart on average, each with a ground `t` of 0.2 to 1.8 ha, joined as triangles are."""
    draws = np.random.default_rng(size)
    places = draws.uniform(0, 100.0 * size**0.5, (size, 2))
    corners = Delaunay(places).simplices
    pairs = np.unique(np.sort(np.concatenate([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [0, 2]]]), 1), axis=0)
    columns = {"t": draws.uniform(0.2, 1.8, size), "x": places[:, 0], "y": places[:, 1]}
    return Table(columns, pairs)


def generated() -> Iterable[Case]:
    """Return the cases made by a recipe."""
    for side, seconds, least, stretch, k in ((50, 45.0, 243, 250, 250), (100, 45.0, 966, 1000, 1000)):
        for seed in range(5):
            yield Case(
                f"lattice{side}-seed{seed}", "lattices", lambda side=side, seed=seed: lattice(side, seed), "t", FLOOR,
                Bars(least_units=least, stretch_units=stretch, below_peers=True, seconds=60.0), ("f",), seconds=seconds,
                k=(k,), peers=True,
            )  # fmt: skip
    for side, k, gap, stretch_gap in ((20, 27, 0.01, 0.01), (50, 160, 0.03, 0.02)):
        mean = float(lattice(side, 0).columns["t"].sum()) / k
        yield Case(
            f"lattice{side}-seed0-compact", "compact", lambda side=side: lattice(side, 0), "t", 0.75 * mean,
            Bars(gap=gap, stretch_gap=stretch_gap, seconds=120.0), ceiling=1.3 * mean, seconds=60.0, k=(k,),
            radius=2.2 * side / k**0.5, objective="compact",
        )  # fmt: skip
    for size, seconds, most in ((5_000, 60.0, 120.0), (10_000, 90.0, 300.0)):
        yield Case(
            f"scattered{size}-compact", "scale", lambda size=size: scattered(size), "t", 12.0,
            Bars(seconds=most, gigabytes=2.0), ceiling=22.0, seconds=seconds, k=(size // 16,), radius=900.0,
            objective="compact",
        )  # fmt: skip


def write(table: Table, folder: Path) -> tuple[Path, Path]:
    """Write nodes.csv (id, then the columns) and edges.csv (a, b); the same bytes on every machine."""
    folder.mkdir(parents=True, exist_ok=True)
    nodes, edges = folder / "nodes.csv", folder / "edges.csv"
    values = [column.tolist() for column in table.columns.values()]
    _write(
        nodes, ["id", *table.columns], ([row, *map(repr, cells)] for row, cells in enumerate(zip(*values, strict=True)))
    )
    _write(edges, ["a", "b"], table.edges.tolist())
    return nodes, edges


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
