"""Problem list and action list out of the value store's own tables."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from huancheng.checkup.judgement.listing import Decision, Result, decide, shown
from huancheng.checkup.results.breakdown import OUTSIDE
from huancheng.checkup.system.indicator import Indicator
from huancheng.checkup.system.ruleset import Ruleset
from huancheng.checkup.system.targets import Target

PROBLEM_COLUMNS = (
    "id", "indicator", "indicator_name", "group", "level", "scope_kind", "scope_id", "scope_name", "problem", "count",
    "unit", "value_text", "reason", "certainty", "action", "action_type", "responsible", "x", "y",
)  # fmt: skip
"""Columns of `problems.parquet`, besides `geometry`. The city's row comes first, then the street's (or the next zone's)."""

ACTION_COLUMNS = (
    "id", "problem_id", "indicator", "indicator_name", "group", "problem", "result", "action", "action_type", "area",
    "responsible", "certainty",
)  # fmt: skip
"""Columns of `actions.parquet`: one row for each problem of the city."""

_PLACES = ("street", "county", "managed_area")


def list_problems(
    values: pd.DataFrame, features: pd.DataFrame, rules: Ruleset, targets: dict[str, tuple[Target, ...]], crs: object,
    centre: shapely.Point,
) -> gpd.GeoDataFrame:  # fmt: skip
    """Return the problems of a run: for each listed indicator the city's row, then one for each street concerned.

    Parameters
    ----------
    values, features
        Tables of the value store.
    rules
        Indicator system with its problem rules.
    targets
        Targets that hold for the city, by indicator.
    crs
        CRS of the features' points.
    centre
        Where a problem of the whole city is drawn.
    """
    rows: list[dict[str, Any]] = []
    whole = values[values["scope_kind"] == "city"]
    grouped = dict(tuple(features.groupby("indicator", sort=False))) if len(features) else {}
    by_indicator = dict(tuple(values[values["scope_kind"].isin(_PLACES)].groupby("indicator", sort=False)))
    for value in whole.to_dict("records"):
        indicator = rules.system.by_id[value["indicator"]]
        decision = decide(_result(value, indicator, rules, targets), rules.problems)
        if not decision.listed:
            continue
        listed = grouped.get(indicator.id, features.iloc[:0])
        rows.append(_row(value, indicator, decision, rules, centre))
        rows.extend(_street_rows(by_indicator.get(indicator.id), listed, indicator, decision, rules))
    frame = pd.DataFrame(rows, columns=[*PROBLEM_COLUMNS, "geometry"])
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=crs)


def _result(
    value: dict[str, Any], indicator: Indicator, rules: Ruleset, targets: dict[str, tuple[Target, ...]]
) -> Result:
    floors = [item.at_least for item in targets.get(indicator.id, ()) if item.at_least is not None]
    amount = None if pd.isna(value["amount"]) else float(value["amount"])
    level = rules.system.group(indicator.group).kind
    return Result(
        indicator.id, indicator.name, level, amount, indicator.unit, value["grade"], max(floors, default=None)
    )


def _row(value: dict[str, Any], indicator: Indicator, decision: Decision, rules: Ruleset, place: Any) -> dict[str, Any]:
    remedy = rules.problems.remedy(indicator.id)
    centre = shapely.centroid(place)
    amount = float(value["amount"])
    return {
        "id": f"{indicator.id}/{value['scope_kind']}/{value['scope_id']}",
        "indicator": indicator.id, "indicator_name": indicator.name, "group": indicator.group,
        "level": rules.system.group(indicator.group).kind, "scope_kind": value["scope_kind"],
        "scope_id": value["scope_id"], "scope_name": value["scope_name"],
        "problem": remedy.problem if remedy else f"{indicator.name}未达要求",
        "count": amount, "unit": indicator.unit, "value_text": f"{shown(amount)}{indicator.unit}",
        "reason": decision.reason, "certainty": decision.certainty,
        "action": remedy.action if remedy else rules.problems.default_action,
        "action_type": remedy.action_type if remedy else rules.problems.default_action_type,
        "responsible": indicator.owner, "x": centre.x, "y": centre.y, "geometry": place,
    }  # fmt: skip


def _street_rows(
    zones: pd.DataFrame | None, listed: pd.DataFrame, indicator: Indicator, decision: Decision, rules: Ruleset
) -> list[dict[str, Any]]:
    """Return a row for each street (or, without streets, county or managed area) that has listed features."""
    if zones is None or not len(listed):
        return []
    kind = next((kind for kind in _PLACES if (listed[kind] != "").any()), None)
    if kind is None:
        return []
    rows = []
    here = zones[(zones["scope_kind"] == kind) & zones["amount"].notna()]
    places = dict(tuple(listed.groupby(kind, sort=False)))
    for value in here.to_dict("records"):
        found = places.get(value["scope_id"])
        if found is None:
            continue
        shape = shapely.multipoints(shapely.points(found["x"].to_numpy(float), found["y"].to_numpy(float)))
        rows.append(_row(value, indicator, decision, rules, shape))
    return rows


def list_actions(problems: gpd.GeoDataFrame, rules: Ruleset) -> pd.DataFrame:
    """Return one action for each problem of the city, with the streets concerned and their figures.

    Parameters
    ----------
    problems
        What `list_problems` returned.
    rules
        Indicator system with its remedies.
    """
    rows = []
    remainder = set(OUTSIDE.values())
    for problem in problems[problems["scope_kind"] == "city"].to_dict("records"):
        places = problems[(problems["indicator"] == problem["indicator"]) & (problems["scope_kind"] != "city")]
        named = [
            f"{name}{text}"
            for name, text in zip(places["scope_name"], places["value_text"], strict=True)
            if name not in remainder
        ]
        remedy = rules.problems.remedy(problem["indicator"])
        certainty = remedy.certainty if remedy else rules.problems.default_certainty
        rows.append(
            {
                "id": f"action/{problem['indicator']}",
                "problem_id": problem["id"],
                "indicator": problem["indicator"],
                "indicator_name": problem["indicator_name"],
                "group": problem["group"],
                "problem": problem["problem"],
                "result": problem["value_text"],
                "action": problem["action"],
                "action_type": problem["action_type"],
                "area": "；".join(named) or problem["scope_name"],
                "responsible": problem["responsible"],
                "certainty": certainty.value,
            }  # fmt: skip
        )
    return pd.DataFrame(rows, columns=list(ACTION_COLUMNS))
