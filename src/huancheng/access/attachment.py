"""Where facilities and buildings meet the street graph."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from huancheng.access.contraction import Contraction
from huancheng.access.kernels import ONE_WAY
from huancheng.access.lengths import UNREACHED, Flags, Integers


@dataclass(frozen=True, eq=False)
class Attachment:
    """Places on a street graph, one per point.

    Parameters
    ----------
    chain
        Chain of the contracted graph; -1 where the point is not attached.
    offset
        Decimetres from the chain's start.
    detour
        Decimetres between the point and the street; they count as walked.
    edge
        Edge of the full graph the point was projected on; -1 for places at nodes and where not attached.
    edge_offset
        Decimetres from the edge's first node.
    """

    chain: Integers
    offset: Integers
    detour: Integers
    edge: Integers
    edge_offset: Integers

    def __len__(self) -> int:
        """Return the number of points, attached or not."""
        return self.chain.size

    @property
    def attached(self) -> Flags:
        """Whether each point is attached."""
        return np.asarray(self.chain != UNREACHED)

    @property
    def unattached(self) -> Integers:
        """Positions of the points that are not attached: empty geometry, no street, or none within reach."""
        return np.flatnonzero(self.chain == UNREACHED).astype(np.int32)

    def subset(self, chosen: Flags | Integers) -> Attachment:
        """Return the places of some points, chosen by mask or position."""
        return Attachment(
            self.chain[chosen], self.offset[chosen], self.detour[chosen], self.edge[chosen], self.edge_offset[chosen]
        )

    def turned(self, contraction: Contraction) -> Attachment:
        """Return the same places on the contraction whose one-way chains are turned round."""
        one_way = self.attached & (contraction.chains[self.chain, 3] == ONE_WAY)
        offset = np.where(one_way, contraction.chains[self.chain, 2] - self.offset, self.offset)
        return Attachment(self.chain, offset.astype(np.int32), self.detour, self.edge, self.edge_offset)


def attach_to_edges(contraction: Contraction, edge: Integers, edge_offset: Integers, detour: Integers) -> Attachment:
    """Return the places of points given by edge (-1 for none), decimetres along it and decimetres beside it."""
    known = edge != UNREACHED
    chain, offset = np.full(edge.size, UNREACHED, np.int32), np.zeros(edge.size, np.int32)
    on_chain, start, direction = contraction.edge_at[edge[known]].T
    chain[known], offset[known] = on_chain, start + direction * edge_offset[known]
    return Attachment(
        chain,
        offset,
        np.where(known, detour, 0).astype(np.int32),
        edge.astype(np.int32),
        np.where(known, edge_offset, 0).astype(np.int32),
    )


def attach_to_nodes(contraction: Contraction, node: Integers) -> Attachment:
    """Return the places that are nodes of the full graph."""
    chain, offset = contraction.node_at[node].T
    none = np.full(node.size, UNREACHED, np.int32)
    zero = np.zeros(node.size, np.int32)
    return Attachment(np.ascontiguousarray(chain), np.ascontiguousarray(offset), zero, none, zero)
