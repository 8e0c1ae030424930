"""Work in the background with a title, how far it is, and what came out; a thin layer on django-tasks.

```python
@task()
def import_cases(job: str, file: int) -> None:
    with working(job) as progress:
        for done, row in enumerate(rows):
            progress(done * 100 // len(rows), _("第 %(row)s 行") % {"row": done})
        progress.outcome(_("导入 30 件"), reverse("casework:cases"))

job = start(import_cases, "casework.import", _("导入案件"), request.acting, file.pk)
return redirect("common:job", job.pk)
```

The task runs in the worker's own process; it takes the job's id first. A fault of the user's (`InputFault`) is shown in
its own words, anything else as a failure with the number to quote, and goes on to the log.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks.base import Task

from huancheng.evidence import InputFault
from huancheng.platform.common import clock
from huancheng.platform.common.models import Job
from huancheng.platform.common.request_number import request_number

logger = logging.getLogger(__name__)

SILENT_AFTER = 3600
"""Seconds without a word after which a job that runs counts as broken off: its worker has died."""


class HasPerson(Protocol):
    """Whoever acts."""

    @property
    def person(self) -> int | None:
        """Id of the person."""
        ...


class Progress:
    """What a job's work says of itself."""

    def __init__(self, job: str) -> None:
        self.job = job
        self._last = (-1, "")

    def __call__(self, percent: int | None, words: str = "") -> None:
        """Say how far it is; said again and again, only what changed is written."""
        now = (-1 if percent is None else max(0, min(100, percent)), words[:200])
        if now != self._last:
            self._last = now
            _note(self.job, state=Job.State.RUNNING, percent=None if percent is None else now[0], words=now[1])

    def outcome(self, words: str, leads_to: str = "") -> None:
        """Say what came out and where it lies; the job is done when its work ends without a fault."""
        _note(self.job, words=words[:200], leads_to=leads_to)


def start(work: Task[..., Any], name: str, title: str, acting: HasPerson, *arguments: Any) -> Job:
    """Make a job and hand its work to the worker when the transaction has ended.

    Parameters
    ----------
    work
        The task; takes the job's id and the arguments.
    name, title
        What kind of work it is, and what the person calls it.
    acting
        Who asks for it.
    arguments
        Plain values for the work.
    """
    now = clock.now()
    job = Job.objects.create(
        name=name, title=title, person=acting.person, number=request_number(), created_at=now, changed_at=now
    )
    transaction.on_commit(lambda: work.enqueue(str(job.pk), *arguments))
    return job


@contextmanager
def working(job: str) -> Iterator[Progress]:
    """Note that the work of a job runs, and how it ended."""
    progress = Progress(job)
    _note(job, state=Job.State.RUNNING)
    try:
        yield progress
    except InputFault as fault:
        _note(job, state=Job.State.FAILED, words=f"{fault.message} {fault.cure}".strip()[:200])
    except Exception:
        logger.exception("job %s failed", job)
        _note(job, state=Job.State.FAILED, words=_("系统出现故障，请把编号告诉系统管理员"))
        raise
    else:
        _note(job, state=Job.State.DONE, percent=100)


def broken_off() -> int:
    """Mark jobs whose worker died as failed, and return how many there were; called when a worker starts."""
    silent = clock.now().timestamp() - SILENT_AFTER
    dead = [job.pk for job in Job.objects.filter(state=Job.State.RUNNING) if job.changed_at.timestamp() < silent]
    return Job.objects.filter(pk__in=dead, state=Job.State.RUNNING).update(
        state=Job.State.FAILED, words=_("后台程序中断，可重新提交"), changed_at=clock.now()
    )


def _note(job: str, **changes: Any) -> None:
    Job.objects.filter(pk=job).update(**changes, changed_at=clock.now())
