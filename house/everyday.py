"""Trying things: `shell`."""

from __future__ import annotations

import sys

from house.environment import ensure
from house.places import Places
from house.processes import call


def shell(places: Places, words: list[str]) -> int:
    """Open a Python prompt in the project's environment, or run the words given to it (`shell -c "…"`)."""
    ensure(places, "run")
    if words:
        return call([places.python, *words], folder=places.root)
    greeting = "import huancheng; print('huancheng', huancheng.__version__, 'is imported')"
    if not sys.stdin.isatty():
        activate = places.scripts / ("activate.bat" if places.windows else "activate")
        print(activate)
        return 0
    return call([places.python, "-i", "-c", greeting], folder=places.root)
