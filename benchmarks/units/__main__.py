"""Units of 示例市: how long drawing, verifying and a planner's edit take; small and medium, or those named.

Seconds are of the processor, as the machine may be shared; the wall clock stands beside.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from huancheng.city.snapshot import Snapshot
from huancheng.policy.book import load_book
from huancheng.units.certificate import read_units, write_units
from huancheng.units.drawing import DrawOptions, draw_units
from huancheng.units.editing import Move, apply, open_plan
from huancheng.units.verify import verify_units

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "var" / "bench" / "units"
SIZES = ("small", "medium")
DRAW_SECONDS = 60.0
EDIT_SECONDS = 0.2
EDITS = 40


def clocked(act: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    """Return what an act gives, with its seconds."""
    wall, processor = time.perf_counter(), time.process_time()
    given = act()
    return given, {"processor": time.process_time() - processor, "wall": time.perf_counter() - wall}


def measure(size: str) -> dict[str, Any]:
    """Generate a city, draw its units, verify them, edit them, and return the figures."""
    folder = OUTPUT / size
    shutil.rmtree(folder, ignore_errors=True)
    city = folder / "city"
    generate = [sys.executable, "-m", "huancheng.cli", "city", "generate", "--size", size, "--out", str(city)]
    subprocess.run(generate, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    book = load_book("example-city")
    print(f"drawing {size}", file=sys.stderr, flush=True)
    drawing, draw = clocked(lambda: draw_units(Snapshot(city), book, DrawOptions()))
    result, write = clocked(lambda: write_units(drawing, folder / "units"))
    verdict, verify = clocked(lambda: verify_units(result))
    _, first = clocked(lambda: open_plan(read_units(result).drawing).audit)
    edits = edit_all_over(result)
    return {
        "blocks": drawing.ground.size, "units": drawing.units, "gap": drawing.gap, "sound": verdict.sound,
        "draw": draw, "write": write, "verify": verify, "open": first, "edit_worst": max(edits), "edits": len(edits),
    }  # fmt: skip


def edit_all_over(result: Path) -> list[float]:
    """Move blocks over borders all over the plan, one after another, and return the wall seconds of each edit."""
    plan = open_plan(read_units(result).drawing)
    plan.audit  # noqa: B018 - what opening the plan on the map costs once
    ground = plan.origin.ground
    spent = []
    step = max(len(ground.pairs) // EDITS, 1)
    for pair in range(0, len(ground.pairs), step):
        block, home = int(ground.pairs.first[pair]), plan.home[int(ground.pairs.second[pair])]
        if home and plan.home[block] != home:
            start = time.perf_counter()
            plan, check = apply(plan, Move(blocks=(ground.ids[block],), to=home))
            check.as_dict()
            spent.append(time.perf_counter() - start)
    return spent


def bar(what: str, measured: float, limit: float, better: str = "lower") -> dict[str, Any]:
    """Return one bar as the house keeps it."""
    met = measured == limit if better == "equal" else measured <= limit
    return {"what": what, "measured": round(measured, 4), "bar": limit, "better": better, "met": met}


def main(words: list[str]) -> int:
    """Measure, print one JSON document, and return 1 if a bar is missed."""
    if wrong := set(words) - set(SIZES):
        print(f"there is no size {', '.join(sorted(wrong))}; there are {', '.join(SIZES)}", file=sys.stderr)
        return 2
    figures = {size: measure(size) for size in SIZES if size in (words or SIZES)}
    found = []
    for size, row in figures.items():
        found += [
            bar(f"units of {size}: processor seconds from snapshot to plan", row["draw"]["processor"], DRAW_SECONDS),
            bar(f"an edit on {size}: worst seconds to its test", row["edit_worst"], EDIT_SECONDS),
            bar(f"units of {size}: sound by the verifier", float(row["sound"]), 1.0, "equal"),
        ]
    print(json.dumps({"benchmark": "units", "figures": figures, "bars": found}, ensure_ascii=False))
    return 0 if all(entry["met"] for entry in found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
