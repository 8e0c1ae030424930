"""The city did not start today: a case may be entered as it already is, marked, with its papers."""

from __future__ import annotations

from datetime import date

import pytest

from huancheng.evidence import InputFault
from huancheng.platform.casework.domain.back_entry import PastStep, back_enter
from huancheng.platform.casework.domain.faults import NotAllowed, NotAllowedByRoute
from huancheng.platform.casework.domain.informing import meet_precondition
from huancheng.platform.casework.domain.opening import open_case
from huancheng.policy.routes.events import Vote
from huancheng.policy.routes.state import StepStatus
from tests.platform.casework.walking import OFFICE, Walk, day

pytestmark = pytest.mark.django_db

PAST = [
    PastStep("compile", date(2025, 5, 1), "临政发〔2025〕9号"),
    PastStep("notice", date(2025, 6, 5), "公告6号"),
    PastStep("legality", date(2025, 6, 20), "临司审2号", passed=True),
    PastStep("deliberate", date(2025, 7, 1), "纪要3号", vote=Vote(8, 9, 11)),
    PastStep("approve", date(2025, 8, 1), "临政字33号", passed=True),
]


@pytest.fixture
def walk(acting, unit):
    with day(0):
        officer = acting(OFFICE, "officer")
        opened = open_case("special_plan", unit(kind="jurisdiction", key="linhe"), officer)
        meet_precondition(opened.case.pk, "checkup", officer, paper="体检报告", back_entered=True)
    return Walk(opened.case.pk, acting)


def test_a_whole_past_is_entered_at_once_marked_and_outside_the_timeliness_figures(walk):
    with day(1):
        back_enter(walk.pk, PAST, walk.acting(OFFICE, "officer"), words="2025年已批准")
    steps = walk.standing.state.steps
    assert {steps[item.step].status for item in PAST} == {StepStatus.DONE, StepStatus.PASSED}
    assert all(steps[item.step].back_entered and steps[item.step].on_time is None for item in PAST)
    assert (walk.case.back_entered, walk.case.approved, walk.ready) == (True, True, ["file"])
    assert walk.standing.state.met["checkup"] == "补录 体检报告"


def test_it_is_all_or_nothing(walk):
    with day(1), pytest.raises(InputFault, match="须有文号"):
        back_enter(
            walk.pk, [*PAST[:2], PastStep("approve", date(2025, 8, 1), "", passed=True)], walk.acting(OFFICE, "officer")
        )
    assert walk.ready == ["compile"]


def test_a_decision_without_its_answer_is_not_taken(walk):
    with day(1), pytest.raises(NotAllowedByRoute, match="请选择通过或不通过"):
        back_enter(walk.pk, [PastStep("approve", date(2025, 8, 1), "1号")], walk.acting(OFFICE, "officer"))


def test_a_step_that_is_over_is_not_entered_again(walk):
    officer = walk.acting(OFFICE, "officer")
    with day(1):
        back_enter(walk.pk, PAST[:1], officer)
        with pytest.raises(NotAllowed):
            back_enter(walk.pk, PAST[:1], officer)
