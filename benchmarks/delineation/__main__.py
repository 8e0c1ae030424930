"""Drawing units: a public instance set beside spopt and pygeoda, every result evaluated by code of its own.

Parts can be named (`proofs`, `compact`, `lattices`, `streets`, `scale`); the result says which were run.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.delineation.bars import bars_of, unknown
from benchmarks.delineation.instances import Case, generated, lattice, write
from benchmarks.delineation.reference import keep
from benchmarks.delineation.running import OURS, PEERS, Desk, ours, peer, run
from benchmarks.delineation.shared import found

SHARE_OF_TIME = 0.9
"""What our command is told of a peer's time: it knows nothing of its own start and end as a process."""

PARTS = ("proofs", "compact", "lattices", "streets", "scale")


def judge(case: Case, desk: Desk, *, renew: bool) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Run a case on both sides; return its figures and its bars."""
    others = {name: peer(case, desk, name) if case.peers else None for name in PEERS}
    seconds = case.seconds
    if case.bars.half_of_the_gap:
        known = [other for other in others.values() if other and not other["evaluated"]["faults"]]
        better = max(known, key=lambda other: other["evaluated"]["units"], default=None)
        seconds = SHARE_OF_TIME * better["process_seconds"] if better else None
    asked: tuple[int | None, ...] = case.k if case.objective == "compact" else (None, *case.k)
    runs = {k: ours(case, desk, k, seconds) for k in asked}
    if renew:
        for k, own in runs.items():
            keep(case, k, own)
    figures: dict[str, Any] = {name: other for name, other in others.items() if other}
    figures |= {
        f"ours, k {k}" if k else "ours": {key: own[key] for key in own if key != "labels"} for k, own in runs.items()
    }
    return figures, bars_of(case, runs, others)


def warm_up() -> None:
    """Let our kernels be compiled, as a first run on a machine does once, and spopt's and pygeoda's never have to."""
    for side, more in ((7, ()), (20, ()), (20, ("--k", "30")), (20, ("--k", "30", "--objective", "compact"))):
        with tempfile.TemporaryDirectory() as folder:
            nodes, edges = write(lattice(side, 0), Path(folder))
            words = ["--nodes", str(nodes), "--edges", str(edges), "--floor", "t:120", "--attributes", "f", *more]
            words += [] if "--objective" in more else ["--objective", "max-p"]
            run([*OURS, *words, "--limit", "1", "--out", folder], None)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help="parts to run; all without")
    parser.add_argument("--quick", action="store_true", help="one seed of each lattice")
    parser.add_argument("--only", default="", help="cases whose name holds this")
    parser.add_argument("--patience", type=float, default=600.0, help="seconds a peer may take")
    parser.add_argument("--renew-reference", action="store_true", help="keep labels that beat those in reference/")
    options = parser.parse_args()
    parts = options.parts or list(PARTS)
    figures: dict[str, Any] = {
        "parts": parts, "seeds_of_lattices": [0] if options.quick else list(range(5)), "patience": options.patience,
        "load_before": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
    }  # fmt: skip
    bars: list[dict[str, Any]] = []
    python = os.environ.get("HUANCHENG_PEERS_PYTHON")
    warm_up()
    for case in (*found(), *generated()):
        later = options.quick and case.part == "lattices" and "-seed0" not in case.name
        if case.part not in parts or options.only not in case.name or later:
            continue
        print(case.name, file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory() as folder:
            try:
                nodes, edges = write(case.table(), Path(folder))
                desk = Desk(nodes, edges, Path(folder), python, options.patience)
                figures[case.name], part = judge(case, desk, renew=options.renew_reference)
            except FileNotFoundError as error:
                part = [unknown(case.name, f"the data is not there: {error}")]
            except subprocess.CalledProcessError as error:
                part = [{**unknown(case.name, f"our command ended with code {error.returncode}"), "met": False}]
            bars += part
    figures["load_after"] = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    print(json.dumps({"benchmark": "delineation", "figures": figures, "bars": bars}, ensure_ascii=False, indent=1))
    return 1 if any(entry["met"] is False for entry in bars) else 0


if __name__ == "__main__":
    sys.exit(main())
