"""Which requirements of the policy are proved by passing tests, and what serves the rest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huancheng.evidence import Basis, InputFault
from huancheng.policy.book import PolicyBook
from huancheng.policy.check.citations import all_citations
from huancheng.policy.clauses import Requirement


@dataclass(frozen=True, slots=True)
class Coverage:
    """Requirements with the tests that prove them.

    Parameters
    ----------
    proved
        Passing tests by requirement id.
    broken
        Failed or skipped tests by requirement id.
    open
        Requirements no test carries.
    unknown
        Ids that tests carry and the pack lacks, with those tests.
    """

    proved: Mapping[str, tuple[str, ...]]
    broken: Mapping[str, tuple[str, ...]]
    open: tuple[str, ...]
    unknown: Mapping[str, tuple[str, ...]]

    def as_dict(self) -> dict[str, Any]:
        """Return the parts for `--json`."""
        return {
            "requirements": len(self.proved) + len(self.broken) + len(self.open),
            "proved": len(self.proved),
            "tests": {name: list(tests) for name, tests in self.proved.items()},
            "broken": {name: list(tests) for name, tests in self.broken.items()},
            "open": list(self.open),
            "unknown": {name: list(tests) for name, tests in self.unknown.items()},
        }


def read_results(path: Path) -> dict[str, Any]:
    """Read what the recorder wrote.

    Raises
    ------
    InputFault
        If there are no results yet.
    """
    if not path.is_file():
        raise InputFault("no test results yet", file=str(path), cure="run `python3 run.py coverage`")
    results: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return results


def measure(book: PolicyBook, results: Mapping[str, Any]) -> Coverage:
    """Sort a pack's requirements into proved, broken and open ones."""
    passed: dict[str, list[str]] = {}
    failed: dict[str, list[str]] = {}
    for test, entry in results.items():
        for name in entry["requirements"]:
            (passed if entry["outcome"] == "passed" else failed).setdefault(name, []).append(test)
    names = list(book.citations.requirements)
    proved = {name: tuple(passed[name]) for name in names if name in passed and name not in failed}
    broken = {name: tuple(failed[name]) for name in names if name in failed}
    unknown = {name: tuple(tests) for name, tests in {**passed, **failed}.items() if name not in names}
    return Coverage(proved, broken, tuple(name for name in names if name not in proved and name not in broken), unknown)


def write_page(book: PolicyBook, coverage: Coverage) -> str:
    """Return the page `docs/developer/policy-coverage.md`: every requirement, who proves it, what serves it."""
    cited: dict[str, list[str]] = {}
    for reference, _, key in all_citations(book):
        cited.setdefault(reference, []).append(key)
    total = len(book.citations.requirements)
    lines = [
        "# Policy coverage",
        "",
        (
            f"Written by `python3 run.py coverage` from the pack `{book.pack.id}` ({book.source}); "
            "the next run overwrites it."
        ),
        "",
        (
            f"{len(coverage.proved)} of {total} requirements are proved by passing tests that carry their id, "
            f"{len(coverage.broken)} have a test that fails or is skipped, {len(coverage.open)} are open."
        ),
        "",
        "What the policy itself does not say is marked in bold beside its force: our default, or a law's.",
    ]
    for clause in book.clauses:
        lines += [
            "",
            f"## {clause.id} {clause.heading}",
            "",
            "| Id | Force | Requirement | Served by | In the pack | Proof |",
            "|---|---|---|---|---|---|",
        ]
        for item in clause.requirements:
            places = "、".join(dict.fromkeys(cited.get(item.id, []))) or "–"
            proof = _proof(coverage, item.id)
            force = f"{item.modality.value}{_mark(item)}"
            lines.append(f"| {item.id} | {force} | {item.text} | {item.check or '–'} | {places} | {proof} |")
    if coverage.unknown:
        lines += ["", "## Ids the pack does not have", ""]
        lines += [f"- {name}: {', '.join(tests)}" for name, tests in sorted(coverage.unknown.items())]
    return "\n".join(lines) + "\n"


def _mark(item: Requirement) -> str:
    """Return the mark of a duty that is not the policy's own words."""
    if item.basis is Basis.DEFAULT:
        return f" **our default, {item.certainty.value}**"
    return f" **law, {item.certainty.value}**" if item.basis is Basis.LAW else ""


def _proof(coverage: Coverage, name: str) -> str:
    if name in coverage.broken:
        return f"broken: {coverage.broken[name][0]}"
    tests = coverage.proved.get(name, ())
    return f"proved ({len(tests)})" if tests else "open"
