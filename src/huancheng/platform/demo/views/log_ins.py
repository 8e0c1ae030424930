"""The log-ins of 示例市: a page that lists them, and a button that signs in as one. Loopback and demo mode only."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from huancheng.platform.bodies.models import Post
from huancheng.platform.bodies.queries.acting import CHOSEN
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.demo.domain.cast import PASSWORD, log_ins_by_place

BACKEND = "django.contrib.auth.backends.ModelBackend"


def demand_demo(request: HttpRequest) -> None:
    """Refuse whoever does not sit at this machine, and everybody outside demo mode.

    Raises
    ------
    Http404
        As if the page were not there.
    """
    try:
        near = ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        near = False
    if not (settings.DEMO and near) or "HTTP_X_FORWARDED_FOR" in request.META:
        raise Http404("no such page")


@require_GET
def log_ins(request: HttpRequest) -> HttpResponse:
    """List every post of the demonstration by place, with a button to sign in as its person."""
    demand_demo(request)
    book = current_book()
    wanted = request.GET.get("place", "")
    places: list[dict[str, Any]] = [{"id": "", "title": "市级", "current": not wanted}]
    places += [{"id": item.id, "title": item.title, "current": wanted == item.id} for item in book.jurisdictions]
    roles = {role.id: role for role in book.posts.roles}
    content = {
        "places": places,
        "groups": log_ins_by_place(wanted if wanted in {item["id"] for item in places} else ""),
        "roles": roles,
        "password": PASSWORD,
    }
    return render(request, "demo/log_ins.html", content)


@require_POST
def enter(request: HttpRequest, post: int) -> HttpResponse:
    """Sign in as the person of a post and act from it."""
    demand_demo(request)
    found = get_object_or_404(Post.objects.select_related("person"), pk=post, person__is_active=True)
    login(request, found.person, backend=BACKEND)
    request.session[CHOSEN] = found.pk
    return redirect("common:home")
