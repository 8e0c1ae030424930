"""Pages of one unit plan: its five parts, its agreement with upper plans, its cases and versions."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huancheng.planning.unit_form.columns import KINDS_OF_MONEY
from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.casework.queries.visible import visible_cases
from huancheng.platform.planning.domain.unit_forms import form_of
from huancheng.platform.planning.models import RenewalUnit, UnitPlan
from huancheng.platform.planning.queries.agreement import agreement_by, opinions_beside
from huancheng.platform.planning.queries.history import happenings_of
from huancheng.platform.planning.queries.shapes import unit_plan_shapes
from huancheng.platform.planning.queries.unit_plan_page import newer_opinions, standing_of_unit_plan
from huancheng.platform.planning.queries.upper_plans import upper_plans_of
from huancheng.platform.planning.queries.visible import visible_unit_plans

HEAVY = tuple(
    f"{prefix}{name}" for prefix, names in (("unit__", ("geometry", "blocks", "figures")), ("unit__plan__", ("goals",)))
    for name in names
)  # fmt: skip
"""What no page but the map needs."""


def unit_plan_seen(request: ActingRequest, plan: int) -> UnitPlan:
    """Return a unit plan the person may see; what lies out of sight is not there."""
    rows = visible_unit_plans(request.acting).defer(*HEAVY)
    rows = rows.select_related("unit__plan__checkup", "unit__subject", "case", "change_case", "job")
    return get_object_or_404(rows, pk=plan)


def _tabs(plan: UnitPlan, here: str) -> list[tuple[Any, ...]]:
    parts = (
        ("unit-plan", _("定位与指标")),
        ("unit-plan-land", _("用地平衡")),
        ("unit-plan-facilities", _("设施布局")),
        ("unit-plan-money", _("经济与资金")),
        ("unit-plan-sequence", _("实施时序")),
        ("unit-plan-agreement", _("上位规划")),
        ("unit-plan-versions", _("案卷与版本")),
    )
    return [(words, reverse(f"planning:{name}", args=[plan.pk]), name == here) for name, words in parts]


def _page(request: ActingRequest, plan: UnitPlan, here: str, template: str, **more: Any) -> HttpResponse:
    context = {
        "plan": plan, "unit": plan.unit, "said": plan.computed, "standing": standing_of_unit_plan(plan, request.acting),
        "tabs": _tabs(plan, here), **more,
    }  # fmt: skip
    return render(request, f"planning/unit_plans/{template}.html", context)


@login_required
@require_safe
def indicators(request: ActingRequest, plan: int) -> HttpResponse:
    """Show positioning, control indicators, red lines with the proposed repair, and the place."""
    row = unit_plan_seen(request, plan)
    lines = row.computed.get("red_lines", [])
    levels = list(dict.fromkeys((line["level"], line["name"]) for line in lines))
    grouped = [(name, [line for line in lines if line["level"] == level]) for level, name in levels]
    ground = RenewalUnit.objects.defer("blocks", "figures").get(pk=row.unit_id)
    exceptions = sorted({line["exception"] for line in lines if line["exception"]})
    shapes = unit_plan_shapes(ground, row.parcels) if ground.geometry else None
    return _page(
        request, row, "unit-plan", "indicators", levels=grouped, shapes=shapes, exceptions=exceptions,
        about=form_of(row.filled).about,
    )  # fmt: skip


@login_required
@require_safe
def land(request: ActingRequest, plan: int) -> HttpResponse:
    """Show the land-use balance and the planned parcels."""
    row = unit_plan_seen(request, plan)
    return _page(request, row, "unit-plan-land", "land", parcels=form_of(row.filled).parcels)


@login_required
@require_safe
def facilities(request: ActingRequest, plan: int) -> HttpResponse:
    """Show public facilities before and after, and those that are laid out."""
    row = unit_plan_seen(request, plan)
    return _page(request, row, "unit-plan-facilities", "facilities", planned=form_of(row.filled).facilities)


@login_required
@require_safe
def money(request: ActingRequest, plan: int) -> HttpResponse:
    """Show costs, incomes and sources."""
    row = unit_plan_seen(request, plan)
    return _page(request, row, "unit-plan-money", "money", kinds=KINDS_OF_MONEY)


@login_required
@require_safe
def sequence(request: ActingRequest, plan: int) -> HttpResponse:
    """Show projects with their parcels in their turn."""
    return _page(request, unit_plan_seen(request, plan), "unit-plan-sequence", "sequence")


@login_required
@require_safe
def agreement(request: ActingRequest, plan: int) -> HttpResponse:
    """Show the agreement with the upper plans, and the change of the regulatory plan where one is needed."""
    row = unit_plan_seen(request, plan)
    opinions = opinions_beside(("unit_plan", row.pk), ("unit", row.unit_id))
    ground = RenewalUnit.objects.only("geometry").get(pk=row.unit_id)
    found = agreement_by(opinions, [ground], upper_plans_of(row.unit))
    newer = newer_opinions(row, found.opinions)
    return _page(request, row, "unit-plan-agreement", "agreement", agreement=found, opinions=opinions, newer=newer)


@login_required
@require_safe
def versions(request: ActingRequest, plan: int) -> HttpResponse:
    """Show cases, versions, documents and what happened."""
    row = unit_plan_seen(request, plan)
    return _page(
        request, row, "unit-plan-versions", "versions",
        cases=visible_cases(request.acting).filter(subject=row.unit.subject_id)[:50],
        versions=visible_unit_plans(request.acting).filter(unit=row.unit_id).defer("filled", "parcels", "computed"),
        documents=row.documents.select_related("stored")[:20], happenings=happenings_of(row.stream),
    )  # fmt: skip
