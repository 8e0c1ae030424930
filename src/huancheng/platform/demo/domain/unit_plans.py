"""The unit plans of 示例市: one that was approved and filed, one that is being written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import shapely
from django.utils import timezone

from huancheng.evidence import InputFault
from huancheng.planning.unit_form import MoneyLine, PlannedFacility, PlannedParcel, PlannedProject, UnitForm
from huancheng.platform.audit.acting import Acting
from huancheng.platform.common import clock
from huancheng.platform.demo.domain.cast import Cast
from huancheng.platform.demo.domain.walking import Walker
from huancheng.platform.planning.domain.drawing import snapshot_of
from huancheng.platform.planning.domain.opinions import OpinionData, record_opinion
from huancheng.platform.planning.domain.register_files import GEOGRAPHIC
from huancheng.platform.planning.domain.unit_composing import compute
from huancheng.platform.planning.domain.unit_plan_cases import follow_unit_case, open_unit_plan_case
from huancheng.platform.planning.domain.unit_plans import begin_unit_plan, fill_in
from huancheng.platform.planning.models import PlanRecord, RenewalUnit, SpecialPlan, UnitPlan

MONTHS_AGO, DAYS_AGO = timedelta(days=120), timedelta(days=6)
WEST = 0.6
"""Share of a unit's width that is the western parcel."""

BEHIND_THE_STREET = 0.1
"""How far into the unit its kindergarten stands, as a share of the way from the street to the middle."""

SOUND, TOO_MUCH = 0.08, 0.45
"""Share of its floor area that a project demolishes: within the red line, and beyond it."""

ABOUT = {
    "positioning": "以居住为主、设施完整、街巷有活力的完整社区",
    "functions": "居住、社区服务、便民商业",
    "period": "2026—2030年",
    "townscape": "南北街巷、沿街连续骑楼、院落与坡屋顶",
    "green_reason": "零散绿地并入规划地块的附属绿地，绿地率不低于35%",
}


def tell_unit_plans(cast: Cast, officer: Acting, say: Callable[[str], None]) -> None:
    """Plan two units of the special plan in force: the first to its filing, the second filled in and no further.

    Parameters
    ----------
    cast
        Who acts.
    officer
        Of the office; writes them.
    say
        Is told how far it is.
    """
    units = RenewalUnit.objects.filter(plan__state=SpecialPlan.State.ADOPTED).select_related("plan__checkup", "plan")
    planned = sorted(units, key=lambda unit: -(unit.figures.get("floor_area") or 0.0))[:2]
    if not planned:
        say("unit plans: no units are in force")
        return
    try:
        _filed(cast, planned[0], officer, say)
        for unit in planned[1:]:
            with clock.at(timezone.localtime(clock.now()) - DAYS_AGO):
                plan = _written(unit, officer, TOO_MUCH)
                compute(plan.pk, officer, lambda words: say(f"unit plans: {words}"))
    except InputFault as fault:
        say(f"unit plans: {fault.message}")


def _filed(cast: Cast, unit: RenewalUnit, officer: Acting, say: Callable[[str], None]) -> None:
    then = timezone.localtime(clock.now()) - MONTHS_AGO
    with clock.at(then):
        plan = _written(unit, officer, SOUND)
        for record in unit.plan.upper_plans.filter(kind=PlanRecord.Kind.REGULATORY):
            said = OpinionData("conforms", f"示自然资函〔{then.year}〕18号", clock.today(), "与控规一致。", record)
            record_opinion("unit_plan", plan.pk, said, officer)
        compute(plan.pk, officer, lambda words: say(f"unit plans: {words}"))
        case = open_unit_plan_case(plan.pk, officer).case.pk
    walker = Walker(cast, then)
    walker.prepare(case)
    walker.to_the_end(case)
    follow_unit_case(case)
    say(f"unit plans: {UnitPlan.objects.get(pk=plan.pk).get_state_display()} {unit.name}")


