"""What the record of a case says of itself: facts at left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from huancheng.platform.casework.domain.asking import facts_asked
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.queries.case_names import CaseNames
from huancheng.platform.casework.queries.route_line import basis_words, cited
from huancheng.platform.casework.queries.said import listed
from huancheng.platform.casework.subjects import subject_link
from huancheng.policy.conditions.describe import say_condition, say_value
from huancheng.policy.facts import FactKind


@dataclass(frozen=True, slots=True)
class Law:
    """The law a case is under.

    Parameters
    ----------
    title, version
        The pack and its version.
    digest
        Its digest, shortened.
    is_current
        Whether new cases begin under the same.
    route
        Title of the route.
    because
        Condition that selected it, in words.
    basis
        Whose words the route is.
    clauses
        Clauses it rests on, with what they say.
    """

    title: str
    version: str
    digest: str
    is_current: bool
    route: str
    because: str
    basis: str
    clauses: Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Facts of a case.

    Parameters
    ----------
    pairs
        Label and value.
    subject, subject_url
        What it is about, and its page if it has one.
    law
        The law it is under.
    """

    pairs: Sequence[tuple[str, str]]
    subject: str
    subject_url: str
    law: Law


def case_facts(standing: CaseStanding, names: CaseNames) -> CaseFacts:
    """Return the facts of a case; no queries beyond what is at hand."""
    case = standing.case
    pairs = [
        (_("事项"), standing.plan.instrument.title),
        (_("辖区"), standing.plan.jurisdiction.title),
        (_("发起单位"), case.opened_by.name),
        (_("发起人"), names.person(case.initiator) if case.initiator else "–"),
        (_("发起日期"), case.opened_on.isoformat()),
        (_("轮次"), _("第 %d 轮") % case.round),
    ]
    decided = [step.paper for step in standing.state.steps.values() if step.paper]
    if decided:
        pairs.append((_("文号"), listed(dict.fromkeys(decided))))
    pairs += [(fact.title, say_value(standing.state.facts.get(fact.id))) for fact in facts_asked(standing)]
    pairs += [
        (_("认定"), standing.book.facts[name].title)
        for name, value in standing.state.facts.items()
        if value is True and standing.book.facts[name].kind is FactKind.ACT
    ]
    subject = case.subject
    return CaseFacts(pairs, subject.title, subject_link(subject), _law(standing))


def _law(standing: CaseStanding) -> Law:
    book, route = standing.book, standing.plan.route
    condition = book.route_conditions[route.id]
    return Law(
        title=book.pack.manifest.title,
        version=book.pack.manifest.version,
        digest=book.pack.digest[:12],
        is_current=current_book().pack.digest == book.pack.digest,
        route=route.title,
        because=say_condition(condition, book.catalogue) if route.when else "",
        basis=basis_words(route.basis),
        clauses=_by_place(cited(book, reference) for reference in route.cites),
    )


def _by_place(cites: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Gather what is said at one place."""
    found: dict[str, list[str]] = {}
    for place, words in cites:
        found.setdefault(place, []).append(words)
    return list(found.items())
