"""The area a check-up speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from huancheng.city.snapshot import Snapshot
from huancheng.evidence import InputFault

_CHOICES = (
    ("built_up_area", "建成区", ""),
    ("development_boundary", "城镇开发边界", "快照无建成区边界，以城镇开发边界代替"),
    ("boundary", "市域范围", "快照无建成区与城镇开发边界，以市域范围代替"),
)


@dataclass(frozen=True)
class Scope:
    """The polygons a check-up covers.

    Parameters
    ----------
    name
        Official word for the area (建成区, 城镇开发边界, 市域范围).
    layer
        Layer it comes from.
    polygons
        Disjoint polygons in the snapshot's metric CRS.
    note
        In Chinese, why another area than the built-up area was taken; empty where it was not.
    """

    name: str
    layer: str
    polygons: npt.NDArray[Any]
    note: str = ""

    @property
    def area(self) -> float:
        """Area in square metres."""
        return float(shapely.area(self.polygons).sum())


def find_scope(snapshot: Snapshot) -> Scope:
    """Return the built-up area, else the development boundary, else the boundary.

    Raises
    ------
    InputFault
        If the snapshot holds none of the three.
    """
    for layer, name, note in _CHOICES:
        if snapshot.has(layer):
            outline = shapely.union_all(shapely.make_valid(snapshot.layer(layer, []).geometry.to_numpy()))
            polygons = polygon_parts(np.array([outline]))[0]
            if len(polygons):
                return Scope(name, layer, polygons, note)
    message = "the snapshot holds no built-up area, development boundary or boundary, so no scope is known"
    raise InputFault(message, file=snapshot.location, cure="map one of the three layers and build the snapshot anew")


def polygon_parts(shapes: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], npt.NDArray[np.intp]]:
    """Return the polygons inside shapes of any kind, and the position of the shape each comes from."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    nested = shapely.get_type_id(parts) > shapely.GeometryType.POLYGON
    if nested.any():
        inner, inner_owner = shapely.get_parts(parts, return_index=True)
        parts, owner = inner, owner[inner_owner]
    kept = (shapely.get_type_id(parts) == shapely.GeometryType.POLYGON) & ~shapely.is_empty(parts)
    return parts[kept], owner[kept]
