"""The instruments of the pack by which plans are made, changed and joined."""

from __future__ import annotations

from huancheng.platform.planning.models import SpecialPlan, UnitPlan

SPECIAL_PLAN = "special_plan"
SPECIAL_PLAN_CHANGE = "special_plan_change"
CONSOLIDATION = "special_plan_consolidation"
UNIT_PLAN = "unit_plan"
UNIT_PLAN_CHANGE = "unit_plan_change"
REGULATORY_CHANGE = "regulatory_plan_change"

CARRY = frozenset({SPECIAL_PLAN, SPECIAL_PLAN_CHANGE})
"""Instruments whose approval makes a version of a special plan the one in force."""

CARRY_UNIT = frozenset({UNIT_PLAN, UNIT_PLAN_CHANGE})
"""Instruments whose approval makes a version of a unit plan the one in force."""

WAITS = "unit_plan_waits_for_regulatory_change"
"""Parameter of the pack: whether a unit plan is approved only after the change of the regulatory plan it needs."""


def instrument_of(plan: SpecialPlan | UnitPlan) -> str:
    """Return the instrument that carries a version to its approval: the plan itself, later its change."""
    first = plan.previous_id is None
    if isinstance(plan, UnitPlan):
        return UNIT_PLAN if first else UNIT_PLAN_CHANGE
    return SPECIAL_PLAN if first else SPECIAL_PLAN_CHANGE
