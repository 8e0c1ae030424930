"""Every day once: silence counted, notices ended, reminders and escalations, newer calendars; never twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from huancheng.evidence import InputFault
from huancheng.platform.audit.models import Event as LogEntry
from huancheng.platform.bodies.models import Person
from huancheng.platform.casework.domain import daily
from huancheng.platform.casework.domain.daily import run_daily
from huancheng.platform.casework.domain.entrusting import hand_over
from huancheng.platform.casework.domain.messages import tell_of
from huancheng.platform.casework.models import Escalation, Message, MessageKind, Task
from huancheng.platform.common import clock
from tests.platform.casework.walking import OFFICE, START, Walk, day

pytestmark = pytest.mark.django_db


def run(number: int) -> daily.DailyReport:
    with day(number):
        return run_daily(clock.today())


@pytest.fixture
def reviewing(plan):
    """A unit plan that waits for review, twenty working days from day 1."""
    with day(1):
        plan.until("review")
    return plan


def levels(walk) -> Counter:
    return Counter(Escalation.objects.filter(case=walk.pk).values_list("step", "level"))


def test_weeks_pass_and_each_late_task_is_escalated_exactly_once_per_level(reviewing, book):
    for number in range(1, 75):
        run(number)
    assert levels(reviewing) == {("review", level): 1 for level in book.posts.escalation_days}
    entries = LogEntry.objects.filter(stream=reviewing.case.stream, code="case.escalate")
    assert [entry.data["level"] for entry in entries.order_by("pk")] == list(book.posts.escalation_days)
    assert all(entry.actor is None for entry in entries)


def test_after_a_standstill_all_levels_are_made_up_for_and_people_hear_of_the_highest(reviewing, acting, book):
    officer = acting(OFFICE, "officer")
    run(74)
    assert levels(reviewing) == {("review", level): 1 for level in book.posts.escalation_days}
    told = Message.objects.filter(person=officer.person, kind=MessageKind.ESCALATION)
    assert [item.data["level"] for item in told] == [max(book.posts.escalation_days)]


def test_a_second_run_on_the_same_day_changes_nothing(reviewing):
    run(40)
    entries, messages = LogEntry.objects.count(), Message.objects.count()
    again = run(40)
    assert (again.escalated, again.reminded, again.lapsed, again.adopted, again.told) == (0, 0, 0, 0, 0)
    assert (LogEntry.objects.count(), Message.objects.count()) == (entries, messages)


def test_the_office_the_body_above_and_those_who_are_late_are_told(reviewing, acting):
    officer = acting(OFFICE, "officer")
    body = reviewing.body("review")
    assert body.parent is not None
    above, late = acting(body.parent.name, "approver"), reviewing.officer_of("review")
    stranger = acting("平野县自然资源和规划局", "reviewer")
    run(40)
    told = set(Message.objects.filter(kind=MessageKind.ESCALATION).values_list("person", flat=True))
    assert {officer.person, above.person, late.person} <= told
    assert stranger.person not in told
    assert reviewing.case.tasks.get(step="review").escalated_on is not None


def test_an_escalation_makes_no_form_old(reviewing):
    before = reviewing.case.version
    run(40)
    assert reviewing.case.version == before


def test_reminders_come_once_for_each_distance_and_go_to_the_holder(reviewing, acting, book):
    first, second = reviewing.officer_of("review"), acting(reviewing.body("review").name, "reviewer", 2)
    with day(2):
        hand_over(reviewing.pk, "review", first, to=Person.objects.get(pk=second.person))
    for number in range(2, 40):
        run(number)
        run(number)
    told = Message.objects.filter(kind=MessageKind.REMINDER)
    assert set(told.values_list("person", flat=True)) == {second.person}
    assert told.count() == len(book.posts.reminder_days)


def test_a_stopped_clock_is_neither_reminded_nor_escalated(reviewing):
    from huancheng.platform.casework.domain.returning import request_correction

    with day(2):
        request_correction(reviewing.pk, "review", reviewing.officer_of("review"), words="补图")
    for number in (28, 40, 80):
        run(number)
    assert levels(reviewing) == {}
    assert not Message.objects.filter(kind=MessageKind.REMINDER).exists()


@pytest.fixture
def silent(acting, unit):
    """A recognition on which the member bodies are asked; silence is no objection."""
    with day(0):
        walk = Walk.begin(acting, "recognition", unit(kind="project", key="R1"))
        walk.until("consult")
    return walk


def test_silence_becomes_no_objection_the_day_after_the_deadline_where_the_pack_says_so(silent):
    due = silent.case.tasks.get(step="consult").due_on
    with clock.at(START.replace(year=due.year, month=due.month, day=due.day)):
        assert run_daily(due).lapsed == 0
    with clock.at(START.replace(year=due.year, month=due.month, day=due.day) + timedelta(days=1)):
        assert run_daily(due + timedelta(days=1)).lapsed == 1
        assert run_daily(due + timedelta(days=1)).lapsed == 0
    assert silent.ready == ["approve"]
    entry = LogEntry.objects.filter(stream=silent.case.stream, code="case.lapse").get()
    assert (entry.actor, entry.data["event"]["step"]) == (None, "consult")


def test_where_silence_means_nothing_it_never_lapses(reviewing):
    run(300)
    assert reviewing.ready == ["review"]


def test_what_cannot_be_done_is_listed_and_does_not_stop_the_others(silent, reviewing, monkeypatch):
    def refuse(*_args, **_more):
        raise InputFault("征询尚未了结")

    monkeypatch.setattr(daily, "apply", refuse)
    report = run(40)
    assert report.refused == [(silent.pk, "征询尚未了结")]
    assert report.escalated > 0


def test_a_notice_that_has_hung_long_enough_is_told_once(acting, unit):
    with day(0):
        walk = Walk.begin(acting, "special_plan", unit(kind="jurisdiction", key="SP"))
        walk.until("notice")
    keepers = walk.officer_of("notice")
    due = walk.case.tasks.get(step="notice").due_on
    passed = (due - START.date()).days
    assert run(passed).notices == 0
    assert run(passed + 1).notices == 1
    assert run(passed + 2).notices == 0
    told = Message.objects.get(kind=MessageKind.NOTICE_OVER)
    assert told.person_id == keepers.person
    assert levels(walk) == {}


def test_a_calendar_published_since_is_adopted_and_moved_deadlines_are_told(reviewing, book, monkeypatch):
    late_review = reviewing.officer_of("review")
    published = [item for item in book.editions if item.published]
    newest = max(published, key=lambda item: item.year)
    march = [START.date() + timedelta(days=number) for number in range(8, 12)]
    newer = newest.model_copy(
        update={
            "id": "calendar-2026-amended",
            "known_from": START.date() + timedelta(days=5),
            "days_off": (*newest.days_off, *march),
        }
    )
    before = reviewing.case.tasks.get(step="review").due_on
    _publish(monkeypatch, book, newer)
    assert (run(4).adopted, run(6).adopted, run(7).adopted) == (0, 1, 0)
    after = reviewing.case.tasks.get(step="review").due_on
    assert after > before
    told = Message.objects.get(kind=MessageKind.DEADLINE_MOVED, person=late_review.person)
    assert (told.data["before"], told.data["due"]) == (before.isoformat(), after.isoformat())


def _publish(monkeypatch, book, edition) -> None:
    """Let the pack in force hold one more calendar edition."""
    from huancheng.platform.casework.domain import counting_days, law

    editions = replace(book.editions, entries={**book.editions.entries, edition.id: edition})
    amended = replace(book, editions=editions)
    for module in (law, counting_days, daily):
        monkeypatch.setattr(module, "current_book", lambda: amended)
    law._interpreter.cache_clear()


def test_the_daily_run_tells_what_a_stopped_program_left_untold(plan, acting):
    approver = acting("临河县人民政府", "approver")
    assert run(1).told >= 1
    assert Message.objects.filter(person=approver.person).count() == 1
    assert tell_of(plan.pk) == 0
    assert Task.objects.filter(case=plan.pk).exists()
