"""What deriving blocks, estates, floors and residents costs as a city grows, from small to large.

Words after the name choose sizes: `run.py bench derive small medium` is quick. Estates are derived the hard way, from
clusters of buildings, as if no land use were mapped.
"""

from __future__ import annotations

import itertools
import json
import math
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "var" / "bench" / "derive"
SIZES = ("small", "medium", "large")
LARGE_BLOCKS_SECONDS = 40.0


def measure(size: str) -> dict[str, Any]:
    """Generate a city of one size, derive what a poorer source would lack, and return the figures."""
    city = OUTPUT / size
    shutil.rmtree(city, ignore_errors=True)
    print(f"generating {size}", file=sys.stderr, flush=True)
    generate = [sys.executable, "-m", "huancheng.cli", "city", "generate", "--size", size, "--out", str(city)]
    subprocess.run(generate, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    steps = [sys.executable, str(Path(__file__).with_name("steps.py")), str(city)]
    told = subprocess.run(steps, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True).stdout
    figures: dict[str, Any] = json.loads(told)
    spent = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in figures["seconds"].items())
    print(f"  {figures['buildings']:,} buildings: {spent}; {figures['peak_gb']:.2f} GB", file=sys.stderr, flush=True)
    return figures


def growth(step: str, smaller: dict[str, Any], larger: dict[str, Any]) -> dict[str, Any]:
    """Return the bar on growth between two sizes, in units of n log n; below 1 is better."""
    few, many = smaller["buildings"], larger["buildings"]
    allowed = many * math.log(many) / (few * math.log(few))
    measured = larger["seconds"][step] / smaller["seconds"][step] / allowed
    what = f"{step}, growth from {few} to {many} buildings, in units of n log n"
    return {"what": what, "measured": round(measured, 3), "bar": 1.0, "better": "lower", "met": measured <= 1.0}


def bars(figures: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the bars the figures have to meet."""
    found = []
    for (_, smaller), (_, larger) in itertools.pairwise(figures.items()):
        found += [growth(step, smaller, larger) for step in smaller["seconds"]]
    worst = max(size["area_imbalance"] for size in figures.values())
    lost = max(abs(size["residents_missing"]) for size in figures.values())
    found += [
        {"what": "share of the ground lost", "measured": worst, "bar": 1e-6, "better": "lower", "met": worst <= 1e-6},
        {"what": "residents lost", "measured": lost, "bar": 0.0, "better": "equal", "met": lost == 0.0},
    ]
    if "large" in figures:
        seconds = figures["large"]["seconds"]["blocks"]
        found.append({
            "what": "blocks of large, seconds", "measured": round(seconds, 2), "bar": LARGE_BLOCKS_SECONDS,
            "better": "lower", "met": seconds <= LARGE_BLOCKS_SECONDS,
        })  # fmt: skip
    return found


def main(words: list[str]) -> int:
    """Measure, print one JSON document, and return 1 if a bar is missed."""
    wrong = set(words) - set(SIZES)
    if wrong:
        print(f"there is no size {', '.join(sorted(wrong))}; there are {', '.join(SIZES)}", file=sys.stderr)
        return 2
    figures = {size: measure(size) for size in SIZES if size in (words or SIZES)}
    found = bars(figures)
    print(json.dumps({"benchmark": "derive", "figures": figures, "bars": found}, ensure_ascii=False))
    return 0 if all(bar["met"] for bar in found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
