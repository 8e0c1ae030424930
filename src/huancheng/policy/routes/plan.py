"""Which route an instrument takes in a jurisdiction, with every body named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from huancheng.evidence import Basis, InputFault
from huancheng.policy.bodies import Jurisdiction, ResolvedBody
from huancheng.policy.book import PolicyBook
from huancheng.policy.conditions import Truth
from huancheng.policy.conditions.describe import say_condition
from huancheng.policy.facts import FactKind, Facts
from huancheng.policy.pack import PackFault
from huancheng.policy.routes.model import Instrument, Precondition, Route, Step


class RouteOpen(InputFault):
    """No route can be told yet: facts are missing.

    Parameters
    ----------
    missing
        Ids of the facts that would settle it.
    """

    def __init__(self, message: str, missing: tuple[str, ...], cure: str) -> None:
        super().__init__(message, field=", ".join(missing), cure=cure)
        self.missing = missing


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step with its body.

    Parameters
    ----------
    step
        The step.
    body
        Who acts.
    sender
        Who sends the papers of a filing or submission; None where the step names nobody.
    applies
        Whether its condition holds; None while facts leave it open.
    """

    step: Step
    body: ResolvedBody
    sender: ResolvedBody | None
    applies: Truth

    @property
    def basis(self) -> Basis:
        """Whose words the step is; `default` also where only the body is our default."""
        return Basis.DEFAULT if self.body.basis is Basis.DEFAULT else self.step.basis


@dataclass(frozen=True, slots=True)
class Plan:
    """A route made out for one jurisdiction.

    Parameters
    ----------
    route, instrument, jurisdiction
        What it is.
    steps
        Steps that apply or may apply.
    preconditions
        What must be so first, as far as it applies or may apply.
    facts
        The facts it was made out from.
    """

    route: Route
    instrument: Instrument
    jurisdiction: Jurisdiction
    steps: tuple[PlannedStep, ...]
    preconditions: tuple[Precondition, ...]
    facts: Facts

    def step(self, name: str) -> PlannedStep:
        """Return a step by id.

        Raises
        ------
        InputFault
            If the route has none of that id, or its condition rules it out.
        """
        for planned in self.steps:
            if planned.step.id == name:
                return planned
        there = ", ".join(planned.step.id for planned in self.steps)
        raise InputFault(f"the route {self.route.id} has no step {name!r} here", field="step", cure=f"use: {there}")


def route_facts(book: PolicyBook, jurisdiction: Jurisdiction, given: Mapping[str, Any], *, file: str = "") -> Facts:
    """Return the facts that select a route: those given, and what the jurisdiction itself tells.

    Raises
    ------
    InputFault
        If a given fact contradicts the jurisdiction, or doesn't fit the catalogue.
    """
    facts = book.catalogue.read(given, file=file)
    own: Facts = {
        "in_central_city": jurisdiction.central,
        "jurisdiction_kind": jurisdiction.kind.value,
        "jurisdiction_name": jurisdiction.title,
    }
    for name, value in own.items():
        if name in book.facts and facts.setdefault(name, value) != value:
            title = book.facts[name].title
            raise InputFault(f"{title} does not fit {jurisdiction.title}", file=file, field=name, cure="leave it out")
    for fact in book.facts:
        if fact.kind is FactKind.ACT:
            facts.setdefault(fact.id, False)
    return facts


def select_route(book: PolicyBook, instrument: Instrument, facts: Facts, *, as_of: date | None = None) -> Route:
    """Return the one route an instrument takes.

    Raises
    ------
    InputFault
        If the instrument is not in force on that day.
    RouteOpen
        If facts are missing.
    PackFault
        If the pack tells no route, or more than one.
    """
    day = as_of or book.latest_change
    instrument.demand_in_force(day, instrument.title)
    candidates = [route for route in book.routes if route.instrument == instrument.id and route.in_force(day)]
    conditions = [(route, book.route_conditions[route.id]) for route in candidates]
    truths = [(route, condition, condition.evaluate(facts)) for route, condition in conditions]
    unknown = tuple(
        dict.fromkeys(name for _, condition, truth in truths if truth is None for name in condition.unknown(facts))
    )
    if unknown:
        titles = "、".join(book.facts[name].title for name in unknown)
        raise RouteOpen(f"the route of {instrument.title} depends on facts not given", unknown, f"state: {titles}")
    found = [route for route, _, truth in truths if truth]
    if len(found) != 1:
        names = ", ".join(route.id for route in found) or "none"
        origin = book.instruments.origin(instrument.id)
        raise PackFault(
            f"{instrument.title} needs exactly one route here, and the pack has: {names}",
            file=origin.file,
            line=origin.line,
            key=instrument.id,
            cure="mend the conditions of its routes",
        )
    return found[0]


