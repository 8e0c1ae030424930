"""The grounds that may be an estate: housing land, and clusters of residential buildings."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from huancheng.city.derive.clusters import Integers, near_groups
from huancheng.city.derive.column import column_or_empty
from huancheng.city.derive.estate_options import EstateOptions
from huancheng.city.derive.linework import Geometries
from huancheng.city.overlay import points_in_zones


def _candidates(name: Any, village: Any, shapes: Geometries, *, cluster: bool) -> pd.DataFrame:
    return pd.DataFrame({
        "name": pd.Series(name, dtype="string"), "village": pd.Series(village, dtype=bool),
        "cluster": pd.Series(np.full(len(shapes), cluster), dtype=bool), "geometry": pd.Series(shapes, dtype=object),
    })  # fmt: skip


def land_use_grounds(land_use: gpd.GeoDataFrame | None, options: EstateOptions) -> pd.DataFrame:
    """Return housing polygons, those of one name that nearly touch joined: `name`, `village`, `cluster`, `geometry`."""
    if land_use is None or len(land_use) == 0:
        return _candidates([], [], np.empty(0, object), cluster=False)
    housing = land_use.loc[land_use["use"].isin(options.land_uses)]
    name = column_or_empty(housing, "name", "string").str.strip()
    name = name.mask(name == "")
    shapes = housing.geometry.to_numpy()
    nameless = name.isna().to_numpy()
    label = np.where(nameless, -1 - np.arange(len(name)), name.astype("category").cat.codes.to_numpy()).astype(np.int64)
    group = near_groups(np.asarray(shapes, dtype=object), label, options.same_name_distance)
    first = np.unique(group, return_index=True)[1]
    village = (housing["use"] == "village").to_numpy(dtype=bool)[first]
    return _candidates(name.to_numpy()[first], village, _union(np.asarray(shapes), group), cluster=False)


def cluster_grounds(
    footprints: Geometries, points: Geometries, blocks: gpd.GeoDataFrame, options: EstateOptions
) -> tuple[pd.DataFrame, int]:
    """Return the grounds of clusters of enough residential buildings, and how many clusters had too few.

    A ground is the buildings grown by half the cluster distance, shrunk by half of that, within their block.

    Parameters
    ----------
    footprints, points
        Residential footprints and a point in each.
    blocks
        Blocks; buildings in none are passed over.
    options
        Settings.
    """
    block_shapes = blocks.geometry.to_numpy()
    block = points_in_zones(points, block_shapes)
    footprints, block = footprints[block >= 0], block[block >= 0]
    group = near_groups(footprints, block, options.cluster_distance)
    _, first, size = np.unique(group, return_index=True, return_counts=True)
    big = size >= options.minimum_buildings
    reach = options.cluster_distance / 2.0 + 0.5
    member = big[group]
    discs = shapely.buffer(footprints[member], reach, quad_segs=2)
    renumbered = np.unique(group[member], return_inverse=True)[1].astype(np.int64)
    closed = shapely.buffer(_union(discs, renumbered), -reach / 2.0, quad_segs=2)
    grounds = shapely.intersection(closed, block_shapes[block[first[big]]])
    nameless = np.full(len(grounds), pd.NA, dtype=object)
    return _candidates(nameless, np.zeros(len(grounds), bool), grounds, cluster=True), int((~big).sum())


def _union(shapes: Geometries, group: Integers) -> Geometries:
    number = np.unique(group, return_inverse=True)[1]
    count = int(number.max()) + 1 if len(number) else 0
    members = np.split(np.argsort(number, kind="stable"), np.cumsum(np.bincount(number, minlength=count))[:-1])
    return np.array([shapely.union_all(shapes[member]) for member in members[:count]], dtype=object)


def disjoint(candidates: pd.DataFrame) -> pd.DataFrame:
    """Take from each candidate the ground of those before it; what vanishes keeps its row, empty."""
    shapes = candidates["geometry"].to_numpy().copy()
    later, earlier = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    for row in np.unique(later[earlier < later]):
        taken = shapely.union_all(shapes[earlier[(later == row) & (earlier < row)]])
        shapes[row] = _polygons_of(shapely.difference(shapes[row], taken))
    return candidates.assign(geometry=shapes)


def _polygons_of(shape: shapely.Geometry) -> shapely.Geometry:
    parts = shapely.get_parts(shape)
    solid = parts[shapely.area(parts) > 0]
    return solid[0] if len(solid) == 1 else shapely.MultiPolygon(list(solid))
