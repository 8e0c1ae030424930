"""Pages of one special plan: what it says, its alternatives, its units."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.planning.models import SpecialPlan
from huancheng.platform.planning.queries.agreement import opinions_on
from huancheng.platform.planning.queries.plan_page import standing_of_plan, text_of, units_of
from huancheng.platform.planning.views.finding import plan_seen, plan_tabs
from huancheng.platform.planning.views.units import Units


def context_of(request: ActingRequest, plan: SpecialPlan, here: str) -> dict[str, object]:
    """Return what every tab of a plan's page needs."""
    return {"plan": plan, "standing": standing_of_plan(plan, request.acting), "tabs": plan_tabs(plan, here)}


@login_required
@require_safe
def special_plan(request: ActingRequest, plan: int) -> HttpResponse:
    """Show what a plan rests on and what it says."""
    row = plan_seen(request, plan)
    context = context_of(request, row, "special-plan")
    context |= {"text": text_of(row), "opinions": opinions_on("special_plan", row.pk)}
    return render(request, "planning/special/plan.html", context)


@login_required
@require_safe
def alternatives(request: ActingRequest, plan: int) -> HttpResponse:
    """Show the alternatives of a plan side by side."""
    row = plan_seen(request, plan)
    return render(request, "planning/special/alternatives.html", context_of(request, row, "special-plan-alternatives"))


@login_required
@require_safe
def units(request: ActingRequest, plan: int) -> HttpResponse:
    """List the units of a version."""
    row = plan_seen(request, plan)
    return Units(request, units_of(row)).answer(
        "planning/special/units.html", context_of(request, row, "special-plan-units")
    )
