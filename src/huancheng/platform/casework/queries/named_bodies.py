"""Bodies that a route leaves to the case: an implementing entity, an applicant; and which of them may be named."""

from __future__ import annotations

from django.db.models import QuerySet

from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.policy.bodies.model import Seat


def references_to_name(standing: CaseStanding) -> dict[str, str]:
    """Return the references of a case's plan that stand for whoever is named case by case, with their titles.

    Those named for the subject before are left out.
    """
    known = standing.book.bodies
    found: dict[str, str] = {}
    for planned in standing.plan.steps:
        for reference in (planned.step.body, planned.step.on_behalf):
            if reference and reference in known and known[reference].seat is Seat.ENTITY:
                found[reference] = known[reference].title
    return {name: title for name, title in found.items() if name not in standing.case.subject.bindings}


def nameable(standing: CaseStanding) -> QuerySet[Body]:
    """Return the entities that may be named in a case: in use, of its jurisdiction or of the whole city."""
    of_the_pack = [body.title for body in standing.book.bodies]
    rows = Body.objects.filter(kind=Body.Kind.ENTITY, active=True, jurisdiction__in=("", standing.case.jurisdiction))
    return rows.exclude(name__in=of_the_pack).order_by("name")
