"""Seeing it work, and trying things: `demo` and `shell`."""

from __future__ import annotations

import argparse
import sys

from house.assets import build_assets
from house.environment import ensure
from house.places import Places
from house.processes import call


def demo(places: Places, words: list[str]) -> int:
    """Set up what is needed and run the main job on the example city; return its exit code."""
    parser = argparse.ArgumentParser(prog="run.py demo", description="Check the example city up, from nothing.")
    parser.add_argument(
        "--no-serve", action="store_true", help="end when the work is done (it does so today in any case)"
    )
    parser.add_argument(
        "--size", default="medium", choices=["small", "medium", "large"], help="size of the example city"
    )
    parser.add_argument("--seed", default="1", help="seed of the example city")
    options = parser.parse_args(words)
    ensure(places, "run")
    build_assets(places)
    command = ["chain", "--generate", options.size, "--seed", options.seed, "--out", places.output / "demo"]
    return call([places.python, "-m", "huancheng.cli", *command], folder=places.root)


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
