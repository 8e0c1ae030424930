"""Pages of consultation: what was asked and answered in a step, answering, findings, the list of those asked."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.casework.procedures.consultation.domain.finding import RESULTS
from huancheng.platform.casework.procedures.consultation.forms import (
    AnswerForm,
    AskForm,
    CancelForm,
    ConcludeForm,
    FindingForm,
    LapseOpinionsForm,
)
from huancheng.platform.casework.procedures.consultation.models import OpinionRequest
from huancheng.platform.casework.procedures.consultation.queries import (
    count_opinions,
    finding_in,
    may_answer,
    open_requests,
    requests_in,
    requests_of,
)
from huancheng.platform.casework.procedures.consultation.summary import opinion_sheet
from huancheng.platform.casework.procedures.downloads import workbook
from huancheng.platform.casework.procedures.pages import answer_step, attempt, reach
from huancheng.platform.casework.queries.visible import visible_cases
from huancheng.platform.common import clock

PAGE = 50


@login_required
@require_http_methods(["GET", "POST"])
def consultation(request: ActingRequest, case: int, step: str) -> HttpResponse:
    """Show who was asked in a step and what they answered; ask, cancel, let lapse, conclude."""
    place = reach(request, case, step)
    rows = requests_in(place.standing, step)
    now = [item for item in rows if item.round == place.case.round]
    mine = [item.pk for item in now if may_answer(request.acting, item)]
    context = {"requests": rows, "count": count_opinions(now), "mine": mine, "today": clock.today()}
    forms = (AskForm, CancelForm, LapseOpinionsForm, ConcludeForm)
    return answer_step(request, place, forms, "casework/procedures/consultation/consultation.html", context)


@login_required
@require_safe
def consultation_xlsx(request: ActingRequest, case: int, step: str) -> HttpResponse:
    """Hand the opinions of a step out as a workbook."""
    place = reach(request, case, step)
    name = _("%(number)s征求意见汇总") % {"number": place.case.number}
    return workbook(name, [opinion_sheet(requests_in(place.standing, step))])


@login_required
@require_http_methods(["GET", "POST"])
def answer_opinion(request: ActingRequest, number: int) -> HttpResponse:
    """Answer a request; only for those asked and those who asked."""
    rows = OpinionRequest.objects.select_related("case", "body", "asked_by")
    asked = get_object_or_404(rows.filter(case__in=visible_cases(request.acting)), pk=number)
    if not may_answer(request.acting, asked):
        raise Http404
    form = AnswerForm(asked, request.acting)
    status = HTTPStatus.OK.value
    if request.method == "POST":
        form = AnswerForm(asked, request.acting, request.POST, request.FILES)
        status = attempt(form)
        if status == HTTPStatus.FOUND:
            messages.success(request, _("意见已提交"))
            return HttpResponseRedirect(reverse("casework:consultation", args=[asked.case_id, asked.step]))
    context = {"asked": asked, "case": asked.case, "form": form, "own": request.acting.body == asked.body_id}
    return render(request, "casework/procedures/consultation/answer.html", context, status=status)


@login_required
@require_safe
def answer(request: ActingRequest, case: int) -> HttpResponse:
    """Lead from a case to the request that waits there for the person's body."""
    row = get_object_or_404(visible_cases(request.acting), pk=case)
    waiting = open_requests(request.acting).filter(case=row).first()
    if waiting is not None:
        return redirect("casework:answer-opinion", waiting.pk)
    return render(request, "casework/procedures/consultation/nothing.html", {"case": row})


@login_required
@require_safe
def opinion_requests(request: ActingRequest) -> HttpResponse:
    """List what a body was asked and what it asked of others; what waits stands on top."""
    shown = request.GET.get("show", "waiting")
    waiting = open_requests(request.acting)
    rows = requests_of(request.acting) if shown == "all" else waiting.select_related("body").prefetch_related("answers")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    total = waiting.count()
    tabs = [
        (_("待答复"), "?show=waiting", shown != "all", total),
        (_("全部征询"), "?show=all", shown == "all"),
    ]
    context = {"page": page, "tabs": tabs, "total": total, "first": waiting.first(), "today": clock.today()}
    return render(request, "casework/procedures/consultation/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def finding(request: ActingRequest, case: int, step: str) -> HttpResponse:
    """Show what a legality review or risk assessment found, or state it."""
    place = reach(request, case, step, RESULTS)
    context = {"finding": finding_in(place.standing, step)}
    return answer_step(request, place, (FindingForm,), "casework/procedures/consultation/finding.html", context)
