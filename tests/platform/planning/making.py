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
from huancheng.platform.planning.models import Alternative, PlanRecord, RenewalUnit, SpecialPlan
from huancheng.platform.planning.queries.places import place_of

OFFICE = "市专班办公室"
BUREAU = "市自然资源和规划局"
COUNTY_BUREAU = "临河县自然资源和规划局"
COUNTY_OFFICE = "临河县城市更新工作专班"


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
