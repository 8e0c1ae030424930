"""Small street layouts for the block tests, in a metric CRS."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from huancheng.units.blocks import BlockLayers, Blocks, UnitBlockOptions, build_blocks

CRS = "EPSG:4548"
EAST, NORTH = 470_000.0, 4_100_000.0

Line = list[tuple[float, float]]


def place(shape: shapely.Geometry) -> shapely.Geometry:
    return shapely.transform(shape, lambda xy: np.add(xy, (EAST, NORTH)))


def layer(shapes: list[shapely.Geometry], **columns: Any) -> gpd.GeoDataFrame:
    data = {"id": pd.Series([f"X{n}" for n in range(len(shapes))], dtype="string")} | {
        name: pd.Series(values, dtype=_TYPES.get(name, "string")) for name, values in columns.items()
    }
    return gpd.GeoDataFrame(data, geometry=[place(shape) for shape in shapes], crs=CRS)


_TYPES = {"bridge": "boolean", "tunnel": "boolean", "oneway": "boolean", "floor_area": "Float64"}


def streets(*rows: tuple[str, Line], **columns: Any) -> gpd.GeoDataFrame:
    return layer([shapely.LineString(line) for _, line in rows], **{"class": [word for word, _ in rows]}, **columns)


def scope(width: float = 400.0, height: float = 400.0) -> gpd.GeoDataFrame:
    return layer([shapely.box(0, 0, width, height)])


def blocks_of(options: UnitBlockOptions | None = None, **layers: gpd.GeoDataFrame) -> Blocks:
    return build_blocks(BlockLayers(**({"scope": scope()} | layers)), options)


def at(blocks: Blocks, x: float, y: float) -> str:
    """Id of the block at a place."""
    return str(blocks.frame.loc[blocks.frame.contains(place(shapely.Point(x, y))), "id"].iloc[0])


def border(blocks: Blocks, one: str, other: str) -> pd.DataFrame:
    rows = blocks.borders
    return rows.loc[((rows["a"] == one) & (rows["b"] == other)) | ((rows["a"] == other) & (rows["b"] == one))]


def cross(street_class: str = "branch") -> gpd.GeoDataFrame:
    """One street from west to east, one from south to north, through the middle of the scope."""
    return streets((street_class, [(-10, 200), (410, 200)]), (street_class, [(200, -10), (200, 410)]))


def divided(gap: float = 12.0) -> gpd.GeoDataFrame:
    """A dual carriageway from west to east crossed by a street from south to north."""
    south, north = 200.0 - gap / 2.0, 200.0 + gap / 2.0
    return streets(
        ("arterial", [(-10, south), (410, south)]),
        ("arterial", [(410, north), (-10, north)]),
        ("branch", [(200, -10), (200, 410)]),
    )
