"""The program as an office runs it: `huancheng serve` on a free port, with its worker."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.platform.registers import ROOT, Register

PATIENCE = 120


@dataclass(frozen=True)
class Served:
    """A platform that answers.

    Parameters
    ----------
    address
        Where.
    process
        Number of the server's process.
    first_answer
        Seconds from its start to its first page.
    """

    address: str
    process: int
    first_answer: float

    def cpu_seconds(self) -> float:
        """Return the processor's time the server took so far; zero where the system does not tell."""
        stat = Path(f"/proc/{self.process}/stat")
        if not stat.exists():
            return 0.0
        fields = stat.read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / 100

    def megabytes(self) -> int:
        """Return the memory the server holds; zero where the system does not tell."""
        status = Path(f"/proc/{self.process}/status")
        lines = status.read_text("ascii", "replace").splitlines() if status.exists() else []
        return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS")), 0)


@contextmanager
def served(register: Register) -> Iterator[Served]:
    """Serve a register until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = register.home / "serve.log"
    begun = time.perf_counter()
    with log.open("wb") as said:
        server = subprocess.Popen(
            [sys.executable, "-m", "huancheng.cli", "serve", "--port", str(port)], cwd=ROOT, env=register.surroundings,
            stdout=said, stderr=said,
        )  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(address, server, log)
            yield Served(address, server.pid, time.perf_counter() - begun)
        finally:
            server.terminate()
            server.wait(90)


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait for the first page.

    Raises
    ------
    RuntimeError
        If the server ends, or does not answer in time.
    """
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/sign-in/", timeout=30) as answer:  # noqa: S310 - our own server
                answer.read()
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"the server does not answer: {log.read_text('utf-8', 'replace')[-2000:]}")
