"""Pages of alternatives: new ones, one with its certificate, adopting it."""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huancheng.evidence import InputFault
from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.casework.queries.said import said
from huancheng.platform.common.jobs import start
from huancheng.platform.files.domain.store import open_stored
from huancheng.platform.planning import tasks
from huancheng.platform.planning.domain.adopting import adopt_alternative
from huancheng.platform.planning.domain.alternatives import take_alternative
from huancheng.platform.planning.domain.coverage import SUFFIXES, layer_at
from huancheng.platform.planning.domain.drawing import snapshot_of
from huancheng.platform.planning.domain.unit_folders import unpack_units
from huancheng.platform.planning.forms.alternatives import BringForm, DrawForm, EditionForm, TakeForm
from huancheng.platform.planning.instruments import instrument_of
from huancheng.platform.planning.models import Alternative, SpecialPlan
from huancheng.platform.planning.queries.alternatives import block_features, certificate_of, visible_alternatives
from huancheng.platform.planning.queries.editing import state_of
from huancheng.platform.planning.rules import being_written, may_write_plan
from huancheng.platform.planning.views.finding import draft_written

LAYERS = {**SUFFIXES, "dxf": ".dxf"}
"""Formats an institute brings units in, and the ending a reader knows them by."""


def alternative_seen(request: ActingRequest, alternative: int) -> Alternative:
    """Return an alternative the person may see."""
    return get_object_or_404(visible_alternatives(request.acting), pk=alternative)


def may_edit(request: ActingRequest, row: Alternative) -> bool:
    """Whether the person may change an alternative now."""
    plan: SpecialPlan = row.plan
    return being_written(plan) and may_write_plan(request.acting, instrument_of(plan), plan.subject)


def alternative_written(request: ActingRequest, alternative: int) -> Alternative:
    """Return an alternative the person may change now; for others there is nothing to press."""
    row = alternative_seen(request, alternative)
    if not may_edit(request, row):
        raise Http404
    return row


@login_required
@require_http_methods(["GET", "POST"])
def draw(request: ActingRequest, plan: int) -> HttpResponse:
    """Have the solver draw an alternative."""
    row = draft_written(request, plan)
    form = DrawForm(request.acting, request.POST or None)
    if request.method == "POST" and form.is_valid() and form.carry_out(lambda: snapshot_of(row)) is not None:
        title = _("划定更新单元：%s") % form.cleaned_data["title"]
        wish = asdict(form.wish())
        job = start(tasks.draw, "planning.draw", title, request.acting, row.pk, asdict(request.acting), wish)
        return redirect("common:job", job.pk)
    return _form(request, row, form, _("计算划定"), _("开始划定"))


@login_required
@require_http_methods(["GET", "POST"])
def bring(request: ActingRequest, plan: int) -> HttpResponse:
    """Bring units an institute drew."""
    row = draft_written(request, plan)
    form = BringForm(request.acting, *_sent(request))
    if request.method == "POST" and form.is_valid() and form.carry_out(lambda: snapshot_of(row)) is not None:
        file = form.carry_out(lambda: _laid_down(form.cleaned_data["drawing"]))
        if file is not None:
            title = _("导入划定成果：%s") % form.cleaned_data["title"]
            told = (row.pk, asdict(request.acting), str(file), form.options())
            job = start(tasks.bring, "planning.bring", title, request.acting, *told)
            return redirect("common:job", job.pk)
    return _form(request, row, form, _("导入规划院划定的单元"), _("导入"))


@login_required
@require_http_methods(["GET", "POST"])
def take(request: ActingRequest, plan: int) -> HttpResponse:
    """Take a result folder in that was made on the command line."""
    row = draft_written(request, plan)
    form = TakeForm(request.acting, *_sent(request))
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(lambda: _taken(request, row, form))
        if made is not None:
            messages.success(request, _("成果已复核并载入"))
            return redirect("planning:alternative", made.pk)
    return _form(request, row, form, _("载入划定成果"), _("复核并载入"))


@login_required
@require_safe
def alternative(request: ActingRequest, alternative: int) -> HttpResponse:
    """Show an alternative with its certificate."""
    row = alternative_seen(request, alternative)
    context = {"alternative": row, "plan": row.plan, "edits": may_edit(request, row), "state": state_of(row)}
    context |= certificate_of(row)
    return render(request, "planning/alternatives/alternative.html", context)


@login_required
@require_safe
def blocks(request: ActingRequest, alternative: int) -> JsonResponse:
    """Hand out the blocks of an alternative; they never change, so a browser may keep them."""
    row = alternative_seen(request, alternative)
    answer = JsonResponse(block_features(row), content_type="application/geo+json")
    answer["Cache-Control"] = "private, max-age=86400"
    return answer


@login_required
@require_POST
def adopt(request: ActingRequest, alternative: int) -> HttpResponse:
    """Make its units the units of the plan."""
    row = alternative_written(request, alternative)
    form = EditionForm(request.acting, request.POST)
    if not form.is_valid():
        raise BadRequest("edition")
    try:
        count = adopt_alternative(row.pk, request.acting, expected=form.cleaned_data["edition"])
    except InputFault as fault:
        messages.error(request, said(fault))
        return redirect("planning:alternative", row.pk)
    messages.success(request, _("已采用，共 %d 个更新单元") % count)
    return redirect("planning:special-plan-units", row.plan_id)


def _form(request: ActingRequest, plan: SpecialPlan, form: Any, headline: str, button: str) -> HttpResponse:
    status = form.status if form.is_bound else 200
    context = {"plan": plan, "form": form, "headline": headline, "button": button}
    return render(request, "planning/alternatives/form.html", context, status=status)


def _sent(request: ActingRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _laid_down(taken: Any) -> Path:
    """Put a layer that was looked at down as a file of its own, for the worker."""
    suffix = LAYERS.get(taken.stored.format)
    if suffix is None:
        cure = _("请上传 GeoPackage、shp（打成 zip）或 DXF")
        raise InputFault(_("“%s”不是图层") % taken.name, field="drawing", cure=cure)
    Path(settings.JOB_FOLDER).mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="units-", dir=settings.JOB_FOLDER))
    with open_stored(taken.stored) as source:
        return layer_at(source, folder, suffix)


def _taken(request: ActingRequest, plan: SpecialPlan, form: TakeForm) -> Alternative:
    Path(settings.JOB_FOLDER).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="units-", dir=settings.JOB_FOLDER) as folder:
        archive = Path(folder) / "units.zip"
        with archive.open("wb") as out:
            for chunk in form.cleaned_data["archive"].chunks():
                out.write(chunk)
        title = form.cleaned_data["title"]
        return take_alternative(plan.pk, request.acting, title, lambda place: unpack_units(archive, place))
