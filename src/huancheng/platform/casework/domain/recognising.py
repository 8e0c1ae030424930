"""Recognition (认定): an office records that a project is major, of the city's level or across areas."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.moving import apply, demand, lock
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.domain.trying import try_event
from huancheng.platform.common import clock
from huancheng.policy.routes.events import Event, EventKind
from huancheng.policy.routes.state import CaseState


def recognise(
    case: int,
    fact: str,
    acting: Acting,
    *,
    paper: str,
    words: str,
    day: date | None = None,
    expected: int | None = None,
) -> CaseStanding:
    """Record an act of recognition; where another route holds for it, the case goes over and the log says what carries.

    Parameters
    ----------
    case, acting, expected
        As for the other acts.
    fact
        What is recognised, an act of the pack's facts.
    paper
        Number of the paper of recognition.
    words
        The grounds.
    day
        Day of the paper; today by default.

    Raises
    ------
    NotAllowed, Overtaken, NotAllowedByRoute, InputFault
        If the person, the moment or the route forbids it, or paper or grounds are missing.
    """
    event = Event(EventKind.RECOGNISED, day or clock.today(), to=fact, paper=paper)
    with transaction.atomic():
        standing = lock(case, expected)
        demand(acting, "recognise", standing, paper=paper, words=words)
        after = try_event(standing, event)
        data = carried(standing, after) if after.route != standing.state.route else {}
        return apply(standing, "recognise", acting, event, words=words, **data)


def carried(standing: CaseStanding, after: CaseState) -> dict[str, Any]:
    """Return what the log says of a change of route: which ended steps carry over, as what, and which are void."""
    rules = next(
        item for item in standing.book.routes[after.route].rerouting if item.from_route == standing.state.route
    )
    told = {item.step: item for item in rules.carried}
    steps = []
    for planned in standing.plan.steps:
        current = standing.step(planned.step.id)
        if not current.status.is_over:
            continue
        rule = told.get(planned.step.id)
        steps.append(
            {
                "step": planned.step.id,
                "status": current.status.value,
                "becomes": rule.becomes if rule else "",
                "reason": rule.reason if rule else "",
            }
        )
    return {"rerouted": {"from": standing.state.route, "to": after.route, "basis": rules.basis.value, "steps": steps}}
