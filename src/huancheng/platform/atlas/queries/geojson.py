"""Shapes as GeoJSON, to the decimetre."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import shapely

DECIMALS = 6
"""Of a degree: a decimetre."""


def feature_of(shape: shapely.Geometry, properties: dict[str, Any]) -> dict[str, Any]:
    """Return a feature."""
    rounded = shapely.transform(shape, lambda xy: np.round(xy, DECIMALS))
    return {"type": "Feature", "geometry": json.loads(shapely.to_geojson(rounded)), "properties": properties}
