"""Pages of expert review: the pool, the panel of a step, opinions."""

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
from huancheng.platform.casework.procedures.downloads import document
from huancheng.platform.casework.procedures.experts.counting import count
from huancheng.platform.casework.procedures.experts.forms import (
    ConcludePanelForm,
    ConflictForm,
    DeclineForm,
    DrawForm,
    EndConflictForm,
    ExpertForm,
    OpinionForm,
)
from huancheng.platform.casework.procedures.experts.models import Expert, PanelSeat
from huancheng.platform.casework.procedures.experts.queries import (
    excluded_from,
    is_expert,
    open_reviews,
    opinions_shown,
    panel_in,
    panels_before,
    place_seen,
    places_of,
    pool_list,
)
from huancheng.platform.casework.procedures.experts.rules import may_keep_pool
from huancheng.platform.casework.procedures.experts.summary import panel_summary
from huancheng.platform.casework.procedures.pages import answer_step, attempt, reach
from huancheng.platform.casework.queries.visible import visible_cases
from huancheng.policy.routes.model import StepKind

PAGE = 50
REVIEWS = (StepKind.EXPERT_REVIEW,)


@login_required
@require_http_methods(["GET", "POST"])
def pool(request: ActingRequest) -> HttpResponse:
    """List the pool, and take somebody in."""
    if not may_keep_pool(request.acting):
        raise Http404
    form = ExpertForm(request.acting, None)
    status = HTTPStatus.OK.value
    if request.method == "POST":
        form = ExpertForm(request.acting, None, request.POST)
        status = attempt(form)
        if status == HTTPStatus.FOUND:
            messages.success(request, _("专家已入库"))
            return HttpResponseRedirect(request.path)
    page = Paginator(pool_list(), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form}
    return render(request, "casework/procedures/experts/pool.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def expert(request: ActingRequest, number: int) -> HttpResponse:
    """Show an expert with their conflicts and places; change them."""
    if not may_keep_pool(request.acting):
        raise Http404
    row = get_object_or_404(Expert.objects.select_related("person", "employer"), pk=number)
    kinds = {kind.do: kind for kind in (ExpertForm, ConflictForm, EndConflictForm)}
    forms = {name: kind(request.acting, row) for name, kind in kinds.items()}
    status = HTTPStatus.OK.value
    if request.method == "POST":
        do = request.POST.get("do", "")
        if do not in kinds:
            raise Http404
        forms[do] = kinds[do](request.acting, row, request.POST)
        status = attempt(forms[do])
        if status == HTTPStatus.FOUND:
            messages.success(request, _("已保存"))
            return HttpResponseRedirect(request.path)
    context = {
        "expert": row,
        "forms": forms,
        "conflicts": row.conflicts.select_related("body", "subject"),
        "places": row.places.select_related("panel__case").order_by("-pk")[:PAGE],
    }
    return render(request, "casework/procedures/experts/expert.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def panel(request: ActingRequest, case: int, step: str) -> HttpResponse:
    """Show the panel of a step: the draw, who is in, the opinions one may read; draw and conclude."""
    place = reach(request, case, step, REVIEWS)
    row = panel_in(place.standing, step)
    context: dict[str, object] = {"panel": row, "before": panels_before(place.standing, step)}
    if row is not None:
        shown = {opinion.place_id: opinion for opinion in opinions_shown(row, request.acting)}
        seats = row.places.select_related("expert__person", "expert__employer", "replaces__expert__person")
        context |= {
            "count": count(row),
            "seats": [(seat, shown.get(seat.pk)) for seat in seats],
            "excluded": [] if is_expert(request.acting) else excluded_from(row),
            "own_only": is_expert(request.acting),
            "quorum": count(row).has_quorum(place.planned.step.vote),
        }
    forms = (DrawForm, ConcludePanelForm)
    return answer_step(request, place, forms, "casework/procedures/experts/panel.html", context)


@login_required
@require_safe
def panel_docx(request: ActingRequest, case: int, step: str) -> HttpResponse:
    """Hand the opinions of a panel out as a document for the meeting; not for experts, who read only their own."""
    place = reach(request, case, step, REVIEWS)
    row = panel_in(place.standing, step)
    if row is None or is_expert(request.acting):
        raise Http404
    return document(_("%s专家论证意见") % place.case.number, panel_summary(row, opinions_shown(row, request.acting)))


@login_required
@require_http_methods(["GET", "POST"])
def place(request: ActingRequest, number: int) -> HttpResponse:
    """Give an opinion from a place, or say that one can't sit there."""
    seat = place_seen(number, request.acting)
    if seat is None:
        raise Http404
    kinds = {kind.do: kind for kind in (OpinionForm, DeclineForm)}
    forms = {name: kind(request.acting, seat) for name, kind in kinds.items()}
    status = HTTPStatus.OK.value
    if request.method == "POST":
        do = request.POST.get("do", "")
        if do not in kinds:
            raise Http404
        forms[do] = kinds[do](request.acting, seat, request.POST, request.FILES)
        status = attempt(forms[do])
        if status == HTTPStatus.FOUND:
            messages.success(request, _("已办理：%s") % forms[do].title)
            own_declined = do == "decline" and seat.expert.person_id == request.acting.person
            back = reverse("casework:panel", args=[seat.panel.case_id, seat.panel.step])
            return HttpResponseRedirect(reverse("casework:my-reviews") if own_declined else back)
    context = {
        "seat": seat,
        "case": seat.panel.case,
        "forms": forms if seat.status == PanelSeat.Status.ASSIGNED else {},
        "own": seat.expert.person_id == request.acting.person,
    }
    return render(request, "casework/procedures/experts/place.html", context, status=status)


@login_required
@require_safe
def give_opinion(request: ActingRequest, case: int) -> HttpResponse:
    """Lead from a case to the place from which the person owes an opinion."""
    row = get_object_or_404(visible_cases(request.acting), pk=case)
    waiting = open_reviews(request.acting).filter(panel__case=row).first()
    return redirect("casework:panel-place", waiting.pk) if waiting else redirect("casework:my-reviews")


@login_required
@require_safe
def my_reviews(request: ActingRequest) -> HttpResponse:
    """List what an expert was drawn for; what waits stands on top of the page."""
    page = Paginator(places_of(request.acting), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "waiting": open_reviews(request.acting).count()}
    return render(request, "casework/procedures/experts/mine.html", context)
