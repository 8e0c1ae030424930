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

PROPERTY = "requirements"
"""Name under which a test's reports carry its ids."""

_outcomes: dict[str, dict[str, Any]] = {}


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Note every test that carries requirement ids, and let its reports carry them: workers send nothing else."""
    for item in items:
        ids = [name for mark in item.iter_markers("requirement") for name in mark.args]
        if ids:
            _outcomes[item.nodeid] = {"requirements": ids, "outcome": "not run"}
            item.user_properties.append((PROPERTY, ids))


def pytest_runtest_logreport(report: Any) -> None:
    """Note how a test ended: its worst phase counts."""
    ids = dict(report.user_properties).get(PROPERTY)
    if ids is None:
        return
    entry = _outcomes.setdefault(report.nodeid, {"requirements": list(ids), "outcome": "not run"})
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
