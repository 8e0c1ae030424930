"""Writing a special plan: texts, basis, goals, key areas."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huancheng.evidence import InputFault
from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.casework.queries.said import said
from huancheng.platform.planning.domain.special_plans import drop_area
from huancheng.platform.planning.forms.special import BasisForm, FindingsForm, GoalsForm, KeyAreaForm, TextForm
from huancheng.platform.planning.models import KeyArea, SpecialPlan
from huancheng.platform.planning.queries.plan_page import findings_for
from huancheng.platform.planning.queries.shapes import plan_shapes
from huancheng.platform.planning.views.finding import draft_written


def _answer(request: ActingRequest, plan: SpecialPlan, form: Any, template: str, **context: Any) -> HttpResponse:
    """Save a form that was sent, or show it."""
    status = 200
    if request.method == "POST":
        saved = form.save() if form.is_valid() else None
        if saved is not None:
            messages.success(request, _("已保存"))
            return HttpResponseRedirect(reverse("planning:special-plan", args=[plan.pk]))
        status = form.status
    return render(request, template, {"plan": plan, "form": form, **context}, status=status)


def _sent(request: ActingRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


@login_required
@require_http_methods(["GET", "POST"])
def edit_texts(request: ActingRequest, plan: int) -> HttpResponse:
    """Write title, direction and strategy."""
    row = draft_written(request, plan)
    return _answer(request, row, TextForm(request.acting, row, *_sent(request)), "planning/special/texts.html")


@login_required
@require_http_methods(["GET", "POST"])
def basis(request: ActingRequest, plan: int) -> HttpResponse:
    """Cite the check-up and the upper plans."""
    row = draft_written(request, plan)
    return _answer(request, row, BasisForm(request.acting, row, *_sent(request)), "planning/special/basis.html")


@login_required
@require_http_methods(["GET", "POST"])
def findings(request: ActingRequest, plan: int) -> HttpResponse:
    """Choose findings of the check-up that become goals."""
    row = draft_written(request, plan)
    words = request.GET.get("words", "").strip()[:40]
    listed = list(findings_for(row, words))
    carried = {goal["finding"] for goal in row.goals}
    form = FindingsForm(request.acting, row, [item.key for item in listed], *_sent(request))
    context = {"rows": listed, "carried": carried, "words": words}
    return _answer(request, row, form, "planning/special/findings.html", **context)


@login_required
@require_http_methods(["GET", "POST"])
def goals(request: ActingRequest, plan: int) -> HttpResponse:
    """Write the words and years of the goals."""
    row = draft_written(request, plan)
    form = GoalsForm(request.acting, row, *_sent(request))
    return _answer(request, row, form, "planning/special/goals.html")


@login_required
@require_http_methods(["GET", "POST"])
def add_area(request: ActingRequest, plan: int) -> HttpResponse:
    """Name a key area."""
    row = draft_written(request, plan)
    form = KeyAreaForm(request.acting, row, None, *_sent(request))
    return _answer(request, row, form, "planning/special/area.html", shapes=plan_shapes(row))


@login_required
@require_http_methods(["GET", "POST"])
def edit_area(request: ActingRequest, plan: int, area: int) -> HttpResponse:
    """Change a key area."""
    row = draft_written(request, plan)
    found = get_object_or_404(KeyArea, plan=row, pk=area)
    form = KeyAreaForm(request.acting, row, found, *_sent(request))
    return _answer(request, row, form, "planning/special/area.html", area=found, shapes=plan_shapes(row))


@login_required
@require_POST
def remove_area(request: ActingRequest, plan: int, area: int) -> HttpResponse:
    """Take a key area out."""
    row = draft_written(request, plan)
    found = get_object_or_404(KeyArea, plan=row, pk=area)
    seen = request.POST.get("edition", "")
    try:
        drop_area(row.pk, request.acting, found, expected=int(seen) if seen.isdecimal() else -1)
        messages.success(request, _("已移除重点区域“%s”") % found.name)
    except InputFault as fault:
        messages.error(request, said(fault))
    return HttpResponseRedirect(reverse("planning:special-plan", args=[row.pk]))
