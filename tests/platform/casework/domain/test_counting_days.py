"""A case adopts the calendar of a year once it is published, by the program and with an entry."""

from __future__ import annotations

import pytest

from huancheng.platform.audit.models import Event as Entry
from huancheng.platform.casework.domain.counting_days import adopt_calendar
from huancheng.platform.casework.domain.law import current_book
from tests.platform.casework.walking import Walk, day

pytestmark = pytest.mark.django_db


def test_a_case_that_counts_with_them_already_is_left_alone(plan):
    with day(0):
        assert adopt_calendar(plan.pk) is None


def test_a_calendar_published_later_is_adopted_once(acting, unit):
    known = sorted({edition.known_from for edition in current_book().editions})
    begun, later = known[0], known[-1]
    assert begun < later
    from datetime import datetime, time
    from zoneinfo import ZoneInfo

    from huancheng.platform.common import clock

    zone = ZoneInfo("Asia/Shanghai")
    first = max(begun, current_book().routes["unit-plan-other"].effective_from)
    with clock.at(datetime.combine(first, time(9), zone)):
        walk = Walk.begin(acting, "unit_plan", unit())
    with clock.at(datetime.combine(later, time(9), zone)):
        standing = adopt_calendar(walk.pk)
        assert standing is not None
        assert dict(standing.state.editions) == current_book().calendar(later).editions
        assert adopt_calendar(walk.pk) is None
    entry = Entry.objects.filter(stream=walk.case.stream, code="case.adopt_calendar").get()
    assert entry.actor is None
