"""The page of those who look after the installation."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from huancheng.platform.operations.examining.checks import CHECKS
from huancheng.platform.operations.examining.findings import examine
from huancheng.platform.operations.queries.state import state_now
from huancheng.platform.operations.rules import may_operate


@login_required
@require_GET
def state(request: HttpRequest) -> HttpResponse:
    """Show how the installation fares, with a quick examination."""
    if not may_operate(getattr(request, "acting", None)):
        raise Http404
    examined = list(examine(CHECKS, quick=True))
    findings = [(check, finding) for check, found in examined for finding in found]
    context = {"state": state_now(), "findings": findings, "examined": len(examined)}
    return render(request, "operations/state.html", context)
