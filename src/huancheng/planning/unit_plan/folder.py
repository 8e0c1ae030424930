"""The result folder of a unit plan: one document, its tables, its layers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import pyogrio
import shapely

from huancheng.city.snapshot import Snapshot
from huancheng.planning.tables import value_dict, write_json, write_table
from huancheng.planning.unit_plan.facilities import FacilityRow
from huancheng.planning.unit_plan.plan import UnitPlan
from huancheng.policy.book import PolicyBook

FORMAT = "huancheng-unit-plan"


def unit_plan_document(plan: UnitPlan, snapshot: Snapshot, book: PolicyBook) -> dict[str, Any]:
    """Return the plan for a program: every figure with its evidence."""
    manifest = snapshot.manifest
    return {
        "format": FORMAT,
        "version": 1,
        "unit": {"id": plan.id, "name": plan.name, "area": round(plan.ground.area, 3)},
        "snapshot": {name: getattr(manifest, name) for name in ("name", "title", "as_of", "digest")},
        "pack": {"id": book.pack.id, "version": book.pack.manifest.version, "digest": book.pack.digest},
        "about": plan.form.about,
        "parts": [{"title": part.title, "complete": part.complete, "lacking": part.lacking} for part in plan.parts],
        "indicators": [
            {"id": item.id, "title": item.title, "now": value_dict(item.now), "planned": value_dict(item.planned)}
            for item in plan.indicators
        ],
        "red_lines": [
            {
                "level": line.level or "unit", "name": line.level_name, "row": line.row, "fact": line.fact,
                "title": line.title,
                "state": line.state.value, "figure": line.figure, "limit": line.limit, "missing": list(line.missing),
                "text": line.text, "cites": list(line.cites), "firm": line.firm, "exception": line.exception,
            }
            for line in plan.red_lines
        ],
        "repair": _repair(plan),
        "land_balance": {
            "area": plan.land.area,
            "rows": [
                {"use": row.use, "title": row.title, "now": value_dict(row.now), "planned": value_dict(row.planned)}
                for row in plan.land.rows
            ],
            "note": plan.land.note,
        },
        "facilities": [_facility(row) for row in plan.facilities],
        "capacity": [
            {"id": row.id, "title": row.title, "now": value_dict(row.now), "planned": value_dict(row.planned)}
            for row in plan.capacity
        ],
        "shortfalls": [
            {"kind": item.kind, "title": item.title, "figure": value_dict(item.figure),
             "projects": list(item.projects), "open": item.is_open}
            for item in plan.short
        ],
        "screening": [
            {"id": item.id, "title": item.title, "state": item.state.value,
             "area": round(item.area, 1), "note": item.note}
            for item in plan.screening
        ],
        "green_loss": {"area": plan.green.area, "reason": plan.green.reason, "unexplained": plan.green.unexplained},
        "townscape": [
            {"project": project.id, "name": project.name, "says": project.townscape}
            for project in plan.form.projects if project.townscape
        ],
        "businesses": [
            {"project": project.id, "name": project.name, "says": project.business}
            for project in plan.form.projects if project.business
        ],
        "municipal": [
            {"type": item.type, "name": item.name, "project": item.project, "smart": item.smart}
            for item in plan.municipal
        ],
        "smart_works": [
            {"name": item.name, "kind": item.smart, "project": item.project}
            for item in plan.form.facilities
            if item.smart
        ],
        "funding": {
            "lines": [
                {"kind": line.kind, "item": line.item, "amount": value_dict(line.amount), "state": line.state,
                 "basis": line.basis, "project": line.project}
                for line in plan.funding.lines
            ],
            "shortfall": value_dict(plan.funding.shortfall),
            "note": plan.funding.note,
        },
        "sequence": [
            {"order": step.order, "project": step.project.id, "name": step.project.name, "start": step.project.start,
             "years": step.project.years, "after": list(step.project.after), "parcels": list(step.parcels),
             "note": step.note}
            for step in plan.steps
        ],
        "consistency": [
            {
                "plan": item.plan.id, "title": item.plan.title, "kind": item.plan.kind.value,
                "overlay": item.overlay.value, "verdict": item.verdict.value, "note": item.note,
                "opinion": item.opinion.number if item.opinion else None, "disagrees": item.disagrees,
                "differences": [
                    {"aspect": one.aspect, "parcel": one.parcel, "planned": one.planned, "allowed": one.allowed,
                     "area": round(one.area, 3), "within_tolerance": one.within_tolerance}
                    for one in item.differences
                ],
            }
            for item in plan.agreements
        ],
        "regulatory_change": {"needed": plan.regulatory.needed, "reason": plan.regulatory.reason},
        "shared_facilities": [
            {"facility": item.facility, "name": item.name, "type": item.norm.id,
             "beneficiaries": [{"area": part.area, "residents": part.residents, "share": part.share}
                               for part in item.beneficiaries]}
            for item in plan.shared
        ],
        "park_living": [
            {"park": pair.park, "living": pair.living, "straight": pair.straight, "walk": pair.walk, "link": pair.link,
             "shared": {item.title: item.count for item in pair.shared}}
            for pair in plan.parks.pairs
        ],
        "community": {"verdict": plan.card.verdict.value, "items": [
            {"number": item.number, "title": item.title, "verdict": item.verdict.value} for item in plan.card.items
        ]},
    }  # fmt: skip


def _repair(plan: UnitPlan) -> dict[str, Any] | None:
    if plan.repair is None:
        return None
    return {
        "steps": [
            {"project": step.project, "name": step.project_name, "title": step.title, "unit": step.unit,
             "before": step.before, "after": step.after, "reason": step.reason}
            for step in plan.repair.steps
        ],
        "keep": [{"building": name, "floor_area": round(area, 3)} for name, area in plan.repair.keep],
    }  # fmt: skip


def _facility(row: FacilityRow) -> dict[str, Any]:
    demand = None if row.demand is None else {
        "facilities": row.demand.facilities, "floor_area": row.demand.floor_area, "land_area": row.demand.land_area,
        "mark": row.demand.mark,
    }  # fmt: skip
    proposal = None if row.proposal is None else {
        "sites": [{"site": name, "x": round(x, 2), "y": round(y, 2)} for name, x, y in row.proposal.sites],
        "served": round(row.proposal.served, 3), "status": row.proposal.status, "gap": round(row.proposal.gap, 6),
    }  # fmt: skip
    return {
        "id": row.id, "title": row.title, "walk": row.walk, "walk_from": row.walk_from,
        "count_now": value_dict(row.count_now), "count_planned": value_dict(row.count_planned),
        "residents": value_dict(row.residents), "beyond_now": value_dict(row.beyond_now),
        "beyond_planned": value_dict(row.beyond_planned), "demand": demand, "proposal": proposal,
        "projects": list(row.projects),
        "note": row.note,
    }  # fmt: skip


def write_unit_plan(plan: UnitPlan, document: dict[str, Any], folder: Path) -> None:
    """Write `unit_plan.json`, `facilities.csv`, `land.csv`, `conflicts.csv` and `unit_plan.gpkg` into a folder."""
    write_json(folder / "unit_plan.json", document)
    write_table(
        folder / "land.csv", ("用地", "现状（平方米）", "规划（平方米）"),
        [(row.title, row.now.amount, row.planned.amount) for row in plan.land.rows],
    )  # fmt: skip
    write_table(
        folder / "facilities.csv",
        ("设施", "步行距离（米）", "现状处数", "规划处数", "居民", "现状超出步行距离", "规划后超出步行距离", "说明"),
        [
            (row.title, row.walk, row.count_now.amount, row.count_planned.amount, row.residents.amount,
             row.beyond_now.amount, row.beyond_planned.amount, row.note)
            for row in plan.facilities
        ],
    )  # fmt: skip
    write_table(
        folder / "conflicts.csv", ("规划", "方面", "地块", "本规划", "上位规划", "面积（平方米）", "在容差内", "结论"),
        [
            (item.plan.title, one.aspect, one.parcel, one.planned, one.allowed, one.area,
             "是" if one.within_tolerance else "否", item.verdict.label)
            for item in plan.agreements
            for one in item.differences
        ],
    )  # fmt: skip
    _layers(plan, folder / "unit_plan.gpkg")


def _layers(plan: UnitPlan, path: Path) -> None:
    crs = plan.unit.crs
    layers: list[tuple[str, gpd.GeoDataFrame]] = [("unit", plan.unit.assign(area=plan.ground.area))]
    if plan.parcels is not None:
        layers.append(("parcels", plan.parcels))
    sites = [
        (row.title, name, shapely.Point(x, y)) for row in plan.facilities if row.proposal
        for name, x, y in row.proposal.sites
    ]  # fmt: skip
    if sites:
        columns = {"type": [one for one, _, _ in sites], "site": [one for _, one, _ in sites]}
        layers.append(("proposed_sites", gpd.GeoDataFrame(columns, geometry=[one for _, _, one in sites], crs=crs)))
    placed = [item for item in plan.form.facilities if item.longitude is not None]
    if placed:
        points = gpd.points_from_xy([i.longitude for i in placed], [i.latitude for i in placed], crs="EPSG:4490")
        columns = {"type": [item.type for item in placed], "name": [item.name for item in placed]}
        layers.append(("planned_facilities", gpd.GeoDataFrame(columns, geometry=points).to_crs(crs)))
    for name, frame in layers:
        pyogrio.write_dataframe(frame, path, layer=name, driver="GPKG", append=path.exists())
