"""Finding the plan a page is about: what lies out of sight is not there."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.planning.instruments import instrument_of
from huancheng.platform.planning.models import SpecialPlan
from huancheng.platform.planning.queries.visible import visible_special_plans
from huancheng.platform.planning.rules import being_written, may_write_plan


def plan_seen(request: ActingRequest, plan: int) -> SpecialPlan:
    """Return a plan the person may see."""
    rows = visible_special_plans(request.acting).select_related("subject", "checkup", "case", "previous")
    return get_object_or_404(rows, pk=plan)


def draft_written(request: ActingRequest, plan: int) -> SpecialPlan:
    """Return a draft the person may change now; for others there is nothing to fill in."""
    row = plan_seen(request, plan)
    if not may_write_plan(request.acting, instrument_of(row), row.subject) or not being_written(row):
        raise Http404
    return row


def plan_tabs(plan: SpecialPlan, here: str, counts: dict[str, int] | None = None) -> list[tuple[Any, ...]]:
    """Return the parts of a plan's page as tabs."""
    parts = (
        ("special-plan", _("规划内容")),
        ("special-plan-alternatives", _("单元方案比选")),
        ("special-plan-units", _("更新单元")),
        ("special-plan-versions", _("案卷与版本")),
    )
    told = counts or {}
    return [
        (words, reverse(f"planning:{name}", args=[plan.pk]), name == here, *([told[name]] if name in told else []))
        for name, words in parts
    ]


def is_post(request: HttpRequest) -> bool:
    """Whether a form was sent."""
    return request.method == "POST"
