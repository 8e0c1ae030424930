"""The list of special plans."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.planning.queries.visible import visible_special_plans
from huancheng.platform.planning.rules import may_read_plans

PAGE = 50


@login_required
@require_safe
def special_plans(request: ActingRequest) -> HttpResponse:
    """List the special plans a person may see, the newest version of each jurisdiction first."""
    if not may_read_plans(request.acting):
        raise Http404
    page = Paginator(visible_special_plans(request.acting), PAGE).get_page(request.GET.get("page"))
    return render(request, "planning/special_plans.html", {"page": page})
