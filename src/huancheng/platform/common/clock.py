"""The one clock of the platform, so that tests and demonstrations can set it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_SET: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """Return the moment, with its time zone."""
    return _SET.get() or timezone.now()


def today() -> date:
    """Return the day in the city."""
    return timezone.localtime(now()).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the clock stand at a moment."""
    token = _SET.set(moment)
    try:
        yield
    finally:
        _SET.reset(token)
