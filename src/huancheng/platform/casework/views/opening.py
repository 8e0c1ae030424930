"""Opening a case: choose, see the route it would take, open it."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huancheng.evidence import InputFault
from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.domain.opening import draft, may_open, open_case
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.forms.opening import OpeningForm
from huancheng.platform.casework.queries.route_preview import route_preview
from huancheng.platform.casework.queries.said import said
from huancheng.platform.common import clock
from huancheng.policy.routes.plan import RouteOpen


@login_required
@require_http_methods(["GET", "POST"])
def open_page(request: ActingRequest) -> HttpResponse:
    """Ask what a case is for, show the route it would take, and open it."""
    book = current_book()
    if request.acting.role not in book.posts.act("open").roles:
        return render(request, "casework/open/not_opening.html", status=403)
    data = request.POST if request.method == "POST" else request.GET
    asked = "instrument" in data
    form = OpeningForm(book, request.acting, (), data if asked else None)
    standing, missing = (None, ()) if not asked or not form.is_valid() else _draft(request, form)
    facts = missing
    if missing:
        form = OpeningForm(book, request.acting, missing, data)
        answered = all(f"fact-{name}" in data for name in missing)
        if answered and form.is_valid():
            standing, missing = _draft(request, form)
        elif not answered:
            form = _without_faults(form, data, missing)
    if standing is not None:
        form = OpeningForm(book, request.acting, facts, data, standing)
    if standing is not None and request.method == "POST" and "open" in data and form.is_valid():
        opened = _open(request, form, standing)
        if opened is not None:
            return opened
    context = {
        "form": form,
        "standing": standing,
        "stations": route_preview(standing) if standing else [],
        "may_open": standing is not None and may_open(request.acting, standing),
        "asks": missing,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "casework/open/open.html", context, status=status)


def _draft(request: ActingRequest, form: OpeningForm) -> tuple[CaseStanding | None, Sequence[str]]:
    """Return the case as it would stand, or the facts that have to be asked for first."""
    data = form.cleaned_data
    try:
        standing, _event = draft(
            data["instrument"], form.subject_of(), request.acting, facts=form.facts(), day=data["day"] or clock.today()
        )
    except RouteOpen as fault:
        return None, fault.missing
    except InputFault as fault:
        form.add_error(None, said(fault))
        return None, ()
    return standing, ()


def _without_faults(form: OpeningForm, data: QueryDict, missing: Sequence[str]) -> OpeningForm:
    """Return the form with the new questions, without blaming them for being empty."""
    initial = {name: data.get(name, "") for name in form.fields}
    fresh = OpeningForm(form.book, form.acting, missing, data)
    fresh.is_bound = False
    fresh.initial = initial
    return fresh


def _open(request: ActingRequest, form: OpeningForm, standing: CaseStanding) -> HttpResponse | None:
    """Open the case; None where it can't be, with the reason in the form."""
    data = form.cleaned_data
    try:
        opened = open_case(
            data["instrument"], standing.case.subject, request.acting, title=data["title"], facts=form.facts(),
            day=data["day"] or clock.today(), bodies=form.bodies(),
        )  # fmt: skip
    except InputFault as fault:
        form.add_error(None, said(fault))
        return None
    messages.success(request, _("已发起，编号 %s") % opened.case.number)
    return HttpResponseRedirect(reverse("casework:case", args=[opened.case.pk]))
