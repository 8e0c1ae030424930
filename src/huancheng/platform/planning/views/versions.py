"""The case of a plan, its versions and what changed between them, its documents, and what happened."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huancheng.evidence import InputFault
from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.casework.queries.said import said
from huancheng.platform.casework.queries.visible import visible_cases
from huancheng.platform.planning.document_job import start_documents
from huancheng.platform.planning.domain.plan_cases import open_plan_case
from huancheng.platform.planning.domain.special_plans import new_version
from huancheng.platform.planning.queries.history import happenings_of
from huancheng.platform.planning.queries.versions import compare
from huancheng.platform.planning.queries.visible import visible_special_plans
from huancheng.platform.planning.views.finding import plan_seen
from huancheng.platform.planning.views.plan_page import context_of


@login_required
@require_safe
def versions(request: ActingRequest, plan: int) -> HttpResponse:
    """Show cases, versions, documents and what happened."""
    row = plan_seen(request, plan)
    context = context_of(request, row, "special-plan-versions")
    context |= {
        "cases": visible_cases(request.acting).filter(special_plans__jurisdiction=row.jurisdiction).distinct()[:50],
        "versions": visible_special_plans(request.acting).filter(jurisdiction=row.jurisdiction),
        "documents": row.documents.select_related("stored")[:20],
        "happenings": happenings_of(row.stream),
    }
    return render(request, "planning/special/versions.html", context)


@login_required
@require_safe
def comparison(request: ActingRequest, plan: int, other: int) -> HttpResponse:
    """Show what changed from one version to another."""
    after = plan_seen(request, plan)
    before = get_object_or_404(visible_special_plans(request.acting).filter(jurisdiction=after.jurisdiction), pk=other)
    context = {"plan": after, "before": before, "comparison": compare(before, after)}
    return render(request, "planning/special/comparison.html", context)


@login_required
@require_POST
def open_case(request: ActingRequest, plan: int) -> HttpResponse:
    """Open the case that carries a draft to its approval."""
    row = plan_seen(request, plan)
    try:
        standing = open_plan_case(row.pk, request.acting)
    except InputFault as fault:
        messages.error(request, said(fault))
        return HttpResponseRedirect(reverse("planning:special-plan", args=[row.pk]))
    messages.success(request, _("已发起，编号 %s") % standing.case.number)
    return HttpResponseRedirect(reverse("casework:case", args=[standing.case.pk]))


@login_required
@require_POST
def begin_version(request: ActingRequest, plan: int) -> HttpResponse:
    """Begin the next version of an adopted plan."""
    row = plan_seen(request, plan)
    try:
        fresh = new_version(row.pk, request.acting)
    except InputFault as fault:
        messages.error(request, said(fault))
        return HttpResponseRedirect(reverse("planning:special-plan", args=[row.pk]))
    messages.success(request, _("已新建第 %d 版") % fresh.version)
    return HttpResponseRedirect(reverse("planning:special-plan", args=[fresh.pk]))


@login_required
@require_POST
def make_documents(request: ActingRequest, plan: int) -> HttpResponse:
    """Have docx and PDF of a plan composed in the background."""
    row = plan_seen(request, plan)
    return redirect("common:job", start_documents(row, request.acting).pk)
