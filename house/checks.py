"""Tests, style, types, contracts and documents: `test`, `verify`, `lint`, `docs`, `coverage`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from house.assets import build_assets, check_modules
from house.environment import ensure
from house.measure import bench_all
from house.places import Places
from house.postgres import throw_away_cluster
from house.processes import call
from house.speech import Trouble, say

PYTEST = ("-m", "pytest", "--color=auto", "-rsxXR")
"""Skips are printed with their reason: what a run did not look at must be seen."""


def worker_words(processors: int, words: Sequence[str]) -> list[str]:
    """Return the words that spread tests over two processes; none where they would not help or are given already."""
    chosen = any(word.startswith(("-n", "--numprocesses", "-p", "--pdb")) for word in words)
    return [] if chosen or processors < 2 else ["-n", "2", "--dist", "loadfile"]  # noqa: PLR2004 - two processes


DATABASE_URL = "HUANCHENG_TEST_DATABASE_URL"
"""Where the tests of the platform keep their database; SQLite in memory where nothing is said."""


def test(places: Places, words: list[str]) -> int:
    """Run the quick tests; further words go to pytest. Return its exit code.

    With `--journeys` only the journeys in a browser run, all of them; with `--database postgresql` the tests of the
    platform run, on a PostgreSQL server made for them.
    """
    parser = argparse.ArgumentParser(prog="run.py test", add_help=False, allow_abbrev=False)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--journeys", action="store_true")
    options, rest = parser.parse_known_args(words)
    ensure(places, "dev")
    build_if_possible(places)
    workers = worker_words(os.cpu_count() or 1, rest)
    chosen = "journey and not slow" if options.journeys else "not slow and not journey"
    command = [str(places.python), *PYTEST, "-m", chosen, *workers, *rest]
    platform_only = options.journeys or options.database != "sqlite"
    if platform_only and not any(Path(word.split("::")[0]).exists() for word in rest if not word.startswith("-")):
        command.append(str(places.root / "tests" / "platform"))
    if options.database == "sqlite":
        return call(command, folder=places.root)
    with throw_away_cluster() as cluster:
        return call(command, folder=places.root, extra={DATABASE_URL: cluster.url("huancheng")})


def build_if_possible(places: Places) -> None:
    """Build what pages load; where that can't be done, say so: the tests in a browser are skipped then."""
    try:
        build_assets(places)
    except Trouble as trouble:
        say(f"{trouble}\nTests in a browser are skipped.")


def verify(places: Places, words: list[str]) -> int:
    """Run everything there is: lint, all tests with branch coverage and many examples, every benchmark.

    Returns
    -------
    int
        0 when all is well, else 1; every part is run even when one before it failed.
    """
    ensure(places, "dev")
    build_if_possible(places)
    failed = ["lint"] if lint(places, []) else []
    command = [str(places.python), *PYTEST, "--cov", "--cov-branch", "--cov-report=term-missing:skip-covered", *words]
    if call(command, folder=places.root, extra={"HUANCHENG_HYPOTHESIS": "verify", "HUANCHENG_TEST_ENGINES": "all"}):
        failed.append("tests")
    failed += [f"benchmark {name}" for name in bench_all(places)]
    say(f"verify: failed: {', '.join(failed)}" if failed else "verify: all is well")
    return 1 if failed else 0


LINTS = (
    ("style", ("-m", "ruff", "check", ".")),
    ("format", ("-m", "ruff", "format", "--check", ".")),
    ("types of the product", ("-m", "mypy", "--package", "huancheng")),
    ("types of the house", ("-m", "mypy", "--package", "house")),
    ("import contract", ("-c", "from importlinter.cli import lint_imports_command as main; main()", "--no-cache")),
)


def lint(places: Places, words: list[str]) -> int:
    """Run each check (`--fix` lets ruff mend what it can first); return 1 if one fails."""
    ensure(places, "dev")
    if "--fix" in words:
        call([places.python, "-m", "ruff", "check", "--fix", "."], folder=places.root)
        call([places.python, "-m", "ruff", "format", "."], folder=places.root)
    failed = []
    for name, command in LINTS:
        say(f"lint: {name}")
        if call([places.python, *command], folder=places.root):
            failed.append(name)
    say("lint: types of the pages' modules")
    if check_modules(places):
        failed.append("types of the pages' modules")
    say(f"lint: failed: {', '.join(failed)}" if failed else "lint: all is well")
    return 1 if failed else 0


def docs(places: Places, words: list[str]) -> int:
    """Renew the generated tables and check the links; return 1 for a broken link or, with `--check`, a stale table."""
    ensure(places, "dev")
    return call([places.python, "-m", "house.documents", *words], folder=places.root)


def coverage(places: Places, words: list[str]) -> int:
    """Run the tests that carry a requirement's id and count which requirements they prove."""
    ensure(places, "dev")
    return call([places.python, "-m", "huancheng.policy.coverage", *words], folder=places.root)
