"""Bodies that are asked and experts who are drawn hear of it, and are reminded before their time is over; once each."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from huancheng.platform.bodies.models import Body, Person, Post
from huancheng.platform.casework.domain.daily import run_daily
from huancheng.platform.casework.domain.messages import tell_of
from huancheng.platform.casework.models import Message, MessageKind
from huancheng.platform.casework.procedures.consultation.domain.answering import answer
from huancheng.platform.casework.procedures.consultation.domain.asking import ask
from huancheng.platform.casework.procedures.experts.domain.drawing import decline, draw
from huancheng.platform.casework.procedures.experts.models import Expert, Panel
from huancheng.platform.casework.queries.message_words import words_of
from huancheng.platform.common import clock

pytestmark = pytest.mark.django_db
FINANCE = "市财政局"


@pytest.fixture
def consulting(case_in, acting):
    """A recognition in which the finance bureau is asked."""
    place = case_in("recognition", "consult")
    who = {role: acting(FINANCE, role) for role in ("reviewer", "filler")}
    who["stranger"] = acting("市司法局", "reviewer")
    ask(place.case.pk, "consult", acting("市专班办公室", "clerk"), [Body.objects.get(name=FINANCE).pk])
    return place, who


@pytest.fixture
def panel(case_in, acting):
    """A panel of three for a red-line exception, drawn from five."""
    committee = Body.objects.get(name="市城市更新专家委员会")
    for number in range(5):
        person = Person.objects.create(username=f"expert-{number}", name=f"专家{number}")
        Post.objects.create(person=person, body=committee, role="expert")
        Expert.objects.create(person=person, fields=["规划"], added_on=clock.today())
    place = case_in("red_line_exception", "experts")
    drawn = draw(place.case.pk, "experts", acting("市专班办公室", "officer"), seats=3)
    Panel.objects.filter(pk=drawn.pk).update(due_on=clock.today() + timedelta(days=9))
    return Panel.objects.get(pk=drawn.pk)


def told(kind: MessageKind) -> set[int]:
    return set(Message.objects.filter(kind=kind).values_list("person", flat=True))


def days(at_day, numbers) -> None:
    for number in numbers:
        with at_day(number):
            run_daily(clock.today())


@pytest.mark.requirement("8.1-4")
def test_a_body_that_is_asked_hears_of_it_through_those_who_may_answer(consulting):
    place, who = consulting
    tell_of(place.case.pk)
    heard = Message.objects.get(person=who["reviewer"].person)
    assert words_of(heard) == "有一份征询等本单位答复"
    assert {who["filler"].person, who["stranger"].person} & told(MessageKind.ARRIVED) == set()


@pytest.mark.requirement("8.2-3")
def test_it_is_reminded_once_for_each_distance_until_it_has_answered(consulting, at_day, book):
    place, who = consulting
    request = place.case.opinion_requests.get()
    days(at_day, range((request.due_on - clock.today()).days + 1))
    reminded = Message.objects.filter(person=who["reviewer"].person, kind=MessageKind.REMINDER, data__owed="opinion")
    assert reminded.count() == len(book.posts.reminder_days)
    assert words_of(reminded[0]) == f"征询意见将于 {request.due_on} 到期，请答复"
    days(at_day, [(request.due_on - clock.today()).days])
    assert reminded.count() == len(book.posts.reminder_days)


def test_who_has_answered_is_left_alone(consulting, at_day):
    _, who = consulting
    place = consulting[0]
    request = place.case.opinion_requests.get()
    answer(request.pk, who["reviewer"], opinion="agree", text="同意")
    days(at_day, [(request.due_on - clock.today()).days])
    assert not Message.objects.filter(kind=MessageKind.REMINDER, data__owed="opinion").exists()


@pytest.mark.requirement("8.1-5")
def test_experts_drawn_hear_of_it_and_so_does_who_is_called_in_their_place(panel, acting):
    tell_of(panel.case_id)
    seats = list(panel.places.select_related("expert"))
    assert {seat.expert.person_id for seat in seats} <= told(MessageKind.ARRIVED)
    fresh = decline(seats[0].pk, acting("市专班办公室", "officer"), reason="时间冲突")
    assert fresh.expert.person_id not in told(MessageKind.ARRIVED)
    tell_of(panel.case_id)
    assert fresh.expert.person_id in told(MessageKind.ARRIVED)
    for seat in panel.places.filter(status="assigned"):
        decline(seat.pk, acting("市专班办公室", "officer"), reason="回避")
    assert tell_of(panel.case_id) >= 1


def test_experts_are_reminded_and_the_ones_who_declined_are_not(panel, acting, at_day, book):
    seats = list(panel.places.select_related("expert"))
    decline(seats[0].pk, acting("市专班办公室", "officer"), reason="回避")
    days(at_day, range(10))
    reminded = Message.objects.filter(kind=MessageKind.REMINDER, data__owed="review")
    assert set(reminded.values_list("person", flat=True)) == set(
        panel.places.filter(status="assigned").values_list("expert__person", flat=True)
    )
    assert reminded.filter(person=seats[1].expert.person_id).count() == len(book.posts.reminder_days)
    with translation.override("en"):
        assert words_of(reminded[0]).startswith("Your expert opinion is due on")
