"""Exact contraction: chains of edges between junctions become one edge each; every place keeps its distances."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from huancheng.access import kernels
from huancheng.access.kernels import DEAD_END, ONE_WAY, TWO_WAY
from huancheng.access.lengths import Integers, Numbers

MORTON_BITS = 16
"""Cells per axis, as a power of two, of the order in which core nodes are numbered."""


@dataclass(frozen=True, eq=False)
class Contraction:
    """The core of a street graph.

    Nodes where the way merely continues (two edges, no choice) lie on chains; all others are core nodes. Distances
    between places are the same as on the full graph.

    Parameters
    ----------
    chains
        Rows (core node at the start, core node at the end, length in dm, kind). Kinds: `ONE_WAY` from start to end,
        `TWO_WAY`, `DEAD_END` (two-way, a dead end at its end). A node without edges has a chain of length 0 of its own.
    edge_at
        For each edge of the full graph: chain, offset of the edge's first node (dm), 1 or -1 as it runs with or against
        the chain.
    node_at
        For each node of the full graph: chain, offset (dm).
    core_nodes
        Node of the full graph for each core node.
    """

    chains: Integers
    edge_at: Integers
    node_at: Integers
    core_nodes: Integers

    @cached_property
    def arcs(self) -> tuple[Integers, Integers]:
        """The core graph backwards: first arc of each core node, and rows (core node one comes from, length).

        Chains to dead ends and chains of length 0 are left out: no way to another chain leads over them.
        """
        forward = (self.chains[:, 2] > 0) & (self.chains[:, 3] != DEAD_END)
        backward = forward & (self.chains[:, 3] == TWO_WAY)
        arrive = np.concatenate([self.chains[forward, 1], self.chains[backward, 0]])
        leave = np.concatenate([self.chains[forward, 0], self.chains[backward, 1]])
        length = np.concatenate([self.chains[forward, 2], self.chains[backward, 2]])
        first, order = kernels.group(arrive, self.core_nodes.size)
        return first, np.column_stack([leave[order], length[order]])

    @cached_property
    def touching(self) -> tuple[Integers, Integers]:
        """Chains at each core node: first position of each node, and rows (chain, its start); a loop stands once."""
        chain = np.arange(len(self.chains), dtype=np.int32)
        both = (self.chains[:, 0] != self.chains[:, 1]) & (self.chains[:, 3] != DEAD_END)
        at = np.concatenate([self.chains[:, 0], self.chains[both, 1]])
        first, order = kernels.group(at, self.core_nodes.size)
        chain = np.concatenate([chain, chain[both]])[order]
        return first, np.column_stack([chain, self.chains[chain, 0]])

    @cached_property
    def longest(self) -> int:
        """Length of the longest chain in decimetres."""
        return int(self.chains[:, 2].max(initial=0))

    @cached_property
    def turned(self) -> Contraction:
        """The same core with every one-way turned round: distances from targets instead of to them."""
        one_way = self.chains[:, 3] == ONE_WAY
        chains = self.chains.copy()
        chains[one_way, :2] = self.chains[one_way, 1::-1]
        edge_at, node_at = self.edge_at.copy(), self.node_at.copy()
        for places in (edge_at, node_at):
            turned = one_way[places[:, 0]]
            places[turned, 1] = chains[places[turned, 0], 2] - places[turned, 1]
        edge_at[one_way[edge_at[:, 0]], 2] *= -1
        return Contraction(chains, edge_at, node_at, self.core_nodes)

    @property
    def directed(self) -> bool:
        """Whether any chain is one-way."""
        return bool((self.chains[:, 3] == ONE_WAY).any())


def contract(
    nodes: int,
    first: Integers,
    second: Integers,
    length: Integers,
    *,
    forward: Integers,
    backward: Integers,
    position: Numbers,
) -> Contraction:
    """Contract a street graph.

    Parameters
    ----------
    nodes
        Number of nodes.
    first, second, length
        Nodes at the ends of each edge, and its length in decimetres.
    forward, backward
        1 where the edge may be used from first to second, from second to first; at least one of them.
    position
        Coordinates of the nodes, shape (nodes, 2); only the numbering of core nodes, and so the speed, depends on it.

    Returns
    -------
    Contraction
        Core nodes and chains.
    """
    against = forward == 0
    tail, head = np.where(against, second, first), np.where(against, first, second)
    two_way = (forward & backward).astype(np.int32)
    ends = np.empty(2 * tail.size, np.int32)
    ends[0::2], ends[1::2] = tail, head
    at, halves = kernels.group(ends, nodes)
    through = np.zeros(nodes, np.int32)
    kernels.passes_through(at, halves, two_way, through)
    chains, edge_at, node_at = kernels.walk_chains(tail, head, length, two_way, at, halves, through)
    edge_at[against, 1] += edge_at[against, 2] * length[against]
    edge_at[against, 2] *= -1
    _mark_dead_ends(chains, edge_at, node_at, np.diff(at))
    core_nodes = np.flatnonzero(through == 0).astype(np.int32)
    core_nodes = core_nodes[np.argsort(morton_code(position[core_nodes]), kind="stable")]
    core_of = np.full(nodes, -1, np.int32)
    core_of[core_nodes] = np.arange(core_nodes.size, dtype=np.int32)
    chains[:, 0], chains[:, 1] = core_of[chains[:, 0]], core_of[chains[:, 1]]
    _, order = kernels.group(chains[:, 0].copy(), core_nodes.size)
    rank = np.empty(order.size, np.int32)
    rank[order] = np.arange(order.size, dtype=np.int32)
    edge_at[:, 0] = rank[edge_at[:, 0]]
    node_at[:, 0] = rank[node_at[:, 0]]
    return Contraction(np.ascontiguousarray(chains[order]), edge_at, node_at, core_nodes)


def _mark_dead_ends(chains: Integers, edge_at: Integers, node_at: Integers, degree: Integers) -> None:
    """Give two-way chains that end at a node of one edge the kind of a dead end, the dead end last."""
    two_way = (chains[:, 3] == TWO_WAY) & (chains[:, 2] > 0)
    at_end = two_way & (degree[chains[:, 1]] == 1)
    at_start = two_way & ~at_end & (degree[chains[:, 0]] == 1)
    chains[at_start, :2] = chains[at_start, 1::-1]
    for places in (edge_at, node_at):
        turned = at_start[places[:, 0]]
        places[turned, 1] = chains[places[turned, 0], 2] - places[turned, 1]
    edge_at[at_start[edge_at[:, 0]], 2] *= -1
    chains[at_end | at_start, 3] = DEAD_END


def morton_code(position: Numbers) -> Integers:
    """Return the place of points on the Z-order curve over their extent: near points get near codes.

    Parameters
    ----------
    position
        Coordinates, shape (points, 2), any unit.

    Returns
    -------
    Integers
        Codes; equal for points in one cell.
    """
    if not len(position):
        return np.empty(0, np.int32)
    low = position.min(axis=0)
    width = float(max((position.max(axis=0) - low).max(), 1.0))
    cells = ((position - low) * ((2**MORTON_BITS - 1) / width)).astype(np.uint32)
    for shift, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        cells = (cells | (cells << np.uint32(shift))) & np.uint32(mask)
    code = (cells[:, 0] | (cells[:, 1] << np.uint32(1))) >> np.uint32(1)
    return np.asarray(code, np.int32)
