"""Making a backup."""

from __future__ import annotations

import gzip
import hashlib
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from huancheng import __version__
from huancheng.evidence import InputFault
from huancheng.platform.common import clock
from huancheng.platform.operations.backups.manifest import NAME, Manifest, Member
from huancheng.platform.operations.backups.reading import OpenedBackup
from huancheng.platform.operations.backups.tables import kept_models, lines_of
from huancheng.platform.operations.models import Backup

BLOCK = 1 << 20
PART = ".part"
"""Ending of files that are still being written."""
SECRETS = "secrets.json"


def folders() -> dict[str, Path]:
    """Return the folders a backup keeps, by their name in it."""
    return {
        "files": settings.FILES,
        "snapshots": settings.SNAPSHOTS,
        "checkups": settings.CHECKUPS,
        "units": settings.UNITS,
        "packs": settings.PACK_ARCHIVE,
    }


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made and read again from end to end."""

    file: Path
    size: int
    sha256: str
    manifest: Manifest


def default_file() -> Path:
    """Return where a backup goes when nothing is said."""
    return settings.HOME / "backups" / f"huancheng-{clock.now():%Y%m%d-%H%M%S}.tar"


def make_backup(file: Path, *, secrets: bool = False) -> Made:
    """Write everything into one archive and read it again; officers may go on working meanwhile.

    Parameters
    ----------
    file
        Archive to write; must not be there yet.
    secrets
        Whether to keep the secrets too; then the archive must be guarded like a key.

    Raises
    ------
    InputFault
        If the file is there, or what was written can't be read back.
    """
    if file.exists():
        raise InputFault("this file is there already", file=str(file), cure="choose another name (--out)")
    file.parent.mkdir(parents=True, exist_ok=True)
    building = file.with_name(f"{file.name}{PART}")
    try:
        with open(building, "xb", opener=_only_mine) as out, tarfile.open(fileobj=out, mode="w") as archive:
            manifest = _write(archive, secrets=secrets)
            out.flush()
        with building.open("r+b") as written:
            os.fsync(written.fileno())
        with OpenedBackup(building) as backup:
            backup.verify()
        digest = _digest(building)
        building.replace(file)
    except FileExistsError as error:
        raise InputFault(
            "another backup is being written there", file=str(building), cure="wait for it, or remove what it left"
        ) from error
    except BaseException:
        building.unlink(missing_ok=True)
        raise
    made = Made(file, file.stat().st_size, digest, manifest)
    Backup.objects.create(
        at=clock.now(), name=file.name, size=made.size, sha256=digest, rows=manifest.rows, files=manifest.files
    )
    return made


def _only_mine(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def _write(archive: tarfile.TarFile, *, secrets: bool) -> Manifest:
    with one_moment():
        manifest = Manifest(
            made_at=clock.now().isoformat(),
            version=__version__,
            vendor=connection.vendor,
            migrations=sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()),
        )
        for label, model in kept_models(apps).items():
            _add_table(archive, manifest, f"tables/{label}.jsonl.gz", lines_of(model))
    # Files are never changed once written, and none is removed while an entry names it: later than the rows will do.
    for name, folder in folders().items():
        for file in sorted(folder.rglob("*")):
            if file.is_file() and file.suffix != PART:
                _add_file(archive, manifest, f"{name}/{file.relative_to(folder).as_posix()}", file)
    if secrets and (settings.HOME / SECRETS).is_file():
        _add_file(archive, manifest, SECRETS, settings.HOME / SECRETS)
    content = manifest.as_bytes()
    entry = _entry(NAME, len(content))
    with tempfile.SpooledTemporaryFile() as spool:
        spool.write(content)
        spool.seek(0)
        archive.addfile(entry, spool)
    return manifest


@contextmanager
def one_moment() -> Iterator[None]:
    """Read the database as it stands at one moment, without holding anyone up."""
    if connection.vendor == "sqlite":
        # Otherwise a transaction takes the writer's lock at its start.
        connection.ensure_connection()
        kept = connection.transaction_mode  # type: ignore[attr-defined]
        connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
        try:
            with transaction.atomic():
                yield
        finally:
            connection.transaction_mode = kept  # type: ignore[attr-defined]
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _add_table(archive: tarfile.TarFile, manifest: Manifest, name: str, lines: Iterator[bytes]) -> None:
    with tempfile.SpooledTemporaryFile(max_size=8 * BLOCK) as spool:
        count = -1
        with gzip.GzipFile(fileobj=spool, mode="wb", compresslevel=6, mtime=0) as packed:
            for line in lines:
                packed.write(line)
                count += 1
        _add(archive, manifest, name, spool, count)


def _add_file(archive: tarfile.TarFile, manifest: Manifest, name: str, file: Path) -> None:
    with file.open("rb") as content:
        _add(archive, manifest, name, content)
    last = Path(name).name
    if name.startswith("files/") and len(last) == 64 and manifest.members[name].sha256 != last:  # noqa: PLR2004 - a SHA-256
        manifest.damaged.append(name)


def _add(archive: tarfile.TarFile, manifest: Manifest, name: str, content: IO[bytes], rows: int | None = None) -> None:
    size = content.seek(0, os.SEEK_END)
    content.seek(0)
    passing = _Passing(content)
    archive.addfile(_entry(name, size), passing)
    manifest.members[name] = Member(size, passing.digest.hexdigest(), rows)


class _Passing:
    """Hashes what is read through it."""

    def __init__(self, content: IO[bytes]) -> None:
        self.content = content
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        block = self.content.read(size)
        self.digest.update(block)
        return block


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = size, 0o600, int(clock.now().timestamp())
    return entry


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
