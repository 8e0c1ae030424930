"""What `run.json` says of a run: what was checked, under which law, over which ground, how it came out."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pandas as pd

from huancheng.checkup.context import ZONE_KINDS, CityContext
from huancheng.checkup.judgement.grading import CityClass, grade_aspect
from huancheng.checkup.results.breakdown import OUTSIDE
from huancheng.checkup.system.ruleset import Ruleset
from huancheng.evidence import State


def describe_run(rules: Ruleset, city: CityContext, values: pd.DataFrame, city_class: CityClass) -> dict[str, Any]:
    """Return the head of a run.

    Parameters
    ----------
    rules
        The law it ran under.
    city
        The city.
    values
        Table of values.
    city_class
        What kind of city it was taken for.
    """
    whole = values[values["scope_kind"] == "city"]
    provenance = whole.loc[whole["provenance"] != "", "provenance"].value_counts()
    return {
        "snapshot": _snapshot(city),
        "pack": {"id": rules.pack.id, "version": rules.pack.manifest.version, "digest": rules.pack.digest},
        "system": _system(rules),
        "city_class": asdict(city_class),
        "scope": {
            "name": city.scope.name,
            "layer": city.scope.layer,
            "note": city.scope.note,
            "area_km2": round(city.scope.area / 1e6, 6),
            "scope_note": rules.system.scope_note,
        },
        "denominators": _denominators(whole),
        "counts": {state.value: int((whole["state"] == state.value).sum()) for state in State},
        "provenance": {str(name): int(count) for name, count in sorted(provenance.items())},
        "aspects": _aspects(rules, whole),
        "aspect_rule": {
            "id": rules.grades.aspect.id,
            "certainty": rules.grades.aspect.certainty.value,
            "note": rules.grades.aspect.note,
        },
        "zones": _zones(city),
        "outside": OUTSIDE,
    }


def _snapshot(city: CityContext) -> dict[str, Any]:
    manifest = city.snapshot.manifest
    names = ("name", "title", "as_of", "crs", "digest", "attribution", "city")
    return {name: getattr(manifest, name) for name in names}


def _system(rules: Ruleset) -> dict[str, Any]:
    system = rules.system
    return {
        "id": system.id,
        "title": system.title,
        "grouping": system.grouping,
        "source": system.source,
        "certainty": system.certainty.value,
        "note": system.note,
        "groups": [group.model_dump() for group in system.groups],
    }


def _denominators(whole: pd.DataFrame) -> dict[str, float]:
    """Return every denominator by the words printed for it."""
    known = whole[whole["denominator_name"].ne("") & whole["denominator"].notna()]
    pairs = zip(known["denominator_name"], known["denominator"], strict=True)
    return {str(name): round(float(amount), 6) for name, amount in pairs}


def _aspects(rules: Ruleset, whole: pd.DataFrame) -> list[dict[str, Any]]:
    aspects = []
    for group in rules.system.groups:
        rows = whole[whole["group"] == group.name]
        aspects.append(asdict(grade_aspect(group.name, rows["state"].tolist(), rows["grade"].tolist(), rules.grades)))
    return aspects


def _zones(city: CityContext) -> dict[str, dict[str, str]]:
    """Return the names of the zones by kind and id."""
    zones = {kind: city.atoms.zones[kind] for kind in ZONE_KINDS}
    return {
        kind: {str(zone): str(name) for zone, name in sorted(zip(layer.ids, layer.names, strict=True))}
        for kind, layer in zones.items()
    }
