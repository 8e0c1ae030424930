"""Acts whose page depends on the kind of step."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.casework.procedures.pages import reach
from huancheng.platform.casework.rules import CONCLUDES
from huancheng.policy.routes.model import StepKind


@login_required
@require_safe
def conclude(request: ActingRequest, case: int, step: str) -> HttpResponse:
    """Lead to where a step's conclusion is drawn: the panel of experts, or the opinions of bodies."""
    place = reach(request, case, step, CONCLUDES)
    page = "panel" if place.planned.step.kind is StepKind.EXPERT_REVIEW else "consultation"
    return redirect(f"casework:{page}", case, step)
