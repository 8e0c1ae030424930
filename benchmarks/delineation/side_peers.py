"""Peers on one instance, in their own environment: max-p of spopt and pygeoda; labels as CSV, times as JSON."""

from __future__ import annotations

import argparse
import csv
import json
import tempfile
import time
import warnings
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely


def read(nodes: Path, edges: Path) -> tuple[list[str], dict[str, list[float]], list[list[int]]]:
    with nodes.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    near: list[list[int]] = [[] for _ in rows]
    with edges.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            one, other = int(row["a"]), int(row["b"])
            near[one].append(other)
            near[other].append(one)
    values = {name: [float(row[name]) for row in rows] for name in rows[0] if name != "id"}
    return [row["id"] for row in rows], values, [sorted(mates) for mates in near]


def by_spopt(
    frame: gpd.GeoDataFrame, near: list[list[int]], attributes: list[str], column: str, floor: float
) -> list[int]:
    from libpysal.weights import W
    from spopt.region import MaxPHeuristic

    np.random.seed(0)  # noqa: NPY002 - spopt draws from the global generator
    weights = W(dict(enumerate(near)), silence_warnings=True)
    small = len(near) < 100
    model = MaxPHeuristic(
        frame, weights, attributes, column, floor, top_n=2, max_iterations_construction=99 if small else 5,
        max_iterations_sa=10 if small else 1,
    )  # fmt: skip
    model.solve()
    return [int(label) for label in model.labels_]


def by_pygeoda(
    frame: gpd.GeoDataFrame, near: list[list[int]], attributes: list[str], column: str, floor: float
) -> list[int]:
    import pygeoda

    data = pygeoda.open(frame)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "w.gal"
        lines = [f"0 {len(near)} w id"]
        for atom, mates in enumerate(near):
            lines += [f"{atom} {len(mates)}", " ".join(map(str, mates))]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        weights = pygeoda.read_gal(str(path), [str(atom) for atom in range(len(near))])
    found = pygeoda.maxp_greedy(
        weights, data[attributes], data[column], floor, scale_method="raw", distance_method="manhattan", cpu_threads=1
    )
    return list(found["Clusters"])


def main() -> None:
    warnings.simplefilter("ignore")
    parser = argparse.ArgumentParser()
    parser.add_argument("nodes", type=Path)
    parser.add_argument("edges", type=Path)
    parser.add_argument("peer", choices=["spopt", "pygeoda"])
    parser.add_argument("column")
    parser.add_argument("floor", type=float)
    parser.add_argument("attributes")
    parser.add_argument("labels", type=Path)
    options = parser.parse_args()
    ids, values, near = read(options.nodes, options.edges)
    # the shapes mean nothing: who is whose neighbour is given
    squares = shapely.box(np.arange(len(ids)), 0, np.arange(len(ids)) + 1, 1)
    frame = gpd.GeoDataFrame(values, geometry=squares)
    solve = {"spopt": by_spopt, "pygeoda": by_pygeoda}[options.peer]
    attributes = options.attributes.split(",")
    began, processor = time.perf_counter(), time.process_time()
    labels = solve(frame, near, attributes, options.column, options.floor)
    seconds, processor = time.perf_counter() - began, time.process_time() - processor
    with options.labels.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "unit"])
        writer.writerows(zip(ids, labels, strict=True))
    print(json.dumps({"seconds": seconds, "processor_seconds": processor}))


if __name__ == "__main__":
    main()
