"""Searching over everything a person may see."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.casework.queries.search import LONGEST, search


@login_required
def find(request: ActingRequest) -> HttpResponse:
    """Show what was found."""
    query = request.GET.get("q", "")[:LONGEST].strip()
    found = search(request.acting, query, kind=request.GET.get("kind", ""), page=request.GET.get("page", "1"))
    return render(
        request, "casework/search/search.html", {"found": found, "query": query, "kind": request.GET.get("kind", "")}
    )
