"""Tests, style, types, contracts and documents: `test`, `verify`, `lint`, `docs`, `coverage`."""

from __future__ import annotations

import os
from collections.abc import Sequence

from house.environment import ensure
from house.measure import bench_all
from house.places import Places
from house.processes import call
from house.speech import say

PYTEST = ("-m", "pytest", "--color=auto", "-rsxX")
"""Skips are printed with their reason: what a run did not look at must be seen."""


def worker_words(processors: int, words: Sequence[str]) -> list[str]:
    """Return the words that spread tests over two processes; none where they would not help or are given already."""
    chosen = any(word.startswith(("-n", "--numprocesses", "-p", "--pdb")) for word in words)
    return [] if chosen or processors < 2 else ["-n", "2", "--dist", "loadfile"]  # noqa: PLR2004 - two processes


def test(places: Places, words: list[str]) -> int:
    """Run the quick tests; further words go to pytest. Return its exit code."""
    ensure(places, "dev")
    workers = worker_words(os.cpu_count() or 1, words)
    command = [str(places.python), *PYTEST, "-m", "not slow", *workers, *words]
    return call(command, folder=places.root)


def verify(places: Places, words: list[str]) -> int:
    """Run everything there is: lint, all tests with branch coverage and many examples, every benchmark.

    Returns
    -------
    int
        0 when all is well, else 1; every part is run even when one before it failed.
    """
    ensure(places, "dev")
    failed = ["lint"] if lint(places, []) else []
    command = [str(places.python), *PYTEST, "--cov", "--cov-branch", "--cov-report=term-missing:skip-covered", *words]
    if call(command, folder=places.root, extra={"HUANCHENG_HYPOTHESIS": "verify"}):
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
