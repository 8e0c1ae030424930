"""Polygons as flat tables of signed edges, the form the area kernel reads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Geometries = npt.NDArray[np.object_]


@dataclass(frozen=True)
class EdgeTable:
    """Edges of many polygons, each with the sign of the ground below it.

    A polygon is the signed sum of the strips below its edges: plus below an upper edge, minus below a lower one; holes
    the other way round. Upright edges bound no strip and are left out.

    Parameters
    ----------
    edge
        Per edge: west x, its y, east x, its y, sign; shape (edges, 5). Coordinates in metres from `origin`.
    start
        First edge of each polygon, and the end of the last; shape (polygons + 1,).
    box
        West, south, east, north of each polygon; NaN where it is empty; shape (polygons, 4).
    origin
        Point the coordinates are measured from, so that large eastings cost no precision.
    """

    edge: Floats
    start: Integers
    box: Floats
    origin: tuple[float, float]


def edge_table(polygons: Geometries, origin: tuple[float, float]) -> EdgeTable:
    """Return the edges of polygons and multipolygons.

    Parameters
    ----------
    polygons
        Valid polygons or multipolygons in a metric CRS, rings in any direction; empty and missing ones have no edge.
    origin
        Point to measure from; tables compared with one another need the same.

    Raises
    ------
    ValueError
        If a geometry is a point, a line or a collection.
    """
    kind = shapely.get_type_id(polygons)
    allowed = (-1, shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
    if not np.isin(kind, allowed).all():
        message = f"row {int(np.flatnonzero(~np.isin(kind, allowed))[0])} is no polygon"
        raise ValueError(message)
    parts, polygon_of_part = shapely.get_parts(polygons, return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    points = points - np.array(origin)
    shell = np.ones(len(rings), bool)
    shell[1:] = part_of_ring[1:] != part_of_ring[:-1]
    turn = np.where(shapely.is_ccw(rings) == shell, 1.0, -1.0)
    within = ring[:-1] == ring[1:]
    start, end, ring = points[:-1][within], points[1:][within], ring[:-1][within]
    slanted = start[:, 0] != end[:, 0]
    start, end, ring = start[slanted], end[slanted], ring[slanted]
    upper = start[:, 0] > end[:, 0]
    west, east = np.where(upper[:, None], end, start), np.where(upper[:, None], start, end)
    sign = np.where(upper, 1.0, -1.0) * turn[ring]
    owner = polygon_of_part[part_of_ring[ring]] if len(ring) else np.empty(0, np.int64)
    offsets = np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=len(polygons)))]).astype(np.int64)
    edge = np.column_stack([west, east, sign])
    box = shapely.bounds(polygons) - np.array([*origin, *origin])
    return EdgeTable(np.ascontiguousarray(edge), offsets, np.ascontiguousarray(box), origin)
