"""The editing page of an alternative: the map, the acts, and the test after each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huancheng.evidence import InputFault
from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.casework.queries.said import said
from huancheng.platform.planning.domain import alternatives as domain
from huancheng.platform.planning.forms.alternatives import EditForm, EditionForm, SaveForm
from huancheng.platform.planning.models import Alternative
from huancheng.platform.planning.queries.editing import board_of, words_of
from huancheng.platform.planning.views.alternatives import alternative_written

if TYPE_CHECKING:
    from huancheng.units.editing import Recheck

REFUSED = 422


@login_required
@require_safe
def editing(request: ActingRequest, alternative: int) -> HttpResponse:
    """Show an alternative as it stands, ready to be edited."""
    row = alternative_written(request, alternative)
    return render(request, "planning/alternatives/editing.html", _context(row))


@login_required
@require_POST
def edit(request: ActingRequest, alternative: int) -> HttpResponse:
    """Carry out an edit."""
    row = alternative_written(request, alternative)
    form = EditForm(request.acting, request.POST)
    if not form.is_valid():
        faults = [str(words) for field in form.errors.values() for words in field]
        return _panel(request, row, faults=faults, status=REFUSED)
    expected = form.cleaned_data["edition"]
    return _done(request, row, lambda: domain.edit(row.pk, request.acting, form.entry(), expected=expected))


@login_required
@require_POST
def undo(request: ActingRequest, alternative: int) -> HttpResponse:
    """Take the last edit back."""
    row = alternative_written(request, alternative)
    expected = _edition(request)
    return _done(request, row, lambda: domain.undo(row.pk, request.acting, expected=expected))


@login_required
@require_POST
def redo(request: ActingRequest, alternative: int) -> HttpResponse:
    """Do again what was taken back."""
    row = alternative_written(request, alternative)
    expected = _edition(request)
    return _done(request, row, lambda: domain.redo(row.pk, request.acting, expected=expected))


@login_required
@require_POST
def save(request: ActingRequest, alternative: int) -> HttpResponse:
    """Save what was edited as an alternative of its own."""
    row = alternative_written(request, alternative)
    form = SaveForm(request.acting, request.POST)
    if not form.is_valid():
        messages.error(request, _("请填写方案名称"))
        return redirect("planning:alternative-editing", row.pk)
    data = form.cleaned_data
    try:
        fresh = domain.save_as(row.pk, request.acting, data["title"], expected=data["edition"])
    except InputFault as fault:
        messages.error(request, said(fault))
        return redirect("planning:alternative-editing", row.pk)
    messages.success(request, _("已另存为方案，证书已复核"))
    return redirect("planning:alternative", fresh.pk)


def _edition(request: ActingRequest) -> int:
    form = EditionForm(request.acting, request.POST)
    if not form.is_valid():
        raise BadRequest("edition")
    return int(form.cleaned_data["edition"])


def _done(request: ActingRequest, row: Alternative, act: Callable[[], Recheck]) -> HttpResponse:
    """Carry out an act and show the panel with its test; without a script the whole page."""
    try:
        check = act()
    except InputFault as fault:
        return _panel(request, row, faults=[said(fault)], status=getattr(fault, "status", REFUSED))
    return _panel(request, row, tested=words_of(check))


def _panel(
    request: ActingRequest,
    row: Alternative,
    *,
    tested: dict[str, Any] | None = None,
    faults: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    row.refresh_from_db()
    context = {**_context(row), "tested": tested, "faults": faults or []}
    if not request.headers.get("HX-Request"):
        return render(request, "planning/alternatives/editing.html", context, status=status)
    answer = render(request, "planning/alternatives/_panel.html", context)
    if faults:
        answer["X-Said"] = quote("；".join(faults))
    return answer


def _context(row: Alternative) -> dict[str, Any]:
    board = board_of(row)
    return {"alternative": row, "plan": row.plan, "board": board, "state": board.state}
