"""An index over the edges of each zone by west-east slab, so that a small footprint meets only the edges above it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from huancheng.city.overlay.edges import EdgeTable, Floats, Integers

EDGES_PER_SLAB = 4
MAXIMUM_SLABS = 512
"""Bounds the index where one zone has very many edges that each cross many slabs."""


@dataclass(frozen=True)
class SlabIndex:
    """For every slab of every zone the edges that reach into it.

    Parameters
    ----------
    slab_start
        First slab of each zone, and the end of the last; shape (zones + 1,).
    entry_start
        First entry of each slab, and the end of the last; shape (slabs + 1,).
    entry
        Edge numbers; shape (entries,).
    first_slab
        For each edge the first slab of its zone that it reaches into, counted from 0; shape (edges,).
    scale
        Slabs per metre of each zone; shape (zones,).
    """

    slab_start: Integers
    entry_start: Integers
    entry: Integers
    first_slab: Integers
    scale: Floats


def slab_index(table: EdgeTable) -> SlabIndex:
    """Return the index of a table of zones."""
    edges = np.diff(table.start)
    slabs = np.clip(edges // EDGES_PER_SLAB, 1, MAXIMUM_SLABS)
    width = table.box[:, 2] - table.box[:, 0]
    scale = np.divide(slabs, width, out=np.zeros(len(edges)), where=width > 0)
    zone = np.repeat(np.arange(len(edges)), edges)
    west = table.box[zone, 0]
    first = _slab(table.edge[:, 0], west, scale[zone], slabs[zone])
    last = _slab(table.edge[:, 2], west, scale[zone], slabs[zone])
    slab_start = np.concatenate([[0], np.cumsum(slabs)]).astype(np.int64)
    reach = last - first + 1
    entry_edge = np.repeat(np.arange(len(zone)), reach)
    step = np.arange(len(entry_edge)) - np.repeat(np.cumsum(reach) - reach, reach)
    slab = slab_start[zone[entry_edge]] + first[entry_edge] + step
    order = np.argsort(slab, kind="stable")
    counts = np.bincount(slab, minlength=int(slab_start[-1]))
    entry_start = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return SlabIndex(slab_start, entry_start, entry_edge[order].astype(np.int64), first, scale)


def _slab(x: Floats, west: Floats, scale: Floats, slabs: Integers) -> Integers:
    return np.clip(np.floor((x - west) * scale), 0, slabs - 1).astype(np.int64)
