"""`python -m huancheng.policy.coverage`: run the tests that carry requirements and write the coverage page."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from huancheng.policy.book import load_book
from huancheng.policy.coverage.recorder import DEFAULT_RESULTS, RESULTS_VARIABLE
from huancheng.policy.coverage.report import measure, read_results, write_page


def main() -> int:
    """Run the tests, count, write the page; returns 1 where a carrying test fails or an id is unknown."""
    parser = argparse.ArgumentParser(description="Count which requirements of the policy are proved by passing tests.")
    parser.add_argument("--pack", default="liaocheng-2023")
    parser.add_argument("--results", default=DEFAULT_RESULTS)
    parser.add_argument("--page", default="docs/developer/policy-coverage.md")
    parser.add_argument("--no-tests", action="store_true", help="count from the results of the last run")
    options = parser.parse_args()
    if not options.no_tests:
        command = [sys.executable, "-m", "pytest", "-m", "requirement", "-p", "huancheng.policy.coverage.recorder"]
        subprocess.run(command, check=False, env={**os.environ, RESULTS_VARIABLE: options.results})  # noqa: S603
    book = load_book(options.pack)
    coverage = measure(book, read_results(Path(options.results)))
    Path(options.page).write_text(write_page(book, coverage), "utf-8")
    total = len(book.citations.requirements)
    sys.stdout.write(f"{len(coverage.proved)} of {total} requirements proved; see {options.page}\n")
    for name, tests in {**coverage.broken, **coverage.unknown}.items():
        sys.stdout.write(f"{name}: {', '.join(tests)}\n")
    return 1 if coverage.broken or coverage.unknown else 0


if __name__ == "__main__":
    sys.exit(main())
