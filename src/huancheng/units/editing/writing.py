"""An edited plan as a drawing that is written with its certificate."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from huancheng.units.certificate import Proof, Source, UnitDrawing
from huancheng.units.editing.plan import Plan
from huancheng.units.problem import Aside

_BOUND_OF = "the run it was edited from"


def edited_drawing(plan: Plan, source: Source | None = None) -> UnitDrawing:
    """Return the plan as a drawing; the bound of a computed origin still holds where the number of units lets it.

    Parameters
    ----------
    plan
        The plan.
    source
        The folder it was edited from.
    """
    origin = plan.origin
    known = {item.block: item for item in origin.aside}
    taken_out = ("taken_out", "由规划人员移出单元", "taken out of every unit by a planner")
    outside = tuple(known.get(int(block), Aside(int(block), *taken_out)) for block in np.flatnonzero(plan.unit < 0))
    return replace(
        origin, method="edited", unit=plan.unit, names=plan.names, proof=_proof(plan), aside=outside,
        sources=(*origin.sources, *([source] if source else [])),
        edits=(*origin.edits, *(operation.as_entry() for operation in plan.done)),
    )  # fmt: skip


def _proof(plan: Plan) -> Proof:
    proof = plan.origin.proof
    fits = proof.count is not None and proof.count[0] <= len(plan.names) <= proof.count[1]
    bound = proof.bound if fits else None
    # a bound speaks of the blocks it was found for
    same = bool(np.array_equal(plan.unit < 0, plan.origin.unit < 0))
    return Proof(
        "edited", bound if same else None, proof.units_bound if same else None,
        _BOUND_OF if bound is not None and same else "", count=proof.count if same else None,
    )  # fmt: skip
