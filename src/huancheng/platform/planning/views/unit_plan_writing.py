"""Writing a unit plan: begun, filled in, computed, made into papers, carried by its cases."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huancheng.evidence import InputFault
from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.queries.said import said
from huancheng.platform.common import xlsx
from huancheng.platform.planning.domain.unit_forms import workbook_of
from huancheng.platform.planning.domain.unit_plan_cases import open_change_case, open_unit_plan_case
from huancheng.platform.planning.domain.unit_plans import begin_unit_plan
from huancheng.platform.planning.forms.unit_plan import FillForm
from huancheng.platform.planning.models import UnitPlan
from huancheng.platform.planning.queries.unit_plan_page import standing_of_unit_plan
from huancheng.platform.planning.queries.units import visible_units
from huancheng.platform.planning.unit_plan_job import start_computing, start_unit_documents
from huancheng.platform.planning.views.unit_plan_page import unit_plan_seen


@login_required
@require_POST
def begin(request: ActingRequest, unit: int) -> HttpResponse:
    """Begin the plan of a unit, or its next version."""
    row = get_object_or_404(visible_units(request.acting), pk=unit)
    try:
        plan = begin_unit_plan(row.pk, request.acting)
    except InputFault as fault:
        messages.error(request, said(fault))
        return redirect("planning:unit", row.pk)
    messages.success(request, _("已新建第 %d 版，请下载工作簿填报") % plan.version)
    return redirect("planning:unit-plan", plan.pk)


@login_required
@require_safe
def workbook(request: ActingRequest, plan: int) -> HttpResponse:
    """Give the form of a plan, filled with what stands."""
    row = unit_plan_seen(request, plan)
    return xlsx.download(_("单元规划表 %s") % row.unit.number, workbook_of(row))


@login_required
@require_http_methods(["GET", "POST"])
def fill(request: ActingRequest, plan: int) -> HttpResponse:
    """Take the workbook and the parcels' shapes in, and have the plan computed."""
    row = _written(request, plan)
    form, status = FillForm(request.acting, row), 200
    if request.method == "POST":
        form = FillForm(request.acting, row, request.POST, request.FILES)
        saved = form.save() if form.is_valid() else None
        if saved is not None:
            start_computing(row, request.acting)
            messages.success(request, _("已保存，正在测算"))
            return redirect("planning:unit-plan", row.pk)
        status = form.status
    return render(
        request, "planning/unit_plans/fill.html", {"plan": row, "unit": row.unit, "form": form}, status=status
    )


@login_required
@require_POST
def compute(request: ActingRequest, plan: int) -> HttpResponse:
    """Have a draft computed in the background."""
    row = _written(request, plan)
    start_computing(row, request.acting)
    return redirect("planning:unit-plan", row.pk)


@login_required
@require_POST
def documents(request: ActingRequest, plan: int) -> HttpResponse:
    """Have docx, PDF and layers made in the background."""
    row = unit_plan_seen(request, plan)
    start_unit_documents(row, request.acting)
    return redirect("planning:unit-plan-versions", row.pk)


@login_required
@require_POST
def open_case(request: ActingRequest, plan: int) -> HttpResponse:
    """Open the case that carries a draft to its approval."""
    row = unit_plan_seen(request, plan)
    return _opened(request, row, "unit-plan", lambda: open_unit_plan_case(row.pk, request.acting))


@login_required
@require_POST
def open_change(request: ActingRequest, plan: int) -> HttpResponse:
    """Open the case that changes the regulatory plan."""
    row = unit_plan_seen(request, plan)
    return _opened(request, row, "unit-plan-agreement", lambda: open_change_case(row.pk, request.acting))


def _written(request: ActingRequest, plan: int) -> UnitPlan:
    """Return a draft the person may change now; for others there is nothing to fill in."""
    row = unit_plan_seen(request, plan)
    if not standing_of_unit_plan(row, request.acting).writes:
        raise Http404
    return row


def _opened(request: ActingRequest, plan: UnitPlan, back: str, act: Callable[[], CaseStanding]) -> HttpResponse:
    try:
        standing = act()
    except InputFault as fault:
        messages.error(request, said(fault))
        return HttpResponseRedirect(reverse(f"planning:{back}", args=[plan.pk]))
    messages.success(request, _("已发起，编号 %s") % standing.case.number)
    return redirect("casework:case", standing.case.pk)
