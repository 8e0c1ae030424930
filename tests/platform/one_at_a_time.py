"""One request at a time: SQLite in memory has one connection, and all threads of a test's server share it."""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock

from django.http import HttpRequest, HttpResponse

_LOCK = RLock()


def one_at_a_time(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Let each request wait until the one before is answered."""

    def wait(request: HttpRequest) -> HttpResponse:
        with _LOCK:
            return answer(request)

    return wait
