"""Where a person may begin a special plan, or the plan of a unit."""

from __future__ import annotations

from collections.abc import Sequence

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.planning.instruments import SPECIAL_PLAN, instrument_of
from huancheng.platform.planning.models import RenewalUnit, SpecialPlan, UnitPlan
from huancheng.platform.planning.queries.places import PlanPlace, plan_places, subject_of
from huancheng.platform.planning.rules import may_read_plans, may_write_plan


def places_to_begin(acting: Acting | None) -> list[PlanPlace]:
    """Return the places without a special plan whose plan a person may write."""
    if acting is None or not may_read_plans(acting) or acting.role not in current_book().posts.act("open").roles:
        return []
    home = Body.objects.values_list("jurisdiction", flat=True).get(pk=acting.body or 0)
    taken = set(SpecialPlan.objects.values_list("jurisdiction", flat=True))
    free = [place for place in plan_places() if place.id not in taken and (not home or home in place.members)]
    return [place for place in free if may_write_plan(acting, SPECIAL_PLAN, subject_of(place))]


def begins_plan(unit: RenewalUnit, plans: Sequence[UnitPlan], acting: Acting) -> bool:
    """Whether a person may begin the plan of a unit, or its next version.

    Parameters
    ----------
    unit
        With its special plan and subject.
    plans
        Its versions, the newest first.
    acting
        Who.
    """
    newest = plans[0] if plans else None
    if unit.plan.state != SpecialPlan.State.ADOPTED or (newest and newest.state == UnitPlan.State.DRAFT):
        return False
    return may_write_plan(acting, instrument_of(UnitPlan(unit=unit, previous=newest)), unit.subject)
