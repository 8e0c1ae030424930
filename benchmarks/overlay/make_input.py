"""Write the input of the overlay benchmark: irregular blocks that tile the ground, L-shaped footprints on top."""

from __future__ import annotations

import argparse
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

CRS = "EPSG:4526"
CELL = 200.0
"""Mean side of a block in metres."""
STEPS = 6
"""Straight pieces per side of a block; their ends are moved sideways, so that no block is convex."""
L_SHAPE = np.array([(0, 0), (1, 0), (1, 0.45), (0.5, 0.45), (0.5, 1), (0, 1), (0, 0)]) - 0.5


def blocks(side: int, rng: np.random.Generator) -> np.ndarray:
    """Return side × side blocks that share their crooked borders."""
    corner = np.stack(np.meshgrid(np.arange(side + 1.0), np.arange(side + 1.0)), axis=-1)
    corner[1:-1, 1:-1] += rng.uniform(-0.2, 0.2, (side - 1, side - 1, 2))
    share = np.linspace(0, 1, STEPS + 1)[:-1, None]

    def crooked(start: np.ndarray, end: np.ndarray) -> np.ndarray:
        line = start[..., None, :] * (1 - share) + end[..., None, :] * share
        line[..., 1:, :] += rng.uniform(-0.02, 0.02, line[..., 1:, :].shape)
        return np.concatenate([line, end[..., None, :]], axis=-2) * CELL

    across, along = crooked(corner[:, :-1], corner[:, 1:]), crooked(corner[:-1], corner[1:])
    rings = np.concatenate([across[:-1, :, :-1], along[:, 1:, :-1], across[1:, :, :0:-1], along[:, :-1, ::-1]], axis=2)
    return shapely.polygons(rings.reshape(side * side, -1, 2))


def footprints(count: int, extent: float, rng: np.random.Generator) -> np.ndarray:
    """Return L-shaped buildings of 8 to 30 m, turned at random, anywhere within `extent` metres square."""
    angle = rng.uniform(0, 2 * np.pi, count)
    size = rng.uniform(8, 30, (count, 1, 2))
    turn = np.stack([np.cos(angle), -np.sin(angle), np.sin(angle), np.cos(angle)], axis=-1).reshape(count, 2, 2)
    place = rng.uniform(20, extent - 20, (count, 1, 2))
    return shapely.polygons((L_SHAPE * size) @ turn + place)


def main() -> None:
    """Write `footprints.parquet` (with `floors`) and `zones.parquet` into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--footprints", type=int, required=True)
    parser.add_argument("--side", type=int, required=True, help="blocks per side")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng = np.random.default_rng(arguments.seed)
    arguments.folder.mkdir(parents=True, exist_ok=True)
    zones = gpd.GeoDataFrame({"zone": np.arange(arguments.side**2)}, geometry=blocks(arguments.side, rng), crs=CRS)
    zones.to_parquet(arguments.folder / "zones.parquet")
    shapes = footprints(arguments.footprints, arguments.side * CELL, rng)
    floors = rng.integers(1, 34, arguments.footprints)
    frame = gpd.GeoDataFrame({"floors": floors}, geometry=shapes, crs=CRS)
    frame.to_parquet(arguments.folder / "footprints.parquet", row_group_size=100_000)


if __name__ == "__main__":
    main()
