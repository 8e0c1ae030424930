"""A meeting from its calling to its minutes, as its clerks and others see it."""

from __future__ import annotations

import io

import docx
import pytest
from django.urls import reverse

from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.models import AgendaItem, Meeting
from huancheng.platform.casework.procedures.meetings.domain.voting import Ballot, enter_votes
from huancheng.platform.casework.procedures.meetings.queries import open_confirmations, visible_meetings
from huancheng.policy.routes.state import StepStatus

pytestmark = pytest.mark.django_db
HOUSE = "市自然资源和规划局"


@pytest.mark.requirement("5.2-6")
def test_from_calling_a_meeting_to_its_decision(plan, committee, client_as, acting):
    clerk = client_as(HOUSE, "clerk")
    choose = clerk.get(reverse("casework:case-meeting", args=[plan.case.pk, "deliberate"]))
    assert "尚未列入会议议程" in choose.text
    calling = {"committee": committee.pk, "name": "第 1 次会议", "held_on": "2026-03-02", "seats": "甲\n乙\n丙\n"}
    assert clerk.post(reverse("casework:convene"), {**calling, "name": ""}).status_code == 422
    page = clerk.post(reverse("casework:convene"), calling).url
    task = plan.case.tasks.get()
    assert plan.case.title in clerk.get(page).text
    assert clerk.post(page, {"do": "agenda", "tasks": [task.pk]}).status_code == 302
    meeting = Meeting.objects.get()
    seats = list(meeting.seats.all())
    present = {f"present-{seat.pk}": "on" for seat in seats}
    assert clerk.post(page, {"do": "attendance", **present, f"substitute-{seats[0].pk}": "代会人甲"}).status_code == 302
    item = AgendaItem.objects.get()
    votes_page = reverse("casework:agenda-item", args=[item.pk])
    assert clerk.get(reverse("casework:case-meeting", args=[plan.case.pk, "deliberate"])).url == votes_page
    votes = {f"vote-{seat.pk}": "yes" for seat in seats}
    sent = {"do": "votes", **votes, "decision": "原则同意", "version": plan.standing.case.version}
    assert clerk.post(votes_page, {**sent, f"vote-{seats[0].pk}": ""}).status_code == 422
    assert clerk.post(votes_page, sent).status_code == 302
    assert "须由另一人复核" in clerk.get(votes_page).text
    assert clerk.post(votes_page, {"do": "confirm"}).status_code == 403
    assert clerk.post(page, {"do": "minutes", "text": "审议通过。", "paper": "规委纪〔2026〕1号"}).status_code == 302
    second = client_as(HOUSE, "reviewer")
    assert list(open_confirmations(acting(HOUSE, "reviewer"))) == [item]
    assert not open_confirmations(acting(HOUSE, "clerk")).exists()
    assert "1 项表决待您复核" in second.get(reverse("casework:meetings")).text
    assert second.post(votes_page, {"do": "confirm"}).status_code == 302
    assert plan.status is StepStatus.PASSED
    assert clerk.post(page, {"do": "close"}).status_code == 302
    assert "已结束" in clerk.get(page).text
    told = docx.Document(io.BytesIO(clerk.get(reverse("casework:minutes-docx", args=[meeting.pk])).content))
    words = "\n".join(paragraph.text for paragraph in told.paragraphs)
    for expected in ("甲（代会人甲代）", "同意 3 票", "原则同意", "审议通过。", "甲：同意"):
        assert expected in words


def test_votes_may_be_sent_back_and_an_item_put_off(item, meeting, seats, client_as, clerk, plan):
    enter_votes(item.pk, clerk, Ballot(votes=dict.fromkeys(seats, "yes"), decision="同意"))
    page = reverse("casework:agenda-item", args=[item.pk])
    second = client_as(HOUSE, "reviewer")
    assert second.post(page, {"do": "reject", "reason": ""}).status_code == 422
    assert second.post(page, {"do": "reject", "reason": "与纪要不符"}).status_code == 302
    assert client_as(HOUSE, "clerk").post(page, {"do": "defer", "reason": "材料待补"}).status_code == 302
    assert AgendaItem.objects.get().status == "deferred"
    assert second.post(page, {"do": "nonsense"}).status_code == 404
    open_now = client_as(HOUSE, "clerk").get(reverse("casework:case-meeting", args=[plan.case.pk, "deliberate"]))
    assert meeting.title in open_now.text


