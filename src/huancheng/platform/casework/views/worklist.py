"""The worklist: where a signed-in person begins the day."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.forms.narrowing import NarrowingForm
from huancheng.platform.casework.queries.headline import headline_of
from huancheng.platform.casework.queries.lights import Light, lights_today
from huancheng.platform.casework.queries.worklist import (
    Narrowing,
    Tab,
    begun_page,
    counts,
    done_page,
    task_page,
    task_rows,
)


@login_required
def worklist(request: HttpRequest) -> HttpResponse:
    """Show one of the four lists; a request of htmx gets the list alone."""
    acting: Acting = request.acting  # type: ignore[attr-defined]
    tab, narrowing = NarrowingForm(request.GET).told()
    number = request.GET.get("page", "1")
    shown = _shown(acting, tab, narrowing, number)
    numbers = counts(acting, lights_today())
    tabs = [(item, item.title, numbers[item], item is tab) for item in Tab]
    return render(
        request,
        "casework/worklist/worklist.html",
        {**shown, "tab": tab, "tabs": tabs, "narrowing": narrowing, "lights": list(Light)},
    )


def _shown(acting: Acting, tab: Tab, narrowing: Narrowing, number: str) -> dict[str, Any]:
    match tab:
        case Tab.TODO | Tab.CHASED:
            page, standing, choices = task_page(tab, acting, narrowing, number)
            headline = headline_of(tab, standing)
            return {"page": page, "rows": task_rows(page), "standing": standing, "choices": choices, "headline": headline}
        case Tab.DONE:
            done, rows = done_page(acting, number)
            return {"page": done, "rows": rows, "headline": headline_of(tab, total=done.paginator.count)}
        case Tab.MINE:
            begun, rows = begun_page(acting, number)
            return {"page": begun, "rows": rows, "headline": headline_of(tab, total=begun.paginator.count)}
