"""The city's sheet."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.common import xlsx
from huancheng.platform.planning.instruments import CONSOLIDATION
from huancheng.platform.planning.queries.city import CITY_COLUMNS, city_rows, city_sheet
from huancheng.platform.planning.queries.places import plan_places
from huancheng.platform.planning.rules import may_read_plans


@login_required
@require_safe
def city(request: ActingRequest) -> HttpResponse:
    """Show the central plan and the counties' plans joined, and those that are missing."""
    if not may_read_plans(request.acting):
        raise Http404
    context = {"sheet": city_sheet(request.acting), "open_url": _open_url(request)}
    return render(request, "planning/city.html", context)


@login_required
@require_safe
def city_xlsx(request: ActingRequest) -> HttpResponse:
    """Give the same as a workbook."""
    if not may_read_plans(request.acting):
        raise Http404
    title = _("全市城市更新专项规划汇总")
    return xlsx.download(title, xlsx.workbook(title, CITY_COLUMNS, city_rows(city_sheet(request.acting))))


def _open_url(request: ActingRequest) -> str:
    """Return where the case of the consolidation is opened; empty for those who open none."""
    book, places = current_book(), plan_places()
    if CONSOLIDATION not in book.instruments or request.acting.role not in book.posts.act("open").roles or not places:
        return ""
    return f"{reverse('casework:open')}?{urlencode({'instrument': CONSOLIDATION, 'jurisdiction': places[0].id})}"
