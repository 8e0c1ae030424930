"""The program's log: one line of JSON for each thing, with the number of the request, without personal data."""

from __future__ import annotations

import json
import logging
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse

from huancheng.platform.common.request_number import request_number

OWN = ("status", "route", "method", "milliseconds", "job")
"""What a line may say beside its message."""

access = logging.getLogger("huancheng.access")


class JsonLines(logging.Formatter):
    """Writes a record as a line of JSON.

    Of an error it tells where it happened and of which class it is, not its words: those of the database repeat
    values (`Key (username)=(…) already exists`).
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "said": record.getMessage(),
        }
        if number := request_number():
            line["request"] = number
        line |= {name: value for name in OWN if (value := getattr(record, name, None)) is not None}
        if record.exc_info and record.exc_info[0] is not None:
            error = record.exc_info[0]
            line["error"] = f"{error.__module__}.{error.__qualname__}"
            line["where"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(record.exc_info[2])
            ]
        return json.dumps(line, ensure_ascii=False, default=str)


class WithoutPaths(logging.Filter):
    """Takes addresses out of Django's own messages: they hold names that people were searched by."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, without what its message was filled with."""
        if record.name.startswith("django.request") and record.args:
            record.msg, record.args = str(record.msg).split(":", maxsplit=1)[0].replace("%s", "").strip(), None
            record.msg = record.msg or "request failed"
        return True


class AccessLogMiddleware:
    """Writes a line for each request: how it was answered and how long that took; the route, never the address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        begun = time.perf_counter()
        answer = self.get_response(request)
        route = request.resolver_match.route if request.resolver_match else ""
        access.info(
            "answered",
            extra={
                "status": answer.status_code,
                "method": request.method,
                "route": f"/{route}",
                "milliseconds": round((time.perf_counter() - begun) * 1000, 1),
            },
        )
        return answer
