"""Running a case: our command and the peers', each in a process of its own, with seconds and peak memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.delineation.evaluator import allowed, evaluate
from benchmarks.delineation.instances import Case

HERE = Path(__file__).resolve().parent
GIGABYTE = 1024.0**2 if sys.platform != "darwin" else 1024.0**3
"""Of the operating system's figure for peak memory, which is in kilobytes or, on one system, bytes."""

PEERS = ("spopt", "pygeoda")

OURS = (sys.executable, "-c", "from huancheng.cli import main; main()", "units", "solve")
"""Our command."""


@dataclass(frozen=True)
class Desk:
    """Where a case is worked on: its files, the peers' Python and how long a peer may take."""

    nodes: Path
    edges: Path
    folder: Path
    python: str | None
    patience: float


def ours(case: Case, desk: Desk, k: int | None, seconds: float | None) -> dict[str, Any]:
    """Solve with `huancheng units solve`; return what it says, its cost and what the evaluator says."""
    out = desk.folder / f"ours-{k or 'most'}"
    words = [*case.arguments(k, seconds), "--out", str(out), "--json"]
    command = [*OURS, "--nodes", str(desk.nodes), "--edges", str(desk.edges)]
    cost = run([*command, *words], None)
    said = json.loads(cost.pop("text"))
    seen = judged(case, desk, out / "labels.csv")
    said = {**said, **_proved(case, desk, said.pop("units_bound_cut"), said["units_bound"])}
    asked = " ".join(case.arguments(k, seconds))
    return {"asked": asked, "said": said, **cost, "evaluated": seen, "labels": out / "labels.csv"}


def peer(case: Case, desk: Desk, name: str) -> dict[str, Any] | None:
    """Solve with a peer; None where it isn't there or did not end in time."""
    if desk.python is None:
        return None
    labels = desk.folder / f"{name}.csv"
    command = [desk.python, str(HERE / "side_peers.py"), str(desk.nodes), str(desk.edges), name]
    try:
        cost = run([*command, case.column, repr(case.floor), ",".join(case.attributes), str(labels)], desk.patience)
    except subprocess.CalledProcessError as error:
        print(f"{name}: {error}", file=sys.stderr)
        return None
    said = json.loads(cost["text"].splitlines()[-1])
    whole = {name: cost[name] for name in ("process_seconds", "gigabytes")}
    return {**said, **whole, "evaluated": judged(case, desk, labels)}


def _proved(case: Case, desk: Desk, cut: list[str] | None, claimed: int) -> dict[str, Any]:
    """Count anew what a cut allows; a claim that is lower than its proof is a fault of ours."""
    if cut is None:
        return {"cut": None}
    counted = allowed(desk.nodes, desk.edges, case.column, case.floor, cut)
    if counted > claimed:
        raise ValueError(f"{case.name}: a bound of {claimed} units is claimed, its cut allows {counted}")
    return {"cut": len(cut)}


def judged(case: Case, desk: Desk, labels: Path) -> dict[str, Any]:
    """Return what the evaluator says of labels."""
    compact = case.objective == "compact"
    return evaluate(
        desk.nodes, desk.edges, labels, [(case.column, case.floor, case.ceiling)], attributes=case.attributes,
        weight=case.column if compact else None, radius=case.radius,
    )  # fmt: skip


def run(command: list[str], patience: float | None) -> dict[str, Any]:
    """Run a command; return its output, its whole wall time, seconds of the processor and peak memory."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    watch = threading.Timer(patience or threading.TIMEOUT_MAX, process.kill)
    watch.start()
    with process.stdout or sys.stdin as output:
        text = output.read()
    _, status, used = os.wait4(process.pid, 0)
    watch.cancel()
    whole = round(time.perf_counter() - began, 3)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    seconds = round(used.ru_utime + used.ru_stime, 1)
    return {
        "text": text,
        "process_seconds": whole,
        "processor_seconds": seconds,
        "gigabytes": round(used.ru_maxrss / GIGABYTE, 3),
    }
