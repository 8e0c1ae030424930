"""The plans of 示例市: a register, a special plan that was approved with its units, one that is being written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import shapely
from django.utils import timezone

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Division
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.domain.standing import standing_of
from huancheng.platform.casework.models import Case
from huancheng.platform.checkups.models import CheckupRunRecord
from huancheng.platform.common import clock
from huancheng.platform.demo.domain.cast import Cast
from huancheng.platform.demo.domain.unit_plans import tell_unit_plans
from huancheng.platform.demo.domain.walking import Walker
from huancheng.platform.planning.domain.adopting import adopt_alternative
from huancheng.platform.planning.domain.alternatives import take_alternative
from huancheng.platform.planning.domain.coverage import ReadGround, ground_of
from huancheng.platform.planning.domain.drawing import snapshot_of
from huancheng.platform.planning.domain.goals import Goal, goals_of
from huancheng.platform.planning.domain.opinions import OpinionData, record_opinion
from huancheng.platform.planning.domain.plan_cases import follow_case, open_plan_case
from huancheng.platform.planning.domain.register import PlanData, add_record
from huancheng.platform.planning.domain.special_plans import (
    begin_plan,
    carry_findings,
    change_texts,
    keep_area,
    set_basis,
    write_goals,
)
from huancheng.platform.planning.models import KeyArea, PlanRecord, SpecialPlan
from huancheng.platform.planning.queries.places import PlanPlace, plan_places
from huancheng.platform.planning.queries.plan_page import findings_for

BUREAU, OFFICE = "planning_bureau", "task_force_office"
LONG_AGO = timedelta(days=240)
YEAR = timedelta(days=365)
GOALS = 4
"""Findings that each plan sets a goal against."""

ROUNDS, SECONDS = 20, 900
"""Rounds of the search for the units: few, as somebody waits for the demonstration; and its safety stop in seconds."""

AREAS = (
    ("老城片区", "以补齐公共服务和停车短板为主，保护街巷格局，小规模、渐进式更新。"),
    ("沿河老工业片区", "腾退低效工业用地，导入公共活动和新业态，贯通滨水步道。"),
    ("火车站片区", "整理边角地，改善接驳和集散，完善养老、托育设施。"),
)
DIRECTION = "以城市体检发现的问题为导向，先补短板、再提品质，坚持留改拆并举、以保留提升为主。"
STRATEGY = (
    "分片区、分时序推进，近期先实施群众反映集中的老旧小区和管网改造。\n"
    "以更新单元统筹设施补缺、项目组合和资金平衡。\n"
    "公益项目优先安排，市场项目公开选定实施主体。"
)


def tell_plans(cast: Cast, say: Callable[[str], None]) -> None:
    """Make the register, the central city's plan up to its approval, and a county's draft.

    Parameters
    ----------
    cast
        Who acts.
    say
        Is told how far it is.
    """
    book = cast.book
    bureau = cast.named(book.bodies[BUREAU].title, "compiler")
    officer = cast.named(book.bodies[OFFICE].title, "officer")
    central, *counties = plan_places()
    then = timezone.localtime(clock.now()) - LONG_AGO
    with clock.at(then):
        upper = _register(bureau, officer, [central, *counties[:3]])
        plan = _write(central, bureau)
    run = CheckupRunRecord.objects.order_by("-as_of", "id").first()
    if run is None:
        say("plans: without a check-up nothing but the register")
        return
    with clock.at(then):
        _found(plan, bureau, run, upper[central.id])
        _units(plan, bureau, say)
        case = open_plan_case(plan.pk, bureau).case.pk
    walker = Walker(cast, then)
    walker.prepare(case)
    walker.to_the_end(case)
    follow_case(case)
    say(f"plans: {SpecialPlan.objects.get(pk=plan.pk).get_state_display()} {standing_of(_case(case)).case.number}")
    tell_unit_plans(cast, officer, say)
    with clock.at(timezone.localtime(clock.now()) - timedelta(days=9)):
        county = _write(counties[0], officer)
        _found(county, officer, run, upper[counties[0].id])
        master = upper[counties[0].id][0]
        record_opinion(
            "special_plan", county.pk,
            OpinionData("conditional", "示自然资函〔2026〕31号", clock.today(), "沿河片区须避让城市蓝线。", master),
            officer,
        )  # fmt: skip


def _case(number: int) -> Case:
    return Case.objects.select_related("subject", "opened_by").get(pk=number)


def _register(bureau: Acting, officer: Acting, places: list[PlanPlace]) -> dict[str, list[PlanRecord]]:
    """Enter the city's master plan and the detailed plan of each place; one of them should have been evaluated."""
    today = clock.today()
    approved: dict[str, Any] = {"state": PlanRecord.State.APPROVED, "approved_on": today - 2 * YEAR}
    master = add_record(
        PlanData(
            "master", "示例市国土空间总体规划（2021—2035年）", number="示政复〔2024〕2号",
            valid_until=date(2035, 12, 31),
            evaluated_on=today - YEAR, evaluate_by=today + timedelta(days=200),
            trigger="上级国土空间规划调整，或重大战略、重大项目需要", **approved,
        ),
        bureau, _ground([member for place in places for member in place.members]),
    )  # fmt: skip
    found: dict[str, list[PlanRecord]] = {}
    for number, place in enumerate(places):
        due = today + timedelta(days=60 if number else -30) + LONG_AGO * bool(number)
        data = PlanData(
            "regulatory", f"{place.title}控制性详细规划", place.id, number=f"示政复〔2024〕{number + 11}号",
            evaluate_by=due, trigger="单元规划提出调整，或公共设施标准修订", **approved,
        )  # fmt: skip
        found[place.id] = [master, add_record(data, officer, _ground(place.members))]
    add_record(PlanData("special", "示例市排水防涝综合规划", trigger="设计暴雨修订"), officer)
    return found


