"""Hamlets beyond the ring road: homes outside the built-up area, whose faults no city check-up may count."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from huancheng.city.generate.columns import booleans, coded, integers, numbers, texts
from huancheng.city.generate.condition import BUILDING_FAULTS
from huancheng.city.generate.frame import CRS
from huancheng.city.generate.hamlet_places import COLUMNS, ROWS, STEP_X, STEP_Y, hamlet_corners
from huancheng.city.generate.main_streets import ring_box
from huancheng.city.generate.site import Site
from huancheng.city.generate.templates import BUILDING_USES
from huancheng.city.generate.truth import TruthBook


def add_hamlets(table: gpd.GeoDataFrame, site: Site, truth: TruthBook, random: np.random.Generator) -> gpd.GeoDataFrame:
    """Add the hamlets' homes to the buildings, and write down that their faults lie outside the scope."""
    corners = hamlet_corners(site.lattice.x, site.lattice.columns, site.lattice.x_class, ring_box(site.lattice))
    row, column = (grid.ravel() for grid in np.meshgrid(np.arange(ROWS), np.arange(COLUMNS), indexing="ij"))
    x0 = np.round((corners[:, :1] + column * STEP_X).ravel() + random.uniform(0, 2, len(corners) * len(row)), 2)
    y0 = np.round((corners[:, 1:] + row * STEP_Y).ravel() + random.uniform(0, 2, len(x0)), 2)
    wide, deep = np.round(random.uniform(9, 13, len(x0)), 2), np.round(random.uniform(7, 10, len(x0)), 2)
    count = len(x0)
    floors, year = random.integers(1, 3, count), random.integers(1975, 2016, count)
    households = random.integers(1, 3, count)
    faults = {name: random.random(count) < share for name, (share, _, _) in BUILDING_FAULTS.items()}
    numbers_from = len(table) + 1
    width = len(table["id"].iloc[0]) - 1
    names = np.array([f"B{n:0{width}d}" for n in range(numbers_from, numbers_from + count)], dtype=object)
    none = np.zeros(count, bool)
    farm = random.random(count) < 0.08
    use = np.where(farm, BUILDING_USES.index("agricultural"), 0)
    more = gpd.GeoDataFrame(
        {
            "id": names,
            "use": coded(BUILDING_USES, use),
            "floors": integers(floors),
            "height": numbers(np.round(floors * 3.2 + 0.4, 1)),
            "year_built": integers(year),
            "structure": texts(np.full(count, "brick_concrete", dtype=object)),
            "footprint_area": numbers(np.round(wide * deep, 1)),
            "floor_area": numbers(np.round(wide * deep * floors, 1)),
            "safety_grade": texts(np.full(count, "C", dtype=object), random.random(count) < 0.8),
            "heritage_status": texts(np.full(count, "none", dtype=object)),
            "households": integers(households, farm),
            "population": numbers(np.asarray(households * 3.0), farm),
            "title_status": texts(np.full(count, "registered", dtype=object)),
            **{name: booleans(flag) for name, flag in faults.items()},
            "incomplete_homes": integers(np.zeros(count, np.int64)),
            "illegal": booleans(none),
            "vacant": booleans(random.random(count) < 0.2),
        },
        geometry=site.frame.boxes(x0, y0, x0 + wide, y0 + deep),
        crs=CRS,
    )
    for name, flag in faults.items():
        truth.also_clear(f"residential_{name}", names[flag & ~farm])
    together = pd.concat([table, more.reindex(columns=table.columns)], ignore_index=True)
    typed = {name: table[name].dtype for name in table.columns if name not in ("id", "geometry")}
    return gpd.GeoDataFrame(together.astype(typed), geometry="geometry", crs=CRS)
