"""One person enters the votes, another confirms them; only then the committee has decided, by the route's rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from huancheng.platform.casework.domain.faults import NotAllowed
from huancheng.platform.casework.domain.stepping import decide
from huancheng.platform.casework.models import AgendaItem, SeatVote
from huancheng.platform.casework.procedures.faults import ProcedureFault
from huancheng.platform.casework.procedures.meetings.domain.convening import (
    convene,
    put_on_agenda,
    take_attendance,
    write_minutes,
)
from huancheng.platform.casework.procedures.meetings.domain.voting import (
    Ballot,
    confirm_votes,
    defer,
    enter_votes,
    reject_votes,
)
from huancheng.policy.routes.interpret import RouteFault
from huancheng.policy.routes.state import StepStatus

pytestmark = pytest.mark.django_db


def ballot(seats, *votes, **fields):
    return Ballot(votes=dict(zip(seats, votes, strict=True)), decision="原则同意", **fields)


@pytest.mark.requirement("5.2-6")
def test_the_vote_of_the_committee_decides_in_its_name(item, seats, minutes, plan, clerk, second):
    entered = enter_votes(item.pk, clerk, ballot(seats, "yes", "yes", "yes", "yes", "no", "abstain"))
    assert (entered.passed, plan.status) == (True, StepStatus.READY)
    confirm_votes(item.pk, second)
    assert plan.status is StepStatus.PASSED
    code, data = plan.events[-1]
    assert code == "case.confirm_vote"
    assert data["event"]["vote"] == {"yes": 4, "present": 6, "seats": 6, "recused": 0}
    assert data["event"]["paper"] == "规委纪〔2026〕1号"
    assert data["entered_by"] == clerk.person


def test_half_is_not_more_than_half(item, seats, minutes, plan, clerk, second):
    enter_votes(item.pk, clerk, ballot(seats, "yes", "yes", "yes", "no", "no", "abstain"))
    confirm_votes(item.pk, second)
    assert plan.status is StepStatus.REFUSED


def test_too_few_present_decide_nothing_good(item, meeting, minutes, plan, clerk, second):
    came = [seat.pk for seat in meeting.seats.all()][:3]
    take_attendance(meeting.pk, clerk, came)
    enter_votes(item.pk, clerk, ballot(came, "yes", "yes", "yes"))
    confirm_votes(item.pk, second)
    assert plan.status is StepStatus.REFUSED


def test_who_withdraws_counts_neither_as_seat_nor_as_present(item, seats, minutes, plan, clerk, second):
    votes = ballot(seats, "yes", "yes", "no", "recused", "recused", "recused")
    with pytest.raises(ProcedureFault, match="回避须写明理由"):
        enter_votes(item.pk, clerk, votes)
    enter_votes(item.pk, clerk, replace(votes, reasons=dict.fromkeys(seats[3:], "编制单位负责人")))
    confirm_votes(item.pk, second)
    assert plan.events[-1][1]["event"]["vote"] == {"yes": 2, "present": 3, "seats": 6, "recused": 3}
    assert plan.status is StepStatus.PASSED


def test_whoever_entered_the_votes_can_not_confirm_them_not_even_by_delegation(item, seats, minutes, clerk, second):
    enter_votes(item.pk, clerk, ballot(seats, *["yes"] * 6))
    for who in (clerk, replace(second, on_behalf_of=clerk.person)):
        with pytest.raises(NotAllowed, match="登记人"):
            confirm_votes(item.pk, who)
        with pytest.raises(NotAllowed, match="登记人"):
            reject_votes(item.pk, who, reason="有误")
    assert AgendaItem.objects.get().status == "entered"


def test_the_second_person_may_send_the_votes_back(item, seats, minutes, plan, clerk, second):
    enter_votes(item.pk, clerk, ballot(seats, *["yes"] * 6))
    with pytest.raises(ProcedureFault, match="理由"):
        reject_votes(item.pk, second, reason="")
    reject_votes(item.pk, second, reason="与纪要不符")
    row = AgendaItem.objects.get()
    assert (row.status, row.yes, row.entered_by, row.votes.count()) == ("planned", None, None, 0)
    enter_votes(item.pk, clerk, ballot(seats, *["no"] * 6))
    confirm_votes(item.pk, second)
    assert plan.status is StepStatus.REFUSED


def test_a_secret_ballot_keeps_totals_and_no_seats_vote(committee, clerk, second, plan):
    meeting = convene(
        committee, clerk, title="无记名", held_on=date(2026, 3, 2), secret=True, seats=["甲", "乙", "丙", "丁"]
    )
    item = put_on_agenda(meeting.pk, plan.case.pk, "deliberate", clerk)
    seats = [seat.pk for seat in meeting.seats.all()]
    take_attendance(meeting.pk, clerk, seats)
    write_minutes(meeting.pk, clerk, text="", paper="纪〔2026〕2号")
    votes = {seats[0]: "recused", seats[1]: "no"}
    enter_votes(item.pk, clerk, Ballot(votes, {seats[0]: "利害关系"}, yes=2, no=1, decision="通过"))
    assert list(SeatVote.objects.values_list("seat", "vote")) == [(seats[0], "recused")]
    confirm_votes(item.pk, second)
    assert plan.events[-1][1]["event"]["vote"] == {"yes": 2, "present": 3, "seats": 4, "recused": 1}


def test_nothing_is_confirmed_without_minutes_or_votes(item, seats, clerk, second):
    with pytest.raises(ProcedureFault, match="没有待复核"):
        confirm_votes(item.pk, second)
    enter_votes(item.pk, clerk, ballot(seats, *["yes"] * 6))
    with pytest.raises(ProcedureFault, match="纪要文号"):
        confirm_votes(item.pk, second)
    assert AgendaItem.objects.get().status == "entered"


def test_votes_are_entered_once_and_then_neither_attendance_nor_agenda_changes(item, seats, meeting, clerk):
    with pytest.raises(ProcedureFault, match="决定内容"):
        enter_votes(item.pk, clerk, replace(ballot(seats, *["yes"] * 6), decision=" "))
    enter_votes(item.pk, clerk, ballot(seats, *["yes"] * 6))
    with pytest.raises(ProcedureFault, match="已登记"):
        enter_votes(item.pk, clerk, ballot(seats, *["no"] * 6))
    with pytest.raises(ProcedureFault, match="签到"):
        take_attendance(meeting.pk, clerk, [])
    with pytest.raises(ProcedureFault, match="不能暂缓"):
        defer(item.pk, clerk, reason="改期")


def test_no_door_decides_past_votes_that_wait_for_a_second_person(case_in, acting):
    place = case_in("unit_plan", "approve")
    office = acting("临河县城市更新工作专班", "clerk")
    meeting = convene(place.body, office, title="常务会议", held_on=date(2026, 3, 2), seats=["县长", "副县长"])
    item = put_on_agenda(meeting.pk, place.case.pk, "approve", office)
    enter_votes(item.pk, office, Ballot(decision="同意", passed=True))
    with pytest.raises(ProcedureFault, match="待复核"):
        decide(place.case.pk, "approve", acting("临河县人民政府", "approver"), passed=False, opinion="不同意")


@pytest.mark.requirement("8.1-4")
def test_a_government_meeting_decides_without_a_vote_rule(case_in, acting):
    place = case_in("unit_plan", "approve")
    office = acting("临河县城市更新工作专班", "clerk")
    meeting = convene(place.body, office, title="常务会议", held_on=date(2026, 3, 2), seats=["县长", "副县长"])
    item = put_on_agenda(meeting.pk, place.case.pk, "approve", office)
    with pytest.raises(ProcedureFault, match="通过或不通过"):
        enter_votes(item.pk, office, Ballot(decision="同意"))
    enter_votes(item.pk, office, Ballot(decision="同意", passed=True))
    write_minutes(meeting.pk, office, text="", paper="临政纪〔2026〕4号")
    confirm_votes(item.pk, acting("临河县城市更新工作专班", "clerk", 2))
    assert place.status is StepStatus.PASSED
    assert "vote" not in place.events[-1][1]["event"]


def test_a_meeting_before_the_step_began_decides_nothing_and_leaves_nothing(committee, clerk, second, plan):
    early = convene(committee, clerk, title="旧会", held_on=date(2026, 2, 20), seats=["甲"])
    item = put_on_agenda(early.pk, plan.case.pk, "deliberate", clerk)
    seats = [seat.pk for seat in early.seats.all()]
    take_attendance(early.pk, clerk, seats)
    write_minutes(early.pk, clerk, text="", paper="纪1")
    enter_votes(item.pk, clerk, ballot(seats, "yes"))
    with pytest.raises(RouteFault):
        confirm_votes(item.pk, second)
    assert AgendaItem.objects.get().status == "entered"
