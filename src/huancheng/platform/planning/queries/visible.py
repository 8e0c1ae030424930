"""Which plans a person may see: decided in the query."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.planning.models import SpecialPlan
from huancheng.platform.planning.queries.places import place_of
from huancheng.platform.planning.rules import may_read_plans


def visible_special_plans(acting: Acting | None) -> QuerySet[SpecialPlan]:
    """Return the special plans a person may see.

    Adopted ones are for everyone inside; drafts for the bodies of their jurisdiction, the city's own bodies, and the
    roles that see all.
    """
    if acting is None or acting.body is None or not may_read_plans(acting):
        return SpecialPlan.objects.none()
    role = current_book().posts.role(acting.role)
    if role is not None and role.sees == "all":
        return SpecialPlan.objects.all()
    home = Body.objects.values_list("jurisdiction", flat=True).get(pk=acting.body)
    if not home:
        return SpecialPlan.objects.all()
    place = place_of(home)
    return SpecialPlan.objects.filter(Q(jurisdiction=place.id if place else home) | ~Q(state=SpecialPlan.State.DRAFT))
