"""Jobs whose worker died are taken up again."""

from __future__ import annotations

import logging

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from huancheng.platform.operations.domain.beating import living_workers

MOST_ATTEMPTS = 3
"""A job that took its worker down so often is given up: it would take down the next one too."""

logger = logging.getLogger("huancheng.operations")


class Abandoned(RuntimeError):
    """The worker of a job died several times over it."""


def take_up_abandoned_jobs() -> int:
    """Put jobs back whose worker gave no sign of life for long; returns how many.

    What a job had changed in an unfinished transaction was undone by the database, so it begins anew: jobs are
    written so that they may be begun twice.
    """
    with transaction.atomic():
        living = living_workers()
        found = [
            job
            for job in DBTaskResult.objects.running().select_for_update(skip_locked=True)
            if not job.worker_ids or job.worker_ids[-1] not in living
        ]
        for job in found:
            if len(job.worker_ids) >= MOST_ATTEMPTS:
                job.set_failed(Abandoned(f"given up after {len(job.worker_ids)} attempts"))
            else:
                job.status = "READY"
                job.save(update_fields=["status"])
            logger.warning("job %s was left by a dead worker: %s", job.pk, job.status)
    return len(found)
