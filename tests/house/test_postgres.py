"""A throw-away PostgreSQL server: found, started, reached, and gone without a trace."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from house import postgres
from house.postgres import programs, throw_away_cluster
from house.speech import Trouble


def test_a_server_is_made_reached_stopped_started_again_and_removed() -> None:
    if programs() is None:
        pytest.skip("PostgreSQL is not installed on this machine")
    with throw_away_cluster() as cluster:
        with psycopg.connect(cluster.url("postgres")) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        cluster.stop()
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(cluster.url("postgres"))
        cluster.start()
        with psycopg.connect(cluster.url("postgres")) as connection:
            encoding = connection.execute("SHOW server_encoding").fetchone()
        assert encoding == ("UTF8",)
        folder = cluster.folder
    assert not folder.exists()


def test_without_postgresql_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "programs", lambda: None)
    with pytest.raises(Trouble, match="apt-get install postgresql"), throw_away_cluster():
        pass


def test_a_program_that_fails_says_why(tmp_path: Path) -> None:
    failing = tmp_path / "initdb"
    failing.write_text("#!/bin/sh\necho no room >&2\nexit 1\n")
    failing.chmod(0o755)
    cluster = postgres.Cluster(tmp_path, tmp_path, 1, {})
    with pytest.raises(Trouble, match="initdb failed: no room"):
        cluster.make()


def test_programs_outside_the_path_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres.shutil, "which", lambda _name: None)
    monkeypatch.setattr(postgres, "PLACES", (f"{tmp_path}/*/bin",))
    assert programs() is None
    for version in ("14", "16"):
        folder = tmp_path / version / "bin"
        folder.mkdir(parents=True)
        (folder / "initdb").touch()
    assert programs() == tmp_path / "16" / "bin"


def test_what_a_killed_program_left_is_removed_and_what_a_living_one_has_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres.tempfile, "gettempdir", lambda: str(tmp_path))
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    for name, owner in (("left", str(dead.pid)), ("mine", str(os.getpid())), ("odd", "?")):
        folder = tmp_path / f"{postgres.PREFIX}{name}"
        folder.mkdir()
        (folder / postgres.OWNER).write_text(owner)
    (tmp_path / f"{postgres.PREFIX}unowned").mkdir()
    stopped: list[str] = []
    monkeypatch.setattr(postgres.Cluster, "stop", lambda cluster: stopped.append(cluster.folder.name))
    postgres._sweep(tmp_path)
    assert stopped == [f"{postgres.PREFIX}left"]
    names = sorted(folder.name.removeprefix(postgres.PREFIX) for folder in tmp_path.iterdir())
    assert names == ["mine", "odd", "unowned"]
