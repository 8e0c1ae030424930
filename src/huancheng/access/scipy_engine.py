"""The searches on SciPy alone, for installations without numba: slower, the same integers.

SciPy works in 64-bit floating point; sums of whole decimetres below 2 to the power of 53 are exact in it.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from huancheng.access.contraction import Contraction
from huancheng.access.kernels import ONE_WAY, TWO_WAY
from huancheng.access.lengths import FAR, UNREACHED, Integers

BATCH = 64
"""Targets searched at a time; bounds the memory."""


def nearest_of_class(contraction: Contraction, origins: Integers, targets: Integers, limit: int, out: Integers) -> None:
    """Do what the kernel of the same name does; `origins` has rows (position in `out`, chain, offset, detour)."""
    start, label = _entries(contraction, targets)
    best = np.full(contraction.core_nodes.size, FAR, np.int64)
    np.minimum.at(best, start, label)
    labels = _search(contraction, best[None, :], limit)[0]
    distance = _over_ends(contraction, origins, labels)
    by_chain = np.argsort(origins[:, 1], kind="stable")
    chain_of = origins[by_chain, 1]
    for target in targets:
        low, high = np.searchsorted(chain_of, [target[0], target[0] + 1])
        here = by_chain[low:high]
        distance[here] = np.minimum(distance[here], _along(contraction, origins[here], target))
    out[origins[:, 0]] = np.where(distance <= limit, distance, UNREACHED)


def distances_by_target(
    contraction: Contraction, origins: Integers, targets: Integers, limit: int
) -> Iterator[tuple[Integers, Integers]]:
    """Yield, for each target in turn, its row and the distances of all origins to it, `FAR` beyond the limit."""
    for begin in range(0, len(targets), BATCH):
        batch = targets[begin : begin + BATCH]
        best = np.full((len(batch), contraction.core_nodes.size), FAR, np.int64)
        for row, target in enumerate(batch):
            start, label = _entries(contraction, target[None, :])
            np.minimum.at(best[row], start, label)
        for row, labels in enumerate(_search(contraction, best, limit)):
            distance = _over_ends(contraction, origins, labels)
            here = np.flatnonzero(origins[:, 1] == batch[row, 0])
            distance[here] = np.minimum(distance[here], _along(contraction, origins[here], batch[row]))
            yield batch[row], np.where(distance <= limit, distance, FAR).astype(np.int32)


def count_class(
    contraction: Contraction, origins: Integers, targets: Integers, limits: Integers, out: Integers
) -> None:
    """Do what the kernel of the same name does."""
    for target, distance in distances_by_target(contraction, origins, targets, int(limits[-1])):
        out[origins[:, 0]] += target[3] * (distance[:, None] <= limits[None, :])


def pairs_within(contraction: Contraction, origins: Integers, targets: Integers, limit: int) -> Integers:
    """Do what the kernel of the same name does."""
    found = [np.empty((0, 3), np.int32)]
    for target, distance in distances_by_target(contraction, origins, targets, limit):
        here = np.flatnonzero(distance <= limit)
        found.append(np.column_stack([origins[here, 0], np.full(here.size, target[3], np.int32), distance[here]]))
    return np.concatenate(found)


def _entries(contraction: Contraction, targets: Integers) -> tuple[Integers, Integers]:
    start, end, length, kind = contraction.chains[targets[:, 0]].T
    over_end = (kind == TWO_WAY) | (targets[:, 1] == length)
    label = targets[:, 2] + targets[:, 1]
    other = targets[:, 2] + length - targets[:, 1]
    return np.concatenate([start, end[over_end]]), np.concatenate([label, other[over_end]])


def _search(contraction: Contraction, starts: Integers, limit: int) -> Integers:
    """Shortest distances for each row of start labels, by a start node of its own joined to the labelled nodes."""
    first, arcs = contraction.arcs
    nodes = first.size - 1
    came_from = np.repeat(np.arange(nodes), np.diff(first))
    order = np.lexsort((arcs[:, 1], arcs[:, 0], came_from))
    came_from, leads_to, length = came_from[order], arcs[order, 0], arcs[order, 1]
    shortest = np.ones(order.size, bool)
    shortest[1:] = (came_from[1:] != came_from[:-1]) | (leads_to[1:] != leads_to[:-1])
    row, node = np.nonzero(starts <= limit)
    # One decimetre more on every start link, taken off below: SciPy takes a link of length 0 for none.
    weight = np.concatenate([length[shortest], starts[row, node] + 1]).astype(np.float64)
    tail = np.concatenate([came_from[shortest], nodes + row])
    head = np.concatenate([leads_to[shortest], node])
    size = nodes + len(starts)
    graph = csr_array((weight, (tail, head)), shape=(size, size))
    found = dijkstra(graph, indices=np.arange(nodes, size), limit=limit + 1.0)[:, :nodes]
    return np.where(np.isfinite(found), found - 1, FAR).astype(np.int64)


def _over_ends(contraction: Contraction, origins: Integers, labels: Integers) -> Integers:
    start, end, length, kind = contraction.chains[origins[:, 1]].T
    over_end = labels[end] + length - origins[:, 2]
    over_start = np.where((kind != ONE_WAY) | (origins[:, 2] == 0), labels[start] + origins[:, 2], FAR)
    return np.asarray(np.minimum(over_end, over_start) + origins[:, 3])


def _along(contraction: Contraction, origins: Integers, target: Integers) -> Integers:
    ahead = target[1] - origins[:, 2].astype(np.int64)
    one_way = contraction.chains[target[0], 3] == ONE_WAY
    along = np.where(ahead >= 0, ahead, FAR if one_way else -ahead)
    return np.asarray(along + origins[:, 3] + target[2])
