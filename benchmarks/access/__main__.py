"""Nearest facility and counts of 20 classes for every node: beside pandana and SciPy, and at a million nodes."""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parents[2] / "shared" / "data" / "las-palmas-es" / "las_palmas_20230221.osm.pbf"
FARTHEST = 10_000


def run(script: str, *arguments: str, python: str = sys.executable) -> dict[str, Any]:
    """Run a script beside this file in a process of its own; return the JSON document on its last line."""
    command = [python, str(HERE / script), *arguments]
    lines = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    document: dict[str, Any] = json.loads(lines[-1]) if lines else {}
    return document


def bar(what: str, measured: float | bool | None, wanted: float | bool, better: str, **more: Any) -> dict[str, Any]:
    """Return one bar; what was not measured is neither met nor missed."""
    met = None
    if measured is not None:
        met = {"higher": measured >= wanted, "lower": measured <= wanted, "equal": measured == wanted}[better]
    shown = round(measured, 3) if isinstance(measured, float) else measured
    return {"what": what, "measured": shown, "bar": wanted, "better": better, "met": met, **more}


def median(runs: list[dict[str, float]], key: str) -> float:
    """Return the median of one figure over the runs."""
    return statistics.median(run[key] for run in runs)


def real_network(folder: Path, repeats: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Las Palmas, one thread: processor seconds beside SciPy and, where its environment is there, pandana."""
    what = "Las Palmas walk graph, 20 classes, one thread"
    beyond_pandana, beyond_scipy = (
        f"{what}: times faster than pandana 0.8, all in",
        f"{what}: times faster than SciPy, nearest",
    )
    if not SOURCE.is_file():
        note = "the data set las-palmas-es is not there"
        return {}, [
            bar(beyond_pandana, None, 30.0, "higher", note=note),
            bar(beyond_scipy, None, 3.0, "higher", note=note),
        ]
    graph = str(folder / "las-palmas.npz")
    run("make_input.py", "las-palmas", graph, "--source", str(SOURCE))
    ours = run("side_ours.py", graph, "--repeats", str(repeats), "--out", str(folder / "ours.npz"))
    scipy = run("side_scipy.py", graph, "--repeats", str(repeats), "--out", str(folder / "scipy.npz"))
    result, reference = np.load(folder / "ours.npz"), np.load(folder / "scipy.npz")
    faster = median(scipy["runs"], "nearest") / median(ours["runs"], "nearest")
    as_scipy = bool((result["nearest"] == reference["nearest"]).all())
    bars = [
        bar(
            beyond_scipy, faster, 3.0, "higher", stretch=8.0,
            note="processor seconds, median; graphs built beforehand on both sides",
        ),
        bar(f"{what}: nearest equal to SciPy's", as_scipy, True, "equal"),
    ]  # fmt: skip
    figures: dict[str, Any] = {"ours": ours, "scipy": scipy}
    peers = os.environ.get("HUANCHENG_PEERS_PYTHON")
    if not peers:
        bars.append(bar(beyond_pandana, None, 30.0, "higher", stretch=100.0, note="pandana's environment is not there"))
        return figures, bars
    pandana = run("side_pandana.py", graph, "--out", str(folder / "pandana.npz"), python=peers)
    figures["pandana"] = pandana
    other = np.load(folder / "pandana.npz")
    capped = np.where((result["nearest"] < 0) | (result["nearest"] > FARTHEST), FARTHEST, result["nearest"])
    same = bool((capped == other["nearest"]).all() and (result["counts"] == other["counts"]).all())
    bars += [
        bar(
            beyond_pandana, pandana["runs"][0]["total"] / median(ours["runs"], "total"), 30.0, "higher", stretch=100.0,
            note="processor seconds, building the graph included; imports, compilation and reading are not",
        ),
        bar(f"{what}: nearest to 1,000 m and all counts equal to pandana's", same, True, "equal"),
    ]  # fmt: skip
    return figures, bars


def large_grid(folder: Path, nodes: int, repeats: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Perturbed grid: complete, memory, SciPy's nearest alone, two threads."""
    graph = str(folder / "grid.npz")
    run("make_input.py", "grid", graph, "--nodes", str(nodes))
    ours = run("side_ours.py", graph, "--out", str(folder / "ours.npz"))
    scipy = run("side_scipy.py", graph, "--out", str(folder / "scipy.npz"))
    threads = run("side_ours.py", graph, "--threads", "1,2", "--repeats", str(repeats), "--wall")
    one, two = ([r for r in threads["runs"] if r["threads"] == number] for number in (1, 2))
    best_one, best_two = (min(r["nearest"] + r["counts"] for r in runs) for runs in (one, two))
    gains = [(a["nearest"] + a["counts"]) / (b["nearest"] + b["counts"]) for a, b in zip(one, two, strict=True)]
    searched = ours["runs"][0]["nearest"] + ours["runs"][0]["counts"]
    with np.load(folder / "ours.npz") as result, np.load(folder / "scipy.npz") as reference:
        same = bool((result["nearest"] == reference["nearest"]).all())
    what = f"grid of {ours['nodes']:,} nodes, 20 classes"
    bars = [
        bar(f"{what}: nearest equal to SciPy's", same, True, "equal"),
        bar(f"{what}: peak memory in MB", ours["peak_mb"], 1024, "lower"),
        bar(
            f"{what}: nearest and counts, share of SciPy's time for nearest alone",
            searched / scipy["runs"][0]["nearest"], 1.0, "lower", note="processor seconds, one thread",
        ),
        bar(
            f"{what}: two threads, times faster", best_one / best_two, 1.6, "higher",
            note=f"wall, best run of each; pairs: best {max(gains):.2f}, median {statistics.median(gains):.2f}; "
            "means something only where no other work wants the processors",
        ),
    ]  # fmt: skip
    return {"ours": ours, "scipy": scipy, "threads": threads, "gains": [round(gain, 3) for gain in gains]}, bars


def main() -> int:
    """Run both parts and print the result as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the grid, fewer repeats")
    parser.add_argument("--only", choices=["las-palmas", "grid"], help="one part alone")
    options = parser.parse_args()
    figures, bars = {}, []
    with tempfile.TemporaryDirectory() as folder:
        if options.only != "grid":
            figures["las-palmas"], part = real_network(Path(folder), 3 if options.quick else 7)
            bars += part
        if options.only != "las-palmas":
            nodes, repeats = (100_000, 2) if options.quick else (1_000_000, 4)
            figures["grid"], part = large_grid(Path(folder), nodes, repeats)
            bars += part
    print(json.dumps({"benchmark": "access", "figures": figures, "bars": bars}, ensure_ascii=False, indent=1))
    return 1 if any(entry["met"] is False for entry in bars) else 0


if __name__ == "__main__":
    sys.exit(main())
