"""Back-entry from workbooks: template, upload, what is wrong, correction, entering."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huancheng.evidence import InputFault
from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.casework.back_entry_job import enqueue_entering
from huancheng.platform.casework.domain.back_entry_import import close, correct, stage
from huancheng.platform.casework.domain.back_entry_past import enter_past
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.forms.back_entry import OneCaseForm, RowForm, UploadForm
from huancheng.platform.casework.models import BackEntryImport, BackEntryRow
from huancheng.platform.casework.queries.back_entry import (
    columns_here,
    imports_seen,
    instruments_offered,
    may_back_enter,
    rows_shown,
    tallies,
)
from huancheng.platform.casework.queries.words import instrument_word

PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _demand(request: ActingRequest) -> None:
    if not may_back_enter(request.acting):
        raise Http404


@login_required
def back_entry(request: ActingRequest) -> HttpResponse:
    """List the workbooks of one's body, and take a new one in."""
    _demand(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            source = stage(file, file.name, form.cleaned_data["instrument"], request.acting)
        except InputFault as fault:
            form.add_error("file", f"{fault.message}。{fault.cure}")
        else:
            return redirect("casework:back-entry-import", source.pk)
    page = Paginator(imports_seen(request.acting), PAGE).get_page(request.GET.get("page", "1"))
    sources = list(page.object_list)
    counted = tallies(sources)
    listed = [(source, instrument_word(source.instrument), counted[source.pk]) for source in sources]
    told = {"form": form, "page": page, "listed": listed, "instruments": instruments_offered()}
    return render(request, "casework/back_entry/back_entry.html", told, status=400 if form.errors else 200)


@login_required
@require_safe
def blank(request: ActingRequest, instrument: str) -> HttpResponse:
    """Hand out the empty workbook of an instrument."""
    from huancheng.platform.casework.domain.back_entry_template import template

    _demand(request)
    if instrument not in current_book().instruments:
        raise Http404
    answer = HttpResponse(template(current_book(), instrument), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="back-entry-{instrument}.xlsx"'
    return answer


@login_required
def one(request: ActingRequest, instrument: str) -> HttpResponse:
    """Enter a single case in whatever state it stands, with the papers of what was done."""
    _demand(request)
    if instrument not in current_book().instruments:
        raise Http404
    form = OneCaseForm(instrument, request.acting, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        case = enter_past(instrument, form.values(), request.acting, scans=form.scans())
        messages.success(request, _("已补录 %s") % case.number)
        return redirect("casework:case", case.pk)
    told = {"form": form, "instrument": instrument_word(instrument)}
    return render(request, "casework/back_entry/one.html", told, status=422 if form.errors else 200)


@login_required
@require_safe
def source(request: ActingRequest, number: int) -> HttpResponse:
    """Show a workbook: its rows, what is wrong, and what can be entered."""
    found = get_object_or_404(imports_seen(request.acting), pk=number)
    only_faulty = request.GET.get("faulty", "") == "1"
    rows = found.rows.select_related("case")
    if only_faulty:
        rows = rows.filter(status=BackEntryRow.Status.FAULTY)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page", "1"))
    told = {
        "source": found,
        "instrument": instrument_word(found.instrument),
        "tally": tallies([found])[found.pk],
        "page": page,
        "rows": rows_shown(found, list(page.object_list)),
        "only_faulty": only_faulty,
        "running": found.status == BackEntryImport.Status.RUNNING,
    }
    return render(request, "casework/back_entry/source.html", told)


@login_required
def row(request: ActingRequest, number: int, row: int) -> HttpResponse:
    """Correct a row in place."""
    found = get_object_or_404(imports_seen(request.acting), pk=number)
    wanted = get_object_or_404(found.rows, pk=row)
    form = RowForm(columns_here(found), wanted, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            correct(wanted, form.values(), request.acting)
        except InputFault as fault:
            messages.error(request, f"{fault.message}。{fault.cure}")
            return redirect("casework:back-entry-import", found.pk)
        wanted.refresh_from_db()
        if wanted.status == BackEntryRow.Status.READY:
            messages.success(request, _("第 %d 行已改正，可以登记") % wanted.number)
            return redirect("casework:back-entry-import", found.pk)
        form = RowForm(columns_here(found), wanted)
    shown = rows_shown(found, [wanted])[0]
    return render(request, "casework/back_entry/row.html", {"source": found, "shown": shown, "form": form})


@login_required
@require_POST
def enter(request: ActingRequest, number: int) -> HttpResponse:
    """Enter the rows that are ready: the ticked ones, or all."""
    found = get_object_or_404(imports_seen(request.acting), pk=number)
    chosen = [int(item) for item in request.POST.getlist("row") if item.isascii() and item.isdigit()]
    enqueue_entering(found, request.acting, chosen or None)
    return redirect("casework:back-entry-import", found.pk)


@login_required
@require_POST
def leave(request: ActingRequest, number: int) -> HttpResponse:
    """Leave the rest of a workbook out."""
    found = get_object_or_404(imports_seen(request.acting), pk=number)
    left = close(found, request.acting)
    messages.info(request, _("其余 %d 行不登记") % left)
    return redirect("casework:back-entry-import", found.pk)
