"""Faces of a noded line network, and which face borders which along how many metres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from huancheng.city.derive.linework import Geometries

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class SharedSegments:
    """Straight pieces of border with a face on either side.

    Parameters
    ----------
    first, second
        Numbers of the two faces, `first` below `second`; shape (pieces,).
    length
        Metres; shape (pieces,).
    midpoint
        Coordinates; shape (pieces, 2).
    outer
        For each face, whether some of its border has no face on the other side.
    ends
        Both ends of each piece, x and y of one, then of the other; shape (pieces, 4).
    """

    first: Integers
    second: Integers
    length: Floats
    midpoint: Floats
    outer: Flags
    ends: Floats


def polygonize(lines: Geometries, area: shapely.Geometry, grid: float) -> Geometries:
    """Return the faces the lines enclose inside `area`, ordered from south to north, then west to east.

    Parameters
    ----------
    lines
        Lines of any kind, the edge of `area` among them.
    area
        Polygon the faces must lie in.
    grid
        Spacing in metres of the grid on which lines are noded (snap rounding), which makes shared borders identical.
    """
    noded = shapely.union_all(lines, grid_size=grid)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    inside = shapely.point_on_surface(faces)
    shapely.prepare(area)
    kept = shapely.contains(area, inside)
    faces, inside = faces[kept], inside[kept]
    order = np.lexsort((shapely.get_x(inside), shapely.get_y(inside)))
    return np.asarray(faces[order], dtype=object)


def shared_segments(faces: Geometries, grid: float) -> SharedSegments:
    """Match the straight border pieces of faces that come from one noding.

    Parameters
    ----------
    faces
        Polygons with vertices on a common grid.
    grid
        Its spacing in metres.
    """
    ends, face = _segments(faces)
    cells = np.rint(ends / grid).astype(np.int64)
    backward = (cells[:, 0] > cells[:, 2]) | ((cells[:, 0] == cells[:, 2]) & (cells[:, 1] > cells[:, 3]))
    cells[backward] = cells[backward][:, [2, 3, 0, 1]]
    order = np.lexsort((face, cells[:, 3], cells[:, 2], cells[:, 1], cells[:, 0]))
    same = (np.diff(cells[order], axis=0) == 0).all(axis=1)
    left, right = order[:-1][same], order[1:][same]
    matched = np.zeros(len(face), bool)
    matched[left] = matched[right] = True
    outer = np.zeros(len(faces), bool)
    outer[face[~matched]] = True
    span = ends[left]
    return SharedSegments(
        face[left], face[right], np.hypot(span[:, 2] - span[:, 0], span[:, 3] - span[:, 1]),
        (span[:, :2] + span[:, 2:]) / 2.0, outer, span,
    )  # fmt: skip


def _segments(faces: Geometries) -> tuple[Floats, Integers]:
    rings, face_of_ring = shapely.get_rings(faces, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    within = ring[:-1] == ring[1:]
    ends = np.hstack([points[:-1][within], points[1:][within]])
    return ends, np.asarray(face_of_ring[ring[:-1][within]], dtype=np.int64)


def near_lines(points: Floats, lines: Geometries, distance: float) -> Flags:
    """Return for each point (shape (n, 2)) whether one of the lines passes within `distance` metres."""
    found = np.zeros(len(points), bool)
    if len(lines) and len(points):
        hits = shapely.STRtree(lines).query(shapely.points(points), predicate="dwithin", distance=distance)
        found[hits[0]] = True
    return found
