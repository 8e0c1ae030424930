"""The plans a unit must agree with: master, regulatory, and the special plan that drew it."""

from __future__ import annotations

from django.db.models import Q

from huancheng.platform.planning.domain.register import APPROVED
from huancheng.platform.planning.models import PlanRecord, RenewalUnit
from huancheng.platform.planning.queries.places import place_of

KINDS = (PlanRecord.Kind.MASTER, PlanRecord.Kind.REGULATORY, PlanRecord.Kind.SPECIAL)


def upper_plans_of(unit: RenewalUnit) -> list[PlanRecord]:
    """Return what the unit's special plan cites and its own entry in the register; else what is in force there.

    Parameters
    ----------
    unit
        With its special plan.
    """
    plan = unit.plan
    own = Q(kind=PlanRecord.Kind.SPECIAL, jurisdiction=plan.jurisdiction, title=plan.title)
    cited = list(plan.upper_plans.values_list("pk", flat=True))
    if cited:
        return list(PlanRecord.objects.filter(Q(pk__in=cited) | own))
    place = place_of(unit.jurisdiction)
    members = place.members if place else (unit.jurisdiction,)
    return list(PlanRecord.objects.filter(kind__in=KINDS, state__in=APPROVED, jurisdiction__in=["", *members]))
