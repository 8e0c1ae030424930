"""What stands before a page of the log."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.rules import may_read_log

View = Callable[..., HttpResponseBase]


class ReadingRequest(HttpRequest):
    """A request of somebody whose duty it is to read the log."""

    acting: Acting


def reading_log(view: View) -> View:
    """Let only those in whose duty it is; others find nothing here."""

    @login_required
    @wraps(view)
    def guarded(request: ReadingRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_read_log(request.acting):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
