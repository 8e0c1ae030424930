"""Towns laid out in rows and columns, for taking units through in a moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from huancheng.policy.book import load_book
from huancheng.policy.provisions.unit_rules import UnitRules
from huancheng.units.certificate import UnitDrawing
from huancheng.units.drawing import compute_units
from huancheng.units.problem import Ground, GroundTables, lay_ground
from huancheng.units.solver import Work

CRS = "EPSG:4548"
LEFT, BOTTOM = 500_000.0, 4_030_000.0
LINES = ("road", "rail", "river")


@dataclass(frozen=True)
class Town:
    """Blocks and borders, as `units.blocks` gives them."""

    frame: gpd.GeoDataFrame
    borders: gpd.GeoDataFrame


def town(
    widths: Sequence[float],
    heights: Sequence[float],
    *,
    columns_along: Mapping[int, str] | None = None,
    rows_along: Mapping[int, str] | None = None,
    bridges: Sequence[tuple[str, str]] = (),
    **figures: Sequence[Any],
) -> Town:
    """Blocks R0C0, R0C1 … from south-west, each `widths[c]` by `heights[r]` metres.

    `columns_along[c]` is what runs between the columns c and c + 1 (road by default; rail and river separate),
    `rows_along` likewise; `none` is a border along nothing. Pairs in `bridges` are bridged. `figures` are columns.
    """
    x, y = LEFT + np.r_[0.0, np.cumsum(widths)], BOTTOM + np.r_[0.0, np.cumsum(heights)]
    places = [(row, column) for row in range(len(heights)) for column in range(len(widths))]
    shapes = {(row, column): shapely.box(x[column], y[row], x[column + 1], y[row + 1]) for row, column in places}
    ids = pd.Series([name(*place) for place in places], dtype="string")
    frame = gpd.GeoDataFrame(
        {"id": ids, "area": [shape.area for shape in shapes.values()]},
        geometry=list(shapes.values()), crs=CRS,
    )  # fmt: skip
    for column, values in figures.items():
        frame[column] = list(values)
    rows = []
    for row, column in places:
        for other, along in (
            ((row, column + 1), (columns_along or {}).get(column, "road")),
            ((row + 1, column), (rows_along or {}).get(row, "road")),
        ):
            if other in shapes:
                line = shapely.intersection(shapes[row, column], shapes[other])
                pair = (name(row, column), name(*other))
                rows.append((*pair, line.length, along, along in {"rail", "river"}, pair in bridges, line))
    columns = ["a", "b", "length", "along", "separator", "bridge", "geometry"]
    return Town(frame, gpd.GeoDataFrame(pd.DataFrame(rows, columns=columns), geometry="geometry", crs=CRS))


def name(row: int, column: int) -> str:
    return f"R{row}C{column}"


def profile(which: str = "standard", **changes: Mapping[str, Any] | None) -> UnitRules:
    """The profile of the shipped pack, rules changed by id; None takes a rule out."""
    rules = load_book("liaocheng-2023").unit_profile(which)
    kept = []
    for rule in rules.rules:
        change = changes.pop(rule.id, {})
        if change is not None:
            kept.append(rule.model_copy(update=dict(change)))
    assert not changes, f"no such rules: {changes}"
    return rules.model_copy(update={"rules": tuple(kept)})


def small_units(**changes: Mapping[str, Any] | None) -> UnitRules:
    """The standard profile for towns of a few hectares: units of 4 to 16 ha, about 8, nothing left aside."""
    standard = {"area": {"low": 4.0, "high": 16.0}, "number": {"target": 8.0, "slack": 0.5}, "aside": None}
    return profile(**{**standard, **changes})


def ground_of(place: Town, rules: UnitRules, **tables: pd.DataFrame) -> Ground:
    return lay_ground(place.frame, place.borders.drop(columns="geometry"), rules, GroundTables(**tables))


def links(*rows: tuple[str, str, Sequence[str]]) -> pd.DataFrame:
    """`(rule, name, blocks)` as a table of ties."""
    return pd.DataFrame(
        [(rule, thing, block) for rule, thing, blocks in rows for block in blocks], columns=["rule", "name", "block"]
    )


def locks(**units: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame(
        [(block, unit) for unit, blocks in units.items() for block in blocks], columns=["block", "unit"]
    )


def drawn_on(place: Town, rules: UnitRules, *, seed: int = 0, limit: int = 1, **tables: pd.DataFrame) -> UnitDrawing:
    """The plan computed on a town."""
    return compute_units(
        ground_of(place, rules, **tables), rules, place.frame, work=Work(limit=limit, seed=seed),
        title="小城", as_of="2025-12-31",
    )  # fmt: skip


def square_town(**settings: Any) -> Town:
    """Six by six blocks of one hectare."""
    return town([100.0] * 6, [100.0] * 6, **settings)
