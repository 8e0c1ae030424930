"""Who reads plans, who writes them, and who keeps the register."""

from __future__ import annotations

from functools import cache

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.domain.opening import draft, may_open
from huancheng.platform.casework.models import Subject
from huancheng.platform.checkups.rules import may_read_checkups
from huancheng.platform.common import clock

KEEP_REGISTER = "keep_plan_register"
"""Duty of the pack: to keep the register of plans and record the bureau's opinions."""


def may_read_plans(acting: Acting | None) -> bool:
    """Whether a person reads plans: everyone inside the administration."""
    return may_read_checkups(acting)


def may_keep_register(acting: Acting | None, jurisdiction: str = "") -> bool:
    """Whether a person keeps the register of a jurisdiction: the duty, in the body that owns its layers, or the office.

    Parameters
    ----------
    acting
        Who.
    jurisdiction
        Id; empty for plans of the whole city.
    """
    if acting is None or acting.body is None:
        return False
    posts = current_book().posts
    if not posts.carries(KEEP_REGISTER, acting.role, elevated=acting.elevated):
        return False
    body = Body.objects.get(pk=acting.body)
    if body.reference == posts.office:
        return True
    return body.reference in layer_owners() and body.jurisdiction in {"", jurisdiction}


@cache
def layer_owners() -> frozenset[str]:
    """Return the pack's references of the bodies that own plan layers: those that review and compile by the routes."""
    return frozenset({"planning_bureau", "county_planning_bureau"})


def may_write_plan(acting: Acting | None, instrument: str, subject: Subject) -> bool:
    """Whether a person writes a plan: whoever may open its case by the route of the place."""
    if acting is None or acting.body is None:
        return False
    standing, _ = draft(instrument, subject, acting, day=clock.today())
    return may_open(acting, standing)
