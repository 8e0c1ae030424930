"""Choosing the post from which one acts."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from huancheng.platform.bodies.queries.acting import CHOSEN, ELEVATED_UNTIL, ELEVATION
from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.common.redirects import next_page


@login_required
@require_POST
def act_as(request: ActingRequest) -> HttpResponse:
    """Switch to another of one's own or lent posts; any other is as good as not there.

    A timed session belongs to the post in which it was opened, and ends.
    """
    wanted = request.POST.get("post", "")
    choice = next((item for item in request.acting_choices if str(item.post) == wanted), None)
    if choice is None:
        raise Http404
    if choice.post != request.acting.post:
        request.session.pop(ELEVATED_UNTIL, None)
        request.session.pop(ELEVATION, None)
    request.session[CHOSEN] = choice.post
    return redirect(next_page(request))
