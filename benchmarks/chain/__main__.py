"""What a check-up costs as a city grows: time and memory from small to large, the budget of the main job, Las Palmas.

Each step runs as its own process through the command line, as a user runs it, so imports and start-up are inside the
clock. Every size is generated first; its check-up is timed apart. Words after the name choose sizes:
`run.py bench chain small medium` is quick; `huge` must be asked for.
"""

from __future__ import annotations

import itertools
import json
import shutil
import sys
from pathlib import Path
from typing import Any

from benchmarks.chain.bars import at_most, growth_bar, unknown
from benchmarks.chain.timed import Cost, timed

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "var" / "bench" / "chain"
SIZES = ("small", "medium", "large", "huge")
USUAL = SIZES[:3]
SYSTEMS = ("national-2022", "national-2023")
GENERATE_BUDGET = {"medium": (20, None), "huge": (600, 8.0)}
"""Seconds and gigabytes that generating a size may take."""
CHECKUP_BUDGET = {"large": (180, 4.0)}
"""Seconds and gigabytes that one check-up of a size may take."""
LAS_PALMAS_SECONDS = 90
DEMO_SECONDS = 240
"""What remains of the newcomer's five minutes when a minute has gone into installing."""
LAS_PALMAS = ROOT.parent / "shared" / "data" / "las-palmas-es"


def huancheng(*words: str | Path) -> Cost:
    """Run one `huancheng` command and return what it cost.

    Raises
    ------
    RuntimeError
        If it does not end with 0; a benchmark of a failed run means nothing.
    """
    say(" ".join(str(word) for word in words))
    cost = timed([sys.executable, "-m", "huancheng.cli", *words], folder=ROOT)
    say(f"  {cost.seconds:.1f} s, {cost.cpu_seconds:.1f} s of processor, {cost.gigabytes:.2f} GB")
    return cost


def say(text: str) -> None:
    """Tell the person at the terminal."""
    print(text, file=sys.stderr, flush=True)


def fresh(name: str) -> Path:
    """Return an empty place for one step's output."""
    folder = OUTPUT / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    return folder


def buildings_in(snapshot: Path) -> int:
    """Return how many buildings a snapshot's manifest counts."""
    manifest = json.loads((snapshot / "manifest.json").read_text(encoding="utf-8"))
    return int(manifest["layers"]["buildings"]["count"])


def measure_size(size: str) -> dict[str, Any]:
    """Generate a city of one size, check it up under each system, and return what each step cost."""
    city = fresh(f"city-{size}")
    generated = huancheng("city", "generate", "--size", size, "--seed", "1", "--out", city)
    checkups = {
        system: huancheng("checkup", "run", city, "--system", system, "--out", fresh(f"run-{size}-{system}"))
        for system in SYSTEMS
    }
    return {
        "buildings": buildings_in(city),
        "generate": generated.as_dict(),
        "checkup": {system: cost.as_dict() for system, cost in checkups.items()},
    }


def size_bars(size: str, figures: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the bars that one size has to meet."""
    bars = []
    if size in GENERATE_BUDGET:
        seconds, gigabytes = GENERATE_BUDGET[size]
        bars.append(at_most(f"generate {size}, seconds", figures["generate"]["seconds"], seconds))
        if gigabytes is not None:
            bars.append(at_most(f"generate {size}, GB", figures["generate"]["gigabytes"], gigabytes))
    if size in CHECKUP_BUDGET:
        seconds, gigabytes = CHECKUP_BUDGET[size]
        for system, cost in figures["checkup"].items():
            bars.append(at_most(f"check-up {system} of {size}, seconds", cost["seconds"], seconds))
            bars.append(at_most(f"check-up {system} of {size}, GB", cost["gigabytes"], gigabytes))
    return bars


def main(words: list[str]) -> int:
    """Measure, print one JSON document, and return 1 if a bar is missed."""
    wrong = set(words) - set(SIZES)
    if wrong:
        say(f"there is no size {', '.join(sorted(wrong))}; there are {', '.join(SIZES)}")
        return 2
    sizes = [size for size in SIZES if size in (words or USUAL)]
    figures: dict[str, Any] = {size: measure_size(size) for size in sizes}
    bars = [bar for size in sizes for bar in size_bars(size, figures[size])]
    for smaller, larger in itertools.pairwise(sizes):
        bars += [growth_bar(system, figures[smaller], figures[larger]) for system in SYSTEMS]
    if "medium" in sizes:
        demo = huancheng("chain", "--generate", "medium", "--seed", "1", "--out", fresh("demo"))
        figures["demo"] = demo.as_dict()
        bars.append(at_most("the main job on 示例市 medium, seconds", demo.seconds, DEMO_SECONDS))
    las_palmas = "Las Palmas from its files to the report, seconds"
    if LAS_PALMAS.is_dir():
        whole = huancheng("chain", "--mapping", "examples/las-palmas.toml", "--out", fresh("las-palmas"))
        figures["las_palmas"] = whole.as_dict()
        bars.append(at_most(las_palmas, whole.seconds, LAS_PALMAS_SECONDS))
    else:
        bars.append(unknown(las_palmas, LAS_PALMAS_SECONDS, "the data set is not on this machine"))
    print(json.dumps({"benchmark": "chain", "figures": figures, "bars": bars}, ensure_ascii=False))
    return 1 if any(bar["met"] is False for bar in bars) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
