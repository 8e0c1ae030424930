"""Deciders seldom click: a clerk enters what was decided, a second person checks it, then the route moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from huancheng.evidence import InputFault
from huancheng.platform.audit.models import Event as Entry
from huancheng.platform.casework.domain.faults import NotAllowed, NotAllowedByRoute, Overtaken
from huancheng.platform.casework.domain.recording import confirm_record, record_decision, refuse_record
from huancheng.platform.casework.domain.returning import return_
from huancheng.platform.casework.models import DecisionRecord
from huancheng.platform.common import clock
from huancheng.policy.routes.events import Vote
from huancheng.policy.routes.state import StepStatus
from tests.platform.casework.walking import Walk, day

pytestmark = pytest.mark.django_db

OFFICE = "临河县城市更新工作专班"


@pytest.fixture
def approving(plan):
    """The plan lies before the county's government, which decides in meetings."""
    with day(0):
        plan.until("approve")
    return plan


@pytest.fixture
def enter(approving):
    def record(**more):
        options = {"passed": True, "paper": "临政纪〔2026〕3号", "document_day": clock.today(), **more}
        return record_decision(approving.pk, "approve", approving.acting(OFFICE, "clerk"), **options)

    return record


@pytest.mark.requirement("5.3-9")
def test_the_route_moves_only_when_a_second_person_has_compared_it_with_the_paper(approving, enter):
    with day(5):
        enter(document_day=clock.today() - timedelta(days=2), words="第五次常务会议同意")
        assert approving.ready == ["approve"]
    with day(6):
        confirm_record(approving.pk, "approve", approving.acting(OFFICE, "clerk", 2))
    step = approving.standing.step("approve")
    assert (step.status, step.paper) == (StepStatus.PASSED, "临政纪〔2026〕3号")
    assert step.ended_on.isoformat() == "2026-03-05"
    event = Entry.objects.filter(stream=approving.case.stream).order_by("-sequence").first().data["event"]
    assert (event["day"], event["entered_on"]) == ("2026-03-05", "2026-03-07")


def test_whoever_entered_it_never_confirms_it_not_even_from_another_post_or_by_delegation(approving, enter):
    clerk = approving.acting(OFFICE, "clerk")
    with day(1):
        enter()
        other = approving.acting(OFFICE, "clerk", 2)
        for acting in (
            clerk,
            replace(clerk, role="officer"),
            replace(clerk, on_behalf_of=other.person),
            replace(other, on_behalf_of=clerk.person),
        ):
            with pytest.raises(NotAllowed, match="登记人不能复核自己登记的决定"):
                confirm_record(approving.pk, "approve", acting)
            with pytest.raises(NotAllowed):
                refuse_record(approving.pk, "approve", acting, words="不符")
        assert approving.ready == ["approve"]
        confirm_record(approving.pk, "approve", other)
    assert approving.ready == ["file"]


def test_a_record_entered_in_anothers_name_is_not_confirmed_by_that_other(approving):
    first, second = (approving.acting(OFFICE, "clerk", number) for number in (1, 2))
    with day(1):
        record_decision(
            approving.pk, "approve", replace(first, on_behalf_of=second.person), passed=True, paper="1号",
            document_day=clock.today(),
        )  # fmt: skip
        with pytest.raises(NotAllowed):
            confirm_record(approving.pk, "approve", second)


def test_a_refused_record_leaves_the_route_and_may_be_entered_again(approving, enter):
    second = approving.acting(OFFICE, "clerk", 2)
    with day(1):
        enter(paper="错号")
        with pytest.raises(NotAllowed, match="登记决定"):
            enter(paper="又一份")
        with pytest.raises(InputFault, match="须写明理由"):
            refuse_record(approving.pk, "approve", second, words=" ")
        refuse_record(approving.pk, "approve", second, words="文号不符")
        assert (approving.ready, DecisionRecord.objects.get().status) == (["approve"], "refused")
        enter()
        confirm_record(approving.pk, "approve", second)
    assert approving.ready == ["file"]


def test_there_is_nothing_to_confirm_where_nothing_was_entered(approving):
    with day(1), pytest.raises(NotAllowed):
        confirm_record(approving.pk, "approve", approving.acting(OFFICE, "clerk", 2))


@pytest.mark.parametrize(
    ("more", "fault", "words"),
    [
        ({"paper": ""}, InputFault, "须有文号"),
        ({"passed": None}, NotAllowedByRoute, "请选择通过或不通过"),
        ({"days": -9}, NotAllowedByRoute, "早于"),
        ({"days": 1}, InputFault, "不能晚于今天"),
    ],
)
def test_a_record_that_could_not_be_confirmed_is_not_taken(approving, enter, more, fault, words):
    with day(1):
        days = more.pop("days", 0) if "days" in more else 0
        with pytest.raises(fault, match=words):
            enter(document_day=clock.today() + timedelta(days=days), **{k: v for k, v in more.items() if k != "days"})
    assert not DecisionRecord.objects.exists()


def test_a_record_is_void_once_the_step_ended_without_it(approving, enter):
    with day(1):
        enter()
        approving.carry_out("approve")
        assert DecisionRecord.objects.get().status == "overtaken"


def test_a_record_is_void_once_the_case_was_returned(approving, enter):
    with day(1):
        enter()
        return_(approving.pk, "approve", approving.officer_of("approve"), to="review", words="重审")
    assert DecisionRecord.objects.get().status == "overtaken"


def test_a_step_that_judges_nothing_is_recorded_as_done(plan):
    with day(1):
        plan.record("designate", passed=None)
    assert plan.standing.step("designate").status is StepStatus.DONE


@pytest.mark.requirement("5.2-6")
def test_a_committees_votes_are_recorded_and_counted(acting, unit):
    with day(0):
        walk = Walk.begin(acting, "special_plan", unit(kind="jurisdiction", key="linhe"))
        walk.carry_out("compile")
    with day(60):
        walk.until("deliberate")
        assert walk.body("deliberate").name == "临河县国土空间规划委员会"
        assert walk.record("deliberate", passed=None, vote=Vote(yes=6, present=9, seats=11)).state.status == "open"
    assert walk.ready == ["approve"]


def test_a_clerk_on_an_old_page_is_told(approving, enter):
    with day(1):
        seen = approving.case.version
        enter()
        with pytest.raises(Overtaken):
            confirm_record(approving.pk, "approve", approving.acting(OFFICE, "clerk", 2), expected=seen)
