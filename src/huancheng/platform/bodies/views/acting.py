"""Choosing the post from which one acts."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from huancheng.platform.bodies.queries.acting import CHOSEN


@login_required
@require_POST
def act_as(request: HttpRequest) -> HttpResponse:
    """Switch to another of one's own or lent posts; any other is as good as not there."""
    wanted = request.POST.get("post", "")
    choice = next((item for item in request.acting_choices if str(item.post) == wanted), None)
    if choice is None:
        raise Http404
    request.session[CHOSEN] = choice.post
    return redirect(own_path(request))


def own_path(request: HttpRequest, fallback: str = "/") -> str:
    """Return the page named by `next` if it is one of ours, else a fallback."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else fallback
