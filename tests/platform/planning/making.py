"""Plans, units and register entries for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

import shapely

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.models import Subject
from huancheng.platform.checkups.models import CheckupRunRecord, ProblemRecord, ScopeKind
from huancheng.platform.common import clock
from huancheng.platform.planning.domain.special_plans import begin_plan, set_basis
from huancheng.platform.planning.models import Alternative, PlanRecord, RenewalUnit, SpecialPlan, UnitPlan
from huancheng.platform.planning.queries.places import place_of

OFFICE = "市专班办公室"
BUREAU = "市自然资源和规划局"
COUNTY_BUREAU = "临河县自然资源和规划局"
COUNTY_OFFICE = "临河县城市更新工作专班"


KNOWN = {"amount": 12.5, "unit": "%", "provenance": "synthetic", "as_of": "2025-12-31", "source": "buildings"}
MISSING = {"amount": None, "unit": "%", "state": "missing", "note": "表中未填全：规划地块的绿地率"}
NOT_APPLICABLE = {"amount": None, "unit": "%", "state": "not_applicable", "note": "更新前没有这一指标"}
LINE = {
    "level": "unit", "name": "单元", "row": "D1", "fact": "demolition_ratio", "title": "拆除面积占比", "figure": 0.25,
    "state": "breach", "limit": 0.2, "missing": [], "text": "拆除面积占比超过20%", "cites": [], "firm": True,
    "exception": "red_line_exception",
}  # fmt: skip
FILLED = {
    "about": {"unit": "LH-01", "positioning": "完整社区", "functions": "居住", "period": "2026—2030年"},
    "parcels": [{"id": "P-1", "use": "residential", "area": 90_000.0, "coverage": 0.25, "project": "甲"}],
    "projects": [{"id": "甲", "name": "老旧小区改造", "treatment": "改", "start": 2026, "years": 2, "after": []}],
    "facilities": [{"type": "幼儿园", "name": "西街幼儿园", "longitude": 116.5, "latitude": 36.3}],
    "money": [{"kind": "支出", "item": "建设", "amount": 5000.0}],
    "file": "单元规划表.xlsx",
}
COMPUTED: dict[str, Any] = {
    "parts": [
        {"title": title, "complete": True, "lacking": ""}
        for title in ("发展定位", "规划控制指标", "设施布局", "经济分析及资金来源安排", "实施时序")
    ],
    "about": FILLED["about"],
    "indicators": [
        {"id": "coverage", "title": "建筑密度", "now": KNOWN, "planned": KNOWN},
        {"id": "green", "title": "绿地率", "now": KNOWN, "planned": MISSING},
        {"id": "rebuild_ratio", "title": "拆建比", "now": NOT_APPLICABLE, "planned": KNOWN},
    ],
    "red_lines": [
        LINE,
        {**LINE, "level": "甲", "name": "老旧小区改造", "state": "needs_data", "figure": None, "exception": "",
         "missing": ["现状建筑面积"], "firm": False},
        {**LINE, "fact": "nearby_rate", "title": "就地就近安置率", "state": "held", "exception": ""},
    ],
    "repair": {
        "steps": [{"project": "甲", "name": "老旧小区改造", "title": "拆除建筑面积", "unit": "平方米", "before": 600.0,
                   "after": 480.0, "reason": "拆除面积占比不超过20%"}],
        "keep": [{"building": "B0001", "floor_area": 1000.0}],
    },
    "land_balance": {"area": 300_000.0, "rows": [
        {"use": "residential", "title": "居住", "now": {**KNOWN, "unit": "平方米"}, "planned": MISSING},
    ], "note": ""},
    "facilities": [
        {"id": "kindergarten", "title": "幼儿园", "walk": 300.0, "walk_from": "GB 50180-2018", "count_now": KNOWN,
         "count_planned": KNOWN, "residents": KNOWN, "beyond_now": KNOWN, "beyond_planned": MISSING,
         "demand": {"facilities": 1, "floor_area": [3200.0, 3800.0], "land_area": None, "mark": ""},
         "proposal": {"sites": [{"site": "S1", "x": 1.0, "y": 2.0}], "served": 210.0, "status": "optimal", "gap": 0.0},
         "projects": ["甲"], "note": ""},
    ],
    "municipal": [{"type": "雨污水管网", "name": "西街雨污分流", "project": "甲", "smart": ""}],
    "funding": {
        "lines": [{"kind": "支出", "item": "建设", "amount": {**KNOWN, "unit": "万元"}, "state": "匡算", "basis": "",
                   "project": ""}],
        "shortfall": {**KNOWN, "unit": "万元"}, "note": "匡算",
    },
    "sequence": [{"order": 1, "project": "甲", "name": "老旧小区改造", "start": 2026, "years": 2, "after": [],
                  "parcels": ["P-1"], "note": "启动年份早于前置项目"}],
    "consistency": [
        {"plan": "1", "title": "示例市总体规划", "kind": "master", "overlay": "conforms", "verdict": "conforms",
         "note": "", "opinion": None, "disagrees": False, "differences": []},
        {"plan": "2", "title": "临河县控制性详细规划", "kind": "regulatory", "overlay": "conforms",
         "verdict": "conflicts", "note": "", "opinion": "示自然资函1号", "disagrees": True,
         "differences": [{"aspect": "用地性质", "parcel": "P-1", "planned": "居住", "allowed": "工业", "area": 900.0,
                          "within_tolerance": False}]},
    ],
    "regulatory_change": {"needed": True, "reason": "规划内容与控制性详细规划不符"},
    "shared_facilities": [{"facility": "K1", "name": "西街幼儿园", "type": "kindergarten",
                           "beneficiaries": [{"area": "LH-02", "residents": 100.0, "share": 0.4}]}],
}  # fmt: skip
"""What a computed plan holds, as `huancheng.planning.unit_plan.folder` writes it."""


def a_plan(acting: Acting, jurisdiction: str = "linhe") -> SpecialPlan:
    """Begin the special plan of a place."""
    place = place_of(jurisdiction)
    assert place is not None
    return begin_plan(place, acting)


def a_record(kind: str = "master", jurisdiction: str = "", *, west: float | None = None, **said: Any) -> PlanRecord:
    """Make an approved plan of the register; with a coverage of one by one degree from a meridian eastwards."""
    given = {
        "title": f"{jurisdiction or '示例市'}{kind}规划", "state": "approved", "number": "示政复〔2024〕1号",
        "approved_on": date(2024, 5, 1), **said,
    }  # fmt: skip
    ground = {}
    if west is not None:
        box = shapely.box(west, 36, west + 1, 37)
        ground = dict(zip(("west", "south", "east", "north"), box.bounds, strict=True))
        ground |= {"geometry": shapely.to_wkb(box), "coverage": "范围.gpkg"}
    return PlanRecord.objects.create(kind=kind, jurisdiction=jurisdiction, **given, **ground)


def a_unit(
    plan: SpecialPlan, number: str = "LH-01", blocks: tuple[str, ...] = ("B1",), west: float = 116.5
) -> RenewalUnit:
    """Make a unit of a plan, as the adoption of an alternative does."""
    alternative, _ = Alternative.objects.get_or_create(
        plan=plan, adopted=True, defaults={"title": "方案一", "source": Alternative.Source.DRAWN}
    )
    subject, _ = Subject.objects.get_or_create(
        kind="unit", key=f"{plan.pk}-{number}", defaults={"title": f"{number} 单元", "jurisdiction": plan.jurisdiction}
    )
    box = shapely.box(west, 36.2, west + 1, 36.4)
    return RenewalUnit.objects.create(
        plan=plan, alternative=alternative, subject=subject, jurisdiction=plan.jurisdiction, number=number,
        name=f"{number} 单元", blocks=list(blocks), geometry=shapely.to_wkb(box),
        figures={"unit": number, "area": 365_000.0, "population": None, "problems:住房": 3, "beyond:幼儿园": 0.25},
    )  # fmt: skip


def a_computed_plan(unit: RenewalUnit, **changes: Any) -> UnitPlan:
    """Make the plan of a unit as it stands once it was filled in and computed, with something of everything."""
    plan = {"filled": FILLED, "computed": {**COMPUTED, **changes}, "computed_edition": 0, "computed_at": clock.now()}
    return UnitPlan.objects.create(unit=unit, **plan)


def a_checkup(*places: str, digest: str = "c" * 64) -> CheckupRunRecord:
    """Make a check-up with one finding for the city and one for each county named."""
    run = CheckupRunRecord.objects.create(
        digest=digest, title="示例市", system="national-2023", system_title="国家城市体检指标体系", as_of="2025-12-31",
        snapshot="s" * 64, scope_name="全市", pack="national 1", taken_at=clock.now(),
        details={"system": {"groups": []}, "counts": {}, "aspects": []},
    )  # fmt: skip
    for position, name in enumerate(("全市", *places)):
        kind = ScopeKind.COUNTY if position else ScopeKind.CITY
        ProblemRecord.objects.create(
            run=run, position=position, key=f"T-01/{kind.value}/{position}", indicator="T-01",
            indicator_name="存在安全隐患的住宅", group="住房", level="住房", scope_kind=kind, scope_name=name,
            problem="存在安全隐患的住宅", count=12, value_text="12 栋", reason="应为 0", action="三年内完成排查整治",
            geometry=shapely.to_wkb(shapely.Point(117, 36.4)), longitude=117, latitude=36.4,
        )  # fmt: skip
    return run


def on_a_basis(plan: SpecialPlan, acting: Acting) -> SpecialPlan:
    """Let a plan cite a check-up and the upper plans it must."""
    run = CheckupRunRecord.objects.first() or a_checkup("临河县", "平野县")
    upper = [a_record("master"), a_record("regulatory", plan.jurisdiction)]
    return set_basis(plan.pk, acting, checkup=run, upper=upper, expected=plan.edition)
