"""Pages of check-ups: the list, a run with its indicators, an indicator with its parts, problems, actions."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huancheng.platform.audit.acting import Acting
from huancheng.platform.checkups.forms.narrowing import FigureForm, ProblemForm
from huancheng.platform.checkups.models import CheckupRunRecord, IndicatorValue, ScopeKind
from huancheng.platform.checkups.queries.figures import city_figures, dimensions_of, figures_by, parts_of
from huancheng.platform.checkups.queries.headline import headline_of, headline_of_list
from huancheng.platform.checkups.queries.listed import listed_features
from huancheng.platform.checkups.queries.lists import ProblemFilter, actions_of, problems_of
from huancheng.platform.checkups.queries.runs import visible_runs
from huancheng.platform.checkups.rules import may_keep_data, may_read_checkups
from huancheng.platform.checkups.tabs import tabs_of

PAGE = 50


@login_required
@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    """List the check-ups."""
    acting: Acting = request.acting  # type: ignore[attr-defined]
    if not may_read_checkups(acting):
        raise Http404
    listed = Count("problems", filter=Q(problems__scope_kind=ScopeKind.CITY))
    counted = visible_runs(acting).annotate(listed=listed).order_by("-as_of", "-id")
    page = Paginator(counted, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "headline": headline_of_list(page.paginator.count), "keeps": may_keep_data(acting)}
    return render(request, "checkups/runs.html", context)


@login_required
@require_safe
def run(request: HttpRequest, run: int) -> HttpResponse:
    """Show the indicators of a check-up by dimension."""
    record = run_of(request, run)
    form = FigureForm(record, request.GET)
    listed = problems_of(record, ProblemFilter(scope_kind=ScopeKind.CITY)).count()
    context = {"form": form, "dimensions": dimensions_of(record, form.told()), "headline": headline_of(record, listed)}
    return _render(request, record, "checkups:run", "checkups/run.html", context)


@login_required
@require_safe
def indicator(request: HttpRequest, run: int, indicator: str) -> HttpResponse:
    """Show one indicator: what it says, how it is known, and its parts by district, street or community."""
    record = run_of(request, run)
    figure = figure_of(record, indicator)
    parts = parts_of(record, indicator)
    asked = request.GET.get("kind", "")
    kind = kind_to_show([part.kind for part in parts], asked)
    page = Paginator(figures_by(record, indicator, kind), PAGE).get_page(request.GET.get("page")) if kind else None
    entries = [(part.kind.label, f"?kind={part.kind.value}", part.kind is kind, part.count) for part in parts]
    on_map = kind in {ScopeKind.COUNTY, ScopeKind.MANAGED_AREA, ScopeKind.STREET, ScopeKind.COMMUNITY}
    context = {"run": record, "figure": figure, "parts": entries, "kind": kind, "page": page, "on_map": on_map}
    return render(request, "checkups/indicator.html", context)


@login_required
@require_safe
def features(request: HttpRequest, run: int, indicator: str) -> HttpResponse:
    """List the features an indicator counted, in the city or in one of its parts."""
    record = run_of(request, run)
    figure = figure_of(record, indicator)
    kind, scope = request.GET.get("kind", ""), request.GET.get("scope", "")
    rows = listed_features(record, indicator, kind, scope)
    here = IndicatorValue.objects.filter(run=record, indicator=indicator, scope_kind=kind, scope_id=scope).first()
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"run": record, "figure": figure, "page": page, "here": here or figure, "kind": kind, "scope": scope}
    return render(request, "checkups/features.html", context)


@login_required
@require_safe
def problems(request: HttpRequest, run: int) -> HttpResponse:
    """Show the problem list."""
    record = run_of(request, run)
    form = ProblemForm(record, request.GET)
    page = Paginator(problems_of(record, form.told()), PAGE).get_page(request.GET.get("page"))
    headline = _("问题清单 %(count)d 条") % {"count": page.paginator.count}
    context = {"form": form, "page": page, "headline": headline}
    return _render(request, record, "checkups:problems", "checkups/problems.html", context)


@login_required
@require_safe
def actions(request: HttpRequest, run: int) -> HttpResponse:
    """Show the action list."""
    record = run_of(request, run)
    page = Paginator(actions_of(record), PAGE).get_page(request.GET.get("page"))
    headline = _("整治建议 %(count)d 条") % {"count": page.paginator.count}
    context = {"page": page, "headline": headline}
    return _render(request, record, "checkups:actions", "checkups/actions.html", context)


def kind_to_show(kinds: list[ScopeKind], asked: str) -> ScopeKind | None:
    """Return the kind of scope asked for; else streets, else the first there is."""
    wanted = (kind for name in (asked, ScopeKind.STREET.value) for kind in kinds if kind.value == name)
    return next(wanted, kinds[0] if kinds else None)


def run_of(request: HttpRequest, run: int) -> CheckupRunRecord:
    """Return a check-up the person may read; what they may not is not there."""
    acting: Acting = request.acting  # type: ignore[attr-defined]
    return get_object_or_404(visible_runs(acting), pk=run)


def figure_of(record: CheckupRunRecord, indicator: str) -> IndicatorValue:
    """Return the city's figure of an indicator."""
    return get_object_or_404(city_figures(record), indicator=indicator)


def _render(
    request: HttpRequest, record: CheckupRunRecord, here: str, template: str, context: dict[str, Any]
) -> HttpResponse:
    return render(request, template, {"run": record, "tabs": tabs_of(record, here), **context})
