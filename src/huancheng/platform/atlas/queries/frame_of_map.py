"""What the map is told when its page opens: where its data lie, its ground, its coordinate system, its words."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext

from huancheng.city.schema import facility_catalogue, layer_schemas
from huancheng.platform.atlas.models import SnapshotRecord
from huancheng.platform.atlas.queries.choropleth import kinds_of
from huancheng.platform.atlas.queries.map_words import map_words
from huancheng.platform.audit.acting import Acting
from huancheng.platform.checkups.models import CheckupRunRecord, IndicatorValue, ScopeKind
from huancheng.platform.checkups.queries.runs import visible_runs
from huancheng.report.tile_layers import tile_layers

if TYPE_CHECKING:
    from pyproj import CRS

_MERIDIAN = "Longitude of natural origin"
PAINTED = {"buildings": ("use", "structure", "safety_grade", "heritage_status"), "land_use": ("use",)}
"""Coded columns whose words the legend shows."""


def frame_of_map(record: SnapshotRecord, acting: Acting | None, shown: Iterable[str]) -> dict[str, Any]:
    """Return what the map module reads, as plain data.

    Parameters
    ----------
    record
        Snapshot shown.
    acting
        Who looks.
    shown
        Layers shown when the map opens.
    """
    schemas = layer_schemas()
    return {
        "snapshot": record.pk,
        "title": record.title,
        "asOf": record.as_of,
        "attribution": record.attribution,
        "bounds": [record.west, record.south, record.east, record.north],
        "crs": coordinate_system(record.crs),
        "shown": list(shown),
        "zooms": _zooms(),
        "addresses": _addresses(record),
        "codes": {
            f"{layer}.{column}": schemas[layer].columns[column].labels for layer in PAINTED for column in PAINTED[layer]
        },
        "titles": {name: gettext(schema.title) for name, schema in schemas.items()},
        "facilities": _facility_groups(),
        "runs": [_run(run) for run in visible_runs(acting).filter(snapshot=record.digest)],
        "words": map_words(),
    }


def _zooms() -> dict[str, dict[str, Any]]:
    """Return from which zoom each layer's own shapes are in the tiles, and the zooms of its overview."""
    settings = tile_layers().layers
    return {
        name: {
            "min": layer.min_zoom,
            "far": [layer.overview.min_zoom, layer.overview.max_zoom] if layer.overview else None,
        }
        for name, layer in settings.items()
    }


def _addresses(record: SnapshotRecord) -> dict[str, str]:
    """Return the addresses the module asks, with places to fill in."""
    kept = (record.pk,)
    return {
        "tiles": reverse("atlas:tiles", args=[record.tiles_digest]),
        "labels": reverse("atlas:labels", args=[record.tiles_digest]),
        "feature": reverse("atlas:feature", args=[record.pk, "LAYER", "FEATURE"]),
        "layer": reverse("atlas:layer", args=[record.pk, "LAYER"]),
        "cases": reverse("atlas:cases"),
        "case": reverse("atlas:case", args=[0]),
        "problems": reverse("atlas:problems", args=[0]),
        "choropleth": reverse("atlas:choropleth", args=[0]),
        "print": reverse("atlas:print", args=kept),
        "units": reverse("planning:units-data"),
    }


def _run(run: CheckupRunRecord) -> dict[str, Any]:
    kinds = kinds_of(run)
    names = (
        IndicatorValue.objects.filter(run=run, scope_kind=ScopeKind.CITY)
        .order_by("position")
        .values_list("indicator", "name", "group", "unit")
    )
    indicators = [
        {"id": indicator, "name": name, "group": group, "unit": unit, "kinds": kinds[indicator]}
        for indicator, name, group, unit in names
        if kinds.get(indicator)
    ]
    return {"id": run.pk, "title": run.system_title, "indicators": indicators}


def _facility_groups() -> dict[str, dict[str, str]]:
    """Return the classes of facilities with their words, by group."""
    groups: dict[str, dict[str, str]] = {}
    for name, entry in facility_catalogue().items():
        groups.setdefault(entry.group, {})[name] = entry.title
    return groups


def coordinate_system(name: str) -> dict[str, str]:
    """Return the name and the PROJ definition of a snapshot's metric coordinate system."""
    crs, definition = _crs(name)
    return {"name": _crs_words(crs), "code": name, "definition": definition}


@lru_cache(maxsize=8)
def _crs(name: str) -> tuple[CRS, str]:
    from pyproj import CRS

    crs = CRS.from_user_input(name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return crs, crs.to_proj4()


def _crs_words(crs: CRS) -> str:
    """Return the words an officer knows a Gauss–Krüger system by; of any other its own name."""
    operation = crs.coordinate_operation
    meridian = [item.value for item in operation.params if item.name == _MERIDIAN] if operation else []
    if "Gauss-Kruger" not in crs.name or not meridian:
        return crs.name
    return gettext("高斯—克吕格 3° 带，中央经线 %(meridian)g°E") % {"meridian": meridian[0]}
