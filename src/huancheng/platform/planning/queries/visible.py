"""Which plans a person may see: decided in the query."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.planning.models import SpecialPlan, UnitPlan
from huancheng.platform.planning.queries.places import place_of
from huancheng.platform.planning.rules import may_read_plans


def visible_special_plans(acting: Acting | None) -> QuerySet[SpecialPlan]:
    """Return the special plans a person may see.

    Adopted ones are for everyone inside; drafts for the bodies of their jurisdiction, the city's own bodies, and the
    roles that see all.
    """
    home = _home(acting)
    if home is None:
        return SpecialPlan.objects.none()
    plans = SpecialPlan.objects.all()
    return plans.filter(Q(jurisdiction=home) | ~Q(state=SpecialPlan.State.DRAFT)) if home else plans


def visible_unit_plans(acting: Acting | None) -> QuerySet[UnitPlan]:
    """Return the unit plans a person may see: of the units in sight; drafts as those of special plans."""
    home = _home(acting)
    if home is None:
        return UnitPlan.objects.none()
    plans = UnitPlan.objects.filter(unit__plan__in=visible_special_plans(acting))
    return plans.filter(Q(unit__jurisdiction=home) | ~Q(state=UnitPlan.State.DRAFT)) if home else plans


def _home(acting: Acting | None) -> str | None:
    """Return the place whose drafts a person sees; empty for those who see all, None for those who see no plans."""
    if acting is None or acting.body is None or not may_read_plans(acting):
        return None
    role = current_book().posts.role(acting.role)
    if role is not None and role.sees == "all":
        return ""
    home = Body.objects.values_list("jurisdiction", flat=True).get(pk=acting.body)
    place = place_of(home) if home else None
    return place.id if place else home
