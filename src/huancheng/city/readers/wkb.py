"""Geometries out of well-known binary, also where rings are too short for GEOS to take."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

_POINT, _LINE, _POLYGON = 1, 2, 3
_COLLECTIONS = (4, 5, 6, 7)
_LINE_ID = int(shapely.GeometryType.LINESTRING)
_HAS_Z, _HAS_M, _HAS_SRID, _TYPE_BITS = 0x80000000, 0x40000000, 0x20000000, 0x0FFFFFFF
_ISO_EXTRA = {0: 0, 1: 1, 2: 1, 3: 2}
"""Extra dimensions by the thousands of an ISO type code."""
_CORNERS_LEAST = 3


class BrokenShapeError(ValueError):
    """The binary can't be taken apart."""


@dataclass(frozen=True)
class Rebuilt:
    """A geometry put together again from rings GEOS refused.

    Parameters
    ----------
    geometry
        What the intact and closed rings make; a point where the ring has collapsed onto one; a line where onto two;
        None where coordinates are no numbers.
    reason
        What was wrong and what was done.
    """

    geometry: shapely.Geometry | None
    reason: str


def parse_wkb(blobs: npt.NDArray[np.object_]) -> tuple[npt.NDArray[np.object_], dict[int, Rebuilt]]:
    """Return geometries, shape (n,), and by position those that had to be rebuilt.

    Raises
    ------
    BrokenShapeError
        If a blob is no well-known binary at all.
    """
    with np.errstate(invalid="ignore"):
        geometries = np.asarray(shapely.from_wkb(blobs, on_invalid="ignore"))
    missing = np.array([blob is None for blob in blobs], dtype=bool)
    rebuilt: dict[int, Rebuilt] = {}
    for position in np.flatnonzero(shapely.is_missing(geometries) & ~missing):
        rebuilt[int(position)] = rebuild(blobs[position])
        geometries[position] = rebuilt[int(position)].geometry
    return geometries, rebuilt


def rebuild(blob: bytes) -> Rebuilt:
    """Rebuild a shape whose rings are open or too short, or whose lines have one point.

    What is whole stays; where nothing is whole, the shape collapses onto the points it has.

    Raises
    ------
    BrokenShapeError
        If the blob is no well-known binary, or holds no point at all.
    """
    shape = _Reader(blob)
    try:
        shape.read()
    except (struct.error, IndexError, KeyError, ValueError) as error:
        message = "the geometry is no well-known binary"
        raise BrokenShapeError(message) from error
    if not all(np.isfinite(points).all() for points in shape.read_points):
        return Rebuilt(None, "coordinates that are no numbers")
    shape.build()
    if shape.whole:
        geometry = shape.whole[0] if len(shape.whole) == 1 else _collect(shape.whole)
        done = f"{shape.dropped} too short dropped" if shape.dropped else "closed"
        return Rebuilt(geometry, f"broken ring or line: {done}, the rest kept")
    points = np.unique(np.concatenate([np.empty((0, 2)), *shape.scraps]), axis=0)
    if not len(points):
        message = "the shape holds no point"
        raise BrokenShapeError(message)
    if len(points) == 1:
        return Rebuilt(shapely.Point(points[0]), "broken ring: all its points are one point")
    return Rebuilt(shapely.LineString(points), f"broken ring: only {len(points)} different points")


def _collect(parts: list[shapely.Geometry]) -> shapely.Geometry:
    kinds = {int(shapely.get_type_id(part)) for part in parts}
    makers: dict[int, Callable[[list[shapely.Geometry]], Any]] = {
        _POLYGON: shapely.multipolygons,
        _LINE_ID: shapely.multilinestrings,
    }
    together: shapely.Geometry = makers.get(kinds.pop() if len(kinds) == 1 else -1, shapely.geometrycollections)(parts)
    return together


class _Reader:
    """Takes a blob apart into whole parts and the points of what is broken."""

    def __init__(self, blob: bytes) -> None:
        self._blob = blob
        self._offset = 0
        self._order = "<"
        self._dimensions = 2
        self._parts: list[tuple[int, list[npt.NDArray[np.float64]]]] = []
        self.whole: list[shapely.Geometry] = []
        self.scraps: list[npt.NDArray[np.float64]] = []
        self.dropped = 0

    @property
    def read_points(self) -> list[npt.NDArray[np.float64]]:
        """The points of every ring, line and point read."""
        return [points for _, several in self._parts for points in several]

    def build(self) -> None:
        """Sort what was read into whole parts and scraps."""
        for kind, several in self._parts:
            if kind == _POINT:
                self.whole.append(shapely.Point(several[0][0]))
            elif kind == _LINE:
                self._keep_line(several[0])
            else:
                self._keep_polygon(several)

    def read(self) -> None:
        """Read one geometry, and those inside it."""
        kind = self._header()
        if kind == _POINT:
            self._parts.append((kind, [self._points(1)]))
        elif kind == _LINE:
            self._parts.append((kind, [self._points(self._count())]))
        elif kind == _POLYGON:
            self._parts.append((kind, [self._points(self._count()) for _ in range(self._count())]))
        elif kind in _COLLECTIONS:
            for _ in range(self._count()):
                self.read()
        else:
            message = f"geometry type {kind} is not known"
            raise ValueError(message)

    def _keep_line(self, points: npt.NDArray[np.float64]) -> None:
        if len(np.unique(points, axis=0)) > 1:
            self.whole.append(shapely.LineString(points))
        else:
            self._scrap(points)

    def _keep_polygon(self, rings: list[npt.NDArray[np.float64]]) -> None:
        closed = [_closed(ring) for ring in rings]
        if closed and closed[0] is not None:
            self.whole.append(shapely.Polygon(closed[0], [hole for hole in closed[1:] if hole is not None]))
            self.dropped += sum(ring is None for ring in closed)
        else:
            for ring in rings:
                self._scrap(ring)

    def _scrap(self, points: npt.NDArray[np.float64]) -> None:
        self.scraps.append(points)
        self.dropped += 1

    def _header(self) -> int:
        self._order = "<" if self._blob[self._offset] else ">"
        (code,) = struct.unpack_from(f"{self._order}I", self._blob, self._offset + 1)
        self._offset += 5 + (4 if code & _HAS_SRID else 0)
        base = code & _TYPE_BITS
        extra = bool(code & _HAS_Z) + bool(code & _HAS_M) or _ISO_EXTRA[base // 1000]
        self._dimensions = 2 + extra
        return int(base % 1000)

    def _count(self) -> int:
        (count,) = struct.unpack_from(f"{self._order}I", self._blob, self._offset)
        self._offset += 4
        return int(count)

    def _points(self, count: int) -> npt.NDArray[np.float64]:
        flat = np.frombuffer(self._blob, f"{self._order}f8", count * self._dimensions, self._offset)
        self._offset += 8 * count * self._dimensions
        return flat.reshape(count, self._dimensions)[:, :2].astype(np.float64)


def _closed(ring: npt.NDArray[np.float64]) -> npt.NDArray[np.float64] | None:
    if len(np.unique(ring, axis=0)) < _CORNERS_LEAST:
        return None
    return ring if np.array_equal(ring[0], ring[-1]) else np.vstack([ring, ring[:1]])
