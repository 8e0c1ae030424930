"""Who may read plans, write them, and keep their register."""

from __future__ import annotations

from huancheng.platform.planning.models import KeyArea
from tests.platform.doors import EVERYONE, Door
from tests.platform.planning.drawn import an_alternative
from tests.platform.planning.making import a_computed_plan, a_plan, a_record, a_unit

INSIDE = EVERYONE - {"expert", "entity staff"}

KEEPERS = frozenset({"officer", "office clerk"})
"""Those who keep the register of the whole city: the office's own; the bureau's people are no posture here."""

SEE_DRAFT = INSIDE - {"other county"}
"""A county's draft is for its own bodies and the city's."""

WRITERS = frozenset({"officer"})
"""Those who may open the case of a county's special plan."""

UNIT_WRITERS = frozenset({"officer", "county compiler"})
"""Those who may open the case of a county's unit plan."""

DOORS = [
    Door("planning:special-plans", INSIDE),
    Door("planning:city", INSIDE),
    Door("planning:city-xlsx", INSIDE),
    Door("planning:units", INSIDE),
    Door("planning:units-data", INSIDE),
    Door("planning:unit", SEE_DRAFT, ("renewal_unit",)),
    Door("planning:special-plan-begin", WRITERS),
    Door("planning:special-plan", SEE_DRAFT, ("special_plan",)),
    Door("planning:special-plan-alternatives", SEE_DRAFT, ("special_plan",)),
    Door("planning:special-plan-units", SEE_DRAFT, ("special_plan",)),
    Door("planning:special-plan-versions", SEE_DRAFT, ("special_plan",)),
    Door("planning:special-plan-comparison", SEE_DRAFT, ("special_plan", "special_plan")),
    Door("planning:special-plan-open", SEE_DRAFT, ("special_plan",), method="post"),
    Door("planning:special-plan-renew", SEE_DRAFT, ("special_plan",), method="post"),
    Door("planning:special-plan-documents", SEE_DRAFT, ("special_plan",), method="post"),
    Door("planning:special-plan-texts", WRITERS, ("special_plan",)),
    Door("planning:special-plan-basis", WRITERS, ("special_plan",)),
    Door("planning:special-plan-findings", WRITERS, ("special_plan",)),
    Door("planning:special-plan-goals", WRITERS, ("special_plan",)),
    Door("planning:special-plan-area-add", WRITERS, ("special_plan",)),
    Door("planning:special-plan-area", WRITERS, ("special_plan", "key_area")),
    Door("planning:special-plan-area-remove", WRITERS, ("special_plan", "key_area"), method="post"),
    Door("planning:alternative-draw", WRITERS, ("special_plan",)),
    Door("planning:alternative-bring", WRITERS, ("special_plan",)),
    Door("planning:alternative-take", WRITERS, ("special_plan",)),
    Door("planning:alternative", SEE_DRAFT, ("alternative",)),
    Door("planning:alternative-blocks", SEE_DRAFT, ("alternative",)),
    Door("planning:alternative-editing", WRITERS, ("alternative",)),
    Door("planning:alternative-edit", WRITERS, ("alternative",), method="post"),
    Door("planning:alternative-undo", WRITERS, ("alternative",), method="post"),
    Door("planning:alternative-redo", WRITERS, ("alternative",), method="post"),
    Door("planning:alternative-save", WRITERS, ("alternative",), method="post"),
    Door("planning:alternative-adopt", WRITERS, ("alternative",), method="post"),
    Door("planning:unit-plan-begin", SEE_DRAFT, ("renewal_unit",), method="post"),
    Door("planning:unit-plan", SEE_DRAFT, ("unit_plan",)),
    Door("planning:unit-plan-land", SEE_DRAFT, ("unit_plan",)),
    Door("planning:unit-plan-facilities", SEE_DRAFT, ("unit_plan",)),
    Door("planning:unit-plan-money", SEE_DRAFT, ("unit_plan",)),
    Door("planning:unit-plan-sequence", SEE_DRAFT, ("unit_plan",)),
    Door("planning:unit-plan-agreement", SEE_DRAFT, ("unit_plan",)),
    Door("planning:unit-plan-versions", SEE_DRAFT, ("unit_plan",)),
    Door("planning:unit-plan-workbook", SEE_DRAFT, ("unit_plan",)),
    Door("planning:unit-plan-fill", UNIT_WRITERS, ("unit_plan",)),
    Door("planning:unit-plan-compute", UNIT_WRITERS, ("unit_plan",), method="post"),
    Door("planning:unit-plan-documents", SEE_DRAFT, ("unit_plan",), method="post"),
    Door("planning:unit-plan-open", SEE_DRAFT, ("unit_plan",), method="post"),
    Door("planning:unit-plan-change", SEE_DRAFT, ("unit_plan",), method="post"),
    Door("planning:register", INSIDE),
    Door("planning:register-add", KEEPERS),
    Door("planning:register-import", KEEPERS),
    Door("planning:register-template", KEEPERS),
    Door("planning:register-record", INSIDE, ("plan_record",)),
    Door("planning:register-edit", KEEPERS, ("plan_record",)),
    Door("planning:opinion-add", KEEPERS, ("opinion_kind", "special_plan")),
]


def furnish(world, acting):
    """Add a county's draft with a key area, a unit and its plan, and a plan of the register."""
    plan = a_plan(acting("市专班办公室", "officer"))
    world.things |= {
        "special_plan": plan,
        "key_area": KeyArea.objects.create(plan=plan, name="老城"),
        "renewal_unit": (unit := a_unit(plan)),
        "unit_plan": a_computed_plan(unit),
        "alternative": an_alternative(plan, acting("市专班办公室", "officer")),
        "plan_record": a_record(),
        "opinion_kind": "special_plan",
    }
