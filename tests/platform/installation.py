"""Whole installations of the platform for tests that need processes of their own: killed, cut off, restored.

Each has a home and a database of its own, on SQLite or on PostgreSQL; programs run in it as they would in an office.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from house.postgres import Cluster, programs

ENGINES = ("sqlite", "postgresql")
"""Databases an installation can stand on."""


def engines_of_run() -> tuple[str, ...]:
    """Return the engines whole installations are tested on: the one the run is on; all of them in `run.py verify`."""
    if os.environ.get("HUANCHENG_TEST_ENGINES") == "all":
        return ENGINES
    return ("postgresql",) if os.environ.get("HUANCHENG_TEST_DATABASE_URL") else ("sqlite",)


PACK = "example-city"
LONGEST = 300
"""Seconds after which a program is taken to hang; a busy machine is slow, not wrong."""
BEGIN = (
    "import os, sys\n"
    "from huancheng.platform.start import start_platform\n"
    "start_platform()\n"
    "from tests.platform.acting import put, unit_case\n"
    "from django.db import transaction\n"
)
"""What every script begins with."""


@dataclass
class Installation:
    """A home and a database.

    Parameters
    ----------
    home
        Folder of the home.
    engine
        One of `ENGINES`.
    cluster
        The PostgreSQL server its database lies in.
    database
        Name of the database in it.
    """

    home: Path
    engine: str
    cluster: Cluster | None = None
    database: str = ""

    @property
    def surroundings(self) -> dict[str, str]:
        """Environment variables of its programs."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("HUANCHENG_", "DJANGO_"))}
        kept |= {"HUANCHENG_HOME": str(self.home), "HUANCHENG_PACK": PACK, "PYTHONUTF8": "1"}
        if self.cluster:
            kept["HUANCHENG_DATABASE_URL"] = self.cluster.url(self.database)
        return kept

    def start(self, *command: str, **more: str) -> subprocess.Popen[str]:
        """Start a program with this installation's settings."""
        return subprocess.Popen(
            [sys.executable, *command], env={**self.surroundings, **more}, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", cwd=Path(__file__).parents[2],
        )  # fmt: skip

    def run(self, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a program to its end."""
        with running(self.start(*command, **more)) as child:
            out, err = child.communicate(timeout=LONGEST)
        return subprocess.CompletedProcess(command, child.returncode, out, err)

    def huancheng(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run one of our commands to its end."""
        return self.run("-m", "huancheng.cli", *words, **more)

    def script(self, text: str) -> str:
        """Run a script with the platform set up; return what it prints. It must succeed."""
        done = self.run("-c", BEGIN + text)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start_script(self, text: str) -> subprocess.Popen[str]:
        """Start a script with the platform set up."""
        return self.start("-c", BEGIN + text)

    def copy(self, home: Path, database: str) -> Installation:
        """Make another installation like this one."""
        shutil.copytree(self.home, home)
        if self.cluster:
            create_database(self.cluster, database, template=self.database)
        return Installation(home, self.engine, self.cluster, database)

    def whole_log(self) -> bool:
        """Whether the log is as it was written, as `huancheng audit verify` finds."""
        return self.huancheng("audit", "verify").returncode == 0


def create_database(cluster: Cluster, name: str, template: str = "template1") -> None:
    """Make a database in a cluster; one of that name from before is dropped."""
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def empty_installation(folder: Path, engine: str, cluster: Cluster | None, name: str) -> Installation:
    """Make an installation whose database has no tables yet."""
    home = folder / name
    home.mkdir()
    if engine == "sqlite":
        return Installation(home, engine)
    assert cluster is not None
    create_database(cluster, name)
    return Installation(home, engine, cluster, name)


def skip_without_postgresql() -> None:
    """Skip plainly where PostgreSQL is not installed."""
    if programs() is None:
        pytest.skip("PostgreSQL is not installed on this machine")


@contextmanager
def running(child: subprocess.Popen[str]) -> Iterator[subprocess.Popen[str]]:
    """Give a started program and end it in any case."""
    try:
        yield child
    finally:
        if child.poll() is None:
            child.kill()
        child.communicate()
