"""Who a request acts as."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from huancheng.platform.bodies.queries.acting import acting_of


class ActingMiddleware:
    """Gives every request `request.acting`: the person with the post they chose; None for visitors."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        request.acting = acting_of(request, str(uuid.uuid4())) if request.user.is_authenticated else None
        return self.get_response(request)
