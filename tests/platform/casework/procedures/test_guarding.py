"""Guards look at what ends a step now; what is entered as history passes."""

from __future__ import annotations

import pytest

from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain import guards
from huancheng.platform.casework.domain.trying import try_event
from huancheng.platform.casework.procedures.consultation.domain.asking import ask
from huancheng.platform.casework.procedures.faults import ProcedureFault
from huancheng.platform.casework.procedures.guarding import add_guards
from huancheng.platform.common import clock
from huancheng.policy.routes.events import Event, EventKind

pytestmark = pytest.mark.django_db


def test_guards_stand_once_however_often_they_are_added():
    before = list(guards._GUARDS)
    add_guards()
    assert before == guards._GUARDS


def test_history_passes_where_an_end_of_now_does_not(case_in, acting):
    place = case_in("recognition", "consult")
    clerk = acting("市专班办公室", "clerk")
    ask(place.case.pk, "consult", clerk, [Body.objects.get(name="税务机关").pk])
    today = clock.today()
    with pytest.raises(ProcedureFault, match="未答复"):
        try_event(place.standing, Event(EventKind.COMPLETED, today, step="consult"))
    entered = Event(EventKind.BACK_ENTERED, today, step="consult", paper="旧文", entered_on=today)
    assert try_event(place.standing, entered).steps["consult"].back_entered
