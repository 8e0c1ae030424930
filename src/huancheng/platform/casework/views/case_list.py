"""Lists of cases."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.domain.telling import CASE_STATUS
from huancheng.platform.casework.forms.narrowing import CaseFilterForm
from huancheng.platform.casework.queries.back_entry import may_back_enter
from huancheng.platform.casework.queries.case_list import case_choices, case_lines, cases_listed, totals
from huancheng.platform.casework.queries.case_workbook import write_cases
from huancheng.platform.casework.queries.lights import Light
from huancheng.platform.common import clock

PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOWNWARDS = frozenset({"opened", "updated"})
"""Orders that begin with the newest."""


@login_required
def cases(request: ActingRequest) -> HttpResponse:
    """Show the cases in sight, narrowed as the address says."""
    narrowed = CaseFilterForm(request.GET).told()
    found = cases_listed(request.acting, narrowed)
    page = Paginator(found, PAGE).get_page(request.GET.get("page", "1"))
    return render(
        request,
        "casework/list/list.html",
        {
            "page": page,
            "rows": list(case_lines(page)),
            "totals": totals(found),
            "choices": case_choices(request.acting),
            "narrowed": narrowed,
            "lights": list(Light),
            "statuses": [(status.value, _(words)) for status, words in CASE_STATUS.items()],
            "columns": columns(narrowed.order),
            "may_open": request.acting.role in current_book().posts.act("open").roles,
            "may_back_enter": may_back_enter(request.acting),
        },
    )


def columns(order: str) -> list[tuple[str, str, str, str, bool]]:
    """Return the heads of the columns.

    Each has a key, words, how the list is sorted by it, the order a click asks for, and whether it makes room for a
    case opened beside the list.
    """
    heads = [
        ("number", _("案号"), False), ("title", _("案卷"), False), ("", _("文种"), True), ("", _("辖区"), True),
        ("", _("状态"), False), ("", _("环节"), True), ("due", _("期限"), False), ("opened", _("发起"), True),
    ]  # fmt: skip
    way = {True: "descending", False: "ascending"}
    return [
        (key, words, way[key in DOWNWARDS] if key and key == order else "", "updated" if key == order else key, hides)
        for key, words, hides in heads
    ]


@login_required
def cases_xlsx(request: ActingRequest) -> HttpResponse:
    """Hand the same cases out as a workbook: all of them, not only the page."""
    found = cases_listed(request.acting, CaseFilterForm(request.GET).told())
    with tempfile.TemporaryDirectory(prefix="huancheng-cases-") as folder:
        path = Path(folder) / "cases.xlsx"
        write_cases(path, case_lines(found))
        answer = HttpResponse(path.read_bytes(), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="cases-{clock.today():%Y%m%d}.xlsx"'
    return answer
