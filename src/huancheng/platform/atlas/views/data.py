"""What the map asks for piece by piece: visitors are told to sign in, what a person may not see is not there."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from huancheng.city.schema import AccessClass, Geometry, layer_schemas
from huancheng.platform.atlas.models import SnapshotRecord
from huancheng.platform.atlas.queries.choropleth import KINDS, choropleth_of
from huancheng.platform.atlas.queries.features import find_feature
from huancheng.platform.atlas.queries.search import find_cases, find_places
from huancheng.platform.atlas.queries.snapshots import visible_snapshots
from huancheng.platform.atlas.rules import may_open_map, may_see
from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.queries.lights import lights_today
from huancheng.platform.casework.queries.visible import visible_cases
from huancheng.platform.checkups.queries.runs import visible_runs

if TYPE_CHECKING:
    from huancheng.platform.atlas.queries.internal import Box

View = Callable[..., HttpResponse]
UNCLEAR = 400
GEOJSON = "application/geo+json"


def of_the_map(view: View) -> View:
    """Let a view be asked only by those who may open the map; visitors get 401: a module follows no sign-in."""

    @require_safe
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        acting: Acting | None = request.acting  # type: ignore[attr-defined]
        if acting is None:
            return HttpResponse(status=401)
        if not may_open_map(acting):
            raise Http404
        answer = view(request, acting, *args, **kwargs)
        answer["Cache-Control"] = "private, no-store"
        return answer

    return guarded


@of_the_map
def feature(request: HttpRequest, acting: Acting, snapshot: int, layer: str, feature: str) -> HttpResponse:
    """Show all that is known of one feature."""
    record = _layer_of(acting, snapshot, layer)
    found = find_feature(record, layer, feature)
    if found is None:
        raise Http404
    return render(request, "atlas/_feature.html", {"feature": found, "record": record})


@of_the_map
def layer(request: HttpRequest, acting: Acting, snapshot: int, layer: str) -> HttpResponse:
    """Hand out the part of an internal layer that lies in a box; public layers are in the tiles, rasters nowhere."""
    from huancheng.platform.atlas.queries.internal import layer_in

    record = _layer_of(acting, snapshot, layer)
    if record.layers[layer]["access"] != AccessClass.INTERNAL or layer_schemas()[layer].geometry is Geometry.RASTER:
        raise Http404
    box = _box(request.GET.get("box", ""))
    return HttpResponse(status=UNCLEAR) if box is None else _geojson(layer_in(record, layer, box))


@of_the_map
def cases(_request: HttpRequest, acting: Acting) -> HttpResponse:
    """Hand out the cases the person may see."""
    from huancheng.platform.atlas.queries.cases import cases_on_map

    return HttpResponse(cases_on_map(acting).as_geojson(), content_type=GEOJSON)


@of_the_map
def case(request: HttpRequest, acting: Acting, case: int) -> HttpResponse:
    """Show a case in brief, with the way to its page."""
    rows = visible_cases(acting).select_related("subject", "opened_by").prefetch_related("tasks__body")
    found = get_object_or_404(rows, pk=case)
    rule = lights_today()
    waiting = [(task, rule.of(task)) for task in found.tasks.all()]
    return render(request, "atlas/_case.html", {"case": found, "waiting": waiting})


@of_the_map
def problems(request: HttpRequest, acting: Acting, run: int) -> HttpResponse:
    """Hand out the places of a check-up's problem list."""
    from huancheng.platform.atlas.queries.problems import problems_on_map

    record = get_object_or_404(visible_runs(acting), pk=run)
    return _geojson(problems_on_map(record, request.GET.get("indicator", "")))


@of_the_map
def choropleth(request: HttpRequest, acting: Acting, run: int) -> HttpResponse:
    """Hand out an indicator by area, in classes."""
    record = get_object_or_404(visible_runs(acting), pk=run)
    kind = request.GET.get("kind", "")
    if kind not in KINDS:
        return HttpResponse(status=UNCLEAR)
    found = choropleth_of(record, request.GET.get("indicator", ""), kind)
    if found is None:
        raise Http404
    return JsonResponse(asdict(found))


@of_the_map
def search(request: HttpRequest, acting: Acting, snapshot: int) -> HttpResponse:
    """List the places and cases that answer to some words."""
    record = get_object_or_404(visible_snapshots(acting), pk=snapshot)
    words = request.GET.get("q", "")
    context = {"words": words.strip(), "places": find_places(record, words), "cases": find_cases(acting, words)}
    return render(request, "atlas/_found.html", context)


def _layer_of(acting: Acting, snapshot: int, layer: str) -> SnapshotRecord:
    """Return the snapshot, if the person may look at it and at this layer of it."""
    record = get_object_or_404(visible_snapshots(acting), pk=snapshot)
    held = record.layers.get(layer)
    if held is None or layer not in layer_schemas() or not may_see(acting, held["access"]):
        raise Http404
    return record


def _box(words: str) -> Box | None:
    """Return west, south, east and north; None where four numbers are not what was said."""
    try:
        west, south, east, north = (float(part) for part in words.split(","))
    except ValueError:
        return None
    return (west, south, east, north) if all(map(math.isfinite, (west, south, east, north))) else None


def _geojson(content: dict[str, Any]) -> JsonResponse:
    return JsonResponse(content, content_type=GEOJSON, json_dumps_params={"ensure_ascii": False})
