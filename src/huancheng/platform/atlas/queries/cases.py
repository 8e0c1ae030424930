"""Cases on the map: only those a person may see, each with its light."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from json.encoder import encode_basestring as quoted
from typing import Any

import numpy as np
import shapely

from huancheng.platform.atlas.queries.geojson import DECIMALS
from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.models import Task
from huancheng.platform.casework.queries.lights import Light, LightRule, Waiting, lights_today
from huancheng.platform.casework.queries.visible import visible_cases
from huancheng.platform.casework.queries.words import instrument_word, jurisdiction_word
from huancheng.policy.routes.model import StepKind

MOST = 5000
"""Cases handed out at once; what is left out is counted and said."""
_WORST = (Light.RED, Light.AMBER, Light.STOPPED, Light.HUNG, Light.HANGING, Light.GREEN, Light.OPEN)
_NOTICE = StepKind.NOTICE.value
_WHOLE = frozenset({"city", "jurisdiction"})
"""Kinds of the subjects that are a whole city, county or zone."""


@dataclass(frozen=True, slots=True)
class CasesOnMap:
    """What the map is given.

    Parameters
    ----------
    features
        The cases that have a place, as features in GeoJSON's own words: there are thousands, and words need not be
        taken apart to be sent. A point says all; an area or line besides, one a subject, says which case it is of.
    placeless
        Cases that a person may see and that have no place.
    left_out
        Cases beyond the most that are handed out.
    """

    features: list[str]
    placeless: int
    left_out: int

    def as_geojson(self) -> str:
        """Return the collection, with what is not in it."""
        told = f'"placeless":{self.placeless},"left_out":{self.left_out}'
        return f'{{"type":"FeatureCollection","features":[{",".join(self.features)}],{told}}}'


def cases_on_map(acting: Acting | None) -> CasesOnMap:
    """Return the cases a person may see, with place, state and light; two queries however many they are."""
    rows = list(visible_cases(acting).values_list(*_COLUMNS, named=True)[: MOST + 1])
    left_out = visible_cases(acting).count() - MOST if len(rows) > MOST else 0
    placed = [row for row in rows[:MOST] if row.subject__geometry is not None]
    placeless = min(len(rows), MOST) - len(placed)
    if not placed:
        return CasesOnMap([], placeless, left_out)
    told = _Teller(acting)
    shapes = shapely.from_wkb([bytes(row.subject__geometry) for row in placed])
    is_point = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
    stands = np.where(is_point, shapes, shapely.point_on_surface(shapes))
    features = [_feature(place, told.all_of(row)) for place, row in zip(_words(stands), placed, strict=True)]
    wide = _areas(placed, is_point.tolist(), told.notices)
    features += [_feature(place, told.which(placed[at])) for place, at in zip(_words(shapes[wide]), wide, strict=True)]
    return CasesOnMap(features, placeless, left_out)


def _areas(placed: list[Any], is_point: list[bool], notices: set[int]) -> list[int]:
    """Return the rows whose area is drawn: each subject's once, for a case under notice if there is one.

    Areas that lie one upon the other would hide the map; a jurisdiction's border stands on it anyway.
    """
    chosen: dict[int, int] = {}
    for at, row in enumerate(placed):
        if is_point[at] or row.subject__kind in _WHOLE:
            continue
        if row.subject not in chosen or (row.pk in notices and placed[chosen[row.subject]].pk not in notices):
            chosen[row.subject] = at
    return list(chosen.values())


def light_of(tasks: list[Waiting], rule: LightRule) -> Light | None:
    """Return the worst light of what waits in a case; None where nothing waits."""
    lights = {rule.of(task) for task in tasks}
    return next((light for light in _WORST if light in lights), None)


_COLUMNS = (
    "pk", "number", "title", "instrument", "jurisdiction", "status", "subject", "subject__kind", "subject__title",
    "subject__geometry",
)  # fmt: skip


class _Teller:
    """Says what the map tells of cases, as members of JSON objects put together from words that are at hand."""

    def __init__(self, acting: Acting | None) -> None:
        self.rule = lights_today()
        self.tasks: defaultdict[int, list[Waiting]] = defaultdict(list)
        waiting = Task.objects.filter(case__in=visible_cases(acting).order_by().values("pk")).order_by()
        for task in waiting.values_list("case", "kind", "status", "due_on", named=True):
            self.tasks[task.case].append(task)
        self.notices = {case for case, tasks in self.tasks.items() if any(task.kind == _NOTICE for task in tasks)}
        self.instrument = cache(lambda name: quoted(instrument_word(name)))
        self.jurisdiction = cache(lambda name: quoted(jurisdiction_word(name)))
        self.quoted, self.light = cache(quoted), cache(_light_words)

    def all_of(self, row: Any) -> str:
        """Return all that is told of a case."""
        light = light_of(self.tasks[row.pk], self.rule) if row.pk in self.tasks else None
        return (
            f'{self.which(row)},"number":{quoted(row.number)},"subject":{quoted(row.subject__title)},'
            f'"instrument":{self.instrument(row.instrument)},"jurisdiction":{self.jurisdiction(row.jurisdiction)},'
            f'"status":{self.quoted(row.status)},{self.light(light)}'
        )

    def which(self, row: Any) -> str:
        """Return which case it is, and whether its notice hangs."""
        notice = "true" if row.pk in self.notices else "false"
        return f'"id":{row.pk},"title":{quoted(row.title)},"notice":{notice}'


def _words(shapes: Any) -> list[str]:
    """Return shapes as GeoJSON, to the decimetre."""
    rounded = shapely.transform(shapes, lambda xy: np.round(xy, DECIMALS))
    words: list[str] = shapely.to_geojson(rounded).tolist()
    return words


def _light_words(light: Light | None) -> str:
    value, word = (light.value, light.word) if light else ("none", "")
    return f'"light":{quoted(value)},"light_word":{quoted(word)}'


def _feature(geometry: str, properties: str) -> str:
    return f'{{"type":"Feature","geometry":{geometry},"properties":{{{properties}}}}}'
