"""A pytest plugin that writes which tests carry which requirements, and whether they passed.

Load it with `-p huancheng.policy.coverage.recorder` and name the file in `HUANCHENG_REQUIREMENTS`.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

RESULTS_VARIABLE = "HUANCHENG_REQUIREMENTS"
"""Environment variable that names the file to write."""

DEFAULT_RESULTS = "var/requirements.json"
"""File written where the variable is not set."""

_outcomes: dict[str, dict[str, Any]] = {}


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Note every test that carries requirement ids."""
    for item in items:
        ids = [name for mark in item.iter_markers("requirement") for name in mark.args]
        if ids:
            _outcomes[item.nodeid] = {"requirements": ids, "outcome": "not run"}


def pytest_runtest_logreport(report: Any) -> None:
    """Note how a test ended: its worst phase counts."""
    entry = _outcomes.get(report.nodeid)
    if entry is None:
        return
    if report.failed:
        entry["outcome"] = "failed"
    elif report.skipped and entry["outcome"] != "failed":
        entry["outcome"] = "skipped"
    elif report.when == "call" and report.passed:
        entry["outcome"] = "passed"


def pytest_sessionfinish(session: Any) -> None:
    """Write the results, sorted."""
    if hasattr(session.config, "workerinput"):
        return
    target = Path(os.environ.get(RESULTS_VARIABLE, DEFAULT_RESULTS))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(dict(sorted(_outcomes.items())), ensure_ascii=False, indent=1), "utf-8")