def test_a_secret_ballot_shows_totals_only(committee, plan, client_as, clerk):
    from datetime import date

    from huancheng.platform.casework.procedures.meetings.domain.convening import (
        convene,
        put_on_agenda,
        take_attendance,
    )

    meeting = convene(committee, clerk, title="无记名", held_on=date(2026, 3, 2), secret=True, seats=["甲", "乙", "丙"])
    item = put_on_agenda(meeting.pk, plan.case.pk, "deliberate", clerk)
    take_attendance(meeting.pk, clerk, [seat.pk for seat in meeting.seats.all()])
    page = reverse("casework:agenda-item", args=[item.pk])
    client = client_as(HOUSE, "clerk")
    assert 'value="abstain"' not in client.get(page).text
    sent = {"do": "votes", "yes": 2, "no": 1, "abstained": 0, "decision": "同意"}
    assert client.post(page, sent).status_code == 302
    assert "只登记总票数" in client.get(page).text
    told = docx.Document(io.BytesIO(client.get(reverse("casework:minutes-docx", args=[meeting.pk])).content))
    assert "甲：" not in "\n".join(paragraph.text for paragraph in told.paragraphs)


def test_meetings_are_seen_by_those_who_sit_or_hold_them(meeting, client_as, acting, db):
    page = reverse("casework:meeting", args=[meeting.pk])
    assert client_as("市财政局", "reviewer").get(page).status_code == 404
    meeting.seats.filter(number=1).update(body=Body.objects.get(name="市财政局"))
    assert client_as("市财政局", "reviewer").get(page).status_code == 200
    assert not visible_meetings(None).exists()
    assert not visible_meetings(acting("市城市更新专家委员会", "expert")).exists()
    assert list(visible_meetings(acting("市专班办公室", "auditor"))) == [meeting]


def test_who_sits_there_sees_no_case_that_is_not_theirs(item, meeting, plan, client_as):
    meeting.seats.filter(number=1).update(body=Body.objects.get(name="市财政局"))
    reviewer = client_as("市财政局", "reviewer")
    text = reviewer.get(reverse("casework:meeting", args=[meeting.pk])).text
    assert plan.case.title not in text
    assert "您无权查看的案卷" in text
    assert reviewer.get(reverse("casework:agenda-item", args=[item.pk])).status_code == 404
    told = reviewer.get(reverse("casework:minutes-docx", args=[meeting.pk])).content
    assert plan.case.number not in "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(told)).paragraphs)


def test_those_who_may_not_hold_a_meeting_change_nothing(meeting, client_as):
    page = reverse("casework:meeting", args=[meeting.pk])
    auditor = client_as("市专班办公室", "auditor")
    sent = auditor.post(page, {"do": "minutes", "text": "篡改", "paper": "x"})
    assert sent.status_code == 403
    meeting.refresh_from_db()
    assert meeting.minutes == ""
    assert auditor.post(page, {"do": "nonsense"}).status_code == 404
    assert client_as(HOUSE, "compiler").get(reverse("casework:convene")).status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_pages_take_a_constant_number_of_queries(
    committee, clerk, client_as, case_in, many, django_assert_max_num_queries
):
    from datetime import date

    from huancheng.platform.casework.procedures.meetings.domain.convening import convene, put_on_agenda

    for number in range(many):
        meeting = convene(committee, clerk, title=f"会议{number}", held_on=date(2026, 3, 2), seats=["甲", "乙"])
    for jurisdiction in ("wangyue", "example_resort_zone", "example_hightech_zone")[:many]:
        place = case_in("special_plan", "deliberate", jurisdiction)
        put_on_agenda(meeting.pk, place.case.pk, "deliberate", clerk)
    client = client_as(HOUSE, "clerk")
    for url, most in (
        (reverse("casework:meetings"), 14),
        (reverse("casework:meeting", args=[meeting.pk]), 26),
    ):
        client.get(url)
        with django_assert_max_num_queries(most):
            client.get(url)
