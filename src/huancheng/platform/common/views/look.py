"""Every component in every state, for those who build pages; only in a demonstration."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from huancheng.platform.common.tables import is_panel
from huancheng.platform.common.views import look_data


@require_GET
def look(request: HttpRequest) -> HttpResponse:
    """Show the components; the list can be sorted, narrowed and saved, its rows open beside it."""
    if is_panel(request):
        return render(request, "common/look_panel.html", {"route": look_data.other_route()})
    context = {
        "route": look_data.route(),
        "other_route": look_data.other_route(),
        "happenings": look_data.happenings(),
        "papers": look_data.papers(),
        "form": look_data.example(),
        "faulty": look_data.example({"faulty-title": "", "faulty-county": "x", "faulty-due": "2026-13-01"}),
        "tab_entries": look_data.TABS,
        "by_county": look_data.area_by_county(),
        "asof": look_data.BEGIN,
    }
    return look_data.Units(request, look_data.units()).answer("common/look.html", context)
