"""The sign of life of a worker."""

from __future__ import annotations

from datetime import timedelta

from huancheng.platform.common import clock
from huancheng.platform.operations.models import Heartbeat

ALIVE_FOR = timedelta(minutes=2)
"""A worker that gave no sign for so long is taken for dead."""

FORGOTTEN_AFTER = timedelta(days=7)


def beat(worker: str) -> None:
    """Write down that a worker lives; forget those long dead."""
    Heartbeat.objects.update_or_create(worker=worker, defaults={"at": clock.now()})
    Heartbeat.objects.filter(at__lt=clock.now() - FORGOTTEN_AFTER).delete()


def living_workers() -> set[str]:
    """Return the names of the workers that live."""
    return set(Heartbeat.objects.filter(at__gte=clock.now() - ALIVE_FOR).values_list("worker", flat=True))


def fall_silent(worker: str) -> None:
    """Forget a worker that ends as it should."""
    Heartbeat.objects.filter(worker=worker).delete()
