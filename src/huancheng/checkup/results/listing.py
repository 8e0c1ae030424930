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
"""Columns of `problems.parquet`, besides `geometry`; of each indicator the city's row comes first."""

ACTION_COLUMNS = (
    "id", "problem_id", "indicator", "indicator_name", "group", "problem", "result", "action", "action_type", "area",
    "responsible", "certainty",
)  # fmt: skip
"""Columns of `actions.parquet`: one row for each problem of the city."""

_PLACES = ("street", "county", "managed_area")


def list_problems(
    values: pd.DataFrame,
    features: pd.DataFrame,
    rules: Ruleset,
    targets: dict[str, tuple[Target, ...]],
    centre: shapely.Point,
) -> gpd.GeoDataFrame:
    """Return the problems of a run: for each listed indicator the city's row, then one for each street concerned.

    Parameters
    ----------
    values, features
        Tables of the value store.
    rules
        Indicator system with its problem rules.
    targets
        Targets that hold for the city, by indicator.
    centre
        Where a problem of the whole city is drawn.
    """
    rows: list[dict[str, Any]] = []
    whole = values[values["scope_kind"] == "city"]
    grouped = dict(tuple(features.groupby("indicator", sort=False))) if len(features) else {}
    by_indicator = dict(tuple(values[values["scope_kind"].isin(_PLACES)].groupby("indicator", sort=False)))
    for value in _records(whole):
        indicator = rules.system.by_id[value["indicator"]]
        decision = decide(_result(value, indicator, rules, targets), rules.problems)
        if not decision.listed:
            continue
        listed = grouped.get(indicator.id, features.iloc[:0])
        rows.append(_row(value, indicator, decision, rules, centre))
        rows.extend(_street_rows(by_indicator.get(indicator.id), listed, indicator, decision, rules))
    frame = pd.DataFrame(rows, columns=[*PROBLEM_COLUMNS, "geometry"])
    return gpd.GeoDataFrame(frame, geometry="geometry")


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
    here = zones[(zones["scope_kind"] == kind) & zones["amount"].notna()]
    code = pd.Index(here["scope_id"]).get_indexer(pd.Index(listed[kind]))
    order = np.argsort(code, kind="stable")
    order = order[code[order] >= 0]
    points = shapely.points(listed[["x", "y"]].to_numpy(float)[order])
    met, indices = np.unique(code[order], return_inverse=True)
    shapes = np.asarray(shapely.multipoints(points, indices=indices))
    values = _records(here.iloc[met])
    return [_row(value, indicator, decision, rules, shape) for value, shape in zip(values, shapes, strict=True)]


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def list_actions(problems: gpd.GeoDataFrame, rules: Ruleset) -> pd.DataFrame:
    """Return one action for each problem of the city, with the streets concerned and their figures.

    Parameters
    ----------
    problems
        What `list_problems` returned.
    rules
        Indicator system with its remedies.
    """
    return pd.DataFrame(
        [_action(problem, problems, rules) for problem in _records(problems[problems["scope_kind"] == "city"])],
        columns=list(ACTION_COLUMNS),
    )


def _action(problem: dict[str, Any], problems: gpd.GeoDataFrame, rules: Ruleset) -> dict[str, Any]:
    places = problems[(problems["indicator"] == problem["indicator"]) & (problems["scope_kind"] != "city")]
    pairs = zip(places["scope_name"], places["value_text"], strict=True)
    named = [f"{name}{text}" for name, text in pairs if name not in OUTSIDE.values()]
    remedy = rules.problems.remedy(problem["indicator"])
    copied = ("indicator", "indicator_name", "group", "problem", "action", "action_type", "responsible")
    return {
        "id": f"action/{problem['indicator']}",
        "problem_id": problem["id"],
        **{name: problem[name] for name in copied},
        "result": problem["value_text"],
        "area": "；".join(named) or problem["scope_name"],
        "certainty": (remedy.certainty if remedy else rules.problems.default_certainty).value,
    }
