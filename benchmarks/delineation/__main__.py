"""Drawing units: lattices of the public instance set, beside spopt and pygeoda, each result evaluated by other code."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.delineation.evaluator import evaluate
from benchmarks.delineation.instances import Case, cases, write

HERE = Path(__file__).resolve().parent
MOST = {50: (243, 250), 100: (966, 1000)}
"""Side of the lattice: bar and stretch of the number of units."""
WIDEST = {27: (0.01, 0.01, 120), 160: (0.03, 0.02, 120)}
"""Units asked for: bar and stretch of the gap, bar of the seconds."""


def bar(what: str, measured: float | None, wanted: float, better: str, **more: Any) -> dict[str, Any]:
    met = (
        None
        if measured is None
        else {"higher": lambda: measured >= wanted, "lower": lambda: measured <= wanted}[better]()
    )
    return {"what": what, "measured": measured, "bar": wanted, "better": better, "met": met, **more}


def ours(case: Case, nodes: Path, edges: Path, out: Path) -> dict[str, Any]:
    command = [sys.executable, "-c", "from huancheng.cli import main; main()", "units", "solve"]
    command += ["--nodes", str(nodes), "--edges", str(edges)]
    answer = subprocess.run(
        [*command, *case.arguments, "--out", str(out), "--json"], check=True, stdout=subprocess.PIPE
    )
    document: dict[str, Any] = json.loads(answer.stdout)
    return document


def peer(name: str, nodes: Path, labels: Path, python: str, seconds: float) -> dict[str, Any] | None:
    command = [python, str(HERE / "side_peers.py"), str(nodes), name, str(labels)]
    try:
        answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, timeout=seconds)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        print(f"{name}: {error}", file=sys.stderr)
        return None
    document: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return document


def limits_of(case: Case) -> list[tuple[str, float, float]]:
    low, high = 0.0, float("inf")
    for option, value in zip(case.arguments, case.arguments[1:], strict=False):
        if option == "--floor":
            low = float(value.split(":")[1])
        if option == "--ceiling":
            high = float(value.split(":")[1])
    return [("t", low, high)]


def judge(case: Case, folder: Path, peers: str | None, patience: float) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    nodes, edges = write(case, folder)
    radius = float(case.arguments[case.arguments.index("--radius") + 1]) if "--radius" in case.arguments else None
    own = ours(case, nodes, edges, folder / "out")
    seen = evaluate(nodes, edges, folder / "out" / "labels.csv", limits_of(case), weight="t", radius=radius)
    figures: dict[str, Any] = {"ours": own, "evaluated": seen}
    bars = [bar(f"{case.name}: faults found by the evaluator", len(seen["faults"]), 0, "lower")]
    if case.k is not None:
        wanted, stretch, seconds = WIDEST[case.k]
        gap = 1 - own["bound"] / seen["compactness"]
        bars.append(bar(f"{case.name}: certified gap", gap, wanted, "lower", stretch=stretch))
        return figures, [*bars, bar(f"{case.name}: seconds", own["seconds"], seconds, "lower")]
    wanted, stretch = MOST[case.side]
    bars.append(
        bar(f"{case.name}: units", seen["units"], wanted, "higher", stretch=stretch, ceiling=own["units_bound"])
    )
    bars.append(bar(f"{case.name}: seconds", own["seconds"], 60, "lower"))
    for name in ("spopt", "pygeoda"):
        what = f"{case.name}: dissimilarity, at no fewer units, as a share of {name}'s"
        labels = folder / f"{name}.csv"
        other = peer(name, nodes, labels, peers, patience) if peers else None
        if other is None:
            bars.append(bar(what, None, 1.0, "lower", note=f"{name} is not there or did not end in {patience:g} s"))
            continue
        rival = evaluate(nodes, edges, labels, limits_of(case), weight="t", radius=None)
        figures[name] = {**other, **rival}
        share = seen["dissimilarity"] / rival["dissimilarity"] if seen["units"] >= rival["units"] else None
        bars.append(
            bar(what, share, 1.0, "lower", note=f"{name}: {rival['units']} units, {len(rival['faults'])} faults")
        )
    return figures, bars


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one seed of each lattice")
    parser.add_argument("--only", default="", help="cases whose name holds this")
    parser.add_argument("--patience", type=float, default=600.0, help="seconds a peer may take")
    options = parser.parse_args()
    figures: dict[str, Any] = {"load_before": os.getloadavg()[0] if hasattr(os, "getloadavg") else None}
    bars: list[dict[str, Any]] = []
    for case in cases(quick=options.quick):
        if options.only in case.name:
            with tempfile.TemporaryDirectory() as folder:
                print(case.name, file=sys.stderr)
                figures[case.name], part = judge(
                    case, Path(folder), os.environ.get("HUANCHENG_PEERS_PYTHON"), options.patience
                )
                bars += part
    print(json.dumps({"benchmark": "delineation", "figures": figures, "bars": bars}, ensure_ascii=False, indent=1))
    return 1 if any(entry["met"] is False for entry in bars) else 0


if __name__ == "__main__":
    sys.exit(main())
