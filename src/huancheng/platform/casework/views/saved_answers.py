"""The sentences a person saved: a page of their own, and the list that opens under a field."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huancheng.evidence import InputFault
from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.casework.domain.saved_answers import LONGEST, drop_answer, save_answer
from huancheng.platform.casework.models import SavedAnswer
from huancheng.platform.casework.queries.said import said

PAGE = "casework:saved-answers"


@login_required
@require_safe
def saved_answers(request: ActingRequest) -> HttpResponse:
    """Show the sentences of the person who is signed in."""
    return _shown(request)


@login_required
@require_POST
def save(request: ActingRequest) -> HttpResponse:
    """Save a sentence."""
    wrong = ""
    try:
        save_answer(request.POST.get("sentence", ""), request.acting)
    except InputFault as fault:
        wrong = said(fault)
    if request.htmx:
        return _shown(request, wrong)
    if wrong:
        messages.error(request, wrong)
    else:
        messages.success(request, _("已存为常用语"))
    return redirect(PAGE)


@login_required
@require_POST
def drop(request: ActingRequest, number: int) -> HttpResponse:
    """Drop a sentence; one of somebody else is not there."""
    if not drop_answer(number, request.acting):
        raise Http404
    return _shown(request) if request.htmx else redirect(PAGE)


def _shown(request: ActingRequest, wrong: str = "") -> HttpResponse:
    template = "casework/saved_answers/_list.html" if request.htmx else "casework/saved_answers/page.html"
    rows = SavedAnswer.objects.filter(person=request.acting.person or 0)
    return render(request, template, {"answers": rows, "wrong": wrong, "longest": LONGEST})
