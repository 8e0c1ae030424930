"""Control indicators of a unit, as it is and as planned (规划控制指标)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from huancheng.city.snapshot import Snapshot
from huancheng.evidence import Provenance, Value
from huancheng.planning.knowing import Known
from huancheng.planning.unit_form import PlannedParcel, PlannedProject, UnitForm
from huancheng.planning.unit_plan.ground import UnitGround

PERCENT = 100
MOST_PARCEL_DIFFERENCE = 0.02
"""Share by which parcels may fall short of the unit's area before shares over parcels say nothing of the unit."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One control indicator."""

    id: str
    title: str
    now: Value
    planned: Value


def declared(amount: float | None, unit: str, form: UnitForm, what: str) -> Value:
    """Return a figure of the form, or a missing value that names the empty cell."""
    if amount is None:
        return Value.missing(unit, f"表中未填：{what}")
    return Value(amount, unit, source=form.file or "单元规划表", provenance=Provenance.DECLARED)


def control_indicators(snapshot: Snapshot, ground: UnitGround, form: UnitForm) -> tuple[Indicator, ...]:
    """Return the indicators in the order an officer expects."""
    known = Known(snapshot, ("buildings", "floor_area"), ("buildings", "footprint_area"))
    existing = ground.total("floor_area")
    planned = planned_floor_area(existing, form.projects)
    return (
        Indicator(
            "floor_area", "总建筑面积", _now(known, existing, "平方米", ground, "floor_area"),
            _derived(planned, "平方米", "现状、拆除、新增建筑面积"),
        ),
        Indicator(
            "far", "容积率",
            _now(known, None if existing is None else existing / ground.area, "", ground, "floor_area"),
            _derived(None if planned is None else planned / ground.area, "", "现状、拆除、新增建筑面积"),
        ),
        Indicator(
            "coverage", "建筑密度", known.value(_covered(ground) / ground.area * PERCENT, "%"),
            _over_parcels(form, ground, "coverage", "规划地块的建筑密度"),
        ),
        Indicator("height", "最大建筑高度", _height(snapshot, ground), _tallest(form)),
        Indicator(
            "green", "绿地率", _green(snapshot, ground), _over_parcels(form, ground, "green", "规划地块的绿地率")
        ),
        *_renewal(form, existing),
    )  # fmt: skip


def planned_floor_area(existing: float | None, projects: Sequence[PlannedProject]) -> float | None:
    """Return existing less demolished plus added floor area; None where any of them is unknown."""
    parts = [(project.demolished_area, project.added_area) for project in projects]
    if existing is None or any(one is None or other is None for one, other in parts):
        return None
    return existing - sum(gone or 0.0 for gone, _ in parts) + sum(added or 0.0 for _, added in parts)


def _renewal(form: UnitForm, existing: float | None) -> tuple[Indicator, ...]:
    gone = total_of(form.projects, "demolished_area")
    added = total_of(form.projects, "added_area")
    moved, near = total_of(form.projects, "relocated"), total_of(form.projects, "settled_nearby")
    nothing = Value.not_applicable("%", "更新前没有这一指标")
    share = None if gone is None or not existing else gone / existing * PERCENT
    rebuilt = None if gone is None or added is None else added / gone if gone else float("nan")
    return (
        Indicator("demolition_share", "拆除建筑面积占比", nothing, _derived(share, "%", "拆除建筑面积")),
        Indicator(
            "rebuild_ratio", "拆建比", nothing,
            Value.not_applicable("", "没有拆除") if gone == 0 else _derived(rebuilt, "", "拆除、新增建筑面积"),
        ),
        Indicator(
            "resettlement_share", "就地就近安置率", nothing,
            Value.not_applicable("%", "没有搬迁") if moved == 0 else _derived(
                None if moved is None or near is None else near / moved * PERCENT, "%", "搬迁与安置户数"
            ),
        ),
    )  # fmt: skip


def total_of(projects: Sequence[PlannedProject], name: str) -> float | None:
    """Return a sum over the projects; None where there are none or one says nothing."""
    amounts = [getattr(project, name) for project in projects]
    return None if not amounts or any(amount is None for amount in amounts) else float(sum(amounts))


def _now(known: Known, amount: float | None, unit: str, ground: UnitGround, column: str) -> Value:
    if amount is None:
        return Value.missing(unit, "单元内建筑没有这项数据")
    share = ground.known_share(column)
    return known.value(amount, unit, note=f"{1 - share:.0%} 的建筑没有这项数据，未计入" if share < 1 else "")


def _derived(amount: float | None, unit: str, what: str) -> Value:
    if amount is None:
        return Value.missing(unit, f"表中未填全：{what}")
    return Value(float(amount), unit, source="单元规划表", provenance=Provenance.DERIVED)


def _covered(ground: UnitGround) -> float:
    return float(ground.buildings["ground"].sum())


def _height(snapshot: Snapshot, ground: UnitGround) -> Value:
    heights = pd.to_numeric(ground.buildings["height"]).dropna()
    if not len(heights):
        return Value.missing("米", "单元内建筑没有高度数据")
    return Known(snapshot, ("buildings", "height")).value(float(heights.max()), "米")


def _green(snapshot: Snapshot, ground: UnitGround) -> Value:
    if not snapshot.has("green_space"):
        return Value.missing("%", "快照没有绿地图层")
    known = Known(snapshot, ("green_space", "kind"))
    return known.value(ground.green / ground.area * PERCENT, "%", note="按绿地图层量算，未含附属绿地的部分偏低")


def _over_parcels(form: UnitForm, ground: UnitGround, name: str, what: str) -> Value:
    """Return the mean of a share over the parcels by area, where they make up the unit."""
    shares = [(getattr(parcel, name), parcel.area) for parcel in form.parcels]
    total = sum(area for _, area in shares)
    if not shares or any(share is None for share, _ in shares):
        return Value.missing("%", f"表中未填全：{what}")
    if abs(total - ground.area) > MOST_PARCEL_DIFFERENCE * ground.area:
        return Value.missing("%", "规划地块面积之和与单元面积不符，不能折算到单元")
    return _derived(sum(share * area for share, area in shares) / total * PERCENT, "%", what)


def _tallest(form: UnitForm) -> Value:
    heights = [parcel.height for parcel in form.parcels]
    if not heights or any(height is None for height in heights):
        return Value.missing("米", "表中未填全：规划地块的建筑高度")
    return declared(max(height for height in heights if height is not None), "米", form, "建筑高度")


def control_table(parcels: Sequence[PlannedParcel]) -> list[tuple[str, str, float, float | None, float | None]]:
    """Return the regulatory figures of each parcel: id, use, area, FAR, height."""
    return [(parcel.id, parcel.use, parcel.area, parcel.far, parcel.height) for parcel in parcels]
