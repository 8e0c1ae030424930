"""What pages of alternatives show again and again."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huancheng.platform.planning.models import SpecialPlan
from huancheng.platform.planning.queries.alternatives import Compared, alternatives_of, compared
from huancheng.report.numerals import format_number

register = template.Library()

STATUS = {
    "optimal": gettext_lazy("已证明最优"),
    "feasible": gettext_lazy("合规，未证明最优"),
    "stopped_by_time": gettext_lazy("到时停止，未证明最优"),
    "cancelled": gettext_lazy("中途取消"),
    "drawn": gettext_lazy("规划院划定"),
    "edited": gettext_lazy("人工调整"),
}
BASIS = {"seed": gettext_lazy("政策原文"), "law": gettext_lazy("法律法规"), "default": gettext_lazy("默认做法")}


@register.simple_tag
def plan_alternatives(plan: SpecialPlan) -> list[Compared]:
    """Return the alternatives of a plan side by side."""
    return compared(alternatives_of(plan))


@register.filter
def share(value: float | None) -> str:
    """Return a share in percent."""
    return "" if value is None else f"{value * 100:.1f}%"


@register.filter
def hectares(value: float) -> str:
    """Return square metres in hectares."""
    return format_number(value / 10_000, "公顷")


@register.filter
def solver_status(value: str) -> str:
    """Return how a run ended in words."""
    return str(STATUS.get(value, value))


@register.simple_tag
def audit_range(row: dict[str, Any]) -> str:
    """Return the range of a rule: both ends, or the one that is set."""
    low, high = (None if row[name] is None else f"{row[name]:g}" for name in ("low", "high"))
    if low is not None and high is not None:
        return f"{low}–{high}"
    return f"≥ {low}" if low is not None else f"≤ {high}" if high is not None else "–"


@register.simple_tag
def basis_mark(basis: str, certainty: str) -> str:
    """Return where a rule comes from; a default and what is not confirmed are said."""
    words = str(BASIS.get(basis, basis))
    return words if certainty == "read" else _("%s（待核）") % words
