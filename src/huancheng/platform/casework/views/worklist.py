"""The worklist: where a signed-in person begins the day."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.casework.domain.bulk import BulkAct, do_to_many, read_marks
from huancheng.platform.casework.forms.bulk import ASKS, TITLES, BulkForm
from huancheng.platform.casework.forms.narrowing import NarrowingForm
from huancheng.platform.casework.queries.beside import beside as facts_beside
from huancheng.platform.casework.queries.errands import errands_of
from huancheng.platform.casework.queries.headline import headline_of
from huancheng.platform.casework.queries.lights import lights_today
from huancheng.platform.casework.queries.visible import visible_cases
from huancheng.platform.casework.queries.worklist import (
    Narrowing,
    Tab,
    begun_page,
    counts,
    done_page,
    task_page,
    task_rows,
)
from huancheng.platform.common.redirects import next_page


@login_required
def worklist(request: ActingRequest) -> HttpResponse:
    """Show one of the four lists."""
    tab, narrowing = NarrowingForm(request.GET).told()
    shown = _shown(request.acting, tab, narrowing, request.GET.get("page", "1"))
    rule = lights_today()
    errands = errands_of(request.acting) if tab is Tab.TODO else []
    numbers = counts(request.acting, rule)
    tabs = [(item.words, f"?tab={item.value}", item is tab, numbers[item]) for item in Tab]
    return render(
        request,
        "casework/worklist/worklist.html",
        {
            **shown,
            "tab": tab,
            "tabs": tabs,
            "narrowing": narrowing,
            "errands": errands,
            "today": rule.today,
            "acts": acts_of(tab),
        },
    )


def acts_of(tab: Tab) -> list[tuple[str, Any]]:
    """Return what can be done to ticked lines of a list, with its word."""
    shown = {
        Tab.TODO: (BulkAct.COMPLETE, BulkAct.TAKE, BulkAct.PUT_BACK, BulkAct.HAND_OVER),
        Tab.CHASED: (BulkAct.CHASE,),
    }.get(tab, ())
    return [(act.value, TITLES[act]) for act in shown]


def _shown(acting: Acting, tab: Tab, narrowing: Narrowing, number: str) -> dict[str, Any]:
    match tab:
        case Tab.TODO | Tab.CHASED:
            page, standing, choices = task_page(tab, acting, narrowing, number)
            told = {"headline": headline_of(tab, standing), "standing": standing, "choices": choices}
            return {"page": page, "rows": task_rows(page), **told}
        case Tab.DONE:
            done, rows = done_page(acting, number)
            return {"page": done, "rows": rows, "headline": headline_of(tab, total=done.paginator.count)}
        case Tab.MINE:
            begun, rows = begun_page(acting, number)
            return {"page": begun, "rows": rows, "headline": headline_of(tab, total=begun.paginator.count)}


@login_required
def beside(request: ActingRequest, case: int) -> HttpResponse:
    """Show a case beside the list; one out of sight is not there."""
    row = get_object_or_404(visible_cases(request.acting).select_related("subject", "opened_by"), pk=case)
    return render(request, "casework/worklist/beside.html", {"beside": facts_beside(row, request.acting)})


@login_required
@require_POST
def bulk(request: ActingRequest) -> HttpResponse:
    """Do the same to every ticked line: ask what must be asked, try each on its own, tell what became of each."""
    try:
        act = BulkAct(request.POST.get("act", ""))
        marks = read_marks(request.POST.getlist("mark"))
    except (ValueError, InputFault) as fault:
        messages.error(request, str(fault) if isinstance(fault, InputFault) else "")
        return redirect(next_page(request, "casework:worklist"))
    asked = act in ASKS
    confirmed = request.POST.get("confirmed") == "1"
    form = BulkForm(act, request.acting, request.POST if confirmed or not asked else None)
    told = {"act": act, "title": TITLES[act], "next": next_page(request, "casework:worklist")}
    if asked and not (confirmed and form.is_valid()):
        cases = visible_cases(request.acting).in_bulk([mark.case for mark in marks])
        chosen = [(mark, cases[mark.case]) for mark in marks if mark.case in cases]
        return render(request, "casework/worklist/ask.html", {**told, "form": form, "chosen": chosen})
    given = form.cleaned_data if asked else {}
    outcomes = do_to_many(act, marks, request.acting, to=given.get("to"), words=given.get("words", ""))
    done = [outcome for outcome in outcomes if not outcome.refusal]
    refused = [outcome for outcome in outcomes if outcome.refusal]
    return render(request, "casework/worklist/outcome.html", {**told, "done": done, "refused": refused})
