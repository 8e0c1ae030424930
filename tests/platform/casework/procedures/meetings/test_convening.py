"""A meeting has the seats of its committee, an agenda of cases, and minutes with a number."""

from __future__ import annotations

from datetime import date

import pytest

from huancheng.platform.audit.models import Event as Entry
from huancheng.platform.bodies.models import Body, Membership, Person, Post
from huancheng.platform.casework.domain.faults import NotAllowed
from huancheng.platform.casework.procedures.faults import ProcedureFault
from huancheng.platform.casework.procedures.meetings.domain.convening import (
    close,
    convene,
    put_on_agenda,
    take_attendance,
    write_minutes,
)
from huancheng.platform.casework.procedures.meetings.domain.voting import defer
from huancheng.platform.casework.procedures.meetings.roster import roster_of
from huancheng.platform.casework.procedures.meetings.rules import may_convene

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def test_the_task_force_sits_as_the_policy_lists_it(acting, book):
    task_force = Body.objects.get(name="市城市更新工作专班")
    meeting = convene(task_force, acting("市专班办公室", "clerk"), title="专班会议", held_on=DAY)
    assert meeting.seats.count() == 26
    assert meeting.seats.first().title == "市长（组长）"


def test_a_committee_sits_as_the_register_lists_it_where_the_pack_does_not(committee, book):
    assert roster_of(committee, book) == []
    person = Person.objects.create(username="member", name="某委员")
    Post.objects.create(person=person, body=committee, role="approver", title="主任委员")
    assert [holder.title for holder in roster_of(committee, book)] == ["主任委员"]
    Membership.objects.create(group=committee, member=Body.objects.get(name="市财政局"))
    assert [holder.title for holder in roster_of(committee, book)] == ["市财政局"]


def test_a_meeting_has_a_title_and_somebody_who_sits(committee, clerk):
    with pytest.raises(ProcedureFault, match="名称"):
        convene(committee, clerk, title=" ", held_on=DAY, seats=["甲"])
    with pytest.raises(ProcedureFault, match="名册"):
        convene(committee, clerk, title="会议", held_on=DAY, seats=[" "])


def test_only_the_committees_own_office_holds_its_meetings(committee, acting, clerk):
    assert may_convene(clerk, committee)
    assert not may_convene(None, committee)
    for body, role in (("市专班办公室", "clerk"), ("市自然资源和规划局", "compiler")):
        with pytest.raises(NotAllowed):
            convene(committee, acting(body, role), title="会议", held_on=DAY, seats=["甲"])


@pytest.mark.requirement("5.2-6")
def test_a_case_comes_before_its_own_committee_once(item, meeting, plan, clerk, acting, committee):
    assert plan.events[-1][0] == "case.agenda_added"
    with pytest.raises(ProcedureFault, match="已列入"):
        put_on_agenda(meeting.pk, plan.case.pk, "deliberate", clerk)
    office = acting("市专班办公室", "clerk")
    other = convene(Body.objects.get(name="市城市更新工作专班"), office, title="专班会议", held_on=DAY)
    with pytest.raises(ProcedureFault, match="不由"):
        put_on_agenda(other.pk, plan.case.pk, "deliberate", office)


def test_several_cases_stand_on_one_agenda(item, meeting, case_in, clerk):
    other = case_in("special_plan", "deliberate", "example_resort_zone")
    assert put_on_agenda(meeting.pk, other.case.pk, "deliberate", clerk).number == 2


def test_those_who_sit_there_may_read_the_case(committee, clerk, plan):
    finance = Body.objects.get(name="市财政局")
    Membership.objects.create(group=committee, member=finance)
    meeting = convene(committee, clerk, title="会议", held_on=DAY)
    assert not plan.case.sights.filter(body=finance).exists()
    put_on_agenda(meeting.pk, plan.case.pk, "deliberate", clerk)
    assert plan.case.sights.filter(body=finance).exists()


def test_a_case_put_off_may_come_before_the_next_meeting(item, meeting, plan, clerk, committee):
    with pytest.raises(ProcedureFault, match="理由"):
        defer(item.pk, clerk, reason="")
    defer(item.pk, clerk, reason="材料待补")
    later = convene(committee, clerk, title="第2次会议", held_on=DAY, seats=["甲"])
    assert put_on_agenda(later.pk, plan.case.pk, "deliberate", clerk).meeting == later


def test_substitutes_are_noted_for_those_who_came_and_never_in_the_log(meeting, clerk):
    first, second, *_ = meeting.seats.all()
    take_attendance(meeting.pk, clerk, [first.pk], substitutes={first.pk: "代会人甲", second.pk: "代会人乙"})
    assert list(meeting.seats.values_list("present", "substitute"))[:2] == [(True, "代会人甲"), (False, "")]
    entry = Entry.objects.filter(stream=meeting.stream).latest("sequence")
    assert entry.data == {"present": [1], "substitutes": 1}


def test_a_meeting_closes_with_its_minutes_and_nothing_left_open(item, meeting, clerk):
    with pytest.raises(ProcedureFault, match="1 项议程"):
        close(meeting.pk, clerk)
    defer(item.pk, clerk, reason="材料待补")
    with pytest.raises(ProcedureFault, match="纪要文号"):
        close(meeting.pk, clerk)
    write_minutes(meeting.pk, clerk, text="纪要", paper=" 规委纪〔2026〕1号 ")
    close(meeting.pk, clerk)
    with pytest.raises(ProcedureFault, match="已结束"):
        write_minutes(meeting.pk, clerk, text="改写")
    meeting.refresh_from_db()
    assert (meeting.status, meeting.paper, meeting.minutes) == ("closed", "规委纪〔2026〕1号", "纪要")
