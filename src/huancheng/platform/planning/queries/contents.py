"""What the plan already says, for the parts of its case that people would else write twice."""

from __future__ import annotations

from django.urls import reverse

from huancheng.platform.casework.models import Subject
from huancheng.platform.planning.domain.goals import goals_of
from huancheng.platform.planning.models import SpecialPlan

PARTS = ("重点区域及其更新方向", "总体目标", "发展策略", "城市更新单元划定")
"""Parts of the instrument, as the policy names them; a pack that calls them otherwise has them written by hand."""


def newest_of(subject: Subject) -> SpecialPlan | None:
    """Return the newest version of the plan a case is about."""
    return SpecialPlan.objects.filter(subject=subject).order_by("-version").first()


def plan_link(subject: Subject) -> str:
    """Return the address of the plan's page; empty where there is none."""
    plan = newest_of(subject)
    return reverse("planning:special-plan", args=[plan.pk]) if plan else ""


def plan_contents(subject: Subject) -> dict[str, str]:
    """Return the parts of the instrument as the plan tells them; a part it does not tell is left out."""
    plan = newest_of(subject)
    if plan is None:
        return {}
    areas = [f"{number}. {area.name}：{area.direction}" for number, area in enumerate(plan.key_areas.all(), start=1)]
    goals = [
        f"{number}. {goal.goal}（对应体检问题：{goal.scope}{goal.problem}，现状{goal.value}"
        f"{f'；{goal.by}年前完成' if goal.by else ''}）"
        for number, goal in enumerate(goals_of(plan.goals), start=1)
    ]
    units = [f"{unit.number} {unit.name}" for unit in plan.units.only("number", "name")]
    counted = [f"共划定城市更新单元 {len(units)} 个：", *units] if units else []
    texts = (
        "\n".join([*([plan.direction] if plan.direction else []), *areas]), "\n".join(goals), plan.strategy,
        "\n".join(counted),
    )  # fmt: skip
    return {name: text for name, text in zip(PARTS, texts, strict=True) if text.strip()}
