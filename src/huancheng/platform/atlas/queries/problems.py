"""Problem points of a check-up on the map."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from huancheng.platform.atlas.queries.geojson import feature_of
from huancheng.platform.checkups.models import CheckupRunRecord, ProblemRecord, ScopeKind


def problems_on_map(run: CheckupRunRecord, indicator: str = "") -> dict[str, Any]:
    """Return the places of a run's problem list as GeoJSON.

    Parameters
    ----------
    run
        The check-up.
    indicator
        Id of an indicator: every place that was listed for it. Empty: one point for each line of the list, so that
        the map stays readable; lines of the whole city have no place of their own and are left to the list.
    """
    rows = ProblemRecord.objects.filter(run=run).exclude(scope_kind=ScopeKind.CITY)
    if indicator:
        rows = rows.filter(indicator=indicator)
    features = [_feature(row, whole=bool(indicator)) for row in rows]
    return {"type": "FeatureCollection", "features": features}


def _feature(row: ProblemRecord, *, whole: bool) -> dict[str, Any]:
    shape = shapely.from_wkb(bytes(row.geometry)) if whole else _nearest_to_middle(row)
    properties = {
        "id": row.pk,
        "problem": row.problem,
        "indicator": row.indicator,
        "indicator_name": row.indicator_name,
        "group": row.group,
        "scope": row.scope_name,
        "value": row.value_text,
    }
    return feature_of(shape, properties)


def _nearest_to_middle(row: ProblemRecord) -> shapely.Geometry:
    """Return the listed place nearest to the middle of all: a point where the problem truly is."""
    shape = shapely.from_wkb(bytes(row.geometry))
    points = shapely.get_parts(shape)
    middle = shapely.Point(row.longitude, row.latitude)
    nearest: shapely.Geometry = points[int(np.argmin(shapely.distance(points, middle)))]
    return nearest
