"""Pages of renewal units."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.casework.queries.visible import visible_cases
from huancheng.platform.common.tables import Column, Filter, Table
from huancheng.platform.planning.models import RenewalUnit
from huancheng.platform.planning.queries.agreement import agreement_of, opinions_on
from huancheng.platform.planning.queries.places import place_title, plan_places
from huancheng.platform.planning.queries.shapes import collection, unit_shapes
from huancheng.platform.planning.queries.unit_figures import figure_of, figures_of
from huancheng.platform.planning.queries.units import adopted_units, units_geojson, visible_units
from huancheng.platform.planning.queries.upper_plans import upper_plans_of
from huancheng.platform.planning.queries.visible import visible_unit_plans
from huancheng.platform.planning.queries.writable import begins_plan
from huancheng.platform.planning.rules import may_keep_register, may_read_plans


def _place(unit: RenewalUnit) -> str:
    return place_title(unit.jurisdiction)


def _area(unit: RenewalUnit) -> float | None:
    return figure_of(unit, "area")


class Units(Table):
    """Renewal units."""

    name = "renewal-units"
    title = gettext_lazy("更新单元")
    nothing = gettext_lazy("在专项规划的“单元方案比选”中选定方案后，更新单元列在这里。")
    columns = (
        Column(
            "number", gettext_lazy("编号"), order="number", link=lambda unit: reverse("planning:unit", args=[unit.pk])
        ),
        Column("name", gettext_lazy("名称"), order="name"),
        Column("place", gettext_lazy("规划范围"), value=_place, order="jurisdiction"),
        Column("area", gettext_lazy("面积（公顷）"), value=_area, kind="number", places=1),
        Column("population", gettext_lazy("人口"), value=lambda unit: figure_of(unit, "population"), kind="number"),
        Column("plan", gettext_lazy("专项规划"), value=lambda unit: str(unit.plan)),
    )  # fmt: skip
    filters = (
        Filter(
            "place", gettext_lazy("规划范围"), choices=lambda: [(place.id, place.title) for place in plan_places()],
            lookup="jurisdiction",
        ),
        Filter("q", gettext_lazy("名称"), lookup="name__icontains"),
    )  # fmt: skip
    default_order = ("jurisdiction", "number")


@login_required
@require_safe
def units(request: ActingRequest) -> HttpResponse:
    """List the units of the plans in force."""
    if not may_read_plans(request.acting):
        raise Http404
    rows = adopted_units(request.acting)
    count = rows.count()
    headline = ngettext("现行专项规划划定更新单元 %(count)d 个", "现行专项规划划定更新单元 %(count)d 个", count)
    return Units(request, rows).answer("planning/units/list.html", {"headline": headline % {"count": count}})


@login_required
@require_safe
def unit(request: ActingRequest, unit: int) -> HttpResponse:
    """Show a unit: its figures and place, its cases and plans, whether it agrees with the upper plans."""
    row = get_object_or_404(visible_units(request.acting), pk=unit)
    ground = RenewalUnit.objects.select_related("plan").defer("blocks").get(pk=row.pk)
    plans = list(visible_unit_plans(request.acting).filter(unit=row).defer("filled", "parcels", "computed"))
    shapes = unit_shapes(ground) if ground.geometry else collection([])
    context = {
        "unit": row,
        "figures": figures_of(row),
        "shapes": shapes,
        "cases": visible_cases(request.acting).filter(subject=row.subject_id)[:50],
        "plans": plans,
        "begins": begins_plan(row, plans, request.acting),
        "agreement": agreement_of("unit", row.pk, [ground], upper_plans_of(ground)),
        "opinions": opinions_on("unit", row.pk),
        "keeps": may_keep_register(request.acting, row.jurisdiction),
    }
    return render(request, "planning/units/unit.html", context)


@login_required
@require_safe
def units_data(request: ActingRequest) -> HttpResponse:
    """Give the units in force as GeoJSON, for maps."""
    if not may_read_plans(request.acting):
        raise Http404
    return JsonResponse(units_geojson(request.acting))
