"""Peers on one lattice, in their own environment: max-p of spopt and pygeoda; labels as CSV, times as JSON."""

from __future__ import annotations

import argparse
import csv
import json
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("nodes", type=Path)
    parser.add_argument("peer", choices=["spopt", "pygeoda"])
    parser.add_argument("labels", type=Path)
    options = parser.parse_args()
    with options.nodes.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    x, y = (np.array([float(row[axis]) for row in rows]) for axis in ("x", "y"))
    values = {name: [float(row[name]) for row in rows] for name in ("f", "t")}
    frame = gpd.GeoDataFrame(values, geometry=shapely.box(x, y, x + 1, y + 1))
    began = time.perf_counter()
    if options.peer == "spopt":
        from libpysal.weights import Rook
        from spopt.region import MaxPHeuristic

        np.random.seed(0)  # noqa: NPY002 - spopt draws from the global generator
        weights = Rook.from_dataframe(frame, use_index=False)
        model = MaxPHeuristic(frame, weights, ["f"], "t", 120, top_n=2, max_iterations_construction=20,
                              max_iterations_sa=1)  # fmt: skip
        model.solve()
        labels = [int(label) for label in model.labels_]
    else:
        import pygeoda

        data = pygeoda.open(frame)
        weights = pygeoda.rook_weights(data)
        found = pygeoda.maxp_greedy(weights, data[["f"]], data["t"], 120, scale_method="raw",
                                    distance_method="manhattan", cpu_threads=1)  # fmt: skip
        labels = list(found["Clusters"])
    seconds = time.perf_counter() - began
    with options.labels.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "unit"])
        writer.writerows(zip([row["id"] for row in rows], labels, strict=True))
    print(json.dumps({"seconds": seconds}))


if __name__ == "__main__":
    main()