def make_plan(book: PolicyBook, route: Route, jurisdiction: Jurisdiction, facts: Facts) -> Plan:
    """Make a route out for a jurisdiction.

    Raises
    ------
    PackFault
        If the body of a step can't be told.
    """
    steps = []
    for step in route.steps:
        place = f"{route.id}/{step.id}"
        applies = book.route_conditions[place].evaluate(facts)
        if applies is False:
            continue
        sender = _body(book, step.on_behalf, jurisdiction, place) if step.on_behalf else None
        steps.append(PlannedStep(step, _body(book, step.body, jurisdiction, place), sender, applies))
    preconditions = tuple(
        item
        for item in route.preconditions
        if book.route_conditions[f"{route.id}/#{item.id}"].evaluate(facts) is not False
    )
    return Plan(route, book.instruments[route.instrument], jurisdiction, tuple(steps), preconditions, facts)


def _body(book: PolicyBook, reference: str, jurisdiction: Jurisdiction, place: str) -> ResolvedBody:
    body = book.body(reference, jurisdiction)
    if body is None:
        origin = book.routes.origin(place)
        raise PackFault(
            f"{reference!r} names no body for {jurisdiction.title}",
            file=origin.file,
            line=origin.line,
            key=place,
            cure="add the body, or the kind of jurisdiction to the role's by_kind",
        )
    return body


def plan_route(
    book: PolicyBook,
    instrument: str,
    jurisdiction: str,
    given: Mapping[str, Any] | None = None,
    *,
    as_of: date | None = None,
    file: str = "",
) -> Plan:
    """Select and make out the route of an instrument in a jurisdiction; names may be ids or official names.

    Parameters
    ----------
    book
        The law.
    instrument, jurisdiction
        Ids, official names or aliases.
    given
        Facts of the case.
    as_of
        Day of the law; by default the latest change in the pack.
    file
        Name of the fact file, for messages.

    Raises
    ------
    InputFault
        If a name is unknown, a fact doesn't fit or is missing, or the pack tells no body.
    """
    where = book.jurisdiction(jurisdiction)
    what = book.instrument(instrument)
    facts = route_facts(book, where, given or {}, file=file)
    return make_plan(book, select_route(book, what, facts, as_of=as_of), where, facts)


def plan_as_dict(book: PolicyBook, plan: Plan) -> dict[str, Any]:
    """Return a plan for `--json`."""
    return {
        "route": plan.route.id,
        "title": plan.route.title,
        "instrument": plan.instrument.title,
        "jurisdiction": plan.jurisdiction.title,
        "basis": plan.route.basis.value,
        "certainty": plan.route.certainty.value,
        "contents": list(plan.instrument.contents),
        "annexes": list(plan.instrument.annexes),
        "preconditions": [_precondition_dict(book, item) for item in plan.preconditions],
        "steps": [_step_dict(book, plan, planned) for planned in plan.steps],
        "rerouting": [item.model_dump(mode="json") for item in plan.route.rerouting],
        "changes": [change.as_dict() for change in book.routes.changes_of(plan.route.id)],
    }


def _precondition_dict(book: PolicyBook, item: Precondition) -> dict[str, Any]:
    return {
        "id": item.id,
        "text": item.text,
        "instrument": book.instruments[item.instrument].title if item.instrument else "",
        "state": item.state if item.instrument else "",
        "basis": item.basis.value,
        "certainty": item.certainty.value,
        "clause": _clause(book, item.cites),
    }


def _step_dict(book: PolicyBook, plan: Plan, planned: PlannedStep) -> dict[str, Any]:
    step = planned.step
    condition = book.route_conditions[f"{plan.route.id}/{step.id}"]
    return {
        "id": step.id,
        "kind": step.kind.value,
        "kind_title": step.kind.official,
        "body": planned.body.name,
        "level": planned.body.level.value if planned.body.level else None,
        "sender": planned.sender.name if planned.sender else None,
        "gate": step.gate,
        "optional": step.optional,
        "group": step.group,
        "applies": planned.applies,
        "when": say_condition(condition, book.catalogue) if step.when else "",
        "days": step.days,
        "day_kind": step.day_kind if step.days is not None else None,
        "days_basis": step.days_basis.value if step.days is not None else None,
        "silence": step.silence,
        "vote": step.vote.model_dump(mode="json") if step.vote else None,
        "documents": list(step.documents),
        "basis": planned.basis.value,
        "certainty": step.certainty.value,
        "clause": _clause(book, step.cites),
        "cites": list(step.cites),
        "note": step.note,
    }


def _clause(book: PolicyBook, cites: tuple[str, ...]) -> str:
    """Return the place of the first citation: a clause of the policy by its number, a law by title and article."""
    if not cites:
        return ""
    citation = book.citations.citation(cites[0])
    return citation.clause if cites[0] in book.citations.requirements else f"{citation.source} {citation.clause}"
