"""Pages of meetings."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.casework.domain.standing import standing_of
from huancheng.platform.casework.procedures.downloads import document
from huancheng.platform.casework.procedures.meetings.forms import (
    AgendaForm,
    AttendanceForm,
    CloseForm,
    ConfirmForm,
    ConveneForm,
    DeferForm,
    ItemForm,
    MeetingForm,
    MinutesForm,
    RejectForm,
    VotesForm,
)
from huancheng.platform.casework.procedures.meetings.minutes import draft_minutes
from huancheng.platform.casework.procedures.meetings.models import AgendaItem, Meeting
from huancheng.platform.casework.procedures.meetings.queries import (
    agenda_of,
    committees_of,
    item_in,
    meeting_list,
    open_confirmations,
    visible_meetings,
)
from huancheng.platform.casework.procedures.meetings.rules import is_independent, may_convene
from huancheng.platform.casework.procedures.pages import attempt, reach
from huancheng.platform.casework.queries.visible import visible_cases
from huancheng.platform.casework.rules import MEETS, may

PAGE = 50
MEETING_FORMS: tuple[type[MeetingForm], ...] = (AgendaForm, AttendanceForm, MinutesForm, CloseForm)


@login_required
@require_safe
def meetings(request: ActingRequest) -> HttpResponse:
    """List the meetings a person may see."""
    page = Paginator(meeting_list(request.acting), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "may_convene": committees_of(request.acting).exists(),
        "waiting": open_confirmations(request.acting).count(),
    }
    return render(request, "casework/procedures/meetings/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def convene(request: ActingRequest) -> HttpResponse:
    """Call a meeting."""
    if not committees_of(request.acting).exists():
        raise Http404
    form = ConveneForm(request.acting)
    status = HTTPStatus.OK.value
    if request.method == "POST":
        form = ConveneForm(request.acting, request.POST)
        status = attempt(form)
        if status == HTTPStatus.FOUND and form.made is not None:
            return redirect("casework:meeting", form.made.pk)
    return render(request, "casework/procedures/meetings/convene.html", {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def meeting(request: ActingRequest, number: int) -> HttpResponse:
    """Show a meeting; for its office: agenda, attendance, minutes, the end."""
    row = get_object_or_404(visible_meetings(request.acting), pk=number)
    runs = may_convene(request.acting, row.committee) and row.status == Meeting.Status.OPEN
    forms: dict[str, MeetingForm] = {}
    status, sent = HTTPStatus.OK.value, None
    if request.method == "POST":
        kind = next((item for item in MEETING_FORMS if item.do == request.POST.get("do")), None)
        if kind is None:
            raise Http404
        sent = kind(request.acting, row, request.POST, request.FILES)
        status = attempt(sent)
        if status == HTTPStatus.FOUND:
            messages.success(request, _("已办理：%s") % kind.title)
            return HttpResponseRedirect(request.path)
    if runs:
        forms = {kind.do: kind(request.acting, row) for kind in MEETING_FORMS}
    if sent is not None:
        forms[sent.do] = sent
    agenda = agenda_of(row)
    seen = set(
        visible_cases(request.acting).filter(pk__in=[item.case_id for item in agenda]).values_list("pk", flat=True)
    )
    context = {
        "meeting": row,
        "agenda": [(item, item.case_id in seen) for item in agenda],
        "seats": row.seats.all(),
        "forms": forms,
        "sent": sent,
    }
    return render(request, "casework/procedures/meetings/meeting.html", context, status=status)


@login_required
@require_safe
def minutes_docx(request: ActingRequest, number: int) -> HttpResponse:
    """Hand a draft of the minutes out; only with the items of cases the person may see."""
    row = get_object_or_404(visible_meetings(request.acting), pk=number)
    seen = set(visible_cases(request.acting).filter(agenda_items__meeting=row).values_list("pk", flat=True))
    items = [item for item in agenda_of(row) if item.case_id in seen]
    return document(_("%s纪要（草稿）") % row.title, draft_minutes(row, list(row.seats.all()), items))


@login_required
@require_http_methods(["GET", "POST"])
def item(request: ActingRequest, number: int) -> HttpResponse:
    """Show an item of an agenda: enter votes, confirm or send them back, put it off."""
    rows = AgendaItem.objects.select_related("meeting__committee", "case__subject", "case__opened_by", "entered_by")
    row = get_object_or_404(
        rows.filter(meeting__in=visible_meetings(request.acting), case__in=visible_cases(request.acting)), pk=number
    )
    standing = standing_of(row.case)
    planned = next((step for step in standing.plan.steps if step.step.id == row.step), None)
    rule = planned.step.vote if planned else None
    kinds: tuple[type[ItemForm], ...] = (VotesForm, ConfirmForm, RejectForm, DeferForm)
    sent: ItemForm | None = None
    status = HTTPStatus.OK.value
    if request.method == "POST":
        kind = next((item for item in kinds if item.do == request.POST.get("do")), None)
        if kind is None:
            raise Http404
        sent = kind(request.acting, row, rule, request.POST)
        status = attempt(sent)
        if status == HTTPStatus.FOUND:
            messages.success(request, _("已办理：%s") % kind.title)
            return HttpResponseRedirect(request.path)
    offered = _offered(request, row, standing)
    forms: dict[str, Any] = {kind.do: kind(request.acting, row, rule) for kind in kinds if kind.do in offered}
    if sent is not None:
        forms[sent.do] = sent
    own = row.status == AgendaItem.Status.ENTERED and not is_independent(request.acting, row)
    context = {
        "item": row, "case": row.case, "meeting": row.meeting, "forms": forms, "sent": sent, "rule": rule, "own": own,
        "votes": row.votes.select_related("seat"), "planned": planned,
    }  # fmt: skip
    return render(request, "casework/procedures/meetings/item.html", context, status=status)


def _offered(request: ActingRequest, row: AgendaItem, standing: Any) -> set[str]:
    """Return which forms a person may send now."""
    if row.status == AgendaItem.Status.PLANNED and may(request.acting, "hold_meeting", standing, row.step):
        return {"votes", "defer"} if may_convene(request.acting, row.meeting.committee) else set()
    checks = row.status == AgendaItem.Status.ENTERED and is_independent(request.acting, row)
    return {"confirm", "reject"} if checks and may(request.acting, "confirm_vote", standing, row.step) else set()


@login_required
@require_safe
def case_meeting(request: ActingRequest, case: int, step: str) -> HttpResponse:
    """Lead from a step to its item on an agenda, or to the meetings that could take it up."""
    place = reach(request, case, step, MEETS)
    row = item_in(place.standing, place.planned)
    if row is not None and visible_meetings(request.acting).filter(pk=row.meeting_id).exists():
        return redirect("casework:agenda-item", row.pk)
    body = place.standing.body_of(place.planned)
    open_now = visible_meetings(request.acting).filter(committee=body, status=Meeting.Status.OPEN)
    context = {"place": place, "case": place.case, "meetings": open_now[:PAGE], "convene": reverse("casework:convene")}
    return render(request, "casework/procedures/meetings/choose.html", context)
