"""Which facts a case may still be asked for."""

from __future__ import annotations

from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.policy.facts import Fact, FactKind
from huancheng.policy.routes.plan import route_facts


def facts_asked(standing: CaseStanding) -> list[Fact]:
    """Return the facts on which a case's route depends and which a person may state.

    What the place tells, and acts of recognition, nobody states.
    """
    route = standing.plan.route
    places = [route.id, *(f"{route.id}/{step.id}" for step in route.steps)]
    places += [f"{route.id}/#{item.id}" for item in route.preconditions]
    book = standing.book
    told_by_place = route_facts(book, standing.plan.jurisdiction, {})
    names = dict.fromkeys(name for place in places for name in book.route_conditions[place].facts)
    return [book.facts[name] for name in names if name not in told_by_place]


def recognitions(standing: CaseStanding) -> list[Fact]:
    """Return the acts of recognition that bear on the route of a case and have not been recorded yet."""
    book = standing.book
    routes = [route for route in book.routes if route.instrument == standing.case.instrument]
    names = dict.fromkeys(name for route in routes for name in book.route_conditions[route.id].facts)
    facts = [book.facts[name] for name in names]
    return [fact for fact in facts if fact.kind is FactKind.ACT and standing.state.facts.get(fact.id) is not True]
