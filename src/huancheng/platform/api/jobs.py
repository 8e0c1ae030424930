"""Work of the API that waits on others: telling webhooks."""

from __future__ import annotations

from django_tasks import task

from huancheng.platform.api.domain.webhooks import announce, deliver
from huancheng.platform.api.models import Delivery
from huancheng.platform.common import clock


@task()
def tell_webhooks(case: int, act: str, step: str) -> int:
    """Tell every webhook that may know of an act; returns how many were reached at once."""
    return sum(_try(delivery) for delivery in announce(case, act, step))


@task()
def try_again(delivery: int) -> bool:
    """Try a telling that failed before."""
    waiting = Delivery.objects.select_related("webhook__person").filter(pk=delivery, status=Delivery.Status.WAITING)
    found = waiting.first()
    return found is not None and found.next_try <= clock.now() and _try(found)


def _try(delivery: Delivery) -> bool:
    arrived = deliver(delivery)
    if delivery.status == Delivery.Status.WAITING:
        try_again.using(run_after=delivery.next_try).enqueue(delivery.pk)
    return arrived
