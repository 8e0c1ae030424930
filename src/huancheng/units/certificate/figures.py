"""What each unit has: area, people, floor area, intensity, title, age, problems, shape, borders."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from huancheng.units.certificate.measures import compactness_of, dissimilarity_of, members_of
from huancheng.units.problem.ground import Ground
from huancheng.units.solver import FloatArray, IntArray

_SUMS = ("population", "households", "floor_area", "footprint_area", "title_area", "legal_area")


def unit_frame(
    ground: Ground, blocks: gpd.GeoDataFrame, weights: FloatArray, unit: IntArray, names: Sequence[str]
) -> gpd.GeoDataFrame:
    """Return one row per unit with its figures and its outline; NaN where a block's figure is unknown.

    Parameters
    ----------
    ground
        The ground.
    blocks
        Blocks in its order, with geometry and every column that is known.
    weights
        Weight of each block towards the median block.
    unit, names
        The plan.
    """
    groups = [(number, members) for number, members in enumerate(members_of(unit)) if len(members)]
    rows = [_row(ground, blocks, weights, members, names[number]) for number, members in groups]
    shapes = blocks.geometry.to_numpy()
    outline = [shapely.normalize(shapely.union_all(shapes[members])) for _, members in groups]
    frame = gpd.GeoDataFrame(pd.DataFrame(rows), geometry=outline, crs=blocks.crs)
    if len(frame):
        length = shapely.length(frame.geometry.to_numpy())
        frame.insert(4, "shape", (4 * np.pi * frame["area"] / length**2).round(4))
        frame.insert(5, "border_on_lines", _on_lines(ground, unit, [number for number, _ in groups]))
    return frame


def _row(
    ground: Ground, blocks: gpd.GeoDataFrame, weights: FloatArray, members: IntArray, name: str
) -> dict[str, float | str | int | None]:
    distance, median = compactness_of(ground, weights, members)
    area = float(ground.area[members].sum())
    found: dict[str, float | str | int | None] = {
        "unit": name, "blocks": len(members), "area": round(area, 3), "median_block": ground.ids[median],
    }  # fmt: skip
    table = blocks.iloc[members]
    for column in _SUMS:
        if column in table.columns:
            values = table[column].to_numpy(dtype=np.float64, na_value=np.nan)
            found[column] = round(float(values.sum()), 2)
    floor, footprint = found.get("floor_area"), found.get("footprint_area")
    found["far"] = None if floor is None else round(float(floor) / area, 4)
    found["coverage"] = None if footprint is None else round(float(footprint) / area, 4)
    title, legal = found.get("title_area"), found.get("legal_area")
    if title is not None and legal is not None:
        found["legal_share"] = round(float(legal) / float(title), 4) if float(title) > 0 else None
    if "height" in table.columns:
        found["height"] = float(table["height"].max())
    if "age" in table.columns and floor is not None:
        ages, weight = (table[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in ("age", "floor_area"))
        known = ~np.isnan(ages) & ~np.isnan(weight)
        total = float(weight[known].sum())
        found["age"] = round(float((ages[known] * weight[known]).sum()) / total, 1) if total > 0 else None
    for column in sorted(column for column in table.columns if column.startswith("problems:") and "__" not in column):
        found[column] = round(float(np.nan_to_num(table[column].to_numpy(dtype=np.float64, na_value=np.nan)).sum()), 2)
    for facility, (residents, beyond) in sorted(ground.residents.items()):
        known = ~np.isnan(residents[members]) & ~np.isnan(beyond[members])
        whole = float(residents[members][known].sum())
        share = float(beyond[members][known].sum()) / whole if known.all() and whole > 0 else None
        found[f"beyond:{facility}"] = None if share is None else round(share, 6)
    found["compactness"] = round(distance, 3)
    found["dissimilarity"] = round(dissimilarity_of(ground, members), 6)
    return found


def _on_lines(ground: Ground, unit: IntArray, numbers: Sequence[int]) -> list[float | None]:
    """Return for each unit the share of its border with others that runs along a line."""
    pairs = ground.pairs
    left, right = unit[pairs.first], unit[pairs.second]
    outer = left != right
    size = int(unit.max(initial=-1)) + 1
    whole, free = np.zeros(size + 1), np.zeros(size + 1)
    for side in (left, right):
        np.add.at(whole, side[outer], pairs.length[outer])
        np.add.at(free, side[outer], pairs.free[outer])
    return [round(1 - float(free[number] / whole[number]), 4) if whole[number] > 0 else None for number in numbers]
