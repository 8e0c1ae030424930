"""The shapes of a plan for the little map beside a form, and for the atlas."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from huancheng.platform.planning.models import SpecialPlan
from huancheng.platform.planning.models.place import Ground

DECIMALS = 6
"""Of a degree: a decimetre."""


def feature(row: Ground, properties: dict[str, Any]) -> dict[str, Any]:
    """Return a shape with words as a GeoJSON feature in longitude and latitude."""
    import numpy as np
    import shapely

    shape = shapely.transform(shapely.from_wkb(bytes(row.geometry or b"")), lambda xy: np.round(xy, DECIMALS))
    return {"type": "Feature", "geometry": json.loads(shapely.to_geojson(shape)), "properties": properties}


def collection(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return features as one collection."""
    return {"type": "FeatureCollection", "features": list(features)}


def plan_shapes(plan: SpecialPlan) -> dict[str, Any]:
    """Return the key areas and units of a plan that have a place."""
    areas = plan.key_areas.filter(geometry__isnull=False)
    units = plan.units.filter(geometry__isnull=False).defer("blocks")
    return collection([
        *(feature(area, {"kind": "area", "id": area.pk, "name": area.name}) for area in areas),
        *(feature(unit, {"kind": "unit", "id": unit.pk, "name": str(unit)}) for unit in units),
    ])  # fmt: skip
