"""Who a request acts as."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse

from huancheng.platform.bodies.queries.acting import choices_of, chosen_of
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
