"""Parcels and blocks: which parcels a block's edge cuts, and large faces cut along parcels."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from huancheng.city.derive.linework import Geometries
from huancheng.city.overlay import intersection_areas
from huancheng.units.blocks.report import CutParcel


def cut_parcels(parcels: gpd.GeoDataFrame, blocks: gpd.GeoDataFrame, smallest: float) -> tuple[CutParcel, ...]:
    """Return parcels that at least two blocks hold more than `smallest` square metres of, with the parts."""
    shapes = parcels.geometry.to_numpy()
    pieces = intersection_areas(shapes, blocks.geometry.to_numpy())
    counted = pieces.area > smallest
    several = np.flatnonzero(np.bincount(pieces.footprint[counted], minlength=len(shapes)) > 1)
    held = np.bincount(pieces.footprint, pieces.area, len(shapes))
    own, ids = shapely.area(shapes), blocks["id"].to_numpy(dtype=object)
    names = parcels["id"].to_numpy(dtype=object)
    found = []
    for row in several:
        # pieces come ordered by footprint
        first, after = np.searchsorted(pieces.footprint, [row, row + 1])
        mine = np.arange(first, after)
        mine = mine[np.lexsort((pieces.zone[mine], -pieces.area[mine]))]
        parts = tuple((str(ids[pieces.zone[part]]), round(float(pieces.area[part]), 2)) for part in mine)
        found.append(CutParcel(str(names[row]), parts, round(max(0.0, float(own[row] - held[row])), 2)))
    return tuple(found)


def parcel_lines(faces: Geometries, parcels: Geometries, larger_than: float) -> Geometries:
    """Return the edges of parcels inside faces above `larger_than` square metres."""
    large = faces[shapely.area(faces) > larger_than]
    inside = shapely.STRtree(large).query(shapely.point_on_surface(parcels), predicate="within")
    order = np.argsort(inside[0], kind="stable")
    edges = shapely.intersection(shapely.boundary(parcels[inside[0][order]]), large[inside[1][order]])
    parts = shapely.get_parts(edges)
    return np.asarray(parts[shapely.get_dimensions(parts) == 1], dtype=object)
