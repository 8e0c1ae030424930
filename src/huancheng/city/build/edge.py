"""At the city's edge: what is kept whole, cut, or left outside."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import shapely

from huancheng.city.build.shapes import collect, parts_of_kind
from huancheng.city.schema import Geometry

Geometries = npt.NDArray[np.object_]

_LEAST_SHARE = 1e-9


@dataclass
class Clipped:
    """Shapes at the edge.

    Parameters
    ----------
    shapes
        Shape (n,), cut where asked.
    inside
        Which rows stay, shape (n,).
    cut
        By position, how much of the row was kept, in words.
    """

    shapes: Geometries
    inside: npt.NDArray[np.bool_]
    cut: dict[int, str] = field(default_factory=dict)


def clip(shapes: Geometries, boundary: shapely.Geometry | None, kind: Geometry, how: str) -> Clipped:
    """Return what lies in the city.

    Parameters
    ----------
    shapes
        Shapes of one kind in the metric CRS, none missing.
    boundary
        The city's ground; None where it is not known yet.
    kind
        Their kind; points are inside or not.
    how
        `centre`: whole if a point inside the shape is in the city; `cut`; `none`.
    """
    if boundary is None or how == "none":
        return Clipped(shapes, np.ones(len(shapes), dtype=bool))
    shapely.prepare(boundary)
    if kind is Geometry.POINT or how == "centre":
        return Clipped(shapes, np.asarray(shapely.intersects(boundary, shapely.point_on_surface(shapes)), dtype=bool))
    result = Clipped(shapes.copy(), np.asarray(shapely.intersects(boundary, shapes), dtype=bool))
    across = result.inside & ~shapely.covers(boundary, shapes)
    measure, unit = (shapely.area, "m2") if kind is Geometry.POLYGON else (shapely.length, "m")
    pieces = shapely.intersection(boundary, shapes[across])
    for position, piece in zip(np.flatnonzero(across), pieces, strict=True):
        kept = collect(parts_of_kind(piece, kind), kind)
        before = float(measure(shapes[position]))
        after = 0.0 if kept is None else float(measure(kept))
        if after <= before * _LEAST_SHARE:
            result.inside[position] = False
        else:
            result.shapes[position] = kept
            result.cut[int(position)] = f"cut at the city's edge: {after:.1f} of {before:.1f} {unit} kept"
    return result
