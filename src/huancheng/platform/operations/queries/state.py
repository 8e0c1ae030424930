"""How the installation fares: versions, sizes, worker, jobs, daily round, backups."""

from __future__ import annotations

import platform
import shutil
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import django
from django.conf import settings
from django.db import connection
from django.db.models import Count, Max, Sum
from django_tasks_db.models import DBTaskResult

from huancheng import __version__
from huancheng.platform.common import clock
from huancheng.platform.common.law_in_force import law_in_force
from huancheng.platform.files.models import StoredFile
from huancheng.platform.operations.domain.beating import living_workers
from huancheng.platform.operations.models import Backup, DailyRun, Heartbeat

DAYS = 7
BACKUPS = 5
MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class State:
    """What the page shows.

    Parameters
    ----------
    versions
        What runs, and which version of it.
    pack
        The law in force: name, version, digest.
    database_megabytes, files, files_megabytes, free_megabytes
        Sizes.
    workers
        How many workers live.
    last_beat
        When one last gave a sign of life.
    jobs
        Jobs by state: ready, running, successful, failed.
    rounds
        The daily rounds of the last days.
    backups
        The newest backups.
    """

    versions: list[tuple[str, str]]
    pack: tuple[str, str, str]
    database_megabytes: float
    files: int
    files_megabytes: float
    free_megabytes: float
    workers: int
    last_beat: datetime | None
    jobs: dict[str, int]
    rounds: list[DailyRun]
    backups: list[Backup]

    @property
    def waiting(self) -> int:
        """Jobs that wait."""
        return self.jobs.get("READY", 0)

    @property
    def failed(self) -> int:
        """Jobs that failed."""
        return self.jobs.get("FAILED", 0)


def state_now() -> State:
    """Return how the installation fares, in a fixed number of queries."""
    stored = StoredFile.objects.aggregate(count=Count("pk"), size=Sum("size"))
    pack = law_in_force().pack
    jobs = DBTaskResult.objects.order_by().values("status").annotate(count=Count("pk")).values_list("status", "count")
    return State(
        versions=[
            ("Huancheng", __version__),
            ("Python", platform.python_version()),
            ("Django", django.get_version()),
            (connection.display_name, ".".join(map(str, connection.get_database_version()))),
        ],
        pack=(pack.id, pack.manifest.version, pack.digest[:12]),
        database_megabytes=_database_size() / MEGABYTE,
        files=stored["count"],
        files_megabytes=(stored["size"] or 0) / MEGABYTE,
        free_megabytes=shutil.disk_usage(settings.HOME).free / MEGABYTE,
        workers=len(living_workers()),
        last_beat=Heartbeat.objects.aggregate(last=Max("at"))["last"],
        jobs=dict(jobs),
        rounds=list(DailyRun.objects.filter(day__gt=_days_ago(DAYS)).order_by("-day", "name")),
        backups=list(Backup.objects.all()[:BACKUPS]),
    )


def _days_ago(days: int) -> date:
    return date.fromordinal(clock.today().toordinal() - days)


def _database_size() -> int:
    """Return how many bytes the database takes."""
    if connection.vendor == "sqlite":
        file = Path(str(connection.settings_dict["NAME"]))
        return sum(part.stat().st_size for part in file.parent.glob(f"{file.name}*") if part.is_file())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])
