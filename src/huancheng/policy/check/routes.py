"""Routes that end nowhere, steps whose body can't be told, look-ups that give no or several routes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from huancheng.policy.bodies import Jurisdiction
from huancheng.policy.book import PolicyBook
from huancheng.policy.check.findings import Finding, Findings
from huancheng.policy.facts import FactKind, Facts
from huancheng.policy.routes.model import Route, StepKind

_DECIDING = frozenset({StepKind.APPROVE, StepKind.CONFIRM, StepKind.REVIEW, StepKind.DELIBERATE})


def check_routes(book: PolicyBook) -> Findings:
    """Yield the findings of all bodies and routes."""
    for collection in (book.bodies, book.roles):
        for entry in collection:
            if entry.level is None:
                yield Finding(
                    "body_without_level",
                    f"{entry.title} has no level",
                    collection.origin(entry.id),
                    entry.id,
                    "add `level:`",
                )
    for route in book.routes:
        yield from _check_route(book, route)
        yield from _check_references(book, route)
    for jurisdiction in book.jurisdictions:
        yield from _check_lookups(book, jurisdiction)
        yield from _check_bodies(book, jurisdiction)


def _check_route(book: PolicyBook, route: Route) -> Findings:
    ends = any(step.gate and step.kind in _DECIDING and not step.optional and not step.when for step in route.steps)
    if not ends:
        yield Finding(
            "route_without_end",
            "no step that always applies decides the matter",
            book.routes.origin(route.id),
            route.id,
            "give it an approve, confirm, review or deliberate step with gate: true",
        )
    for step in route.steps:
        key = f"{route.id}/{step.id}"
        if not step.cites:
            yield Finding("uncited_step", "the step cites nothing", book.routes.origin(key), key, "add `cites:`")


def _check_references(book: PolicyBook, route: Route) -> Findings:
    origin = book.routes.origin(route.id)
    if route.instrument not in book.instruments:
        yield Finding(
            "dangling_instrument",
            f"there is no instrument {route.instrument!r}",
            origin,
            route.id,
            "add it to instruments.yaml or mend the id",
        )
    for item in route.preconditions:
        if item.instrument and item.instrument not in book.instruments:
            yield Finding(
                "dangling_instrument",
                f"precondition {item.id} names no instrument: {item.instrument!r}",
                origin,
                route.id,
                "mend the id",
            )
    for rule in route.rerouting:
        if rule.from_route not in book.routes:
            yield Finding(
                "dangling_route", f"rerouting comes from no route: {rule.from_route!r}", origin, route.id, "mend the id"
            )
            continue
        theirs = {step.id for step in book.routes[rule.from_route].steps}
        ours = {step.id for step in route.steps} | {""}
        for carried in rule.carried:
            if carried.step not in theirs or carried.becomes not in ours:
                yield Finding(
                    "dangling_step",
                    f"rerouting carries {carried.step!r} to {carried.becomes!r}",
                    origin,
                    route.id,
                    "name steps of the two routes",
                )


def jurisdiction_facts(book: PolicyBook, jurisdiction: Jurisdiction) -> Iterator[Facts]:
    """Yield the facts that select routes, for every combination of recognitions."""
    acts = [fact.id for fact in book.facts if fact.kind is FactKind.ACT and fact.id.startswith("recognised")]
    for values in product((False, True), repeat=len(acts)):
        yield {
            "in_central_city": jurisdiction.central,
            "jurisdiction_kind": jurisdiction.kind.value,
            "jurisdiction_name": jurisdiction.title,
            **dict(zip(acts, values, strict=True)),
        }


def _check_lookups(book: PolicyBook, jurisdiction: Jurisdiction) -> Findings:
    for instrument in book.instruments:
        routes = [
            route for route in book.routes if route.instrument == instrument.id and route.in_force(book.latest_change)
        ]
        for facts in jurisdiction_facts(book, jurisdiction):
            found = [route.id for route in routes if book.route_conditions[route.id].evaluate(facts)]
            if len(found) != 1:
                yield Finding(
                    "no_single_route",
                    f"{instrument.title} in {jurisdiction.title} has {len(found)} routes: {', '.join(found)}",
                    book.instruments.origin(instrument.id),
                    instrument.id,
                    "mend the `when` of its routes",
                )
                break


def _check_bodies(book: PolicyBook, jurisdiction: Jurisdiction) -> Findings:
    for route in book.routes:
        condition = book.route_conditions[route.id]
        if not any(condition.evaluate(facts) for facts in jurisdiction_facts(book, jurisdiction)):
            continue
        for step in route.steps:
            key = f"{route.id}/{step.id}"
            for reference in (step.body, step.on_behalf):
                if reference and book.body(reference, jurisdiction) is None:
                    yield Finding(
                        "unresolved_body",
                        f"{reference!r} names no body for {jurisdiction.title}",
                        book.routes.origin(key),
                        key,
                        "add the body, or the kind to the role's by_kind",
                    )
    for table in book.tables:
        if book.body(table.competent, jurisdiction) is None:
            yield Finding(
                "unresolved_body",
                f"competent: {table.competent!r} names no body for {jurisdiction.title}",
                book.tables.origin(table.id),
                table.id,
                "name a body or role of the pack",
            )
