"""A light says how a task stands to its deadline; counts and filters say the same as what is shown."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from huancheng.platform.casework.models import Task
from huancheng.platform.casework.queries.lights import Light, LightRule, lights_today
from tests.platform.casework.walking import day

TODAY = date(2026, 3, 4)
RULE = LightRule(TODAY, date(2026, 3, 9))


def light(due_on: date | None, *, kind: str = "review", status: str = "ready") -> Light:
    return RULE.of(SimpleNamespace(status=status, kind=kind, due_on=due_on))


@pytest.mark.parametrize(
    ("days", "wanted"), [(-1, Light.RED), (0, Light.AMBER), (5, Light.AMBER), (6, Light.GREEN), (60, Light.GREEN)]
)
def test_a_deadline_turns_amber_before_and_red_after_its_last_day(days, wanted):
    assert light(TODAY + timedelta(days=days)) is wanted


def test_a_stopped_clock_is_never_red():
    assert light(TODAY - timedelta(days=90), status="stopped") is Light.STOPPED


def test_a_notice_hangs_until_it_has_hung_long_enough_and_is_never_late():
    assert light(TODAY, kind="notice") is Light.HANGING
    assert light(TODAY - timedelta(days=90), kind="notice") is Light.HUNG


def test_a_step_without_a_time_has_no_deadline_to_miss():
    assert light(None) is Light.OPEN


def test_every_light_has_a_word_and_a_shape():
    assert len({item.word for item in Light}) == len(Light)
    assert {item.tone for item in Light} == {"red", "amber", "green", "grey", "teal"}


def test_amber_counts_working_days():
    with day(4):
        assert lights_today() == LightRule(date(2026, 3, 6), date(2026, 3, 11))


@pytest.mark.django_db
def test_the_condition_of_each_light_finds_the_tasks_that_have_it_and_no_others(plan):
    template = plan.case.tasks.get()
    kinds, statuses = ("review", "notice"), ("ready", "stopped")
    dues = [None, *(TODAY + timedelta(days=days) for days in (-1, 0, 5, 6))]
    for number, (kind, status, due) in enumerate((k, s, d) for k in kinds for s in statuses for d in dues):
        Task.objects.create(
            case=plan.case, step=f"s{number}", kind=kind, status=status, due_on=due, ready_on=TODAY,
            body=template.body,
        )  # fmt: skip
    for item in Light:
        found = set(Task.objects.filter(RULE.where(item)).values_list("step", flat=True))
        assert found == {task.step for task in Task.objects.all() if RULE.of(task) is item}
        assert found
