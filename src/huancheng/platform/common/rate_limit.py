"""How often something open to the public may be asked, counted in the database so that all processes count together."""

from __future__ import annotations

import functools
import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse

from huancheng.platform.common import clock
from huancheng.platform.common.models import RateWindow

View = Callable[..., HttpResponse]

KEPT = timedelta(hours=2)
"""How long old counts lie before they are swept away."""


def limited(
    name: str, *, most: int, seconds: int = 60, by: Callable[[HttpRequest], str] | None = None
) -> Callable[[View], View]:
    """Let a view be asked at most so often by one asker; further requests get 429 with the seconds to wait.

    Parameters
    ----------
    name
        What is counted; views that share a name share the count.
    most
        Requests per window.
    seconds
        Length of a window.
    by
        Who asks; the person who is signed in, else the address, where nothing is said.
    """

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            wait = ask(name, (by or asker)(request), most=most, seconds=seconds)
            if wait:
                return HttpResponse(status=429, headers={"Retry-After": str(wait)})
            return view(request, *args, **kwargs)

        return counted

    return wrap


def asker(request: HttpRequest) -> str:
    """Return who asks: the person, else the address the request came from."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return f"person {user.pk}"
    return f"address {request.META.get('REMOTE_ADDR', '')}"


def ask(name: str, who: str, *, most: int, seconds: int) -> int:
    """Count one request and return the seconds to wait; 0 if it may go on. Stores no name and no address."""
    now = clock.now()
    window = int(now.timestamp()) // seconds
    key = hmac.new(settings.SECRET_KEY.encode(), f"{name}\n{who}\n{window}".encode(), "sha256").hexdigest()
    if _count(key, now) <= most:
        return 0
    return max(1, (window + 1) * seconds - int(now.timestamp()))


def _count(key: str, now: datetime) -> int:
    """Add one and return how many there are; two first requests at once are both counted."""
    if not RateWindow.objects.filter(key=key).update(count=F("count") + 1):
        RateWindow.objects.filter(begun_at__lt=now - KEPT).delete()
        try:
            with transaction.atomic():
                RateWindow.objects.create(key=key, begun_at=now, count=1)
        except IntegrityError:
            RateWindow.objects.filter(key=key).update(count=F("count") + 1)
    return RateWindow.objects.values_list("count", flat=True).get(key=key)
