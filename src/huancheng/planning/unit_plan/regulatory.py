"""Whether the regulatory detailed plan must be changed first (涉及控制性详细规划调整的)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huancheng.planning.consistency import Agreement, Difference, PlanAgreement
from huancheng.planning.plan_register import PlanKind


@dataclass(frozen=True, slots=True)
class RegulatoryChange:
    """Whether a change is needed.

    Parameters
    ----------
    needed
        None where it can't be said.
    items
        What would have to be changed: the differences found.
    reason
        In words.
    """

    needed: bool | None
    items: tuple[Difference, ...]
    reason: str


def regulatory_change(agreements: Sequence[PlanAgreement]) -> RegulatoryChange:
    """Judge from the agreements with regulatory plans; the bureau's opinion holds where there is one."""
    own = [item for item in agreements if item.plan.kind is PlanKind.REGULATORY]
    items = tuple(
        difference
        for item in own
        for difference in item.differences
        if not difference.within_tolerance and item.verdict is not Agreement.CONFORMS
    )
    if any(item.verdict is Agreement.CONFLICTS for item in own):
        return RegulatoryChange(True, items, "规划内容与控制性详细规划不符，须先按规定调整控制性详细规划")
    if not own or any(item.verdict is Agreement.NEEDS_DATA for item in own):
        why = "登记的规划中没有有效的控制性详细规划" if not own else "控制性详细规划的图层或意见不全"
        return RegulatoryChange(None, items, f"{why}，不能判断是否须调整")
    if any(item.verdict is Agreement.CONDITIONAL for item in own):
        return RegulatoryChange(None, items, "主管部门有条件同意，是否须调整以其意见所列条件为准")
    return RegulatoryChange(False, items, "与控制性详细规划一致，无须调整")
