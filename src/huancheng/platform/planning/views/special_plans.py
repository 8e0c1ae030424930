"""The list of special plans, and one begun."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.common.tables import Column, Filter, Table
from huancheng.platform.planning.forms.special import BeginForm
from huancheng.platform.planning.models import SpecialPlan
from huancheng.platform.planning.queries.city import city_sheet
from huancheng.platform.planning.queries.places import place_title, plan_places
from huancheng.platform.planning.queries.visible import visible_special_plans
from huancheng.platform.planning.queries.writable import places_to_begin
from huancheng.platform.planning.rules import may_read_plans
from huancheng.platform.planning.templatetags.plans import version_light


def _place(plan: SpecialPlan) -> str:
    return place_title(plan.jurisdiction)


class SpecialPlans(Table):
    """Special plans, every version."""

    name = "special-plans"
    title = gettext_lazy("专项规划")
    nothing = gettext_lazy("中心城区和各县（市、区）的专项规划编制后列在这里。")
    columns = (
        Column(
            "title", gettext_lazy("名称"), order="title",
            link=lambda plan: reverse("planning:special-plan", args=[plan.pk]),
        ),
        Column("place", gettext_lazy("规划范围"), value=_place, order="jurisdiction"),
        Column("version", gettext_lazy("版次"), value=lambda plan: plan.version, order="version", kind="number"),
        Column(
            "state", gettext_lazy("状态"), order="state", cell=version_light,
            value=lambda plan: plan.get_state_display(),
        ),
        Column("case__number", gettext_lazy("案卷"), value=lambda plan: plan.case.number if plan.case else ""),
        Column("adopted_on", gettext_lazy("批准日期"), kind="day", order="adopted_on"),
        Column("updated_at", gettext_lazy("最近修改"), kind="moment", order="updated_at", shown=False),
    )  # fmt: skip
    filters = (
        Filter("state", gettext_lazy("状态"), choices=SpecialPlan.State.choices, lookup="state"),
        Filter(
            "place", gettext_lazy("规划范围"), choices=lambda: [(place.id, place.title) for place in plan_places()],
            lookup="jurisdiction",
        ),
        Filter("q", gettext_lazy("名称"), lookup="title__icontains"),
    )  # fmt: skip
    default_order = ("jurisdiction", "-version")


@login_required
@require_safe
def special_plans(request: ActingRequest) -> HttpResponse:
    """List the special plans a person may see, the newest version of each place first."""
    if not may_read_plans(request.acting):
        raise Http404
    rows = visible_special_plans(request.acting).select_related("case")
    sheet = city_sheet(request.acting)
    context = {"sheet": sheet, "begins": bool(places_to_begin(request.acting))}
    return SpecialPlans(request, rows).answer("planning/special/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def begin(request: ActingRequest) -> HttpResponse:
    """Begin the special plan of a place."""
    places = places_to_begin(request.acting)
    if not places:
        raise Http404
    form, status = BeginForm(request.acting, places), 200
    if request.method == "POST":
        form = BeginForm(request.acting, places, request.POST)
        plan = form.save() if form.is_valid() else None
        if plan is not None:
            messages.success(request, _("已建立，请先引用依据"))
            return HttpResponseRedirect(reverse("planning:special-plan", args=[plan.pk]))
        status = form.status
    return render(request, "planning/special/begin.html", {"form": form}, status=status)
