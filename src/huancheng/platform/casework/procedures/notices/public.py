"""Public pages of notices: nobody need sign in, and nothing but what was published is there."""

from __future__ import annotations

from http import HTTPStatus

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from huancheng.platform.casework.procedures.notices.domain.objecting import is_open
from huancheng.platform.casework.procedures.notices.forms import FollowForm, ObjectionForm
from huancheng.platform.casework.procedures.notices.limits import HOUR, MINUTE, is_too_often
from huancheng.platform.casework.procedures.notices.models import Notice, Objection
from huancheng.platform.casework.procedures.notices.queries import public_papers, published_notices
from huancheng.platform.casework.procedures.notices.receipts import read_receipt
from huancheng.platform.casework.procedures.pages import attempt
from huancheng.platform.common import clock

PAGE = 20
READS, OBJECTIONS, LOOKUPS = 120, 10, 20
"""Pages a minute, objections an hour, look-ups of receipts an hour from one address."""
RECEIPT = "objection-receipt"
"""Key in the session: the receipt just given, shown once."""


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """List what hangs and has hung."""
    if is_too_often(request, "read", READS, MINUTE):
        return _too_often(request)
    page = Paginator(published_notices(), PAGE).get_page(request.GET.get("page"))
    today = clock.today()
    running = published_notices().filter(ends_on__gte=today).count()
    context = {"page": page, "running": running, "today": today}
    return render(request, "casework/procedures/notices/public/list.html", context)


@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, number: int) -> HttpResponse:
    """Show a notice, and take an objection in."""
    if is_too_often(request, "read", READS, MINUTE):
        return _too_often(request)
    row = get_object_or_404(published_notices(), pk=number)
    form = ObjectionForm(row)
    status = HTTPStatus.OK.value
    if request.method == "POST":
        form = ObjectionForm(row, request.POST)
        if form.is_by_machine:
            return redirect("casework:objection-received", row.pk)
        if is_too_often(request, "object", OBJECTIONS, HOUR):
            return _too_often(request)
        status = attempt(form)
        if status == HTTPStatus.FOUND and form.made is not None:
            request.session[RECEIPT] = form.made.receipt
            return HttpResponseRedirect(reverse("casework:objection-received", args=[row.pk]))
    context = {"notice": row, "papers": public_papers(row), "places": row.places.all(), "open": is_open(row)}
    return render(request, "casework/procedures/notices/public/notice.html", {**context, "form": form}, status=status)


@never_cache
@require_safe
def received(request: HttpRequest, number: int) -> HttpResponse:
    """Show the receipt of an objection just made."""
    row: Notice = get_object_or_404(published_notices(), pk=number)
    context = {"notice": row, "receipt": request.session.get(RECEIPT, "")}
    return render(request, "casework/procedures/notices/public/received.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Show what became of an objection to whoever has its receipt. By post, so that no receipt stands in an address."""
    form = FollowForm(request.POST or None)
    found: Objection | None = None
    status = HTTPStatus.OK.value
    if request.method == "POST":
        if is_too_often(request, "follow", LOOKUPS, HOUR):
            return _too_often(request)
        if form.is_valid():
            rows = Objection.objects.select_related("notice")
            found = rows.filter(receipt=read_receipt(form.cleaned_data["receipt"])).first()
        status = HTTPStatus.OK.value if found else HTTPStatus.NOT_FOUND.value
    context = {"form": form, "found": found, "asked": request.method == "POST"}
    return render(request, "casework/procedures/notices/public/follow.html", context, status=status)


def _too_often(request: HttpRequest) -> HttpResponse:
    template = "casework/procedures/notices/public/too_often.html"
    return render(request, template, status=HTTPStatus.TOO_MANY_REQUESTS.value)
