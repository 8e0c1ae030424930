"""Shapes that lie near one another, as connected groups."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Integers = npt.NDArray[np.int64]


def near_groups(shapes: npt.NDArray[np.object_], label: Integers, distance: float) -> Integers:
    """Return a group number per shape: same label and joined by steps of at most `distance`.

    Points inside that are near enough join most shapes cheaply; the exact distance is asked only of pairs that could
    still join two groups.

    Parameters
    ----------
    shapes
        Geometries in a metric CRS; shape (n,).
    label
        Shapes of different label never share a group; shape (n,).
    distance
        Metres.

    Returns
    -------
    array
        Numbers from 0, in order of each group's first member; shape (n,).
    """
    west, south, east, north = shapely.bounds(shapes).T
    reach = shapely.box(west - distance, south - distance, east + distance, north + distance)
    one, other = shapely.STRtree(shapes).query(reach)
    kept = (one < other) & (label[one] == label[other])
    one, other = one[kept], other[kept]
    inside = shapely.point_on_surface(shapes)
    near = shapely.dwithin(inside[one], inside[other], distance)
    group = _components(one[near], other[near], len(shapes))
    open_pairs = group[one] != group[other]
    one, other = one[open_pairs], other[open_pairs]
    joined = shapely.dwithin(shapes[one], shapes[other], distance)
    bridges = _components(group[one[joined]], group[other[joined]], len(shapes))
    return _in_order(bridges[group])


def _components(one: Integers, other: Integers, count: int) -> Integers:
    links = coo_array((np.ones(len(one), np.int8), (one, other)), shape=(count, count))
    return np.asarray(connected_components(links, directed=False)[1], dtype=np.int64)


def _in_order(group: Integers) -> Integers:
    _, first, number = np.unique(group, return_index=True, return_inverse=True)
    return np.asarray(np.argsort(np.argsort(first))[number], dtype=np.int64)
