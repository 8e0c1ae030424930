"""Calling other programs: exit codes come through, Ctrl-C reaches them, their words are read as UTF-8."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from house.speech import Trouble


def surroundings(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment variables for a child: UTF-8 everywhere, no other project's Python settings."""
    variables = {name: value for name, value in os.environ.items() if name not in {"PYTHONHOME", "VIRTUAL_ENV"}}
    variables["PYTHONUTF8"] = "1"
    variables.update(extra or {})
    return variables


def call(command: Sequence[str | Path], *, folder: Path, extra: Mapping[str, str] | None = None) -> int:
    """Run a program to its end and return its exit code (128 + n where a signal n ended it).

    Raises
    ------
    Trouble
        If the program is not there.
    """
    words = [str(word) for word in command]
    try:
        child = subprocess.Popen(words, cwd=folder, env=surroundings(extra))
    except OSError as error:
        raise Trouble(f"can't start {words[0]}: {error.strerror or error}") from error
    while True:
        try:
            code = child.wait()
        except KeyboardInterrupt:
            continue
        return 128 - code if code < 0 else code


def answer(command: Sequence[str | Path], *, folder: Path, extra: Mapping[str, str] | None = None) -> str | None:
    """Return what a program prints on standard output; None if it can't be started or fails."""
    try:
        done = subprocess.run(
            [str(word) for word in command], cwd=folder, env=surroundings(extra), capture_output=True,
            encoding="utf-8", errors="replace", check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
