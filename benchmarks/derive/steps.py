"""Derive what one snapshot lacks, step by step: one JSON document with processor seconds per step and peak memory."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import pandas as pd

from huancheng.city.derive import (
    derive_blocks,
    derive_estates,
    derive_floor_area,
    impute_floors,
    spread_population,
)
from huancheng.city.snapshot import Snapshot

LAYERS = ("boundary", "streets", "railways", "water", "waterways", "buildings")
KNOWN_FLOORS = 25
"""One building in so many keeps its floors, about the share that Las Palmas knows."""


def main() -> None:
    """Run every derivation on the snapshot named on the command line."""
    city = Snapshot(sys.argv[1])
    layers = {name: city.layer(name) for name in LAYERS}
    buildings = layers["buildings"].drop(columns=["floor_area", "population", "height"])
    kept = pd.Series(range(len(buildings))) % KNOWN_FLOORS == 0
    buildings["floors"] = buildings["floors"].where(kept)
    seconds: dict[str, float] = {}

    def step(name: str, work: Callable[[], Any]) -> Any:
        begin = time.process_time()
        result = work()
        seconds[name] = time.process_time() - begin
        return result

    lines = (layers[name] for name in LAYERS[:-1])
    blocks = step("blocks", lambda: derive_blocks(*lines))
    floors = step("floors", lambda: impute_floors(buildings))
    buildings["floors"] = floors.column.values  # noqa: PD011 - a field of ours
    buildings["floor_area"] = step("floor_area", lambda: derive_floor_area(buildings)).values  # noqa: PD011
    total = 3 * len(buildings)
    residents = step("population", lambda: spread_population(buildings, total)).column.values  # noqa: PD011
    estates = step("estates", lambda: derive_estates(buildings, blocks.frame))
    print(json.dumps({
        "buildings": len(buildings), "streets": len(layers["streets"]), "blocks": blocks.report.blocks,
        "estates": len(estates.frame), "area_imbalance": blocks.report.imbalance,
        "residents_missing": float(total - residents.sum()), "seconds": seconds,
        "peak_gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9,
    }))  # fmt: skip


if __name__ == "__main__":
    main()
