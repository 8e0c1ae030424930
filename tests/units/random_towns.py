"""Random towns with separators, bridges, districts, ties and locks: what the verifier is set upon."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from huancheng.policy.provisions.unit_rules import UnitRules
from tests.units.town import Town, links, locks, name, small_units, town

_MEANS = {"积水": 1.5, "停车": 3.0}


@dataclass(frozen=True)
class RandomTown:
    """A town with the rules and tables units are drawn by."""

    place: Town
    rules: UnitRules
    tables: dict[str, pd.DataFrame]


def random_town(seed: int, largest: int = 8) -> RandomTown:
    """One town of at most `largest` by `largest` blocks; the same seed gives the same. Some have no plan at all."""
    draw = np.random.default_rng(seed)
    columns, rows = (int(number) for number in draw.integers(4, largest + 1, 2))
    widths, heights = draw.uniform(80, 160, columns).round(1), draw.uniform(80, 160, rows).round(1)
    cut = {"columns_along": _lines(draw, columns - 1), "rows_along": _lines(draw, rows - 1)}
    blocks = columns * rows
    split = int(draw.integers(1, columns))
    zones = [
        ("东区" if column < split else "西区") if seed % 3 == 0 else "东区"
        for _ in range(rows)
        for column in range(columns)
    ]
    place = town(
        widths, heights, **cut, bridges=_bridges(draw, columns, rows),
        population=draw.integers(0, 400, blocks).astype(float), district=zones,
        **{f"problems:{kind}": draw.poisson(mean, blocks).astype(float) for kind, mean in _MEANS.items()},
    )  # fmt: skip
    low = float(draw.uniform(1.5, 4))
    rules = small_units(
        area={"low": low, "high": low * float(draw.uniform(2.2, 5))},
        number={"target": low * float(draw.uniform(1.4, 2)), "slack": 0.6},
        aside={} if seed % 4 else None,
        river={"bridges": "part" if seed % 5 == 0 else "join"},
        radius={"high": float(draw.uniform(500, 900))},
    )
    if seed % 7 == 0:
        rules = rules.model_copy(update={"objective": "max-p"})
    tables = {"links": _ties(draw, columns, rows)}
    if seed % 6 == 0:
        tables["locks"] = _locked(columns, heights[0], widths, low)
    return RandomTown(place, rules, tables)


def _lines(draw: np.random.Generator, count: int) -> dict[int, str]:
    kinds = draw.choice(["road", "road", "road", "none", "river", "rail"], count)
    return {place: str(kind) for place, kind in enumerate(kinds)}


def _bridges(draw: np.random.Generator, columns: int, rows: int) -> list[tuple[str, str]]:
    found = []
    for _ in range(int(draw.integers(0, 4))):
        row, column = int(draw.integers(0, rows)), int(draw.integers(0, columns))
        found += [(name(row, column), name(row, column + 1)), (name(row, column), name(row + 1, column))]
    return found


def _ties(draw: np.random.Generator, columns: int, rows: int) -> pd.DataFrame:
    found = []
    for number in range(int(draw.integers(0, 4))):
        row, column = int(draw.integers(0, rows - 1)), int(draw.integers(0, columns - 1))
        other = name(row, column + 1) if number % 2 else name(row + 1, column)
        found.append((("parcel", "estate", "historic_district")[number % 3], f"T{number}", [name(row, column), other]))
    return links(*found)


def _locked(columns: int, height: float, widths: np.ndarray, low: float) -> pd.DataFrame:
    """A locked unit in the first row, as long as it must be for the floor."""
    area = np.cumsum(widths * height) / 10_000
    needed = min(int(np.searchsorted(area, low)) + 1, columns)
    return locks(L1=[name(0, column) for column in range(needed)])