def _ground(members: Any) -> ReadGround | None:
    """Return the ground of some jurisdictions as the coverage of a plan; None where no outline is known."""
    rows = Division.objects.filter(jurisdiction__in=members, geometry__isnull=False)
    shapes = [shapely.from_wkb(bytes(row.geometry or b"")) for row in rows]
    return ground_of(shapely.union_all(shapes), "规划范围.gpkg") if shapes else None


def _write(place: PlanPlace, writer: Acting) -> SpecialPlan:
    plan = begin_plan(place, writer)
    change_texts(plan.pk, writer, title=plan.title, direction=DIRECTION, strategy=STRATEGY, expected=0)
    for number, (name, direction) in enumerate(AREAS):
        area = KeyArea(name=name, direction=direction)
        _lay(area, place, number)
        keep_area(plan.pk, writer, area, expected=number + 1)
    return SpecialPlan.objects.get(pk=plan.pk)


def _lay(area: KeyArea, place: PlanPlace, number: int) -> None:
    """Lay a key area into the middle of its place; without an outline it has none."""
    outline = _ground(place.members)
    if outline is None:
        return
    shape = shapely.from_wkb(outline.geometry)
    middle, (west, south, east, north) = shape.representative_point(), outline.bounds
    wide, high = (east - west) / 16, (north - south) / 16
    x, y = middle.x + (number - 1) * 2.4 * wide, middle.y + (number % 2) * 1.5 * high
    ground_of(shapely.intersection(shape, shapely.box(x - wide, y - high, x + wide, y + high)), "").lay_on(area)


def _found(plan: SpecialPlan, writer: Acting, run: CheckupRunRecord, upper: list[PlanRecord]) -> None:
    """Cite the basis, and carry the first findings into goals."""
    seen = SpecialPlan.objects.get(pk=plan.pk).edition
    plan = set_basis(plan.pk, writer, checkup=run, upper=upper, expected=seen)
    keys = list(findings_for(plan).values_list("key", flat=True)[:GOALS])
    plan = carry_findings(plan.pk, writer, keys, expected=plan.edition)
    by = clock.today().year + 4
    goals = [Goal(**{**goal.as_row(), "by": by}) for goal in goals_of(plan.goals)]
    write_goals(plan.pk, writer, goals, expected=plan.edition)


def _units(plan: SpecialPlan, writer: Acting, say: Callable[[str], None]) -> None:
    """Draw the units by the first rule profile of the pack and adopt them; where none can be drawn there are none."""
    from huancheng.units.certificate import write_units
    from huancheng.units.drawing import DrawOptions, draw_units
    from huancheng.units.solver import Work

    book = current_book()
    options = DrawOptions(next(iter(book.unit_rules)).id, work=Work(limit=ROUNDS, time_limit=SECONDS))
    try:
        city = snapshot_of(SpecialPlan.objects.select_related("checkup").get(pk=plan.pk))
        drawing = draw_units(city, book, options, say=lambda words: say(f"plans: {words}"))
        made = take_alternative(plan.pk, writer, "方案一：计算划定", lambda folder: write_units(drawing, folder))
        adopt_alternative(made.pk, writer, expected=made.edition)
    except InputFault as fault:
        say(f"plans: no units were drawn: {fault.message}")
