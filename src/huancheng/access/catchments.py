"""Catchments: the streets from which a facility is within reach, cut to the decimetre, and the ground along them."""

from __future__ import annotations

from itertools import pairwise

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from shapely.ops import substring

from huancheng.access import kernels
from huancheng.access.attachment import Attachment
from huancheng.access.graph import StreetGraph
from huancheng.access.lengths import Flags, Integers
from huancheng.access.searches import BUCKET_SHIFT, bucket_number, checked_limit
from huancheng.access.travel_modes import travel_defaults


def catchment_streets(
    graph: StreetGraph,
    targets: Attachment,
    limit: int,
    *,
    groups: npt.ArrayLike | None = None,
    outward: bool = False,
) -> gpd.GeoDataFrame:
    """Pieces of street from which a target is within the limit.

    Parameters
    ----------
    graph
        Street graph with edge geometry.
    targets
        Places of the facilities.
    limit
        Decimetres (inclusive), the facility's way to its street included.
    groups
        Number of each target's group, from 0: the reach of a group is that of its nearest target. By default each
        target is a group of its own.
    outward
        Pieces that can be reached from a target instead.

    Returns
    -------
    geopandas.GeoDataFrame
        Line strings with `group`, `edge`, `begin` and `end` (decimetres from the edge's first node), ordered by these;
        pieces of one edge and group may overlap.

    Raises
    ------
    ValueError
        If the limit is negative, or the graph has no edge geometry.
    """
    if graph.edges and not graph.geometry.size:
        message = "this graph was built from arrays and has no edge geometry to draw catchments with"
        raise ValueError(message)
    parts = _edge_parts(graph, _chain_parts(graph, targets, limit, groups, outward))
    lines = graph.geometry[parts[:, 1]].copy()
    length = graph.length[parts[:, 1]]
    for row in np.flatnonzero((parts[:, 2] > 0) | (parts[:, 3] < length)):
        lines[row] = substring(lines[row], parts[row, 2] / length[row], parts[row, 3] / length[row], normalized=True)
    columns = dict(zip(("group", "edge", "begin", "end"), parts.T, strict=True))
    return gpd.GeoDataFrame(columns, geometry=gpd.GeoSeries(lines, crs=graph.crs), crs=graph.crs)


def catchment_polygons(
    graph: StreetGraph,
    targets: Attachment,
    limit: int,
    *,
    groups: npt.ArrayLike | None = None,
    outward: bool = False,
    half_width: float | None = None,
) -> gpd.GeoSeries:
    """Ground within `half_width` of the streets from which a target is within the limit.

    Parameters
    ----------
    graph, targets, limit, groups, outward
        As for `catchment_streets`.
    half_width
        Metres on each side of a reached street; by default that of `travel_modes.yaml`, a proposal of ours.

    Returns
    -------
    geopandas.GeoSeries
        One polygon or multi-polygon for each group, in order; empty where nothing is reached.

    Raises
    ------
    ValueError
        As for `catchment_streets`.
    """
    width = travel_defaults().catchment_half_width if half_width is None else half_width
    streets = catchment_streets(graph, targets, limit, groups=groups, outward=outward)
    number = _group_numbers(targets, groups).max(initial=-1) + 1
    ground = shapely.buffer(streets.geometry.to_numpy(), width, quad_segs=4)
    bounds = np.searchsorted(streets["group"].to_numpy(), np.arange(number + 1))
    shapes = [shapely.union_all(ground[low:high]) for low, high in pairwise(bounds)]
    empty = shapely.Polygon()
    return gpd.GeoSeries([empty if shape.is_empty else shape for shape in shapes], crs=graph.crs)


def _group_numbers(targets: Attachment, groups: npt.ArrayLike | None) -> Integers:
    return np.arange(len(targets), dtype=np.int32) if groups is None else np.asarray(groups, np.int32)


def _chain_parts(
    graph: StreetGraph, targets: Attachment, limit: int, groups: npt.ArrayLike | None, outward: bool
) -> Integers:
    """Rows (group, chain, begin, end) on the graph's contraction."""
    core = graph.contraction
    turned = outward and core.directed
    group = _group_numbers(targets, groups)
    places = targets.turned(core.turned) if turned else targets
    core = core.turned if turned else core
    chosen = np.flatnonzero(places.attached)
    rows = np.column_stack([places.chain, places.offset, places.detour, group])[chosen]
    rows = np.ascontiguousarray(rows[np.argsort(rows[:, 3], kind="stable")])
    reach = checked_limit(limit)
    parts = kernels.parts_within(
        *core.arcs, core.chains, *core.touching, rows, reach, BUCKET_SHIFT, bucket_number(core, rows, reach)
    )
    if turned:
        length = core.chains[parts[:, 1], 2]
        parts[:, 2], parts[:, 3] = length - parts[:, 3], length - parts[:, 2]
    return parts


def _edge_parts(graph: StreetGraph, parts: Integers) -> Integers:
    """Rows (group, edge, begin, end), ordered, from rows by chain."""
    chain, tail, direction = graph.contraction.edge_at.T
    low = np.where(direction > 0, tail, tail - graph.length)
    order = np.argsort(chain, kind="stable")
    first = np.searchsorted(chain[order], parts[:, 1])
    number = np.searchsorted(chain[order], parts[:, 1], side="right") - first
    row = np.repeat(np.arange(len(parts)), number)
    edge = order[np.repeat(first, number) + np.arange(row.size) - np.repeat(np.cumsum(number) - number, number)]
    begin = np.clip(parts[row, 2] - low[edge], 0, graph.length[edge])
    end = np.clip(parts[row, 3] - low[edge], 0, graph.length[edge])
    against: Flags = direction[edge] < 0
    begin, end = np.where(against, graph.length[edge] - end, begin), np.where(against, graph.length[edge] - begin, end)
    found = np.column_stack([parts[row, 0], edge, begin, end])[begin < end]
    return np.unique(found, axis=0)
