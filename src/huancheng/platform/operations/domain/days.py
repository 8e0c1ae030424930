"""What is done once a day."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from huancheng.platform.common import clock
from huancheng.platform.common.daily import daily_functions
from huancheng.platform.operations.models import DailyRun

RETRY_AFTER = timedelta(minutes=15)
STUCK_AFTER = timedelta(hours=6)
"""A run begun so long ago and not ended was killed."""

logger = logging.getLogger("huancheng.operations")


def run_what_is_due() -> list[str]:
    """Call every daily function not yet done today, from the hour of the setting on; returns the names done.

    After a pause of the program they are called as soon as it runs again. One that fails is called again after a
    while; the others go on.
    """
    if timezone.localtime(clock.now()).hour < settings.DAILY_HOUR:
        return []
    return [name for name in daily_functions() if _claim(name) and _carry_out(name)]


def _claim(name: str) -> bool:
    """Whether a function is due and nobody else has taken it; then it is ours."""
    now = clock.now()
    with transaction.atomic():
        run, fresh = DailyRun.objects.select_for_update().get_or_create(
            name=name, day=clock.today(), defaults={"begun_at": now}
        )
        if fresh:
            return True
        again = run.ended_at is None and now - run.begun_at >= (RETRY_AFTER if run.fault else STUCK_AFTER)
        if again:
            run.begun_at, run.fault = now, ""
            run.save(update_fields=["begun_at", "fault"])
        return again


def _carry_out(name: str) -> bool:
    day = clock.today()
    mine = DailyRun.objects.filter(name=name, day=day)
    try:
        daily_functions()[name](day)
    except Exception as fault:
        # One department's fault must not keep the others' reminders back.
        logger.exception("daily %s failed", name)
        mine.update(fault=type(fault).__name__)
        return False
    mine.update(ended_at=clock.now())
    return True
