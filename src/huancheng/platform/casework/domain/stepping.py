"""The acts that carry a case from step to step."""

from __future__ import annotations

from datetime import date

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.moving import move
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.common import clock
from huancheng.policy.routes.events import Event, EventKind


def complete(
    case: int,
    step: str,
    acting: Acting,
    *,
    paper: str = "",
    words: str = "",
    day: date | None = None,
    expected: int | None = None,
) -> CaseStanding:
    """End a step that judges nothing: compiled, published, consulted, filed.

    Raises
    ------
    NotAllowed, Overtaken, RouteFault
        If the person, the moment or the route forbids it.
    """
    event = Event(EventKind.COMPLETED, day or clock.today(), step=step, paper=paper)
    return move(case, "complete", acting, event, expected=expected, words=words)


def decide(
    case: int,
    step: str,
    acting: Acting,
    *,
    passed: bool,
    opinion: str,
    paper: str = "",
    day: date | None = None,
    expected: int | None = None,
) -> CaseStanding:
    """Say yes or no for the body of a step, with an opinion.

    Raises
    ------
    NotAllowed, Overtaken, RouteFault
        If the person, the moment or the route forbids it.
    """
    event = Event(EventKind.DECIDED, day or clock.today(), step=step, passed=passed, paper=paper)
    return move(case, "decide", acting, event, expected=expected, words=opinion)
