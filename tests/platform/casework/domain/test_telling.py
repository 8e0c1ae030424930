"""The interpreter's refusals are said in Chinese; its own words stay for machines."""

from __future__ import annotations

import ast
from datetime import timedelta
from pathlib import Path

import pytest

from huancheng.platform.casework.domain.faults import NotAllowedByRoute
from huancheng.platform.casework.domain.stepping import complete, decide, lapse
from huancheng.platform.casework.domain.telling import CASE_STATUS, MESSAGES, STEP_STATUS, tell
from huancheng.platform.common import clock
from huancheng.policy.routes import interpret
from huancheng.policy.routes.events import Event, EventKind
from huancheng.policy.routes.interpret import RouteFault
from huancheng.policy.routes.state import CaseStatus, StepStatus
from tests.platform.casework.walking import Walk, day


def situations() -> set[str]:
    """Return every situation the interpreter names."""
    tree = ast.parse(Path(interpret.__file__).read_text("utf-8"))
    raised = [
        node.exc for node in ast.walk(tree)
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.func.id == "RouteFault"
    ]  # fmt: skip
    named = [word.value.value for call in raised for word in call.keywords if word.arg == "situation"]
    assert len(named) == len(raised), "a RouteFault has no situation"
    return set(named)


def test_every_situation_has_its_words_and_no_words_are_left_over():
    assert situations() == set(MESSAGES)


def test_every_status_has_its_word():
    assert set(STEP_STATUS) == set(StepStatus)
    assert set(CASE_STATUS) == set(CaseStatus)


@pytest.mark.django_db
@pytest.mark.parametrize("situation", sorted(MESSAGES))
def test_every_message_can_be_filled_in(plan, situation):
    told = tell(
        RouteFault("said", situation=situation), plan.standing, Event(EventKind.COMPLETED, clock.today(), "review")
    )
    assert "%(" not in told.message
    assert told.as_dict()["machine"] == "said"
    assert told.as_dict()["situation"] == situation


@pytest.mark.django_db
def test_a_step_the_route_does_not_have_is_told_too(plan):
    told = tell(
        RouteFault("said", situation="step_over"), plan.standing, Event(EventKind.COMPLETED, clock.today(), "moon")
    )
    assert told.message == "“moon”已经结束"


@pytest.mark.django_db
def test_what_waits_for_a_precondition_says_which(acting, unit):
    from huancheng.platform.casework.domain.opening import open_case

    with day(0):
        walk = Walk(open_case("unit_plan", unit(), acting("市专班办公室", "officer")).case.pk, acting)
        told = tell(
            RouteFault("x", situation="step_elsewhere"),
            walk.standing,
            Event(EventKind.COMPLETED, clock.today(), "designate"),
        )
    assert told.message == "“指定（临河县人民政府）”未开始，现在不能这样办理；前置条件未满足：专项规划已批准"


@pytest.mark.django_db
def test_people_read_chinese(plan):
    with day(3):
        plan.until("review")
        with pytest.raises(
            NotAllowedByRoute, match="早于“审核（临河县自然资源和规划局）”开始之日 2026-03-05"
        ) as caught:
            decide(
                plan.pk, "review", plan.officer_of("review"), passed=True, opinion="同意",
                day=clock.today() - timedelta(days=1),
            )  # fmt: skip
    assert "lies before" in caught.value.machine


@pytest.mark.django_db
def test_a_notice_hangs_its_time_and_silence_counts_only_after_it(acting, unit, plan):
    with day(0):
        walk = Walk.begin(acting, "special_plan", unit(kind="jurisdiction", key="linhe"))
        walk.carry_out("compile")
        with pytest.raises(NotAllowedByRoute, match="公示须满 2026-04-01"):
            complete(walk.pk, "notice", walk.officer_of("notice"))
        for step in ("designate", "compile"):
            plan.carry_out(step)
        with pytest.raises(NotAllowedByRoute, match="还没有到"):
            lapse(plan.pk, "consult", plan.acting("临河县指定的编制部门", "clerk"))
    with day(40):
        lapse(plan.pk, "consult", plan.acting("临河县指定的编制部门", "clerk"))
    assert plan.standing.step("consult").status is StepStatus.LAPSED
