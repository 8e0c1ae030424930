"""The lists of a check-up as xlsx."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huancheng.platform.checkups.models import CheckupRunRecord, IndicatorValue
from huancheng.platform.checkups.queries.figures import city_figures
from huancheng.platform.checkups.queries.lists import ProblemFilter, actions_of, problems_of
from huancheng.platform.checkups.queries.sheets import action_sheet, figure_sheet, problem_sheet
from huancheng.platform.checkups.views.runs import figure_of, run_of
from huancheng.report.writers.sheets import Sheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def indicators(request: HttpRequest, run: int) -> HttpResponse:
    """Hand out the city's figures."""
    record = run_of(request, run)
    return _workbook(record, "indicators", [figure_sheet("指标", city_figures(record))])


@login_required
@require_safe
def breakdown(request: HttpRequest, run: int, indicator: str) -> HttpResponse:
    """Hand out one indicator with all its parts."""
    record = run_of(request, run)
    figure = figure_of(record, indicator)
    rows = IndicatorValue.objects.filter(run=record, indicator=figure.indicator).order_by("position")
    return _workbook(record, f"indicator-{figure.indicator}", [figure_sheet("分区域数值", rows)])


@login_required
@require_safe
def problems(request: HttpRequest, run: int) -> HttpResponse:
    """Hand out the problem list."""
    record = run_of(request, run)
    return _workbook(record, "problems", [problem_sheet(problems_of(record, ProblemFilter()))])


@login_required
@require_safe
def actions(request: HttpRequest, run: int) -> HttpResponse:
    """Hand out the action list."""
    record = run_of(request, run)
    return _workbook(record, "actions", [action_sheet(actions_of(record))])


def _workbook(record: CheckupRunRecord, name: str, sheets: list[Sheet]) -> HttpResponse:
    from huancheng.report.writers.workbook import write_workbook

    with tempfile.TemporaryDirectory(prefix="huancheng-checkup-") as folder:
        path = Path(folder) / "list.xlsx"
        write_workbook(path, sheets, title=record.system_title, author=record.title, dated=record.as_of)
        answer = HttpResponse(path.read_bytes(), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer
