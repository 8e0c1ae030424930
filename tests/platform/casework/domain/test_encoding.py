"""Events of a route go into the log as plain data and come back the same."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from huancheng.platform.casework.domain.encoding import decode, encode
from huancheng.policy.routes.events import Event, EventKind, Vote

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    "event",
    [
        Event(EventKind.COMPLETED, DAY, step="compile", paper="1号"),
        Event(EventKind.DECIDED, DAY, step="approve", passed=False, entered_on=date(2026, 3, 5)),
        Event(EventKind.DECIDED, DAY, step="deliberate", vote=Vote(6, 9, 11, 1)),
        Event(EventKind.RETURNED, DAY, step="review", to="compile"),
        Event(EventKind.OPENED, DAY, route="r", jurisdiction="linhe", pack="abc", editions={2026: "cn-2026"}),
        Event(EventKind.FACTS_STATED, DAY, facts={"a": True, "b": 3, "c": "划拨", "d": None}),
    ],
)
def test_what_is_written_is_what_is_read(event):
    assert decode(json.loads(json.dumps(encode(event)))) == event


def test_numbers_days_and_sets_of_facts_are_kept_as_their_text():
    facts = {"share": Decimal("0.5"), "part": Fraction(1, 3), "size": 1.5, "since": DAY, "in": ["甲", Decimal(2)]}
    said = encode(Event(EventKind.FACTS_STATED, DAY, facts=facts))["facts"]
    assert said == {"share": "0.5", "part": "1/3", "size": "1.5", "since": "2026-03-02", "in": ["甲", "2"]}


def test_reasons_stay_out_of_the_log():
    assert "reason" not in encode(Event(EventKind.WITHDRAWN, DAY, reason="私人原因"))
