"""Write a benchmark graph to an .npz file: nodes, edges in whole decimetres, facilities at nodes with their class.

`las-palmas`: the walkable streets of the Las Palmas extract, every vertex a node, and the 20 most frequent tag classes
of its points. `grid`: a perturbed grid, 80 m apart, three edges in ten removed, 20 classes of 0.05 to 10 per km².
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

import numpy as np

CLOSED = ("motorway", "motorway_link", "trunk", "trunk_link", "construction", "raceway", "busway")
TAG = re.compile(r'"(amenity|shop|leisure|tourism|public_transport)"=>"([^"]*)"')
CLASSES = 20
METRIC = 32628


def las_palmas(source: Path) -> dict[str, np.ndarray]:
    """Read the OSM extract."""
    import pyogrio
    import shapely
    from scipy.spatial import KDTree

    lines = pyogrio.read_dataframe(source, layer="lines", columns=["highway"], where="highway IS NOT NULL")
    lines = lines[~lines["highway"].isin(CLOSED)].to_crs(METRIC)
    vertices, line = shapely.get_coordinates(lines.geometry, return_index=True)
    position, node = np.unique(vertices, axis=0, return_inverse=True)
    joined = line[1:] == line[:-1]
    first, second = node[:-1][joined], node[1:][joined]
    metres = np.hypot(*(position[first] - position[second]).T)
    points = pyogrio.read_dataframe(source, layer="points", columns=["other_tags"]).dropna().to_crs(METRIC)
    tags = [TAG.search(text) for text in points["other_tags"]]
    names = np.array([f"{tag[1]}={tag[2]}" if tag else "" for tag in tags])
    frequent = [name for name, _ in Counter(names[names != ""].tolist()).most_common(CLASSES)]
    chosen = np.isin(names, frequent)
    place = shapely.get_coordinates(points.geometry[chosen])
    kind = np.array([frequent.index(name) for name in names[chosen]])
    return {
        "position": position,
        "first": first,
        "second": second,
        "length": np.maximum(np.rint(metres * 10), 1).astype(np.int32),
        "facility": KDTree(position).query(place)[1],
        "kind": kind,
    }


def grid(nodes: int, seed: int) -> dict[str, np.ndarray]:
    """Draw a grid city."""
    generator = np.random.default_rng(seed)
    side, spacing = int(np.sqrt(nodes)), 80.0
    number = np.arange(side * side).reshape(side, side)
    column, row = np.meshgrid(np.arange(side), np.arange(side))
    position = np.column_stack([column.ravel(), row.ravel()]) * spacing
    position += generator.uniform(-15, 15, position.shape)
    first = np.concatenate([number[:, :-1].ravel(), number[:-1].ravel()])
    second = np.concatenate([number[:, 1:].ravel(), number[1:].ravel()])
    kept = generator.random(first.size) >= 0.3
    first, second = first[kept], second[kept]
    metres = np.hypot(*(position[first] - position[second]).T)
    area = (side * spacing / 1000) ** 2
    counts = [max(1, int(density * area)) for density in np.geomspace(0.05, 10, CLASSES)]
    return {
        "position": position,
        "first": first,
        "second": second,
        "length": np.maximum(np.rint(metres * 10), 1).astype(np.int32),
        "facility": generator.integers(0, side * side, sum(counts)),
        "kind": np.repeat(np.arange(CLASSES), counts),
    }


def main() -> None:
    """Write one graph."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", choices=["las-palmas", "grid"])
    parser.add_argument("out", type=Path)
    parser.add_argument("--source", type=Path, help="the OSM extract")
    parser.add_argument("--nodes", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    arrays = las_palmas(options.source) if options.graph == "las-palmas" else grid(options.nodes, options.seed)
    np.savez(options.out, **{name: np.ascontiguousarray(values) for name, values in arrays.items()})


if __name__ == "__main__":
    main()
