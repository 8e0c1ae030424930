"""Asking what an event would do, without doing it."""

from __future__ import annotations

from django.utils.translation import gettext

from huancheng.evidence import InputFault
from huancheng.platform.casework.domain.guards import check_guards
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.domain.telling import tell
from huancheng.platform.common import clock
from huancheng.policy.routes.events import Event
from huancheng.policy.routes.interpret import RouteFault
from huancheng.policy.routes.state import CaseState


def try_event(standing: CaseStanding, event: Event) -> CaseState:
    """Return the state a case would be in after an event; nothing is changed.

    Raises
    ------
    NotAllowedByRoute
        If the route does not allow it now.
    InputFault
        If the day lies in the future.
    """
    if event.day > clock.today():
        raise InputFault(gettext("日期不能晚于今天"), field="day", cure=gettext("请改正日期"))
    check_guards(standing, event)
    try:
        return standing.interpreter.apply(standing.state, event)
    except RouteFault as fault:
        raise tell(fault, standing, event) from fault
