"""Making the project itself usable in its environment, from its own folder, without building it.

A path file lets Python find `src/`; a small starter makes the command `huancheng`. Both are relative, so that the
project may be moved.
"""

from __future__ import annotations

import os
from pathlib import Path

from house.places import Places
from house.processes import answer
from house.speech import Trouble

PATH_FILE = "huancheng-from-source.pth"

POSIX_STARTER = """#!/bin/sh
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
exec "$here/python" -m huancheng.cli "$@"
"""

WINDOWS_STARTER = '@"%~dp0python.exe" -m huancheng.cli %*\r\n'


def link_project(places: Places) -> None:
    """Write the path file and the starter.

    Raises
    ------
    Trouble
        If the environment's Python can't say where its packages lie.
    """
    text = answer([places.python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], folder=places.root)
    if text is None:
        raise Trouble("the environment's Python does not start", "Delete the folder .venv and run the command again.")
    packages = Path(text.strip())
    source = Path(os.path.relpath(places.root / "src", packages)).as_posix()
    (packages / PATH_FILE).write_text(source + "\n", encoding="utf-8")
    if places.windows:
        (places.scripts / "huancheng.cmd").write_bytes(WINDOWS_STARTER.encode())
        return
    starter = places.scripts / "huancheng"
    starter.unlink(missing_ok=True)
    starter.write_text(POSIX_STARTER, encoding="utf-8")
    starter.chmod(0o755)
