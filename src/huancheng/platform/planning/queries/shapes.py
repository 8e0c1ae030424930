"""The shapes of a plan for the little map beside a form, and for the atlas."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Protocol

from huancheng.platform.bodies.models import Division
from huancheng.platform.planning.models import RenewalUnit, SpecialPlan
from huancheng.platform.planning.queries.places import place_of


class Drawn(Protocol):
    """Whatever has a shape as WKB in longitude and latitude."""

    geometry: Any


DECIMALS = 6
"""Of a degree: a decimetre."""


def feature(row: Drawn, properties: dict[str, Any]) -> dict[str, Any]:
    """Return a shape with words as a GeoJSON feature in longitude and latitude."""
    import numpy as np
    import shapely

    shape = shapely.transform(shapely.from_wkb(bytes(row.geometry or b"")), lambda xy: np.round(xy, DECIMALS))
    return {"type": "Feature", "geometry": json.loads(shapely.to_geojson(shape)), "properties": properties}


def collection(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return features as one collection."""
    return {"type": "FeatureCollection", "features": list(features)}


def outlines_of(jurisdiction: str) -> list[Division]:
    """Return the outlines of the divisions a plan covers, as they are today; an area managed apart lies inside one."""
    place = place_of(jurisdiction)
    members = place.members if place else (jurisdiction,)
    rows = Division.objects.filter(jurisdiction__in=members, geometry__isnull=False, valid_until__isnull=True)
    return list(rows)


def plan_shapes(plan: SpecialPlan) -> dict[str, Any]:
    """Return the outline of the place, and the key areas and units of a plan that are drawn."""
    areas = plan.key_areas.filter(geometry__isnull=False)
    units = plan.units.filter(geometry__isnull=False).defer("blocks")
    return collection([
        *(feature(row, {"kind": "place", "name": row.name}) for row in outlines_of(plan.jurisdiction)),
        *(feature(area, {"kind": "area", "id": area.pk, "name": area.name}) for area in areas),
        *(feature(unit, {"kind": "unit", "id": unit.pk, "name": str(unit)}) for unit in units),
    ])  # fmt: skip


def unit_shapes(unit: RenewalUnit) -> dict[str, Any]:
    """Return a unit among the other units of its plan, inside the outline of the place."""
    others = RenewalUnit.objects.filter(plan=unit.plan_id, geometry__isnull=False).exclude(pk=unit.pk).defer("blocks")
    return collection([
        *(feature(row, {"kind": "place", "name": row.name}) for row in outlines_of(unit.jurisdiction)),
        *(feature(row, {"kind": "other", "id": row.pk, "name": str(row)}) for row in others),
        feature(unit, {"kind": "unit", "id": unit.pk, "name": str(unit)}),
    ])  # fmt: skip


def unit_plan_shapes(unit: RenewalUnit, parcels: dict[str, Any]) -> dict[str, Any]:
    """Return a unit with the parcels planned in it."""
    drawn = parcels.get("features", ())
    return collection([
        feature(unit, {"kind": "unit", "id": unit.pk, "name": str(unit)}),
        *({**item, "properties": {"kind": "area", "name": item["properties"]["id"]}} for item in drawn),
    ])  # fmt: skip
