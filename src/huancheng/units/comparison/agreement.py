"""How far two plans agree, block by block; plans on different blocks are compared by the ground they share."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.optimize import linear_sum_assignment

from huancheng.evidence import InputFault
from huancheng.units.certificate import DrawnUnits
from huancheng.units.solver import FloatArray


@dataclass(frozen=True)
class Agreement:
    """Two plans beside each other.

    Parameters
    ----------
    first, second
        Names of their folders.
    same_blocks
        Whether both lie on the same blocks.
    adjusted_rand
        Agreement of the two divisions, weighted by area and corrected for chance: 1 the same, about 0 unrelated.
    changed_area, changed_share
        Square metres whose unit is not the one matched to it, and their share of the ground both cover.
    matched
        Unit of the second that each unit of the first is matched to, by the largest ground in common.
    """

    first: str
    second: str
    same_blocks: bool
    adjusted_rand: float
    changed_area: float
    changed_share: float
    matched: dict[str, str]


def compare_pair(first: DrawnUnits, second: DrawnUnits) -> Agreement:
    """Return how far two plans agree on the ground both have in units.

    Raises
    ------
    InputFault
        If they have no ground in common.
    """
    same = set(first.assignment.index) == set(second.assignment.index)
    shared = _by_blocks(first, second) if same else _by_ground(first, second)
    total = float(shared["area"].sum())
    if total <= 0:
        cure = "name plans of the same city"
        raise InputFault(f"{first.folder.name} and {second.folder.name} have no ground in common", cure=cure)
    table = shared.pivot_table(index="one", columns="other", values="area", aggfunc="sum", fill_value=0.0, sort=True)
    areas = table.to_numpy(dtype=np.float64)
    rows, columns = linear_sum_assignment(areas, maximize=True)
    kept = float(areas[rows, columns].sum())
    matched = {
        str(table.index[row]): str(table.columns[column])
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        if areas[row, column] > 0
    }
    return Agreement(
        first.folder.name, second.folder.name, same, round(adjusted_rand(areas), 9), round(total - kept, 3),
        round((total - kept) / total, 9), matched,
    )  # fmt: skip


def adjusted_rand(areas: FloatArray) -> float:
    """Return the agreement of two divisions, corrected for chance, from the ground their parts have in common.

    Pairs of pieces of ground are counted by area, as if every piece were cut into equal small ones.

    Parameters
    ----------
    areas
        Ground in common of each part of the one with each part of the other; shape (parts, parts).
    """
    total = areas.sum() ** 2
    together = float((areas**2).sum() / total)
    one, other = (float((areas.sum(axis=axis) ** 2).sum() / total) for axis in (1, 0))
    chance, most = one * other, (one + other) / 2
    return 1.0 if most == chance else (together - chance) / (most - chance)


def _by_blocks(first: DrawnUnits, second: DrawnUnits) -> pd.DataFrame:
    blocks = first.drawing.ground
    area = pd.Series(blocks.area, index=list(blocks.ids))
    table = pd.DataFrame({"one": first.assignment, "other": second.assignment.reindex(first.assignment.index)})
    table["area"] = area.reindex(table.index)
    return table[(table["one"] != "") & (table["other"] != "")]


def _by_ground(first: DrawnUnits, second: DrawnUnits) -> pd.DataFrame:
    one, other = _outlines(first), _outlines(second)
    if one.crs != other.crs:
        other = other.to_crs(one.crs)
    shapes, others = one.geometry.to_numpy(), other.geometry.to_numpy()
    left, right = shapely.STRtree(others).query(shapes, predicate="intersects")
    area = shapely.area(shapely.intersection(shapes[left], others[right]))
    return pd.DataFrame({"one": one["unit"].to_numpy()[left], "other": other["unit"].to_numpy()[right], "area": area})


def _outlines(found: DrawnUnits) -> gpd.GeoDataFrame:
    return found.units[["unit", "geometry"]]
