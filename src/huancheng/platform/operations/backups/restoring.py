"""Restoring a backup into an empty place, or in place of what is there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from huancheng.evidence import InputFault
from huancheng.platform.audit.queries.verify import Verification, verify_log
from huancheng.platform.audit.sanctioned import log_opened
from huancheng.platform.operations.backups.aside import is_empty, set_aside
from huancheng.platform.operations.backups.reading import OpenedBackup
from huancheng.platform.operations.backups.tables import count_after, empty, kept_models, load_lines
from huancheng.platform.operations.backups.writing import SECRETS, folders
from huancheng.platform.operations.domain.beating import living_workers


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    Parameters
    ----------
    rows, files
        How many were restored; each was counted or hashed again.
    aside
        Where what was there before is kept.
    log
        The log, verified in its new place.
    """

    rows: int
    files: int
    aside: list[str]
    log: Verification


def restore_backup(file: Path, *, replace: bool = False) -> Restored:
    """Restore a backup into the database and the home folder of the settings.

    The whole archive is verified before anything is touched. If anything fails then, what was there comes back.

    Parameters
    ----------
    file
        The archive.
    replace
        Whether what is there may be set aside; without it a place that is not empty is refused.

    Raises
    ------
    InputFault
        If the archive is not whole, of a newer version, or the place is not empty or in use.
    """
    with OpenedBackup(file) as backup:
        backup.verify()
        _refuse_newer(backup)
        vacant = is_empty()
        if not vacant and not replace:
            raise InputFault(
                "there is something in this place already",
                file=str(settings.HOME),
                cure="restore into another home (--into), or set what is there aside (--replace)",
            )
        if not vacant:
            _refuse_in_use()
        with set_aside(settings.HOME) as aside:
            return _fill(backup, aside)


def _fill(backup: OpenedBackup, aside: list[str]) -> Restored:
    files = sum(backup.unpack(name, folder) for name, folder in folders().items())
    if SECRETS in backup.manifest.members:
        target = settings.HOME / SECRETS
        target.touch(mode=0o600)
        with backup.content(SECRETS) as content:
            target.write_bytes(content.read())
    rows = _load(backup)
    call_command("migrate", verbosity=0, interactive=False)
    return Restored(rows, files, aside, verify_log())


def _load(backup: OpenedBackup) -> int:
    """Make the tables as they were when the backup was made, and put the rows into them."""
    executor = MigrationExecutor(connection)
    targets = _leaves(executor, backup)
    executor.migrate(targets)
    state = MigrationExecutor(connection).loader.project_state(targets)
    models = kept_models(state.apps)
    wanted = backup.tables()
    rows = 0
    with transaction.atomic(), log_opened():
        empty(models.values())
        for label, count in wanted.items():
            loaded = load_lines(models[label], backup.table(label))
            if loaded != count or models[label]._base_manager.count() != count:  # noqa: SLF001 - all rows
                raise InputFault(f"{label}: {count} rows were kept, {loaded} came back", file=str(backup.file))
            rows += loaded
        connection.check_constraints()
        count_after(models.values())
    return rows


def _leaves(executor: MigrationExecutor, backup: OpenedBackup) -> list[tuple[str, str]]:
    """Return the last migration of each app that had been applied."""
    applied = {(app, name) for app, _, name in (item.partition(".") for item in backup.manifest.migrations)}
    graph = executor.loader.graph
    known = applied & set(graph.nodes)
    inner = {parent.key for key in known for parent in graph.node_map[key].parents if parent.key[0] == key[0]}
    return sorted(known - inner)


def _refuse_newer(backup: OpenedBackup) -> None:
    known = {f"{app}.{name}" for app, name in MigrationExecutor(None).loader.disk_migrations}
    if unknown := sorted(set(backup.manifest.migrations) - known):
        raise InputFault(
            f"this backup was made by a newer version ({backup.manifest.version}: {unknown[0]})",
            file=str(backup.file),
            cure="restore it with that version",
        )


def _refuse_in_use() -> None:
    try:
        living = living_workers()
    except DatabaseError:
        return
    if living:
        raise InputFault(
            "the platform is running here", file=str(settings.HOME), cure="stop huancheng serve, then restore"
        )
