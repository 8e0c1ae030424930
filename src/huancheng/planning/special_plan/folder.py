"""The result folder of a special plan: one document, its layers, its tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import pyogrio

from huancheng.city.snapshot import Snapshot
from huancheng.evidence import InputFault
from huancheng.planning.special_plan.plan import SpecialPlan
from huancheng.planning.tables import value_dict, write_json, write_table
from huancheng.policy.book import PolicyBook

FORMAT = "huancheng-special-plan"
DOCUMENT = "special_plan.json"
LAYERS = "special_plan.gpkg"


def special_plan_document(plan: SpecialPlan, snapshot: Snapshot, book: PolicyBook) -> dict[str, Any]:
    """Return the plan for a program."""
    manifest, words = snapshot.manifest, plan.words
    return {
        "format": FORMAT,
        "version": 1,
        "title": words.title,
        "jurisdiction": {"id": words.jurisdiction, "title": plan.jurisdiction},
        "compiler": words.compiler,
        "period": words.period,
        "snapshot": {name: getattr(manifest, name) for name in ("name", "title", "as_of", "digest")},
        "pack": {"id": book.pack.id, "version": book.pack.manifest.version, "digest": book.pack.digest},
        "blocked": list(plan.blocked),
        "checkups": [
            {"system": item.system, "title": item.title, "as_of": item.as_of, "snapshot": item.digest,
             "pack": item.pack}
            for item in plan.checkups
        ],
        "upper_plans": [
            {"id": item.id, "title": item.title, "kind": item.kind.value, "state": item.state.value,
             "number": item.number}
            for item in plan.upper
        ],
        "consistency": [
            {"plan": item.plan.id, "overlay": item.overlay.value, "verdict": item.verdict.value,
             "opinion": item.opinion.number if item.opinion else None, "note": item.note}
            for item in plan.agreements
        ],
        "overall_goal": words.overall_goal,
        "strategies": list(words.strategies),
        "key_areas": [] if plan.key_areas is None else [
            {"id": row.id, "name": row.name, "direction": row.direction, "area": round(float(row.geometry.area), 3)}
            for row in plan.key_areas.itertuples(index=False)
        ],
        "goals": [
            {"indicator": goal.indicator, "name": goal.name, "group": goal.group, "problem": goal.problem,
             "figure": value_dict(goal.figure), "action": goal.action, "goal": goal.goal, "target": goal.target}
            for goal in plan.goals
        ],
        "alternatives": [item.row for item in plan.alternatives],
        "units": [] if plan.adopted is None else [
            {"id": row.id, "name": row.name, "area": round(float(row.geometry.area), 3)}
            for row in plan.adopted.units[["id", "name", "geometry"]].itertuples(index=False)
        ],
    }  # fmt: skip


def write_special_plan(plan: SpecialPlan, document: dict[str, Any], folder: Path, crs: Any) -> None:
    """Write `special_plan.json`, `goals.csv`, `alternatives.csv` and `special_plan.gpkg` into a folder."""
    write_json(folder / DOCUMENT, document)
    write_table(
        folder / "goals.csv", ("指标", "名称", "问题", "现状", "单位", "建议", "规划目标", "目标值"),
        [
            (goal.indicator, goal.name, goal.problem, goal.figure.amount, goal.figure.unit, goal.action, goal.goal,
             goal.target)
            for goal in plan.goals
        ],
    )  # fmt: skip
    write_table(
        folder / "alternatives.csv",
        ("方案", "采用", "单元数", "上界", "目标值", "下界", "差距", "状态", "刚性未满足", "待补资料"),
        [
            (row["title"], "是" if row["adopted"] else "", row["units"], row["units_bound"], row["objective"],
             row["bound"], row["gap"], row["status"], row["breaches"], row["needs_data"])
            for row in (item.row for item in plan.alternatives)
        ],
    )  # fmt: skip
    layers: list[tuple[str, gpd.GeoDataFrame]] = []
    if plan.key_areas is not None:
        layers.append(("key_areas", plan.key_areas))
    layers += [
        ("units" if item.adopted else f"units_{number}", item.units[["id", "name", "area", "geometry"]].to_crs(crs))
        for number, item in enumerate(plan.alternatives, start=1)
    ]
    for name, frame in layers:
        path = folder / LAYERS
        pyogrio.write_dataframe(frame, path, layer=name, driver="GPKG", promote_to_multi=True, append=path.exists())


def read_special_plan(folder: Path) -> dict[str, Any]:
    """Return the document of a special plan's folder.

    Raises
    ------
    InputFault
        If there is none.
    """
    import json

    path = folder / DOCUMENT
    try:
        found = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError, UnicodeDecodeError) as error:
        cure = "name the folder `huancheng planning special-plan compose` wrote"
        raise InputFault("there is no special plan here", file=str(folder), cure=cure) from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise InputFault("this is no special plan", file=str(path), cure="compose the plan anew")
    return found


def read_layer(folder: Path, name: str) -> gpd.GeoDataFrame | None:
    """Return a layer of a special plan's folder; None where it has none."""
    path = folder / LAYERS
    if not path.is_file() or name not in pyogrio.list_layers(path)[:, 0]:
        return None
    return pyogrio.read_dataframe(path, layer=name)
