"""The lines that cut a city into blocks, noded into one network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from huancheng.city.derive.block_options import BlockOptions
from huancheng.city.derive.metric import is_true

Geometries = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Linework:
    """What cuts, and what no merge may cross.

    Parameters
    ----------
    cutting
        Lines that end a block, boundary and shores included; not noded yet.
    separators
        The lines among them that no merge may cross.
    streets
        The cutting streets with their columns, as a plain table with `geometry`.
    railways, waterways, shores, edge
        The other cutting lines by kind; the edge is the outline of the area.
    """

    cutting: Geometries
    separators: Geometries
    streets: pd.DataFrame
    railways: Geometries
    waterways: Geometries
    shores: Geometries
    edge: Geometries


def gather_lines(
    area: shapely.Geometry,
    streets: gpd.GeoDataFrame,
    railways: gpd.GeoDataFrame | None,
    water: gpd.GeoDataFrame | None,
    waterways: gpd.GeoDataFrame | None,
    *,
    options: BlockOptions,
) -> Linework:
    """Select the lines that cut blocks inside `area`.

    Tunnels never cut. Lines wholly outside `area` are passed over; lines across its edge are clipped by the noding.
    """
    street_lines = _near(streets.loc[_cutting_streets(streets, options)], area)
    railway_lines = _near(_kept(railways, options.railway_kinds, unknown_counts=True), area)
    waterway_lines = _near(_kept(waterways, options.waterway_kinds, unknown_counts=False), area)
    shores = shapely.boundary(_near(water, area)["geometry"].to_numpy())
    edge = np.array([shapely.boundary(area)], dtype=object)
    separators = [
        street_lines.loc[_column(street_lines, "class").isin(options.separators), "geometry"].to_numpy(),
        railway_lines["geometry"].to_numpy() if "railways" in options.separators else np.empty(0, object),
        waterway_lines["geometry"].to_numpy() if "waterways" in options.separators else np.empty(0, object),
    ]
    railway_shapes, waterway_shapes = railway_lines["geometry"].to_numpy(), waterway_lines["geometry"].to_numpy()
    cutting = [street_lines["geometry"].to_numpy(), railway_shapes, waterway_shapes, shores, edge]
    return Linework(
        _flat(cutting), _flat(separators), street_lines, railway_shapes, waterway_shapes, np.asarray(shores), edge
    )


def _cutting_streets(streets: gpd.GeoDataFrame, options: BlockOptions) -> pd.Series[bool]:
    return _column(streets, "class").isin(options.street_classes) & ~is_true(streets, "tunnel")


def _kept(frame: gpd.GeoDataFrame | None, kinds: tuple[str, ...], *, unknown_counts: bool) -> gpd.GeoDataFrame | None:
    if frame is None:
        return None
    kind = _column(frame, "kind")
    wanted = kind.isin(kinds) | (kind.isna() & unknown_counts)
    return frame.loc[wanted & ~is_true(frame, "tunnel")]


def _column(frame: pd.DataFrame, name: str) -> pd.Series[Any]:
    return frame[name] if name in frame.columns else pd.Series(pd.NA, index=frame.index, dtype="string")


def _near(frame: gpd.GeoDataFrame | None, area: shapely.Geometry) -> pd.DataFrame:
    """Return the rows that touch `area`, their geometry flat and usable, as a plain table."""
    if frame is None or len(frame) == 0:
        return pd.DataFrame({"class": pd.Series([], dtype="string"), "geometry": np.empty(0, object)})
    shapes = shapely.force_2d(frame.geometry.to_numpy())
    shapely.prepare(area)
    near = shapely.intersects(area, shapes)
    table = pd.DataFrame(frame.drop(columns=frame.geometry.name))
    return pd.DataFrame(table.assign(geometry=np.asarray(shapes, dtype=object)).loc[near])


def _flat(parts: list[Geometries]) -> Geometries:
    return np.concatenate([np.asarray(part, dtype=object) for part in parts])
