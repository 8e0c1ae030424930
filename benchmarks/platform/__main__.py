"""Whether the platform is quick with 10,000 projects' worth of cases, on SQLite and PostgreSQL, and bears 50 officers.

For each database: a register with 10,000 cases, 100,000 entries and 2,000 people (filled once a day, see
`registers.py`); every sort of page asked twenty times as those who see most (`pages.py`: server time, no network); then
50 officers against `huancheng serve`, one request each per 5 seconds for 3 minutes, reading and acting (`load.py`).

Words after the name choose: `sqlite`, `postgresql` one database only; `fill`, `pages` or `load` that part only; `quick`
40 seconds of load. The processor's time stands beside each wall time: on a busy machine it is the truer figure.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.platform.registers import Register, Size, register
from benchmarks.platform.serving import served
from benchmarks.platform.words import WORKLIST, load, say
from house.speech import Trouble

ENGINES = ("sqlite", "postgresql")
PARTS = ("fill", "pages", "load")
OFFICERS = 50
MINUTES, QUICK = 3.0, 0.67
PAGE_MS, WORKLIST_MS = 300, 150


def main(words: list[str]) -> int:
    """Measure, print one JSON document, and return 1 if a bar is missed."""
    if wrong := set(words) - {*ENGINES, *PARTS, "quick"}:
        say(f"there is no {', '.join(sorted(wrong))}; see the first lines of benchmarks/platform/__main__.py")
        return 2
    parts = [part for part in PARTS if part in words] or list(PARTS)
    minutes = QUICK if "quick" in words else MINUTES
    figures: dict[str, Any] = {}
    bars: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="bench-platform-") as folder:
        for engine in [engine for engine in ENGINES if engine in words] or ENGINES:
            try:
                with register(engine, Size(), Path(folder)) as made:
                    figures[engine] = measure(made, parts, minutes)
            except Trouble as trouble:
                bars.append(bar(f"pages and load on {engine}", None, PAGE_MS, str(trouble)))
                continue
            bars += bars_of(engine, figures[engine])
    print(json.dumps({"benchmark": "platform", "figures": figures, "bars": bars}, ensure_ascii=False))
    return 1 if any(item["met"] is False for item in bars) else 0


def measure(made: Register, parts: list[str], minutes: float) -> dict[str, Any]:
    """Return what pages and officers took on one register."""
    found: dict[str, Any] = {"filling": made.filling}
    if "pages" in parts:
        say(f"{made.engine}: pages")
        found["pages"] = json.loads(made.run("-m", "benchmarks.platform.pages"))
        found["pages_load_average"] = load()
    if "load" in parts:
        names = json.loads(made.run("-m", "benchmarks.platform.officers", str(OFFICERS)))
        say(f"{made.engine}: {len(names)} officers for {minutes:g} minutes")
        with served(made) as server:
            begun = server.cpu_seconds()
            told = made.run("-m", "benchmarks.platform.load", server.address, *names, "--minutes", str(minutes))
            found["load"] = json.loads(told) | {
                "load_average": load(), "server_cpu_seconds": round(server.cpu_seconds() - begun, 1),
                "server_megabytes": server.megabytes(), "first_answer_seconds": round(server.first_answer, 1),
            }  # fmt: skip
        verified = made.run("-m", "huancheng.cli", "audit", "verify")
        say(f"{made.engine}: after the load the log is whole: {verified.strip().splitlines()[-1]}")
        found["load"]["log_after"] = verified.strip().splitlines()[-1]
    return found


def bars_of(engine: str, figures: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the bars of one database."""
    made = []
    if "pages" in figures:
        lists = [line for line in figures["pages"] if line["page"] in WORKLIST]
        for what, lines, limit in (
            ("slowest page", figures["pages"], PAGE_MS), ("slowest worklist", lists, WORKLIST_MS),
        ):  # fmt: skip
            worst = max(lines, key=lambda line: line["p95_ms"])
            busy = f"processor {worst['cpu_ms']} ms; load {figures['pages_load_average']}"
            note = f"{worst['page']} as {worst['role']}; {busy}"
            made.append(bar(f"{engine}: {what}, server time, 95th percentile, ms", worst["p95_ms"], limit, note))
    if "load" in figures:
        told = figures["load"]
        speed = f"p50 {told['p50_ms']} ms, p95 {told['p95_ms']} ms"
        note = f"{told['requests']} requests, {speed}, load {told['load_average']}"
        made.append(bar(f"{engine}: {told['officers']} officers, {told['seconds']} s, errors", told["errors"], 0, note))
    return made


def bar(what: str, measured: float | None, limit: float, note: str) -> dict[str, Any]:
    """Return one bar in the form benchmarks/README.md describes."""
    met = None if measured is None else measured <= limit
    return {"what": what, "measured": measured, "bar": limit, "better": "lower", "met": met, "note": note}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
