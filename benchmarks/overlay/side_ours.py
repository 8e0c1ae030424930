"""Overlay by `huancheng.city.overlay`: one JSON line with seconds, peak memory and totals."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
import shapely

from huancheng.city.overlay import area_by_zone, geoparquet_chunks, sum_chunks


def main() -> None:
    """Compile and import on a toy, then run the clock over reading, overlaying and summing."""
    folder = Path(sys.argv[1])
    square = np.array([shapely.box(0, 0, 1, 1)], dtype=object)
    area_by_zone(square, square, np.ones(1))
    next(iter(geoparquet_chunks(str(folder / "zones.parquet"), [], rows=1)))
    begin = time.perf_counter()
    zones = np.concatenate([shapes for shapes, _ in geoparquet_chunks(str(folder / "zones.parquet"), [])])
    sums = sum_chunks(geoparquet_chunks(str(folder / "footprints.parquet"), ["floors"]), zones, 1)
    seconds = time.perf_counter() - begin
    np.save(folder / "ours.npy", np.column_stack([sums.area, sums.weighted[:, 0]]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({
        "seconds": seconds, "peak_mb": peak, "pieces": int(sums.pieces.sum()), "area": float(sums.area.sum()),
        "floor_area": float(sums.weighted.sum()),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
