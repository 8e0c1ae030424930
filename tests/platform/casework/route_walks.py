"""Every route of a pack, walked from its opening to its end, with each state it can stand in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from huancheng.policy.book import PolicyBook
from huancheng.policy.conditions.model import AnyOf
from huancheng.policy.routes.events import Event, EventKind, Vote
from huancheng.policy.routes.interpret import Interpreter
from huancheng.policy.routes.model import Route
from huancheng.policy.routes.plan import route_facts
from huancheng.policy.routes.state import CaseState, CaseStatus, StepStatus

DAY = date(2026, 3, 2)
OFFICES_OF_PLACE = {"in_central_city", "jurisdiction_kind", "jurisdiction_name"}
SIZES = {"gte": 0, "gt": 1, "lte": 0, "lt": -1}


def facts_that_bring_every_step(book: PolicyBook, route: Route) -> dict[str, object]:
    """Return facts under which the route is taken and each of its steps applies."""
    places = [route.id, *(f"{route.id}/{step.id}" for step in route.steps)]
    places += [f"{route.id}/#{item.id}" for item in route.preconditions]
    facts: dict[str, object] = {}
    for place in places:
        for part in book.route_conditions[place].parts:
            tests = (
                [test for condition in part.conditions for test in condition.tests()]
                if isinstance(part, AnyOf)
                else [part]
            )
            for test in tests:
                if test.fact in OFFICES_OF_PLACE:
                    continue
                if test.operator in {"eq", "has"}:
                    facts[test.fact] = test.operand
                elif test.operator == "in":
                    facts[test.fact] = min(test.operand, key=str)
                else:
                    facts[test.fact] = test.operand + SIZES[test.operator]
    return facts


def place_of(book: PolicyBook, route: Route) -> str:
    """Return a jurisdiction where the route is taken."""
    given = facts_that_bring_every_step(book, route)
    for jurisdiction in book.jurisdictions:
        facts = route_facts(book, jurisdiction, given)
        if book.route_conditions[route.id].evaluate(facts):
            return jurisdiction.id
    raise AssertionError(f"nowhere is {route.id} taken")


def states_of(interpreter: Interpreter, route: Route) -> Iterator[tuple[str, CaseState]]:
    """Yield every kind of state: before its preconditions, each step ready and stopped, and every end."""
    book = interpreter.book
    given = facts_that_bring_every_step(book, route)
    state = interpreter.fold([interpreter.open(route.instrument, place_of(book, route), DAY, given)])
    assert state.route == route.id
    plan = interpreter.plan(state)
    if plan.preconditions:
        yield "waiting for preconditions", state
    for item in plan.preconditions:
        state = interpreter.apply(state, Event(EventKind.PRECONDITION_MET, DAY, to=item.id, paper="号"))
    yield "withdrawn", interpreter.apply(state, Event(EventKind.WITHDRAWN, DAY))
    day = DAY
    while state.status is CaseStatus.OPEN:
        ready = [item for item in plan.steps if state.steps[item.step.id].status is StepStatus.READY]
        planned = ready[0]
        name, step = planned.step.id, planned.step
        yield f"{name} ready", state
        yield f"{name} stopped", interpreter.apply(state, Event(EventKind.CORRECTION_REQUESTED, day, name))
        if step.kind.judges and step.gate:
            vote = Vote(0, 9, 9) if step.vote else None
            yield (
                f"{name} refused",
                interpreter.apply(state, Event(EventKind.DECIDED, day, name, passed=False, vote=vote)),
            )
        due = interpreter.due(state, name)
        if step.is_minimum and due is not None:
            day = max(day, due.day + timedelta(days=1))
        kind = EventKind.DECIDED if step.kind.judges else EventKind.COMPLETED
        event = Event(kind, day, name, passed=True if step.kind.judges else None)
        state = interpreter.apply(state, replace(event, vote=Vote(9, 9, 9)) if step.vote else event)
    yield "finished", state
