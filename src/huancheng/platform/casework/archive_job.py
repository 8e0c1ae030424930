"""Packing large case files in the background; what was packed lies for a day and is fetched by who asked for it."""

from __future__ import annotations

import tempfile
from datetime import timedelta

from django.core.files import File
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task

from huancheng.platform.casework.domain.archive_export import pack
from huancheng.platform.casework.domain.standing import standing_of
from huancheng.platform.casework.models import Case
from huancheng.platform.common import clock
from huancheng.platform.common.jobs import working
from huancheng.platform.files.domain.store import plain_when_full, storage

NAME = "casework.archive"
FOLDER = "archives"
KEPT = timedelta(days=1)


@task()
def pack_case(job: str, case: int) -> None:
    """Pack a case and lay the archive where the job's person may fetch it."""
    with working(job) as progress, tempfile.TemporaryFile() as out, plain_when_full():
        standing = standing_of(Case.objects.select_related("subject", "opened_by").get(pk=case))
        packed = pack(standing, out, progress)
        place = place_of(case, job)
        storage().delete(place)
        storage().save(place, File(out, name=place))
        progress.outcome(
            _("已打包 %(files)d 个文件") % {"files": packed.files}, reverse("casework:archive-file", args=[case, job])
        )


def place_of(case: int, job: str) -> str:
    """Return where the archive of a job lies in the storage."""
    return f"{FOLDER}/{case}-{job}.zip"


def sweep_archives() -> int:
    """Take away archives older than a day; returns how many."""
    try:
        names = storage().listdir(FOLDER)[1]
    except FileNotFoundError:
        return 0
    before = clock.now() - KEPT
    old = [name for name in names if storage().get_modified_time(f"{FOLDER}/{name}") < before]
    for name in old:
        storage().delete(f"{FOLDER}/{name}")
    return len(old)
