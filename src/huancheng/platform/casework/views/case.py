"""The page of a case."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.casework.forms.acts.remarking import CommentForm
from huancheng.platform.casework.queries.case_page import case_page
from huancheng.platform.casework.queries.visible import visible_cases


@login_required
@require_safe
def case(request: ActingRequest, case: int) -> HttpResponse:
    """Show a case: where it stands, its route, its record, what happened, and what the person may do."""
    row = get_object_or_404(visible_cases(request.acting).select_related("subject", "opened_by"), pk=case)
    page = case_page(row, request.acting)
    comment = CommentForm(page.standing, request.acting, "") if page.offers.may_comment else None
    return render(request, "casework/case/case.html", {"page": page, "case": row, "comment": comment})
