"""Running a command and reading what it cost from the operating system."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took.

    Parameters
    ----------
    seconds
        Wall clock.
    cpu_seconds
        Processor time of the process and its children, user and system.
    gigabytes
        Peak resident memory of the largest of them, in 10⁹ bytes; not less than that of the process that asks, which
        must therefore be small.
    """

    seconds: float
    cpu_seconds: float
    gigabytes: float

    def as_dict(self) -> dict[str, float]:
        """Return the figures rounded to what a single run can tell."""
        return {name: round(value, 3) for name, value in asdict(self).items()}


def timed(command: Sequence[str | Path], *, folder: Path) -> Cost:
    """Run a command to its end; its standard output is dropped, its words on standard error stay visible.

    Raises
    ------
    RuntimeError
        If the command does not end with 0.
    OSError
        If this system can't say what a child took (Windows).
    """
    if not hasattr(os, "wait4"):
        message = "this system does not say what a child process took; run it on Linux or macOS"
        raise OSError(message)
    words = [str(word) for word in command]
    start = time.perf_counter()
    child = subprocess.Popen(words, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        message = f"{' '.join(words)} ended with {child.returncode}"
        raise RuntimeError(message)
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1e9)
