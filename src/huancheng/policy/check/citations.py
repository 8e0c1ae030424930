"""Citations that lead nowhere, and requirements that nothing serves."""

from __future__ import annotations

from collections.abc import Iterator

from huancheng.policy.book import PolicyBook
from huancheng.policy.check.findings import Finding, Findings
from huancheng.policy.pack.collection import Origin

Citing = tuple[str, Origin, str]
"""A reference, where it stands, and what cites it."""


def all_citations(book: PolicyBook) -> Iterator[Citing]:
    """Yield every citation of tables, routes, parameters, unit rules and instruments."""
    for table in book.tables:
        for row in table.rows:
            key = f"{table.id}/{row.id}"
            yield from ((cite, book.tables.origin(key), key) for cite in row.cites)
    for route in book.routes:
        origin = book.routes.origin(route.id)
        yield from ((cite, origin, route.id) for cite in route.cites)
        yield from ((cite, origin, f"{route.id}/{item.id}") for item in route.preconditions for cite in item.cites)
        for step in route.steps:
            key = f"{route.id}/{step.id}"
            yield from ((cite, book.routes.origin(key), key) for cite in step.cites)
    for parameter in book.parameters:
        origin = book.parameters.origin(parameter.id)
        yield from ((cite, origin, parameter.id) for cite in parameter.cites)
    for profile in book.unit_rules:
        yield from ((cite, book.unit_rules.origin(profile.id), profile.id) for cite in profile.cites)
        for rule in profile.rules:
            key = f"{profile.id}/{rule.id}"
            yield from ((cite, book.unit_rules.origin(key), key) for cite in rule.cites)
    for instrument in book.instruments:
        origin = book.instruments.origin(instrument.id)
        yield from ((cite, origin, instrument.id) for cite in instrument.cites)


def check_citations(book: PolicyBook) -> Findings:
    """Yield citations that resolve to nothing, and requirements neither cited nor served."""
    cited = set()
    for reference, origin, key in all_citations(book):
        cited.add(reference)
        if reference not in book.citations:
            yield Finding(
                "dangling_citation",
                f"the citation {reference!r} resolves to nothing",
                origin,
                key,
                "mend it, or add the requirement or provision",
            )
    for name, (clause, requirement) in book.citations.requirements.items():
        if name not in cited and not requirement.check:
            yield Finding(
                "uncited_requirement",
                f"nothing cites or serves the requirement {name}",
                book.clauses.origin(f"{clause.id}/{name}"),
                name,
                "cite it in a row or step, or name under `check` the page or measure that serves it",
            )
