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
    one, other = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=distance)
    same = label[one] == label[other]
    links = coo_array((np.ones(int(same.sum()), np.int8), (one[same], other[same])), shape=(len(shapes), len(shapes)))
    return np.asarray(connected_components(links, directed=False)[1], dtype=np.int64)
