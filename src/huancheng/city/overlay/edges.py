"""Polygons as flat tables of signed edges, the form the area kernel reads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from numba import njit

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
    rings, part_of_ring, polygon_of_ring = _rings(polygons, kind)
    points, ring_of_point = shapely.get_coordinates(rings, return_index=True)
    ring_start = np.searchsorted(ring_of_point, np.arange(len(rings) + 1)).astype(np.int64)
    edge, owner = signed_edges(points - np.array(origin), ring_start, part_of_ring, polygon_of_ring)
    offsets = np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=len(polygons)))]).astype(np.int64)
    return EdgeTable(edge, offsets, shapely.bounds(polygons) - np.array([*origin, *origin]), origin)


def _rings(polygons: Geometries, kind: npt.NDArray[np.int32]) -> tuple[Geometries, Integers, Integers]:
    """Return rings, the simple polygon and the polygon each belongs to, in the order of the polygons.

    A simple polygon without holes stands for its own ring: its coordinates are the same, and taking it apart is slow.
    """
    plain = (kind == shapely.GeometryType.POLYGON) & (shapely.get_num_interior_rings(polygons) == 0)
    whole, pieced = np.flatnonzero(plain), np.flatnonzero(~plain)
    parts, owner_of_part = shapely.get_parts(polygons[pieced], return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    polygon_of_ring = np.concatenate([whole, pieced[owner_of_part[part_of_ring]]])
    part_numbers = np.concatenate([np.arange(len(whole)), len(whole) + part_of_ring])
    order = np.argsort(polygon_of_ring, kind="stable")
    all_rings = np.concatenate([polygons[whole], rings])[order]
    return all_rings, part_numbers[order].astype(np.int64), polygon_of_ring[order].astype(np.int64)


@njit(cache=True)
def signed_edges(
    points: Floats, ring_start: Integers, part_of_ring: Integers, polygon_of_ring: Integers
) -> tuple[Floats, Integers]:
    """Return the edges (shape (edges, 5), see `EdgeTable`) and the polygon each belongs to.

    Parameters
    ----------
    points
        Coordinates of all rings, one after the other, each closed; shape (points, 2).
    ring_start
        First point of each ring, and the end of the last; shape (rings + 1,).
    part_of_ring, polygon_of_ring
        Simple polygon and polygon each ring belongs to; the first ring of a part is its shell; shape (rings,).
    """
    edge = np.empty((len(points), 5))
    owner = np.empty(len(points), np.int64)
    count = 0
    for ring in range(len(ring_start) - 1):
        begin, end = ring_start[ring], ring_start[ring + 1] - 1
        doubled = 0.0
        for place in range(begin, end):
            doubled += (points[place, 0] - points[begin, 0]) * (points[place + 1, 1] - points[begin, 1])
            doubled -= (points[place + 1, 0] - points[begin, 0]) * (points[place, 1] - points[begin, 1])
        shell = ring == 0 or part_of_ring[ring] != part_of_ring[ring - 1]
        turn = 1.0 if (doubled > 0.0) == shell else -1.0
        for place in range(begin, end):
            if points[place, 0] == points[place + 1, 0]:
                continue
            upper = points[place, 0] > points[place + 1, 0]
            west, east = (place + 1, place) if upper else (place, place + 1)
            edge[count, 0], edge[count, 1] = points[west, 0], points[west, 1]
            edge[count, 2], edge[count, 3] = points[east, 0], points[east, 1]
            edge[count, 4] = turn if upper else -turn
            owner[count] = polygon_of_ring[ring]
            count += 1
    return edge[:count].copy(), owner[:count].copy()
