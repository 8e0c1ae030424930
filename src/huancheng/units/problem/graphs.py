"""Connected parts of blocks."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from huancheng.units.solver import IntArray


def parts_of(size: int, first: IntArray, second: IntArray) -> IntArray:
    """Return the number of each node's connected part, parts numbered by their smallest member.

    Parameters
    ----------
    size
        Number of nodes.
    first, second
        Ends of the edges.
    """
    graph = coo_array((np.ones(len(first), dtype=np.int8), (first, second)), shape=(size, size))
    _, label = connected_components(graph, directed=False)
    _, start, found = np.unique(label, return_index=True, return_inverse=True)
    rank = np.empty(len(start), dtype=np.int64)
    rank[np.argsort(start)] = np.arange(len(start))
    return np.asarray(rank[found], dtype=np.int64)


def joined_sets(size: int, groups: Iterable[tuple[int, ...]]) -> IntArray:
    """Return for each node the number of the set it belongs to once groups that share a member are joined."""
    ends = [(group[0], member) for group in groups for member in group[1:]]
    first, second = (np.array(side, dtype=np.int64) for side in zip(*ends, strict=True)) if ends else (_NONE, _NONE)
    return parts_of(size, first, second)


_NONE = np.zeros(0, dtype=np.int64)
