"""Siting new facilities: cover and p-median in time, with a proof; planted optima found."""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from typing import Any

from benchmarks.siting.instances import planted_cover, planted_median, scattered
from huancheng.planning.siting import Goal, SitingWork, solve_siting

RATIO = 1.005
_CLOCK = "processor seconds, one thread; wall seconds stand in the figures"
COVER, MEDIAN = (1_500, 250, 25), (500, 100, 10)


def bar(what: str, measured: float | None, wanted: float, better: str, **more: Any) -> dict[str, Any]:
    """Return one bar; what was not measured is neither met nor missed."""
    met = None
    if measured is not None:
        met = {"higher": measured >= wanted, "lower": measured <= wanted, "equal": measured == wanted}[better]
    return {"what": what, "measured": measured, "bar": wanted, "better": better, "met": met, **more}


def timed(goal: Goal, seeds: int) -> list[dict[str, Any]]:
    """Solve scattered instances with a proof; wall seconds and processor seconds."""
    runs = []
    for seed in range(seeds):
        problem = scattered(*(COVER if goal is Goal.COVER else MEDIAN), seed, goal)
        wall, work = time.perf_counter(), time.process_time()
        result = solve_siting(problem, SitingWork(time_limit=120.0))
        runs.append(
            {
                "seed": seed, "seconds": round(time.perf_counter() - wall, 3),
                "processor": round(time.process_time() - work, 3), "status": result.status, "cost": result.cost,
                "gap": result.gap, "greedy": result.greedy.cost / result.cost,
                "swap": dict(result.method)["swap"] / result.cost,
            }
        )  # fmt: skip
        print(goal.value, runs[-1], file=sys.stderr)
    return runs


def planted(seeds: int) -> list[float]:
    """Return the ratio of searched cost to the planted optimum; for cover, of residents served to all."""
    ratios = []
    for seed in range(seeds):
        problem, known = planted_median(500, 100, 10, seed)
        ratios.append(solve_siting(problem, SitingWork(prove=False)).cost / known)
        problem, _ = planted_cover(1_500, 250, 25, seed)
        left = solve_siting(problem, SitingWork(prove=False)).cost
        ratios.append(float(problem.demand.sum()) / (float(problem.demand.sum()) - left))
    return ratios


def main() -> int:
    """Run all and print the result as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two instances of each")
    quick = parser.parse_args().quick
    solve_siting(scattered(50, 10, 2, 0, Goal.COVER))  # what is loaded once is left out of the clock
    cover, median = timed(Goal.COVER, 2 if quick else 5), timed(Goal.MEDIAN, 2 if quick else 5)
    ratios = planted(3 if quick else 10)
    bars = [
        bar("cover, 1,500 points × 250 sites, 25 new: median seconds to a proof",
            statistics.median(run["processor"] for run in cover), 1.5, "lower", note=_CLOCK),
        bar("cover: share proved", sum(run["status"] == "optimal" for run in cover) / len(cover), 1.0, "equal"),
        bar("p-median, 500 points × 100 sites, 10 new: median seconds to a proof",
            statistics.median(run["processor"] for run in median), 20.0, "lower", note=_CLOCK),
        bar("p-median: share proved", sum(run["status"] == "optimal" for run in median) / len(median), 1.0, "equal"),
        bar("planted optima: worst ratio of the search alone", round(max(ratios), 6), RATIO, "lower"),
        bar("scattered instances: worst ratio of the search alone to the best known",
            round(max(run["swap"] for run in [*cover, *median]), 6), RATIO, "lower"),
    ]  # fmt: skip
    figures = {"cover": cover, "median": median, "planted": ratios}
    print(json.dumps({"benchmark": "siting", "figures": figures, "bars": bars}, ensure_ascii=False, indent=1))
    return 1 if any(entry["met"] is False for entry in bars) else 0


if __name__ == "__main__":
    sys.exit(main())
