"""SciPy's side: nearest facility of each class by one csgraph search from all its facilities; integers as floats."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra


def main() -> None:
    """Run as often as asked and print processor seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--repeats", type=int, default=1)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with np.load(options.graph) as file:
        arrays = dict(file)
    runs = []
    for _ in range(options.repeats):
        begin = time.process_time()
        size = len(arrays["position"])
        first, second = np.minimum(arrays["first"], arrays["second"]), np.maximum(arrays["first"], arrays["second"])
        order = np.lexsort((arrays["length"], second, first))
        first, second, length = first[order], second[order], arrays["length"][order].astype(np.float64)
        single = np.ones(first.size, bool)
        single[1:] = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
        graph = csr_array((length[single], (first[single], second[single])), shape=(size, size))
        graph = (graph + graph.T).tocsr()
        built = time.process_time()
        kinds = np.unique(arrays["kind"])
        nearest = np.empty((kinds.size, size))
        for row, kind in enumerate(kinds):
            sources = np.unique(arrays["facility"][arrays["kind"] == kind])
            nearest[row] = dijkstra(graph, indices=sources, min_only=True)
        done = time.process_time()
        runs.append({"build": built - begin, "nearest": done - built})
        print(f"scipy: {runs[-1]}", file=sys.stderr)
    if options.out:
        np.savez(options.out, nearest=np.where(np.isfinite(nearest), nearest, -1).astype(np.int64).T)
    print(json.dumps({"runs": runs}))


if __name__ == "__main__":
    main()
