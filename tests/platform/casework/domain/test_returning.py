"""Correction stops the clock; return and resubmission begin a new round."""

from __future__ import annotations

import pytest

from huancheng.evidence import InputFault
from huancheng.platform.casework.domain.faults import NotAllowed, NotAllowedByRoute
from huancheng.platform.casework.domain.messages import tell_of
from huancheng.platform.casework.domain.returning import (
    request_correction,
    resubmit,
    return_,
    supply_correction,
    withdraw,
)
from huancheng.platform.casework.domain.writing import write_part
from huancheng.platform.casework.models import Edition, Message, MessageKind
from huancheng.platform.casework.queries.waiting import tasks_to_do
from huancheng.policy.routes.state import CaseStatus, StepStatus
from tests.platform.casework.walking import OFFICE, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewed(plan):
    """The plan lies before its reviewer."""
    with day(0):
        plan.until("review")
    return plan


def test_the_clock_stands_while_papers_are_corrected(plan):
    with day(0):
        plan.until("review")
        before = plan.case.tasks.get().due_on
    with day(3):
        request_correction(plan.pk, "review", plan.officer_of("review"), words="补充现状图")
        task = plan.case.tasks.get()
        assert (task.status, task.due_on) == ("stopped", None)
    with day(10):
        supply_correction(plan.pk, "review", plan.acting(OFFICE, "clerk"), words="已补")
        assert plan.case.tasks.get().due_on > before
    assert plan.standing.step("review").status is StepStatus.READY


def test_what_was_corrected_is_kept_as_an_edition_of_its_own(plan):
    with day(0):
        plan.until("review")
        request_correction(plan.pk, "review", plan.officer_of("review"), words="补充")
        write_part(plan.pk, "单元发展定位", "改后的定位", plan.officer_of("compile"))
        supply_correction(plan.pk, "review", plan.acting(OFFICE, "clerk"))
    first, second = Edition.objects.filter(case=plan.pk)
    assert (first.occasion, second.occasion) == ("submitted", "corrected")
    assert (first.parts["单元发展定位"], second.parts["单元发展定位"]) == ("单元发展定位：示例文字。", "改后的定位")


def test_a_correction_waits_for_those_who_wrote_though_the_office_opened_the_case(plan):
    with day(0):
        plan.until("review")
        compiler, reviewer = plan.officer_of("compile"), plan.officer_of("review")
        stranger = plan.acting("平野县指定的编制部门", "compiler")
        before = {who.person: tasks_to_do(who).count() for who in (compiler, stranger)}
        request_correction(plan.pk, "review", reviewer, words="补充")
        assert plan.case.opened_by.name == OFFICE
        assert tasks_to_do(compiler).get().step == "review"
        assert tasks_to_do(stranger).count() == before[stranger.person]
        tell_of(plan.pk)
        told = Message.objects.filter(kind=MessageKind.CORRECTION).values_list("person", flat=True)
        assert compiler.person in told
        assert stranger.person not in told
        supply_correction(plan.pk, "review", compiler, words="已补")
    assert plan.ready == ["review"]
    assert not tasks_to_do(compiler).exists()


@pytest.mark.parametrize("words", ["", "   "])
def test_a_correction_says_what_to_correct(reviewed, words):
    with day(0), pytest.raises(InputFault, match="须写明理由"):
        request_correction(reviewed.pk, "review", reviewed.officer_of("review"), words=words)
    assert reviewed.standing.step("review").status is StepStatus.READY


def test_a_returned_case_begins_anew_from_there_in_the_next_round(reviewed):
    with day(1):
        return_(reviewed.pk, "review", reviewed.officer_of("review"), to="compile", words="重做")
    assert (reviewed.ready, reviewed.case.round) == (["compile"], 2)
    assert reviewed.standing.step("designate").status is StepStatus.DONE


def test_a_case_is_not_returned_forwards(reviewed):
    with day(1), pytest.raises(NotAllowedByRoute, match="只能退回到此前的环节"):
        return_(reviewed.pk, "review", reviewed.officer_of("review"), to="approve", words="重做")


def test_the_opener_withdraws_and_resubmits_and_what_was_written_stays(acting, unit, plan):
    compiler = acting(OFFICE, "compiler")
    with day(2):
        plan.until("review")
        withdraw(plan.pk, compiler, words="方案调整")
        assert (plan.case.status, plan.case.tasks.count()) == ("withdrawn", 0)
        resubmit(plan.pk, compiler)
    assert (plan.standing.state.status, plan.case.round, plan.ready) == (CaseStatus.OPEN, 2, ["designate"])
    assert plan.case.parts.count() == 6


def test_only_the_opener_withdraws(reviewed):
    with pytest.raises(NotAllowed, match="撤回"):
        withdraw(reviewed.pk, reviewed.acting("平野县指定的编制部门", "compiler"), words="不办了")


def test_a_refused_case_can_be_resubmitted_and_a_running_one_cannot(reviewed):
    compiler = reviewed.acting(OFFICE, "compiler")
    with day(1):
        with pytest.raises(NotAllowed):
            resubmit(reviewed.pk, compiler)
        reviewed.carry_out("review", passed=False)
        assert reviewed.case.status == "refused"
        resubmit(reviewed.pk, compiler)
    assert reviewed.ready == ["designate"]
