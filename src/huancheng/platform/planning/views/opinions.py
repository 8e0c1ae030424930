"""Recording the bureau's written opinions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.common.redirects import next_page
from huancheng.platform.planning.domain.opinions import jurisdiction_of
from huancheng.platform.planning.forms.register import OpinionForm
from huancheng.platform.planning.models import RenewalUnit
from huancheng.platform.planning.queries.places import place_of
from huancheng.platform.planning.queries.visible import visible_special_plans, visible_unit_plans
from huancheng.platform.planning.rules import may_keep_register


def _in_sight(kind: str, acting: Acting) -> QuerySet[Any]:
    """Return the things of a kind a person may see: those of the special plans in sight."""
    plans = visible_special_plans(acting)
    match kind:
        case "special_plan":
            return plans
        case "unit":
            return RenewalUnit.objects.filter(plan__in=plans).defer("geometry")
        case "unit_plan":
            return visible_unit_plans(acting).select_related("unit")
    raise Http404


@login_required
@require_http_methods(["GET", "POST"])
def add_opinion(request: ActingRequest, kind: str, key: int) -> HttpResponse:
    """Record an opinion on a special plan, a unit or a unit plan."""
    row = get_object_or_404(_in_sight(kind, request.acting), pk=key)
    jurisdiction = jurisdiction_of(kind, row)
    if not may_keep_register(request.acting, jurisdiction):
        raise Http404
    place = place_of(jurisdiction)
    members = place.members if place else (jurisdiction,)
    form, status = OpinionForm(request.acting, members), 200
    if request.method == "POST":
        form = OpinionForm(request.acting, members, request.POST, request.FILES)
        saved = form.save(kind, row.pk) if form.is_valid() else None
        if saved is not None:
            messages.success(request, _("意见已登记"))
            return HttpResponseRedirect(next_page(request, "planning:register"))
        status = form.status
    context = {"form": form, "about": row, "next": next_page(request, "planning:register")}
    return render(request, "planning/register/opinion.html", context, status=status)
