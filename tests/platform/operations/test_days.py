"""What is done once a day: once, from the hour on, after a pause too; one failure holds nobody else up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from huancheng.platform.common import clock, daily
from huancheng.platform.operations.domain.days import RETRY_AFTER, STUCK_AFTER, run_what_is_due
from huancheng.platform.operations.models import DailyRun

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 11, 22, 3, tzinfo=UTC)
"""Eleven in the city."""


@pytest.fixture
def calls(monkeypatch):
    """The days each of two functions was called for; `letters` fails while told to."""
    made: dict[str, list[str]] = {"reminders": [], "letters": []}
    failing: list[bool] = []
    monkeypatch.setattr(daily, "_FUNCTIONS", {})

    def letters(day):
        made["letters"].append(day.isoformat())
        if failing:
            raise ConnectionError("the mail server is away")

    daily.register_daily("letters", letters)
    daily.register_daily("reminders", lambda day: made["reminders"].append(day.isoformat()))
    made["failing"] = failing
    return made


def test_each_function_is_called_once_a_day(calls):
    with clock.at(MORNING):
        assert run_what_is_due() == ["letters", "reminders"]
        assert run_what_is_due() == []
    with clock.at(MORNING + timedelta(hours=8)):
        assert run_what_is_due() == []
    with clock.at(MORNING + timedelta(days=1)):
        assert run_what_is_due() == ["letters", "reminders"]
    assert calls["reminders"] == ["2026-11-22", "2026-11-23"]


def test_nothing_is_done_before_the_hour(calls, settings):
    settings.DAILY_HOUR = 12
    with clock.at(MORNING):
        assert run_what_is_due() == []
    with clock.at(MORNING + timedelta(hours=1)):
        assert run_what_is_due() == ["letters", "reminders"]


def test_the_day_is_that_of_the_city(calls, settings):
    settings.DAILY_HOUR = 0
    with clock.at(datetime(2026, 11, 22, 17, tzinfo=UTC)):
        run_what_is_due()
    assert calls["reminders"] == ["2026-11-23"]


def test_after_a_pause_it_is_done_as_soon_as_the_program_runs_again(calls):
    with clock.at(MORNING):
        run_what_is_due()
    with clock.at(MORNING + timedelta(days=4, hours=9)):
        assert run_what_is_due() == ["letters", "reminders"]
    assert calls["reminders"] == ["2026-11-22", "2026-11-26"]


def test_one_that_fails_is_recorded_tried_again_later_and_holds_nobody_up(calls, caplog):
    calls["failing"].append(True)
    with clock.at(MORNING):
        assert run_what_is_due() == ["reminders"]
        assert run_what_is_due() == []
    run = DailyRun.objects.get(name="letters")
    assert (run.fault, run.ended_at) == ("ConnectionError", None)
    assert "daily letters failed" in caplog.text
    calls["failing"].clear()
    with clock.at(MORNING + RETRY_AFTER):
        assert run_what_is_due() == ["letters"]
    run.refresh_from_db()
    assert (run.fault, run.ended_at) == ("", MORNING + RETRY_AFTER)
    assert len(calls["letters"]) == 2


def test_one_that_was_killed_is_begun_again_after_a_while(calls):
    with clock.at(MORNING):
        DailyRun.objects.create(name="letters", day=clock.today(), begun_at=MORNING)
        assert run_what_is_due() == ["reminders"]
    with clock.at(MORNING + STUCK_AFTER):
        assert run_what_is_due() == ["letters"]


def test_the_apps_that_have_daily_work_have_registered_it():
    assert {"audit-anchor", "audit-verify"} <= set(daily.daily_functions())


def test_a_run_is_named_by_what_and_when():
    assert str(DailyRun(name="letters", day=MORNING.date())) == "letters 2026-11-22"
