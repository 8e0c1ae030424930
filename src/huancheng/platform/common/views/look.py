"""Every component in every state, for those who build pages; only in a demonstration."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@require_GET
def look(request: HttpRequest) -> HttpResponse:
    """Show the components."""
    return render(request, "common/look.html", {})
