"""Which zone a point lies in."""

from __future__ import annotations

import numpy as np
import shapely

from huancheng.city.overlay.edges import Geometries, Integers

NO_ZONE = -1
CHUNK_ROWS = 200_000


def points_in_zones(points: Geometries, zones: Geometries) -> Integers:
    """Return for each point the number of the zone it lies in or on the edge of, -1 where there is none.

    Where several zones claim a point (a shared edge, overlapping zones) the lowest number wins, so that the answer does
    not depend on the order of the points or on how the search tree was built.

    Parameters
    ----------
    points
        Points in the CRS of the zones; an empty or missing one lies in no zone; shape (n,).
    zones
        Polygons or multipolygons; shape (zones,).

    Returns
    -------
    array
        Zone numbers; shape (n,).
    """
    zones = np.asarray(zones, dtype=object)
    found = np.full(len(points), NO_ZONE, dtype=np.int64)
    tree = shapely.STRtree(zones)
    shapely.prepare(zones)
    for start in range(0, len(points), CHUNK_ROWS):
        part = points[start : start + CHUNK_ROWS]
        point, zone = tree.query(part)
        inside = shapely.intersects_xy(zones[zone], shapely.get_x(part[point]), shapely.get_y(part[point]))
        point, zone = point[inside], zone[inside]
        order = np.argsort(-zone, kind="stable")
        found[start + point[order]] = zone[order]
    return found
