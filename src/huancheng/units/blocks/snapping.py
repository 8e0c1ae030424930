"""Streets drawn along the edges of parcels where they run within a tolerance of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from huancheng.city.derive.faces import Flags, Floats, Integers
from huancheng.city.derive.linework import Geometries, Linework


@dataclass(frozen=True)
class Snapped:
    """Lines after snapping.

    Parameters
    ----------
    lines
        The lines, streets in noded pieces.
    moved
        Points of streets that moved.
    farthest
        Longest move in metres.
    """

    lines: Linework
    moved: int
    farthest: float


def snap_streets(lines: Linework, parcels: Geometries, tolerance: float, grid: float) -> Snapped:
    """Draw streets along parcels.

    Lines are noded first, so that a street which ends on another follows it. A point moves to the nearest parcel corner
    within the tolerance, else onto the nearest parcel edge; a corner beside a street becomes a point of it. Points that
    a railway, a shore or the edge shares stay.

    Parameters
    ----------
    lines
        Lines that cut blocks.
    parcels
        Polygons.
    tolerance
        Metres.
    grid
        Spacing of the noding grid in metres.
    """
    edges = shapely.boundary(parcels)
    corners = np.unique(shapely.get_coordinates(parcels), axis=0)
    pieces = shapely.get_parts(shapely.union_all(lines.cutting, grid_size=grid))
    row = _street_of(pieces, lines.streets["geometry"].to_numpy(), 3.0 * grid)
    near = np.zeros(len(pieces), dtype=bool)
    near[shapely.STRtree(pieces).query(edges, predicate="dwithin", distance=tolerance)[1]] = True
    if not (near & (row >= 0)).any():
        return Snapped(lines, 0, 0.0)
    streets = pieces[row >= 0]
    fixed = shapely.get_coordinates(pieces[row < 0])
    points, piece, added = _with_corners(streets, corners, tolerance)
    target = _targets(points, corners, edges, tolerance)
    held = _is_one_of(points, fixed, grid) & ~added
    target[held] = points[held]
    move = np.hypot(*(target - points).T)
    drawn = _drawn(target, piece, len(streets))
    whole = shapely.length(drawn) > 0
    table = lines.streets.iloc[row[row >= 0][whole]].reset_index(drop=True)
    table = pd.DataFrame(table.assign(geometry=drawn[whole]))
    cutting = np.concatenate([drawn[whole], lines.railways, lines.waterways, lines.shores, lines.edge])
    changed = (move > grid) | added
    return Snapped(
        replace(lines, cutting=cutting, streets=table), int(changed.sum()), float(move.max(initial=0.0)),
    )  # fmt: skip


def _street_of(pieces: Geometries, streets: Geometries, reach: float) -> Integers:
    """Return the row of the street each piece is of; -1 where it is of none."""
    row = np.full(len(pieces), -1, dtype=np.int64)
    middle = shapely.line_interpolate_point(pieces, 0.5, normalized=True)
    piece, street = shapely.STRtree(streets).query(middle, predicate="dwithin", distance=reach)
    order = np.argsort(-street, kind="stable")
    row[piece[order]] = street[order]
    return row


def _with_corners(streets: Geometries, corners: Floats, tolerance: float) -> tuple[Floats, Integers, Flags]:
    """Return the points of streets in order with the corners beside them, their street, and which were added.

    A corner that stands by a point of the street already adds none.
    """
    points, piece = shapely.get_coordinates(streets, return_index=True)
    step = np.hypot(*np.diff(points, axis=0, prepend=points[:1]).T)
    start = np.flatnonzero(np.diff(piece, prepend=-1))
    along = np.cumsum(step)
    along -= np.repeat(along[start], np.diff(np.append(start, len(piece))))
    spots = np.asarray(shapely.points(corners), dtype=object)
    corner, street = shapely.STRtree(streets).query(spots, predicate="dwithin", distance=tolerance)
    alone = np.asarray(cKDTree(points).query(corners)[0])[corner] > tolerance
    corner, street = corner[alone], street[alone]
    where = shapely.line_locate_point(streets[street], spots[corner])
    both_piece = np.concatenate([piece, street])
    both_along = np.concatenate([along, where])
    order = np.lexsort((both_along, both_piece))
    beside = shapely.get_coordinates(shapely.line_interpolate_point(streets[street], where))
    added = np.concatenate([np.zeros(len(piece), dtype=bool), np.ones(len(street), dtype=bool)])
    return np.concatenate([points, beside])[order], both_piece[order].astype(np.int64), added[order]


def _targets(points: Floats, corners: Floats, edges: Geometries, tolerance: float) -> Floats:
    target = points.copy()
    spots = np.asarray(shapely.points(points), dtype=object)
    spot, edge = shapely.STRtree(edges).query_nearest(spots, max_distance=tolerance, all_matches=False)
    foot = shapely.line_interpolate_point(edges[edge], shapely.line_locate_point(edges[edge], spots[spot]))
    target[spot] = shapely.get_coordinates(foot)
    distance, corner = (np.asarray(found) for found in cKDTree(corners).query(points, distance_upper_bound=tolerance))
    reached = np.isfinite(distance)
    target[reached] = corners[corner[reached]]
    return target


def _is_one_of(points: Floats, fixed: Floats, grid: float) -> Flags:
    if len(fixed) == 0:
        return np.zeros(len(points), dtype=bool)
    return np.asarray(cKDTree(fixed).query(points, distance_upper_bound=grid)[0] < grid, dtype=bool)


def _drawn(points: Floats, piece: Integers, count: int) -> Geometries:
    lines = np.full(count, shapely.LineString(), dtype=object)
    present = np.unique(piece)
    lines[present] = shapely.linestrings(points, indices=np.searchsorted(present, piece))
    return lines
