"""The number of a request: in the answer, in every line of the log, and in every entry it makes."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-Number"

_NUMBER: ContextVar[str] = ContextVar("request_number", default="")


def request_number() -> str:
    """Return the number of the request being answered; empty where none is: commands, jobs, daily work."""
    return _NUMBER.get()


@contextmanager
def numbered() -> Iterator[str]:
    """Give everything inside one number."""
    number = str(uuid.uuid4())
    token = _NUMBER.set(number)
    try:
        yield number
    finally:
        _NUMBER.reset(token)


class RequestNumberMiddleware:
    """Numbers every request; an officer who quotes the number of an error page is found in the log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        with numbered() as number:
            response = self.get_response(request)
            response.headers[HEADER] = number
            return response
