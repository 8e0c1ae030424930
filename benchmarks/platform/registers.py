"""Registers with a city's worth of cases: on SQLite and on PostgreSQL, filled once a day and kept for further runs.

Filling takes minutes and gives the same cases for the same seed, day and code, so that what was filled is kept in
`var/bench/platform` and taken from there: a copy of the file for SQLite, a dump by PostgreSQL's own program.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.platform.words import say
from house.postgres import Cluster, throw_away_cluster

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "var" / "bench" / "platform"
PACK = "example-city"
FILLED_BY = ("benchmarks/platform/populate.py", "src/huancheng/platform/*/migrations/*.py", "packs/*/*.yaml")
"""What the filled register depends on; a change of any fills it anew."""


@dataclass(frozen=True)
class Size:
    """How much a register holds."""

    cases: int = 10_000
    events: int = 100_000
    people: int = 2_000


@dataclass(frozen=True)
class Register:
    """An installation of its own.

    Parameters
    ----------
    engine
        `sqlite` or `postgresql`.
    home
        Its home folder.
    url
        Address of its database; empty for SQLite.
    """

    engine: str
    home: Path
    url: str = ""
    filling: dict[str, object] = field(default_factory=dict)
    """What filling cost; whether it was kept from before."""

    @property
    def surroundings(self) -> dict[str, str]:
        """Environment variables of its programs."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("HUANCHENG_", "DJANGO_"))}
        kept |= {"HUANCHENG_HOME": str(self.home), "HUANCHENG_PACK": PACK, "PYTHONUTF8": "1"}
        return kept | ({"HUANCHENG_DATABASE_URL": self.url} if self.url else {})

    def run(self, *command: str) -> str:
        """Run one of our programs in it to its end; returns what it prints.

        Raises
        ------
        CalledProcessError
            If it does not end with 0.
        """
        done = subprocess.run(
            [sys.executable, *command], env=self.surroundings, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8",
            check=True,
        )  # fmt: skip
        return done.stdout


@contextmanager
def register(engine: str, size: Size, folder: Path) -> Iterator[Register]:
    """Give a filled register; on PostgreSQL with a server of its own, which ends with it.

    Raises
    ------
    Trouble
        If PostgreSQL is not installed.
    """
    home = folder / engine
    home.mkdir()
    if engine == "sqlite":
        made = Register(engine, home)
        _fill_sqlite(made, size)
        yield made
        return
    with throw_away_cluster() as cluster:
        made = Register(engine, home, cluster.url("register"))
        _fill_postgresql(made, size, cluster)
        yield made


def key_of(size: Size) -> str:
    """Return the name under which a filled register is kept: the day, the size, and the code that fills it."""
    digest = hashlib.sha256()
    for pattern in FILLED_BY:
        for file in sorted(ROOT.glob(pattern)):
            digest.update(file.relative_to(ROOT).as_posix().encode() + file.read_bytes())
    return f"{datetime.now(tz=UTC).date()}-{size.cases}-{size.events}-{size.people}-{digest.hexdigest()[:12]}"


def _place(size: Size, name: str) -> Path:
    """Return where a filled register is kept, and sweep away those of other days and code."""
    KEPT.mkdir(parents=True, exist_ok=True)
    for old in KEPT.glob(f"*.{name}"):
        if not old.name.startswith(key_of(size)) and old.name.split("-")[3:6] == key_of(size).split("-")[3:6]:
            old.unlink()
    return KEPT / f"{key_of(size)}.{name}"


def _populate(made: Register, size: Size) -> None:
    say(f"{made.engine}: filling {size.cases} cases, {size.events} entries, {size.people} people")
    begun = datetime.now(tz=UTC)
    made.run("-m", "huancheng.platform.manage", "migrate", "--verbosity", "0")
    told = made.run(
        "-m", "benchmarks.platform.populate", "--cases", str(size.cases), "--events", str(size.events), "--people",
        str(size.people),
    )  # fmt: skip
    made.filling.update(
        seconds=round((datetime.now(tz=UTC) - begun).total_seconds()), kept=False, told=told.strip().splitlines()[-1]
    )


def _fill_sqlite(made: Register, size: Size) -> None:
    kept, file = _place(size, "sqlite3"), made.home / "register.sqlite3"
    if not kept.exists():
        _populate(made, size)
        made.run("-c", CHECKPOINT)
        shutil.copyfile(file, kept)
    else:
        shutil.copyfile(kept, file)
        _take_kept(made)


def _take_kept(made: Register) -> None:
    """Lay the pack beside a register that was kept: its cases began under the one in force, or the key were another."""
    made.run("-c", LAY_PACK)
    made.filling.update(kept=True)


LAY_PACK = (
    "from huancheng.platform.start import start_platform; start_platform()\n"
    "from huancheng.platform.casework.domain.law import keep_current_pack; keep_current_pack()\n"
)
CHECKPOINT = (
    "from huancheng.platform.start import start_platform; start_platform()\n"
    "from django.db import connection\n"
    "connection.cursor().execute('PRAGMA wal_checkpoint(TRUNCATE)')\n"
)


def _fill_postgresql(made: Register, size: Size, cluster: Cluster) -> None:
    kept = _place(size, "dump")
    _program(cluster, "createdb", "register", base="postgres")
    if not kept.exists():
        _populate(made, size)
        _program(cluster, "pg_dump", "--format=custom", "--compress=1", f"--file={kept}")
    else:
        _program(cluster, "pg_restore", "--dbname=register", "--no-owner", str(kept), base="")
        _take_kept(made)
    _program(cluster, "psql", "--quiet", *(f"--command={line}" for line in SETTLED))


SETTLED = (
    "ANALYZE", "ALTER SYSTEM SET fsync = on", "ALTER SYSTEM SET full_page_writes = on",
    "ALTER SYSTEM SET synchronous_commit = on", "SELECT pg_reload_conf()",
)  # fmt: skip
"""What makes a server for tests one for measuring: it knows its tables, and writes are on the disk when it says so."""


def _program(cluster: Cluster, program: str, *words: str, base: str = "register") -> None:
    """Run one of PostgreSQL's programs against a cluster of ours."""
    told = {**os.environ, "PGHOST": str(cluster.folder), "PGPORT": str(cluster.port), "PGUSER": "huancheng"}
    if base:
        told["PGDATABASE"] = base
    subprocess.run([str(cluster.binaries / program), *words], env=told, check=True, stdout=sys.stderr)
