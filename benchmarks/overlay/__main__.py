"""Footprints by block: area and floor area, beside geopandas in time and memory, one thread each."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent


def run(script: str, *arguments: str) -> str:
    """Run one of the scripts beside this file in a process of its own and return what it printed."""
    command = [sys.executable, str(HERE / script), *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def main() -> int:
    """Make the input, run both sides, compare, print the result as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the size")
    side, count = (32, 100_000) if parser.parse_args().quick else (100, 1_000_000)
    with tempfile.TemporaryDirectory() as folder:
        print(f"making {count:,} footprints and {side * side:,} blocks", file=sys.stderr)
        run("make_input.py", folder, "--footprints", str(count), "--side", str(side))
        sides: dict[str, dict[str, Any]] = {}
        for name in ("ours", "geopandas"):
            sides[name] = json.loads(run(f"side_{name}.py", folder))
            print(f"{name:>10}: {sides[name]['seconds']:7.2f} s, {sides[name]['peak_mb']:7.0f} MB", file=sys.stderr)
        ours, theirs = (np.load(Path(folder) / f"{name}.npy") for name in sides)
    result = compare(sides, ours, theirs, count, side * side)
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return 0 if all(bar["met"] for bar in result["bars"]) else 1


def compare(
    sides: dict[str, dict[str, Any]], ours: np.ndarray, theirs: np.ndarray, footprints: int, zones: int
) -> dict[str, Any]:
    """Return figures and bars; totals are compared zone by zone."""
    difference = float((np.abs(ours - theirs) / np.maximum(theirs, 1.0)).max())
    faster = sides["geopandas"]["seconds"] / sides["ours"]["seconds"]
    memory = sides["ours"]["peak_mb"] / sides["geopandas"]["peak_mb"]
    figures = {f"{name}_{key}": value for name, side in sides.items() for key, value in side.items()}
    versions = {name: version(name) for name in ("geopandas", "shapely", "numba", "numpy")}
    return {
        "benchmark": "overlay",
        "figures": {"footprints": footprints, "zones": zones, **figures, "versions": versions},
        "bars": [
            {"what": "times faster than geopandas overlay, reading included, imports and compilation not",
             "measured": round(faster, 2), "bar": 2.0, "better": "higher", "met": faster >= 2.0},
            {"what": "share of its peak memory",
             "measured": round(memory, 3), "bar": 0.25, "better": "lower", "met": memory <= 0.25},
            {"what": "largest relative difference of a zone's area or floor area",
             "measured": difference, "bar": 1e-6, "better": "lower", "met": difference <= 1e-6},
        ],
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
