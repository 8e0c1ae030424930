"""Who reads plans, who writes them, and who keeps the register."""

from __future__ import annotations

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain.editions import HANDS_IN
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.domain.opening import draft, may_open
from huancheng.platform.casework.domain.standing import standing_of
from huancheng.platform.casework.models import Subject
from huancheng.platform.casework.rules import fits
from huancheng.platform.checkups.rules import may_read_checkups
from huancheng.platform.common import clock
from huancheng.platform.planning.models import SpecialPlan, UnitPlan
from huancheng.policy.routes.state import CaseStatus, StepStatus

KEEP_REGISTER = "keep_plan_register"
"""Duty of the pack: to keep the register of plans and record the bureau's opinions."""


def may_read_plans(acting: Acting | None) -> bool:
    """Whether a person reads plans: everyone inside the administration."""
    return may_read_checkups(acting)


def may_keep_register(acting: Acting | None, jurisdiction: str = "") -> bool:
    """Whether a person keeps the register of a jurisdiction: the duty, in a body that owns its layers, or the office.

    Parameters
    ----------
    acting
        Who.
    jurisdiction
        Id; empty for plans of the whole city.
    """
    home = register_home(acting)
    return home is not None and home in {"", jurisdiction}


def register_home(acting: Acting | None) -> str | None:
    """Return the jurisdiction whose register a person keeps; empty for the whole city's, None for none."""
    if acting is None or acting.body is None:
        return None
    posts = current_book().posts
    if not posts.carries(KEEP_REGISTER, acting.role, elevated=acting.elevated):
        return None
    body = Body.objects.get(pk=acting.body)
    if body.reference == posts.office:
        return ""
    return body.jurisdiction if body.reference in posts.bodies_of(KEEP_REGISTER) else None


def may_write_plan(acting: Acting | None, instrument: str, subject: Subject) -> bool:
    """Whether a person writes a plan: whoever may open its case by the route of the place."""
    if acting is None or acting.body is None:
        return False
    standing, _ = draft(instrument, subject, acting, day=clock.today())
    return may_open(acting, standing)


def being_written(plan: SpecialPlan | UnitPlan) -> bool:
    """Whether a draft may be changed now: no case carries it, or its contents are yet to be handed in or corrected."""
    if plan.state != plan.State.DRAFT:
        return False
    if plan.case is None or plan.case.status != CaseStatus.OPEN.value:
        return True
    standing = standing_of(plan.case)
    return any(
        fits("edit", planned, standing)
        or (planned.step.kind in HANDS_IN and standing.step(planned.step.id).status is StepStatus.WAITING)
        for planned in standing.plan.steps
    )
