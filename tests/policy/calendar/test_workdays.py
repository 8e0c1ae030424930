from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huancheng.evidence import InputFault
from huancheng.policy.calendar import CalendarEdition, Due, WorkingCalendar, known_editions

DAYS = st.dates(date(2023, 1, 1), date(2026, 12, 31))


@pytest.fixture(scope="module")
def calendar(national):
    return national.calendar(date(2026, 6, 1))


def test_every_day_of_the_published_years_agrees_with_two_public_calendars(calendar):
    china = holidays.China(years=range(2023, 2027))
    day = date(2023, 1, 1)
    while day.year < 2027:
        assert calendar.is_working_day(day) is chinese_calendar.is_workday(day), day
        # The second library knows days off, and of worked weekends nothing.
        if day in china and day.weekday() < 5:
            assert not calendar.is_working_day(day), day
        day += timedelta(1)


def test_a_year_not_yet_published_is_provisional(calendar):
    assert [calendar.is_published(year) for year in (2025, 2026, 2027, 2028)] == [True, True, False, False]
    assert calendar.due(date(2026, 12, 28), 3) == Due(date(2026, 12, 31), provisional=False)
    assert calendar.due(date(2026, 12, 28), 4).provisional
    assert not calendar.due(date(2026, 12, 28), 40, working=False).provisional


def test_what_is_known_on_a_day_is_the_latest_edition_of_each_year(national):
    assert sorted(item.year for item in known_editions(national.editions, date(2024, 1, 1))) == [2023, 2024]
    first = CalendarEdition(
        id="p",
        basis="law",
        certainty="proposed",
        year=2027,
        published=False,
        known_from=date(2026, 1, 1),
        days_off=(),
        working_weekends=(),
    )
    second = first.model_copy(update={"id": "q", "published": True, "known_from": date(2026, 11, 1)})
    assert [item.id for item in known_editions([second, first], date(2026, 6, 1))] == ["p"]
    assert [item.id for item in known_editions([second, first], date(2026, 12, 1))] == ["q"]
    with pytest.raises(ValueError, match="two calendar editions"):
        WorkingCalendar([first, second])


def test_the_day_of_beginning_does_not_count_and_zero_days_are_over_at_once(calendar):
    assert calendar.due(date(2024, 9, 30), 1) == Due(date(2024, 10, 8), provisional=False)
    assert calendar.due(date(2024, 9, 30), 0).day == date(2024, 9, 30)


def test_a_deadline_beyond_a_century_is_refused_not_cut_short(calendar):
    start = date(2024, 3, 4)
    assert calendar.due(start, 39_000, working=False).day == start + timedelta(39_000)
    with pytest.raises(InputFault, match="further ahead than a deadline can"):
        calendar.due(start, 50_000, working=False)


def test_a_clock_that_stands_has_no_deadline_unless_the_time_was_over_before(calendar):
    start = date(2024, 3, 4)
    assert calendar.due(start, 5, pauses=[(date(2024, 3, 6), None)]) is None
    assert calendar.due(start, 5, pauses=[(date(2024, 3, 20), None)]).day == date(2024, 3, 11)


@given(DAYS, st.integers(0, 60), st.integers(0, 40), st.integers(0, 40))
def test_a_pause_moves_the_deadline_by_its_working_days_and_never_nearer(calendar, start, days, after, length):
    stopped = start + timedelta(after)
    resumed = stopped + timedelta(length)
    plain = calendar.due(start, days).day
    paused = calendar.due(start, days, pauses=[(stopped, resumed)]).day
    assert paused >= plain
    if stopped >= plain:
        assert paused == plain
    elif days and resumed < date(2026, 6, 1):
        lost = calendar.working_days_between(stopped, resumed)
        assert calendar.working_days_between(start, paused) == days + lost


@given(DAYS, st.integers(1, 60))
def test_days_elapsed_on_the_deadline_are_the_days_allowed(calendar, start, days):
    due = calendar.due(start, days).day
    assert calendar.elapsed(start, due) == days
    assert calendar.elapsed(start, due - timedelta(1)) == days - 1
    assert calendar.elapsed(start, start + timedelta(3), working=False) == 3
    assert calendar.elapsed(start, due, pauses=[(start, None)]) == 0


@given(DAYS, DAYS)
def test_working_days_between_add_up(calendar, first, second):
    early, late = sorted((first, second))
    assert calendar.working_days_between(late, early) == 0
    middle = early + (late - early) // 2
    assert calendar.working_days_between(early, late) == (
        calendar.working_days_between(early, middle) + calendar.working_days_between(middle, late)
    )
