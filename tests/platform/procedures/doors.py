"""Pages inside steps: consultation, experts, meetings, notices; and the public pages of notices."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from huancheng.platform.audit.acting import PROGRAM
from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain.moving import apply, lock
from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.casework.models import Subject
from huancheng.platform.casework.procedures.consultation.domain.asking import ask
from huancheng.platform.casework.procedures.experts.domain.drawing import draw
from huancheng.platform.casework.procedures.experts.domain.pool import keep_expert
from huancheng.platform.casework.procedures.experts.models import Panel
from huancheng.platform.casework.procedures.meetings.domain.convening import convene, put_on_agenda
from huancheng.platform.casework.procedures.notices.domain.publishing import publish
from huancheng.platform.casework.procedures.notices.models import Notice
from huancheng.platform.common import clock
from huancheng.policy.routes.events import Event, EventKind
from tests.platform.doors import EVERYONE, Door, World

COUNTY = frozenset({"county approver", "county clerk"})
OFFICE = frozenset({"officer", "office clerk", "auditor"})
SEES_EXCEPTION = COUNTY | OFFICE | {"administrator", "elevated administrator"}
"""The office opened the case with the panel, so that all its people see it, experts only if drawn."""
EVERYBODY = frozenset({*EVERYONE})

DOORS = [
    Door("casework:consultation", SEES_EXCEPTION, ("asked_case", "asked_step")),
    Door("casework:consultation-xlsx", SEES_EXCEPTION, ("asked_case", "asked_step")),
    Door("casework:conclude", SEES_EXCEPTION, ("asked_case", "asked_step")),
    Door("casework:answer", SEES_EXCEPTION, ("asked_case",)),
    Door("casework:opinion-requests", EVERYBODY),
    Door("casework:answer-opinion", frozenset({"office clerk"}), ("request",)),
    Door("casework:finding", SEES_EXCEPTION, ("found_case", "found_step")),
    Door("casework:panel", SEES_EXCEPTION | {"expert"}, ("drawn_case", "panel_step")),
    Door("casework:panel-docx", SEES_EXCEPTION, ("drawn_case", "panel_step")),
    Door("casework:give-opinion", SEES_EXCEPTION | {"expert"}, ("drawn_case",)),
    Door("casework:experts", frozenset({"officer"})),
    Door("casework:expert", frozenset({"officer"}), ("expert",)),
    Door("casework:my-reviews", EVERYBODY),
    Door("casework:panel-place", frozenset({"officer", "office clerk", "county clerk", "expert"}), ("place",)),
    Door("casework:case-meeting", SEES_EXCEPTION, ("met_case", "met_step")),
    Door("casework:meetings", EVERYBODY),
    Door("casework:convene", frozenset({"officer", "office clerk", "county clerk"})),
    Door("casework:meeting", OFFICE | {"administrator", "elevated administrator"}, ("meeting",)),
    Door("casework:minutes-docx", OFFICE | {"administrator", "elevated administrator"}, ("meeting",)),
    Door("casework:agenda-item", OFFICE | {"administrator", "elevated administrator"}, ("item",)),
    Door("casework:notice", SEES_EXCEPTION, ("hung_case", "hung_step")),
    Door("casework:objections-xlsx", SEES_EXCEPTION, ("noticed_case", "hung_step")),
    Door("casework:public-notices", EVERYBODY, visitors="open"),
    Door("casework:public-notice", EVERYBODY, ("notice",), visitors="open"),
    Door("casework:objection-received", EVERYBODY, ("notice",), visitors="open"),
    Door("casework:follow-objection", EVERYBODY, visitors="open"),
]


def furnish(world: World, acting: Any) -> None:
    """Say how each procedure's case is opened and begun, for the door that asks for it."""
    things = world.things
    for key, instrument, step in (
        ("asked", "recognition", "consult"),
        ("found", "special_plan", "legality"),
        ("panel", "red_line_exception", "experts"),
        ("hung", "special_plan", "notice"),
        ("met", "red_line_exception", "approve"),
    ):
        things[f"{key}_case"] = partial_case(instrument, step, key, acting)
        things[f"{key}_step"] = step
    things["request"] = lambda: _asked(world, acting)
    things["notice"] = lambda: _hung(world, acting)
    things["noticed_case"] = lambda: Notice.objects.get(pk=world["notice"]).case
    things["panel"] = lambda: _panel(world, acting)
    things["drawn_case"] = lambda: Panel.objects.get(pk=world["panel"]).case
    things["place"] = lambda: Panel.objects.get(pk=world["panel"]).places.get(expert=world["expert"])
    things["expert"] = lambda: _experts(acting)[0]
    things["meeting"] = lambda: _meeting(acting)
    things["item"] = lambda: _item(world, acting)


def partial_case(instrument: str, step: str, key: str, acting: Any) -> Any:
    """Return a function that opens a case and brings it to a step."""
    return lambda: _case_in(instrument, step, key, acting("市专班办公室", "officer"))


def _asked(world: World, acting: Any) -> Any:
    tax = Body.objects.get(name="税务机关")
    return ask(world["asked_case"], "consult", acting("市专班办公室", "clerk"), [tax.pk])[0]


def _hung(world: World, acting: Any) -> Any:
    county = acting("临河县城市更新工作专班", "clerk")
    return publish(world["hung_case"], "notice", county, title="草案公示", text="现予公示。")


def _experts(acting: Any) -> list[Any]:
    """Three experts; the first is the one of the postures."""
    office, committee = acting("市专班办公室", "officer"), "市城市更新专家委员会"
    people = [acting(committee, "expert", number).person for number in (1, 2, 3)]
    return [keep_expert(person, office, fields=["规划"], employer=None) for person in people]


def _panel(world: World, acting: Any) -> Any:
    world["expert"]
    return draw(world["panel_case"], "experts", acting("市专班办公室", "officer"), seats=3)


def _meeting(acting: Any) -> Any:
    task_force = Body.objects.get(name="市城市更新工作专班")
    return convene(task_force, acting("市专班办公室", "clerk"), title="专班会议", held_on=clock.today())


def _item(world: World, acting: Any) -> Any:
    return put_on_agenda(world["meeting"], world["met_case"], "approve", acting("市专班办公室", "clerk"))


def _case_in(instrument: str, step: str, key: str, office: Any) -> Any:
    subject = Subject.objects.create(kind="unit", key=f"door-{key}", title=f"{key}对象", jurisdiction="linhe")
    case = open_case(instrument, subject, office).case
    with transaction.atomic():
        standing = lock(case.pk)
        today: date = clock.today()
        for item in standing.plan.preconditions:
            event = Event(EventKind.PRECONDITION_MET, today, to=item.id, paper="示政字〔2026〕1号")
            standing = apply(standing, "meet_precondition", PROGRAM, event)
        for planned in standing.plan.steps:
            if planned.step.id == step:
                break
            passed = True if planned.step.kind.judges else None
            event = Event(
                EventKind.BACK_ENTERED, today, step=planned.step.id, passed=passed, paper="示政字〔2025〕9号",
                entered_on=today,
            )  # fmt: skip
            standing = apply(standing, "back_enter", PROGRAM, event)
    return case
