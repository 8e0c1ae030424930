"""Cases on the map: only those a person may see, each with its light."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import shapely
from django.db.models import Prefetch

from huancheng.platform.atlas.queries.geojson import feature_of
from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.models import Case, Task
from huancheng.platform.casework.queries.lights import Light, LightRule, lights_today
from huancheng.platform.casework.queries.visible import visible_cases
from huancheng.platform.casework.queries.words import instrument_word, jurisdiction_word
from huancheng.policy.routes.model import StepKind

MOST = 5000
"""Cases handed out at once; what is left out is counted and said."""
_WORST = (Light.RED, Light.AMBER, Light.STOPPED, Light.HUNG, Light.HANGING, Light.GREEN, Light.OPEN)


@dataclass(frozen=True, slots=True)
class CasesOnMap:
    """What the map is given.

    Parameters
    ----------
    features
        GeoJSON features of the cases that have a place; each polygon or line also as a point to stand on.
    placeless
        Cases that a person may see and that have no place.
    left_out
        Cases beyond the most that are handed out.
    """

    features: list[dict[str, Any]]
    placeless: int
    left_out: int


def cases_on_map(acting: Acting | None) -> CasesOnMap:
    """Return the cases a person may see, with place, state and light; two queries however many they are."""
    tasks = Prefetch("tasks", Task.objects.only("case", "kind", "status", "due_on"))
    rows = list(visible_cases(acting).select_related("subject").prefetch_related(tasks)[: MOST + 1])
    left_out = visible_cases(acting).count() - MOST if len(rows) > MOST else 0
    rule = lights_today() if rows else None
    features: list[dict[str, Any]] = []
    placeless = 0
    for case in rows[:MOST]:
        if case.subject.geometry is None or rule is None:
            placeless += 1
            continue
        features += _features(case, rule)
    return CasesOnMap(features, placeless, left_out)


def light_of(case: Case, rule: LightRule) -> Light | None:
    """Return the worst light of what waits in a case; None where nothing waits."""
    lights = {rule.of(task) for task in case.tasks.all()}
    return next((light for light in _WORST if light in lights), None)


def _features(case: Case, rule: LightRule) -> list[dict[str, Any]]:
    shape = shapely.from_wkb(bytes(case.subject.geometry or b""))
    light = light_of(case, rule)
    properties = {
        "id": case.pk,
        "number": case.number,
        "title": case.title,
        "instrument": instrument_word(case.instrument),
        "jurisdiction": jurisdiction_word(case.jurisdiction),
        "subject": case.subject.title,
        "status": case.status,
        "light": light.value if light else "none",
        "light_word": light.word if light else "",
        "notice": any(task.kind == StepKind.NOTICE.value for task in case.tasks.all()),
    }
    made = [feature_of(shape, properties)]
    if not isinstance(shape, shapely.Point):
        made.append(feature_of(shapely.point_on_surface(shape), {**properties, "stand_in": True}))
    return made
