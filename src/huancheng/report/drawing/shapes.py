"""Many geometries as few drawing paths: hundreds of thousands of footprints in seconds."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from matplotlib.collections import PathCollection
from matplotlib.path import Path

_PER_PATH = 400
"""Shapes to a path: one path each is slow to set up, one for all overflows the rasteriser's cell blocks."""


def polygon_paths(geometries: npt.NDArray[np.object_]) -> list[Path]:
    """Return compound paths of (multi-)polygons; holes stay holes because rings are turned against each other.

    Parameters
    ----------
    geometries
        Shapely polygons and multi-polygons; empty and missing ones draw nothing.
    """
    parts = _parts(geometries, shapely.GeometryType.POLYGON)
    if not len(parts):
        return []
    _, coordinates, (rings, polygons) = shapely.to_ragged_array(shapely.orient_polygons(parts))
    codes = np.full(len(coordinates), Path.LINETO, Path.code_type)
    codes[rings[:-1]] = Path.MOVETO
    codes[rings[1:] - 1] = Path.CLOSEPOLY
    return _chunks(coordinates, codes, rings[polygons])


def line_paths(geometries: npt.NDArray[np.object_]) -> list[Path]:
    """Return compound paths of (multi-)lines.

    Parameters
    ----------
    geometries
        Shapely lines and multi-lines; empty and missing ones draw nothing.
    """
    parts = _parts(geometries, shapely.GeometryType.LINESTRING)
    if not len(parts):
        return []
    _, coordinates, (starts,) = shapely.to_ragged_array(parts)
    codes = np.full(len(coordinates), Path.LINETO, Path.code_type)
    codes[starts[:-1]] = Path.MOVETO
    return _chunks(coordinates, codes, starts)


def fill(
    axes: Any, geometries: npt.NDArray[np.object_], colour: str, *, edge: str = "none", width: float = 0, **more: Any
) -> None:
    """Fill polygons with one colour."""
    paths = polygon_paths(geometries)
    if paths:
        axes.add_collection(
            PathCollection(paths, facecolors=colour, edgecolors=edge, linewidths=width, **more), autolim=False
        )


def stroke(axes: Any, geometries: npt.NDArray[np.object_], colour: str, width: float, **more: Any) -> None:
    """Draw lines, or the rims of polygons, with one pen."""
    kinds = shapely.get_type_id(geometries)
    areal = np.isin(kinds, (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON))
    lines = np.concatenate([geometries[~areal], shapely.boundary(geometries[areal])])
    paths = line_paths(lines)
    if paths:
        axes.add_collection(
            PathCollection(paths, facecolors="none", edgecolors=colour, linewidths=width, capstyle="round", **more),
            autolim=False,
        )


def _parts(geometries: npt.NDArray[np.object_], kind: shapely.GeometryType) -> npt.NDArray[np.object_]:
    parts = shapely.get_parts(geometries[~shapely.is_missing(geometries)])
    parts = shapely.get_parts(parts)
    parts = parts[(shapely.get_type_id(parts) == kind) & ~shapely.is_empty(parts)]
    flat: npt.NDArray[np.object_] = shapely.force_2d(parts)
    return flat


def _chunks(coordinates: npt.NDArray[np.float64], codes: Any, starts: npt.NDArray[np.signedinteger[Any]]) -> list[Path]:
    edges = starts[::_PER_PATH].tolist()
    if edges[-1] != starts[-1]:
        edges.append(int(starts[-1]))
    return [Path(coordinates[first:last], codes[first:last]) for first, last in pairwise(edges)]
