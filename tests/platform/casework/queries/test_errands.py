"""What waits for a person beside the steps: told to whom it concerns, never to who did the first half."""

from __future__ import annotations

from datetime import date

import pytest

from huancheng.platform.casework.domain.recording import record_decision
from huancheng.platform.casework.queries import errands
from huancheng.platform.casework.queries.errands import Errand, add_errands, errands_of
from huancheng.platform.common import clock
from tests.platform.casework.walking import OFFICE, day

pytestmark = pytest.mark.django_db


def test_a_recorded_decision_waits_for_a_second_clerk_and_not_for_the_first(plan, acting):
    through = plan.standing.through_of(plan.planned("designate")).name
    first, second = acting(through, "clerk"), acting(through, "clerk", 2)
    with day(1):
        record_decision(plan.pk, "designate", first, paper="纪要1号", document_day=clock.today())
        assert [(item.words, item.case.pk) for item in errands_of(second)] == [("复核登记的决定（纪要1号）", plan.pk)]
        assert errands_of(first) == []
        assert errands_of(acting("平野县城市更新工作专班", "clerk")) == []
        assert errands_of(type(second)(second.person)) == []


def test_the_soonest_comes_first_and_a_source_counts_once(plan, acting, monkeypatch):
    monkeypatch.setattr(errands, "_SOURCES", [])
    days = (None, date(2026, 3, 9), date(2026, 3, 3))

    def source(_acting):
        return [Errand("x", plan.case, "/", day) for day in days]

    add_errands(source)
    add_errands(source)
    found = errands_of(acting(OFFICE, "officer"))
    assert [item.due_on for item in found] == [date(2026, 3, 3), date(2026, 3, 9), None]
