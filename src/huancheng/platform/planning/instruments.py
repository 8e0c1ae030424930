"""The instruments of the pack by which special plans are made, changed and joined."""

from __future__ import annotations

from huancheng.platform.planning.models import SpecialPlan

SPECIAL_PLAN = "special_plan"
SPECIAL_PLAN_CHANGE = "special_plan_change"
CONSOLIDATION = "special_plan_consolidation"

CARRY = frozenset({SPECIAL_PLAN, SPECIAL_PLAN_CHANGE})
"""Instruments whose approval makes a version the one in force."""


def instrument_of(plan: SpecialPlan) -> str:
    """Return the instrument that carries a version to its approval: the plan itself, later its change."""
    return SPECIAL_PLAN if plan.previous_id is None else SPECIAL_PLAN_CHANGE
