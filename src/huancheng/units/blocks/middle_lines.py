"""The lines in the middle of a group of faces: each piece of ground goes to the side it is nearest to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from scipy.spatial import Voronoi, cKDTree

from huancheng.city.derive.faces import Floats, Integers
from huancheng.city.derive.linework import Geometries

_CORNER = 0.25
"""Distance in metres of the first point from the end of a side: where two sides meet, the line starts at the corner."""

_SMOOTH = 1.0
"""The zigzag between two rows of points is smoothed by this many metres."""


@dataclass(frozen=True)
class Sources:
    """Points on the rim of a group, each of one side.

    Parameters
    ----------
    points
        Shape (points, 2).
    side
        Number of the face on the other side of the rim; shape (points,).
    """

    points: Floats
    side: Integers


def sources_on(ends: Floats, side: Integers, step: float) -> Sources:
    """Return points along the rim.

    Parameters
    ----------
    ends
        Straight pieces of the rim; shape (pieces, 4).
    side
        Face beyond each piece.
    step
        Greatest distance between points in metres.
    """
    length = np.hypot(ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1])
    corner = np.minimum(_CORNER, length / 4.0)
    count = np.maximum(2, np.ceil((length - 2.0 * corner) / step).astype(np.int64) + 1)
    piece = np.repeat(np.arange(len(ends)), count)
    position = np.arange(len(piece)) - np.repeat(np.cumsum(count) - count, count)
    along = corner[piece] + position * ((length - 2.0 * corner) / (count - 1))[piece]
    share = (along / length[piece])[:, None]
    return Sources(ends[piece, :2] * (1.0 - share) + ends[piece, 2:] * share, side[piece])


def middle_lines(sources: Sources, faces: Geometries) -> Geometries:
    """Return the lines inside a group of faces that are equally far from two sides.

    Parameters
    ----------
    sources
        Points on the rim of the group.
    faces
        The faces to be divided; they touch.
    """
    if (sources.side == sources.side[0]).all():
        return np.empty(0, dtype=object)
    lines = shapely.line_merge(shapely.multilinestrings(_within(_ridges(sources), faces)))
    parts = shapely.get_parts(shapely.simplify(lines, _SMOOTH))
    return np.asarray(parts[~shapely.is_empty(parts)], dtype=object)


def _ridges(sources: Sources) -> Geometries:
    """Return the edges between the cells of points of different sides (a Voronoi diagram)."""
    centre = sources.points.mean(axis=0)
    points = sources.points - centre
    # points far out on all sides make every edge between real points end somewhere
    turn = np.arange(8) * np.pi / 4.0
    far = 20.0 * max(1.0, float(np.abs(points).max())) * np.column_stack([np.cos(turn), np.sin(turn)])
    diagram = Voronoi(np.vstack([points, far]))
    side = np.append(sources.side, np.full(len(far), -1))[diagram.ridge_points]
    vertices = np.asarray(diagram.ridge_vertices, dtype=np.int64)
    kept = (side >= 0).all(axis=1) & (side[:, 0] != side[:, 1]) & (vertices >= 0).all(axis=1)
    return np.asarray(shapely.linestrings(diagram.vertices[vertices[kept]] + centre), dtype=object)


def _within(lines: Geometries, faces: Geometries) -> Geometries:
    """Return the parts of short lines that lie in the faces."""
    ground = shapely.coverage_union_all(faces)
    shapely.prepare(ground)
    inside = shapely.contains_properly(ground, lines)
    across = lines[~inside & shapely.intersects(ground, lines)]
    line, face = shapely.STRtree(faces).query(across, predicate="intersects")
    parts = shapely.get_parts(shapely.intersection(across[line], faces[face]))
    return np.concatenate([lines[inside], parts[shapely.get_dimensions(parts) == 1]])


def nearest_side(sources: Sources, points: Floats) -> Integers:
    """Return for each point the side of the rim it is nearest to; of equal distances the lower side."""
    near = cKDTree(sources.points).query(points, k=min(4, len(sources.points)))
    distance, found = (np.asarray(each).reshape(len(points), -1) for each in near)
    tied = distance <= distance[:, :1] + 1e-9
    side = np.where(tied, sources.side[found], np.iinfo(np.int64).max)
    return np.asarray(side.min(axis=1), dtype=np.int64)
