"""Who a request acts as, what must be done first, and the log of timed sessions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.domain.elevating import can_elevate, log_request
from huancheng.platform.bodies.queries.acting import ELEVATION, choices_of, chosen_of
from huancheng.platform.common.request_number import request_number


class ActingMiddleware:
    """Gives every request `request.acting`: the person with the post they chose; None for visitors.

    `request.acting_choices` holds every way they may act.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        told = cast("Any", request)
        told.acting, told.acting_choices = None, []
        if request.user.is_authenticated:
            number = request_number()
            told.acting_choices = choices_of(request, number)
            told.acting = chosen_of(request, told.acting_choices, number)
        return self.get_response(request)


class PasswordFirstMiddleware:
    """Lets a person whose password was told to them do nothing before they have changed it."""

    OPEN = frozenset({"bodies:password", "bodies:sign-in", "bodies:sign-out", "bodies:second-factor"})

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_of_the_view: object) -> HttpResponse | None:
        """Send them to the page on which they change it; the pages of the frame itself stay open."""
        if not getattr(request.user, "must_change_password", False):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        return None if name in self.OPEN or name.startswith("common:") else redirect("bodies:password")


class ElevationMiddleware:
    """Writes every request made in a timed session to the log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, then write it down."""
        acting: Acting | None = cast("Any", request).acting
        elevation = request.session.get(ELEVATION) if acting is not None and acting.elevated else None
        response = self.get_response(request)
        if elevation is not None and acting is not None and can_elevate(acting):
            log_request(elevation, acting, request.method or "", request.path, response.status_code)
        return response
