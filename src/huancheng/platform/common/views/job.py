"""How far a job is."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from huancheng.platform.common.models import Job


@login_required
@require_GET
def job(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """Show a job to the person who asked for it; a part of the page that asks again by itself, or a page around it."""
    found = get_object_or_404(Job, pk=identifier, person=request.user.pk)
    if request.headers.get("HX-Request"):
        return render(request, "common/components/job.html", {"job": found})
    return render(request, "common/job.html", {"job": found})
