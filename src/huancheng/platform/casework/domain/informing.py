"""The acts that tell a case something: facts, and that its preconditions are met."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.asking import facts_asked
from huancheng.platform.casework.domain.moving import apply, demand, lock
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.models import Case, CaseLink
from huancheng.platform.common import clock
from huancheng.policy.conditions.describe import say_value
from huancheng.policy.routes.events import Event, EventKind
from huancheng.policy.routes.model import Precondition
from huancheng.policy.routes.state import CaseStatus


def state_facts(
    case: int, facts: Mapping[str, Any], acting: Acting, *, words: str = "", expected: int | None = None
) -> CaseStanding:
    """State facts on which steps or preconditions of the route depend; earlier answers stay in the log.

    Parameters
    ----------
    case, acting, words, expected
        As for the other acts.
    facts
        Values by id of the fact.

    Raises
    ------
    NotAllowed, Overtaken, NotAllowedByRoute, InputFault
        If the person, the moment or the route forbids it, or a fact is not asked for.
    """
    with transaction.atomic():
        standing = lock(case, expected)
        demand(acting, "state_facts", standing)
        asked = {fact.id for fact in facts_asked(standing)}
        if not facts or set(facts) - asked:
            raise InputFault(gettext("此路线不问这些事实"), field="facts", cure=gettext("请只填列出的事实"))
        event = Event(EventKind.FACTS_STATED, clock.today(), facts=dict(facts))
        before = {name: say_value(standing.state.facts[name]) for name in facts if name in standing.state.facts}
        return apply(standing, "state_facts", acting, event, words=words, before=before)


def meet_precondition(
    case: int,
    precondition: str,
    acting: Acting,
    *,
    paper: str = "",
    by: Case | None = None,
    day: date | None = None,
    back_entered: bool = False,
    words: str = "",
    expected: int | None = None,
) -> CaseStanding:
    """Confirm that what must be so first is so: shown by another case here, or by a paper.

    Parameters
    ----------
    case, acting, words, expected
        As for the other acts.
    precondition
        Its id in the route.
    paper
        Number of the paper that shows it; where another case does, its number is taken.
    by
        The other case; it must have got as far as the precondition says.
    day
        Day of the paper; today by default.
    back_entered
        Whether it happened before the city began with this system.

    Raises
    ------
    NotAllowed, Overtaken, NotAllowedByRoute, InputFault
        If the person, the moment or the route forbids it, or the other case is not what is asked for.
    """
    with transaction.atomic():
        standing = lock(case, expected)
        demand(acting, "meet_precondition", standing, paper=by.number if by else paper)
        wanted = next((item for item in standing.plan.preconditions if item.id == precondition), None)
        if by is not None and (wanted is None or not satisfies(by, wanted, standing)):
            raise InputFault(
                gettext("%s 还不能证明这项前置条件") % by.number, field="by", cure=gettext("请另选案卷，或填写文号")
            )
        today = clock.today()
        event = Event(
            EventKind.PRECONDITION_MET, day or today, to=precondition, paper=by.number if by else paper,
            entered_on=today if back_entered else None,
        )  # fmt: skip
        moved = apply(standing, "meet_precondition", acting, event, words=words, by=by.pk if by else None)
        CaseLink.objects.filter(case=standing.case, precondition=precondition).delete()
        if by is not None:
            CaseLink.objects.create(case=standing.case, other=by, precondition=precondition)
    return moved


def satisfies(other: Case, wanted: Precondition, standing: CaseStanding) -> bool:
    """Whether another case shows a precondition: the right instrument for the same place or thing, far enough."""
    if other.pk == standing.case.pk or other.instrument != wanted.instrument or not reached(other, wanted.state):
        return False
    return concerns(other, standing)


def reached(other: Case, state: str) -> bool:
    """Whether a case has got as far as a precondition says."""
    if other.status not in (CaseStatus.OPEN.value, CaseStatus.FINISHED.value):
        return False
    match state:
        case "approved":
            return other.approved
        case "cleared":
            return other.cleared
        case _:
            return other.status == CaseStatus.FINISHED.value


def concerns(other: Case, standing: CaseStanding) -> bool:
    """Whether another case is about the same thing, or about the city or jurisdiction in which it lies.

    The jurisdictions of the central city share one plan, which whichever of them it was opened for holds for all.
    """
    book = standing.book
    if other.instrument not in book.instruments:
        return False
    scope = book.instruments[other.instrument].scope
    if scope == "city" or other.subject_id == standing.case.subject_id:
        return True
    if other.jurisdiction == standing.case.jurisdiction:
        return True
    known = book.jurisdictions
    if scope != "jurisdiction" or other.jurisdiction not in known:
        return False
    return known[other.jurisdiction].central and standing.plan.jurisdiction.central
