"""Our side: build the graph, nearest and counts for all nodes; prints seconds and peak memory, saves the results."""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from huancheng.access import StreetGraph, count_within, nearest_of_classes

DISTANCES = (5_000, 8_000, 10_000)


def build(arrays: Any) -> StreetGraph:
    """Build the graph, its contraction included."""
    graph = StreetGraph.from_arrays(arrays["position"], arrays["first"], arrays["second"], arrays["length"])
    graph.contraction.arcs  # noqa: B018
    graph.contraction.touching  # noqa: B018
    return graph


def classes_of(graph: StreetGraph, arrays: Any) -> dict[str, Any]:
    """Facilities by class, at nodes."""
    kinds = np.unique(arrays["kind"])
    return {str(kind): graph.at_nodes(arrays["facility"][arrays["kind"] == kind]) for kind in kinds}


def timed(work: Callable[[], Any], clock: Callable[[], float]) -> tuple[Any, float]:
    """Return the result and the seconds it took by a clock."""
    begin = clock()
    result = work()
    return result, clock() - begin


def warm_up() -> None:
    """Compile, outside the clock."""
    place = np.column_stack([np.arange(4.0), np.zeros(4)])
    graph = StreetGraph.from_arrays(place, [0, 1, 2], [1, 2, 3], [10, 10, 10])
    targets = {"one": graph.at_nodes([3])}
    nearest_of_classes(graph, graph.at_nodes(), targets)
    count_within(graph, graph.at_nodes(), targets, DISTANCES)


def run_once(arrays: Any, threads: int, wall: bool) -> tuple[dict[str, float], np.ndarray, np.ndarray]:
    """Do the whole task once; seconds of the processor for one thread, of the wall for more."""
    clock = time.process_time if threads == 1 and not wall else time.perf_counter
    graph, prepare = timed(lambda: build(arrays), clock)
    targets, attach = timed(lambda: classes_of(graph, arrays), clock)
    origins = graph.at_nodes()
    nearest, k1 = timed(lambda: nearest_of_classes(graph, origins, targets, threads=threads), clock)
    counts, k2 = timed(lambda: count_within(graph, origins, targets, DISTANCES, threads=threads), clock)
    seconds = {"build": prepare + attach, "nearest": k1, "counts": k2, "total": prepare + attach + k1 + k2}
    return seconds, nearest, counts


def main() -> None:
    """Run as often as asked; with a file name, save the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--threads", default="1", help="numbers of threads, taken in turn")
    parser.add_argument("--wall", action="store_true", help="wall seconds for one thread too")
    parser.add_argument("--repeats", type=int, default=1)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with np.load(options.graph) as file:
        arrays = dict(file)
    warm_up()
    runs: list[dict[str, float]] = []
    for _ in range(options.repeats):
        for threads in map(int, options.threads.split(",")):
            seconds, nearest, counts = run_once(arrays, threads, options.wall)
            runs.append({"threads": threads, **seconds})
            print(f"ours, {threads} thread(s): {seconds}", file=sys.stderr)
            if options.out and len(runs) == 1:
                np.savez(options.out, nearest=nearest, counts=counts)
            del nearest, counts
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps(
            {"runs": runs, "peak_mb": round(peak), "nodes": len(arrays["position"]), "edges": arrays["first"].size}
        )
    )


if __name__ == "__main__":
    main()
