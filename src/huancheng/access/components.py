"""Parts of a street graph that are not joined to each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from huancheng.access.lengths import Integers


@dataclass(frozen=True)
class Component:
    """One connected part.

    Parameters
    ----------
    number
        0 for the part with most street; ties by lowest node.
    nodes, edges
        How many.
    length
        Decimetres of street.
    first_node
        Its lowest node: a place to look at on a map.
    """

    number: int
    nodes: int
    edges: int
    length: int
    first_node: int


@dataclass(frozen=True, eq=False)
class Components:
    """All parts, longest first, and the part of each node.

    A part is joined when directions are ignored; on a graph with one-way streets a place in the same part may still be
    out of reach.
    """

    parts: tuple[Component, ...]
    of_node: Integers

    @property
    def islands(self) -> tuple[Component, ...]:
        """Every part but the largest."""
        return self.parts[1:]


def components_of(nodes: int, first: Integers, second: Integers, length: Integers) -> Components:
    """Find the connected parts of a graph.

    Parameters
    ----------
    nodes
        Number of nodes.
    first, second, length
        Ends of each edge and its length in decimetres.

    Returns
    -------
    Components
        Parts numbered from the longest; nodes without edges are parts of length 0.
    """
    links = coo_array((np.ones(first.size, np.int8), (first, second)), shape=(nodes, nodes))
    count, label = connected_components(links, directed=False)
    of_edge = label[first]
    edges = np.bincount(of_edge, minlength=count)
    total = np.zeros(count, np.int64)
    np.add.at(total, of_edge, length)
    members = np.bincount(label, minlength=count)
    lowest = np.full(count, nodes, np.int64)
    np.minimum.at(lowest, label, np.arange(nodes))
    order = np.lexsort((lowest, -total))
    rank = np.empty(count, np.int32)
    rank[order] = np.arange(count, dtype=np.int32)
    parts = tuple(
        Component(number, int(members[old]), int(edges[old]), int(total[old]), int(lowest[old]))
        for number, old in enumerate(order)
    )
    return Components(parts, rank[label])
