"""A throw-away PostgreSQL cluster for tests: made in a temporary folder, reached by a socket in it, gone afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from house.speech import Trouble

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
"""Where systems put the server's programs when they are not on the PATH."""

RUNNERS = ("postgres", "nobody")
"""Accounts that run the server where we are root, which it refuses to be."""


def programs() -> Path | None:
    """Return the folder that holds `initdb` and `pg_ctl`; None where PostgreSQL is not installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = [folder for place in PLACES for folder in Path("/").glob(place.lstrip("/")) if os.name != "nt"]
    return max((folder for folder in folders if (folder / "initdb").exists()), default=None)


def _runner() -> dict[str, Any]:
    """Return what makes a child run under an account the server accepts; nothing unless we are root."""
    if os.name == "nt" or os.geteuid() != 0:
        return {}
    import pwd

    for name in RUNNERS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise Trouble("PostgreSQL refuses to run as root, and there is no account 'postgres' or 'nobody'")


PREFIX = "hc-pg-"
OWNER = "owner"
"""File that names the process a cluster belongs to."""


@dataclass
class Cluster:
    """A PostgreSQL server of our own.

    Parameters
    ----------
    binaries
        Folder of the server's programs.
    folder
        Folder that holds its data, its log and its socket.
    port
        Its port; on systems with sockets it is only part of the socket's name.
    """

    binaries: Path
    folder: Path
    port: int
    runner: dict[str, Any] = field(default_factory=_runner)

    def make(self) -> None:
        """Make the cluster; durability is off, as nothing in it is to last."""
        if "user" in self.runner:
            os.chown(self.folder, self.runner["user"], self.runner["group"])
        self._run(
            "initdb", "-D", str(self.data), "-U", "huancheng", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"
        )
        lines = ["fsync = off", "synchronous_commit = off", "full_page_writes = off", f"port = {self.port}"]
        if os.name == "nt":
            lines.append("listen_addresses = '127.0.0.1'")
        else:
            lines += ["listen_addresses = ''", f"unix_socket_directories = '{self.folder}'"]
        added = self.folder / "added.conf"
        added.write_text("\n".join(lines) + "\n", "utf-8")
        added.chmod(0o644)
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(f"include '{added.as_posix()}'\n")

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self._run("pg_ctl", "-D", str(self.data), "-l", str(self.folder / "log"), "-w", "-t", "60", "start")

    def stop(self) -> None:
        """Stop the server at once, whoever is connected."""
        self._run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "stop")

    @property
    def data(self) -> Path:
        """Folder of the data."""
        return self.folder / "data"

    def url(self, database: str) -> str:
        """Return the address of a database in it."""
        if os.name == "nt":
            return f"postgresql://huancheng@127.0.0.1:{self.port}/{database}"
        return f"postgresql://huancheng@:{self.port}/{database}?host={self.folder}"

    def _run(self, program: str, *words: str) -> None:
        # Output goes to a file: a pipe would be inherited by the server, and never end.
        said = self.folder / f"{program}.out"
        with said.open("wb") as out:
            done = subprocess.run(
                [str(self.binaries / program), *words], cwd=self.folder, stdin=subprocess.DEVNULL, stdout=out,
                stderr=subprocess.STDOUT, check=False, **self.runner,
            )  # fmt: skip
        if done.returncode:
            raise Trouble(f"PostgreSQL's {program} failed: {said.read_text('utf-8', 'replace').strip()}")


@contextmanager
def throw_away_cluster() -> Iterator[Cluster]:
    """Give a running cluster; stop and remove it afterwards.

    Raises
    ------
    Trouble
        If PostgreSQL is not installed.
    """
    binaries = programs()
    if binaries is None:
        raise Trouble("PostgreSQL is not installed on this machine (Debian: apt-get install postgresql)")
    _sweep(binaries)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    (folder / OWNER).write_text(str(os.getpid()), "ascii")
    cluster = Cluster(binaries, folder, _free_port())
    try:
        cluster.make()
        cluster.start()
        yield cluster
    finally:
        if (cluster.data / "postmaster.pid").exists():
            cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(binaries: Path) -> None:
    """Stop and remove the clusters of programs that were killed before they could."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        owner = folder / OWNER
        try:
            lives = _is_alive(int(owner.read_text("ascii")))
        except (OSError, ValueError):
            continue
        if not lives:
            left = Cluster(binaries, folder, 0)
            with suppress(Trouble):
                left.stop()
            shutil.rmtree(folder, ignore_errors=True)


def _is_alive(process: int) -> bool:
    if os.name == "nt":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
