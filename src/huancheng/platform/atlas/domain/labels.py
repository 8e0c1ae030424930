"""Where the names of areas stand on the map: one point inside each, so that no tile border doubles a name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from huancheng.city.schema import AccessClass
from huancheng.city.snapshot import Snapshot
from huancheng.platform.atlas.domain.extent import GEOGRAPHIC

LAYERS = {
    "divisions": ("name", "level"),
    "managed_areas": ("name",),
    "estates": ("name",),
    "green_space": ("name",),
    "water": ("name",),
    "heritage_zones": ("name",),
}
"""Layers whose areas bear their names, and the columns that go with the name."""
_DECIMALS = 5
_FINENESS = 0.02
"""Of the side of a shape: how exactly its deepest point is sought."""


LETTERED = (*LAYERS, "streets", "facilities", "transit_stops")
"""Layers whose names are written on the map, from here or from the tiles."""


def write_labels(snapshot: Snapshot, path: Path) -> int:
    """Write the names of the public layers' areas as GeoJSON points and return how many there are.

    The member `characters` holds every character that names on the map need, so that a browser can load the parts of
    the font that hold them before it draws.
    """
    features: list[dict[str, Any]] = []
    for layer, columns in LAYERS.items():
        record = snapshot.manifest.layers.get(layer)
        if record is not None and record.count and record.access == AccessClass.PUBLIC:
            features += _features(snapshot, layer, columns)
    content = {"type": "FeatureCollection", "characters": _characters(snapshot), "features": features}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text, encoding="utf-8")
    return len(features)


def _characters(snapshot: Snapshot) -> str:
    names = (snapshot.layer(layer, ["name"])["name"].dropna().unique() for layer in LETTERED if snapshot.has(layer))
    return "".join(sorted({character for column in names for name in column for character in name}))


def _features(snapshot: Snapshot, layer: str, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    frame = snapshot.layer(layer, columns)
    frame = frame[frame["name"].notna() & (frame["name"] != "") & ~frame.geometry.is_empty]
    areas = shapely.area(frame.geometry.to_numpy())
    inside = gpd.GeoSeries(_deepest(frame.geometry.to_numpy(), areas), crs=frame.crs).to_crs(GEOGRAPHIC)
    places = np.round(shapely.get_coordinates(inside.to_numpy()), _DECIMALS).tolist()
    rows = frame[["id", *columns]].to_dict("records")
    return [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": place},
            "properties": {"layer": layer, **row, "side": round(float(area) ** 0.5)},
        }
        for row, place, area in zip(rows, places, areas, strict=True)
    ]


def _deepest(shapes: npt.NDArray[np.object_], areas: npt.NDArray[np.float64]) -> npt.NDArray[np.object_]:
    """Return of each shape the point farthest from its edge, where a name has the most room."""
    circles = shapely.maximum_inscribed_circle(shapes, np.maximum(np.sqrt(areas) * _FINENESS, 1.0))
    points: npt.NDArray[np.object_] = shapely.get_point(circles, 0)
    return points
