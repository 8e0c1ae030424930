"""Small made-up layers for the derivation tests, in a metric CRS."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

CRS = "EPSG:4526"


def lines(*rows: tuple[str, list[tuple[float, float]]], tunnel: bool | None = None, **columns: Any) -> gpd.GeoDataFrame:
    """Streets (or other lines) of a class, each with its course."""
    name = columns.pop("name", "class")
    frame = gpd.GeoDataFrame(
        {name: pd.Series([row[0] for row in rows], dtype="string")},
        geometry=[shapely.LineString(row[1]) for row in rows], crs=CRS,
    )  # fmt: skip
    if tunnel is not None:
        frame["tunnel"] = pd.Series([tunnel] * len(rows), dtype="boolean")
    return frame


def areas(*shapes: shapely.Geometry, **columns: Any) -> gpd.GeoDataFrame:
    """Polygons with columns of nullable types."""
    types = {"use": "string", "name": "string", "id": "string", "floors": "Int64", "households": "Int64"}
    data = {name: pd.Series(values, dtype=types.get(name, "Float64")) for name, values in columns.items()}
    return gpd.GeoDataFrame(data, geometry=list(shapes), crs=CRS)


def square(west: float, south: float, size: float = 10.0) -> shapely.Polygon:
    """An upright square."""
    return shapely.box(west, south, west + size, south + size)


NO_STREETS = lines()
EMPTY_AREAS = gpd.GeoDataFrame({"use": pd.Series([], dtype="string")}, geometry=[], crs=CRS)
