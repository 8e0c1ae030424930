"""A committee that meets, and a case that waits for it."""

from __future__ import annotations

from datetime import date

import pytest

from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.procedures.meetings.domain.convening import (
    convene,
    put_on_agenda,
    take_attendance,
    write_minutes,
)

MEETING_DAY = date(2026, 3, 2)


@pytest.fixture
def clerk(acting):
    return acting("市自然资源和规划局", "clerk")


@pytest.fixture
def second(acting):
    return acting("市自然资源和规划局", "reviewer")


@pytest.fixture
def committee(db):
    return Body.objects.get(name="市国土空间规划委员会")


@pytest.fixture
def plan(case_in):
    """The central city's special plan, before the planning committee."""
    return case_in("special_plan", "deliberate", "wangyue")


@pytest.fixture
def meeting(committee, clerk):
    """A meeting of six seats."""
    titles = [f"委员{number}" for number in range(1, 7)]
    return convene(committee, clerk, title="2026年第1次会议", held_on=MEETING_DAY, place="一号会议室", seats=titles)


@pytest.fixture
def item(meeting, plan, clerk):
    return put_on_agenda(meeting.pk, plan.case.pk, "deliberate", clerk)


@pytest.fixture
def seats(meeting, clerk):
    """Everybody has come."""
    found = [seat.pk for seat in meeting.seats.all()]
    take_attendance(meeting.pk, clerk, found)
    return found


@pytest.fixture
def minutes(meeting, clerk):
    return write_minutes(meeting.pk, clerk, text="会议审议了专项规划。", paper="规委纪〔2026〕1号")
