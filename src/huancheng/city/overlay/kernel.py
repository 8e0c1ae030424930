"""Exact area of the intersection of polygons, without building it.

A polygon is the signed sum of the strips below its edges, so the area two polygons share is the signed sum, over pairs
of edges, of the area below both. Each term is an integral of the lower of two straight lines, known in closed form. The
sum depends continuously on the coordinates: touching corners and shared edges need no special case.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from huancheng.city.overlay.edges import Floats, Integers


@njit(cache=True)
def area_below_both(width: float, f_west: float, f_east: float, g_west: float, g_east: float) -> float:
    """Return the area above 0 and below two straight lines, `f` nowhere below 0, over a strip of `width` metres."""
    if g_west <= 0.0 and g_east <= 0.0:
        return 0.0
    if g_west < 0.0:
        cut = g_west / (g_west - g_east)
        f_west += cut * (f_east - f_west)
        width *= 1.0 - cut
        g_west = 0.0
    elif g_east < 0.0:
        cut = g_east / (g_east - g_west)
        f_east += cut * (f_west - f_east)
        width *= 1.0 - cut
        g_east = 0.0
    west, east = f_west - g_west, f_east - g_east
    if west <= 0.0 and east <= 0.0:
        return 0.5 * width * (f_west + f_east)
    if west >= 0.0 and east >= 0.0:
        return 0.5 * width * (g_west + g_east)
    cut = west / (west - east)
    crossing = f_west + cut * (f_east - f_west)
    return 0.5 * width * (cut * (min(f_west, g_west) + crossing) + (1.0 - cut) * (crossing + min(f_east, g_east)))


@njit(cache=True)
def area_below_edge(edges: Floats, begin: int, end: int, base: float, bound: Floats) -> float:
    """Return the area below the edge `bound` of a footprint (rows `begin` to `end`, nowhere below `base`)."""
    bound_west, bound_south, bound_east = bound[0], bound[1], bound[2]
    bound_slope = (bound[3] - bound_south) / (bound_east - bound_west)
    total = 0.0
    for row in range(begin, end):
        own_west, own_south = edges[row, 0], edges[row, 1]
        west, east = max(own_west, bound_west), min(edges[row, 2], bound_east)
        if west >= east:
            continue
        slope = (edges[row, 3] - own_south) / (edges[row, 2] - own_west)
        total += edges[row, 4] * area_below_both(
            east - west,
            max(own_south + slope * (west - own_west) - base, 0.0),
            max(own_south + slope * (east - own_west) - base, 0.0),
            bound_south + bound_slope * (west - bound_west) - base,
            bound_south + bound_slope * (east - bound_west) - base,
        )
    return total


@njit(cache=True, nogil=True)
def shared_areas(  # noqa: PLR0917 - compiled code takes plain arrays, by position
    footprint: Integers,
    zone: Integers,
    footprint_edge: Floats,
    footprint_start: Integers,
    footprint_box: Floats,
    zone_edge: Floats,
    zone_box: Floats,
    slab_start: Integers,
    entry_start: Integers,
    entry: Integers,
    first_slab: Integers,
    scale: Floats,
) -> Floats:
    """Return the shared area in square metres of each pair of a footprint and a zone.

    Parameters
    ----------
    footprint, zone
        Numbers of the pairs; shape (pairs,).
    footprint_edge, footprint_start, footprint_box
        Table of the footprints (`EdgeTable`).
    zone_edge, zone_box
        Table of the zones, from the same origin.
    slab_start, entry_start, entry, first_slab, scale
        Index of the zones (`SlabIndex`).
    """
    areas = np.zeros(len(footprint))
    for pair in range(len(footprint)):
        own, other = footprint[pair], zone[pair]
        first, end = footprint_start[own], footprint_start[own + 1]
        west, south, east = footprint_box[own, 0], footprint_box[own, 1], footprint_box[own, 2]
        slabs = slab_start[other + 1] - slab_start[other]
        low = min(max(int((west - zone_box[other, 0]) * scale[other]), 0), slabs - 1)
        high = min(max(int((east - zone_box[other, 0]) * scale[other]), 0), slabs - 1)
        total = 0.0
        for slab in range(low, high + 1):
            begin = entry_start[slab_start[other] + slab]
            for place in range(begin, entry_start[slab_start[other] + slab + 1]):
                number = entry[place]
                # An edge stands in every slab it reaches into; it counts in the first of those that are looked at.
                if slab != max(first_slab[number], low):
                    continue
                edge = zone_edge[number]
                if edge[2] > west and edge[0] < east and max(edge[1], edge[3]) > south:
                    total += edge[4] * area_below_edge(footprint_edge, first, end, south, edge)
        areas[pair] = total
    return areas
