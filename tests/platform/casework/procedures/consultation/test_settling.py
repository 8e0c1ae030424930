"""What follows when those asked have answered: the rule stands in docs/developer/algorithms/procedures.md."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from huancheng.platform.audit.models import Event as Entry
from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain.faults import NotAllowed
from huancheng.platform.casework.domain.stepping import complete
from huancheng.platform.casework.procedures.consultation.domain import settling
from huancheng.platform.casework.procedures.consultation.domain.answering import answer
from huancheng.platform.casework.procedures.consultation.domain.asking import ask, cancel
from huancheng.platform.casework.procedures.consultation.domain.settling import conclude, lapse
from huancheng.platform.casework.procedures.faults import ProcedureFault
from huancheng.policy.routes.model import VoteRule
from huancheng.policy.routes.state import StepStatus

pytestmark = pytest.mark.django_db


@pytest.fixture
def few(db):
    """The task force has but three member bodies, so that tests stay short."""
    group = Body.objects.get(reference="task_force_members")
    keep = {"市财政局", "市司法局", "市住房城乡建设局"}
    group.memberships.all().delete()
    for body in Body.objects.filter(name__in=keep):
        group.memberships.create(group=group, member=body)
    return sorted(keep)


@pytest.fixture
def countersign(case_in, few):
    return case_in("special_plan_consolidation", "countersign")


def all_answer(requests, acting, *opinions):
    for (name, request), opinion in zip(requests.items(), opinions, strict=False):
        answer(request.pk, acting(name, "reviewer"), opinion, text="意见")


@pytest.mark.requirement("8.1-4")
def test_a_countersignature_passes_when_all_have_answered_and_nobody_disagrees(countersign, few, asked_of, acting):
    requests = asked_of(countersign, *few)
    all_answer(requests, acting, "agree", "remarks")
    assert countersign.status is StepStatus.READY
    all_answer(dict(list(requests.items())[2:]), acting, "none")
    assert countersign.status is StepStatus.PASSED
    last = Entry.objects.filter(stream=countersign.case.stream).latest("sequence")
    assert (last.code, last.actor, last.data["event"]["passed"]) == ("case.decide", None, True)


def test_where_somebody_disagrees_a_person_decides(countersign, few, asked_of, acting, office):
    all_answer(asked_of(countersign, *few), acting, "agree", "disagree", "agree")
    assert countersign.status is StepStatus.READY
    with pytest.raises(ProcedureFault, match="理由"):
        conclude(countersign.case.pk, "countersign", office, passed=True, opinion="")
    conclude(countersign.case.pk, "countersign", office, passed=False, opinion="分歧较大，修改后再报")
    assert countersign.status is StepStatus.REFUSED


def test_who_disagreed_may_be_won_over(countersign, few, asked_of, acting):
    requests = asked_of(countersign, *few)
    all_answer(requests, acting, "agree", "disagree", "agree")
    name = list(requests)[1]
    answer(requests[name].pk, acting(name, "reviewer"), "agree")
    assert countersign.status is StepStatus.PASSED


def test_a_step_waits_for_members_who_were_not_asked(countersign, few, asked_of, acting):
    all_answer(asked_of(countersign, *few[:2]), acting, "agree", "agree")
    assert countersign.status is StepStatus.READY


def test_silence_consents_only_after_the_time(countersign, few, asked_of, acting, office, at_day):
    requests = asked_of(countersign, *few)
    all_answer(requests, acting, "agree")
    with pytest.raises(ProcedureFault, match="没有逾期"):
        lapse(countersign.case.pk, "countersign", office)
    with at_day(20):
        lapse(countersign.case.pk, "countersign", office)
    for request in requests.values():
        request.refresh_from_db()
    assert [item.status for item in requests.values()] == ["answered", "lapsed", "lapsed"]
    assert countersign.status is StepStatus.PASSED


def test_where_nobody_answered_the_step_lapses(countersign, few, asked_of, office, at_day):
    asked_of(countersign, *few)
    with at_day(20):
        lapse(countersign.case.pk, "countersign", office)
    assert countersign.status is StepStatus.LAPSED


def test_silence_means_nothing_where_the_pack_does_not_say_so(case_in, acting, at_day):
    place = case_in("heritage_consent", "relics")
    clerk = acting(place.body.name, "reviewer")
    ask(place.case.pk, "relics", clerk, [place.body.pk])
    with at_day(60), pytest.raises(NotAllowed):
        lapse(place.case.pk, "relics", clerk)


def test_a_consultation_ends_when_all_have_answered_whatever_they_said(case_in, asked_of, acting, few, office):
    place = case_in("recognition", "consult")
    all_answer(asked_of(place, *few), acting, "disagree", "agree", "none")
    assert place.status is StepStatus.DONE


def test_a_step_of_another_kind_goes_its_own_way(case_in, asked_of, acting):
    place = case_in("unit_plan", "review")
    reviewer = acting("临河县自然资源和规划局", "reviewer")
    request = asked_of(place, "市财政局", by=reviewer)["市财政局"]
    answer(request.pk, acting("市财政局", "reviewer"), "agree")
    assert place.status is StepStatus.READY


def test_taking_back_the_last_open_request_ends_the_step_too(case_in, acting, office):
    place = case_in("recognition", "consult")
    Body.objects.get(reference="task_force_members").memberships.all().delete()
    finance, justice = (Body.objects.get(name=name) for name in ("市财政局", "市司法局"))
    Body.objects.get(reference="task_force_members").memberships.create(member=finance)
    first, second = ask(place.case.pk, "consult", office, [finance.pk, justice.pk])
    answer(first.pk, acting(first.body.name, "reviewer"), "agree")
    assert place.status is StepStatus.READY
    cancel(second.pk, office, reason="不涉及")
    assert place.status is StepStatus.DONE


def test_a_consultation_may_be_concluded_by_hand_where_members_were_left_out(case_in, asked_of, acting, few, office):
    place = case_in("recognition", "consult")
    with pytest.raises(ProcedureFault, match="尚未征询"):
        conclude(place.case.pk, "consult", office, passed=True, opinion="已汇总")
    requests = asked_of(place, few[0])
    with pytest.raises(ProcedureFault, match=few[0]):
        conclude(place.case.pk, "consult", office, passed=True, opinion="已汇总")
    all_answer(requests, acting, "agree")
    conclude(place.case.pk, "consult", office, passed=True, opinion="其余单位不涉及", paper="汇总〔2026〕1号")
    assert place.status is StepStatus.DONE


def test_no_door_ends_a_step_while_somebody_has_not_answered(case_in, asked_of, acting, few, office):
    place = case_in("recognition", "consult")
    asked_of(place, *few)
    clerk = acting(place.body.name, "clerk")
    with pytest.raises(ProcedureFault, match="还有 3 家单位未答复"):
        complete(place.case.pk, "consult", clerk)
    assert place.status is StepStatus.READY


def test_where_the_route_counts_votes_agreement_is_counted(countersign, few):
    planned = countersign.standing.plan.step("countersign")
    ruled = replace(planned, step=planned.step.model_copy(update={"vote": VoteRule()}))
    event = settling._decision(ruled, ["agree", "", "disagree"], date(2026, 3, 2), passed=True)
    assert (event.vote.yes, event.vote.present, event.vote.seats, event.passed) == (2, 3, 3, None)