def _written(unit: RenewalUnit, officer: Acting, demolished: float) -> UnitPlan:
    """Begin the plan of a unit and fill it in, its ground in two parcels."""
    plan = begin_unit_plan(unit.pk, officer)
    parcels, areas = _parcels(unit)
    return fill_in(
        plan.pk, officer, form=_form(unit, areas, demolished), parcels=parcels, expected=plan.edition
    )  # fmt: skip


def _parcels(unit: RenewalUnit) -> tuple[dict[str, Any], list[float]]:
    """Divide a unit's ground into a western and an eastern parcel; returns their shapes and square metres."""
    import geopandas as gpd

    whole = shapely.from_wkb(bytes(unit.geometry or b""))
    west, south, east, north = whole.bounds
    middle = west + (east - west) * WEST
    halves = [shapely.box(west, south, middle, north), shapely.box(middle, south, east, north)]
    shapes = [shapely.intersection(whole, half) for half in halves]
    frame = gpd.GeoDataFrame({"id": ["P-1", "P-2"]}, geometry=shapes, crs=GEOGRAPHIC)
    areas = frame.to_crs(snapshot_of(unit.plan).crs).area.tolist()
    features = [
        {"type": "Feature", "properties": {"id": name}, "geometry": shapely.geometry.mapping(shape)}
        for name, shape in zip(frame["id"], shapes, strict=True)
    ]
    return {"file": "规划地块.gpkg", "sha256": "", "features": features}, areas


def _form(unit: RenewalUnit, areas: list[float], demolished: float) -> UnitForm:
    year = clock.today().year
    floor = round((unit.figures.get("floor_area") or 10_000.0) / 4)
    gone = round(floor * demolished)
    ground = shapely.from_wkb(bytes(unit.geometry or b""))
    middle, street = ground.representative_point(), ground.boundary.representative_point()
    gate = shapely.line_interpolate_point(shapely.LineString([street, middle]), BEHIND_THE_STREET, normalized=True)
    far = round(4 * floor / sum(areas) + 0.1, 2)
    residents = str(round(unit.figures.get("population") or 0.0))
    return UnitForm(
        {**ABOUT, "residents": residents, "unit": unit.number, "name": unit.name, "special_plan": unit.plan.title},
        (
            PlannedParcel("P-1", "residential", round(areas[0], 1), far, 0.25, 54.0, 0.35, "甲"),
            PlannedParcel("P-2", "public_service", round(areas[1], 1), far, 0.3, 36.0, 0.35, "乙"),
        ),
        (
            PlannedProject("甲", "老旧小区综合改造", "改", floor, gone, 0.0, 0.0, gone, 0.0, 12, 9, year, 2, (),
                           ("危险房屋", "积涝点"), "社区商业", "保留院落与坡顶，外墙按原材料修缮"),
            PlannedProject("乙", "社区中心与便民商业", "混合", floor, gone, 0.0, 0.0, gone, gone, 0, 0, year + 2, 2,
                           ("甲",), (), "社区服务、文化创意", "沿街骑楼连续，檐口不高于邻屋"),
        ),
        (
            PlannedFacility("幼儿园", "社区幼儿园", 3200.0, 5300.0, round(gate.x, 6), round(gate.y, 6), "乙"),
            PlannedFacility(
                "雨污水管网", "雨污分流改造", project="甲", shared_with="相邻单元", smart="智能化市政基础设施",
                agreement="共建协议〔2026〕3号",
            ),
        ),
        (
            MoneyLine("支出", "改造与建设", 8600.0, "匡算", "单位造价法", "甲"),
            MoneyLine("支出", "社区中心", 3400.0, "匡算", "单位造价法", "乙"),
            MoneyLine("收入", "经营性用房出租", 2100.0, "匡算"),
            MoneyLine("资金来源", "中央补助与地方财政", 6800.0, "已承诺"),
            MoneyLine("资金来源", "居民出资", 900.0, "匡算"),
        ),
        "单元规划表.xlsx",
    )  # fmt: skip
