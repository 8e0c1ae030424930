"""The overlay and derive benchmarks: their input is as described, their judgement is fair."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely

from benchmarks.derive import __main__ as derive
from benchmarks.overlay import __main__ as overlay
from benchmarks.overlay.make_input import CELL, blocks, footprints


def sides(seconds: float, megabytes: float) -> dict[str, dict[str, Any]]:
    return {"ours": {"seconds": 1.0, "peak_mb": 100.0}, "geopandas": {"seconds": seconds, "peak_mb": megabytes}}


def met(result: dict[str, Any]) -> list[bool]:
    return [bar["met"] for bar in result["bars"]]


def test_blocks_tile_the_ground_and_footprints_straddle_as_often_as_described() -> None:
    random = np.random.default_rng(1)
    zones, houses = blocks(8, random), footprints(2000, 8 * CELL, random)
    assert shapely.is_valid(zones).all()
    assert shapely.area(zones).sum() == pytest.approx(shapely.area(shapely.union_all(zones)))
    pieces = len(shapely.STRtree(zones).query(houses, predicate="intersects")[0])
    assert pieces / len(houses) == pytest.approx(1.22, abs=0.04)


@pytest.mark.parametrize(
    ("seconds", "megabytes", "difference", "expected"),
    [(2.0, 400.0, 0.0, [True, True, True]), (1.9, 400.0, 0.0, [False, True, True]),
     (2.0, 399.0, 0.0, [True, False, True]), (2.0, 400.0, 1e-4, [True, True, False])],
)  # fmt: skip
def test_the_overlay_bars_are_time_memory_and_equal_sums(
    seconds: float, megabytes: float, difference: float, expected: list[bool]
) -> None:
    theirs = np.full((3, 2), 50.0)
    ours = theirs + np.array([[0, 0], [0, difference], [0, 0]])
    assert met(overlay.compare(sides(seconds, megabytes), ours, theirs, 10, 3)) == expected


def size(buildings: int, seconds: float, lost: float = 0.0) -> dict[str, Any]:
    return {
        "buildings": buildings, "seconds": {"blocks": seconds}, "area_imbalance": 1e-15, "residents_missing": lost,
    }  # fmt: skip


def test_linear_growth_meets_the_derive_bar_and_quadratic_growth_misses_it() -> None:
    assert derive.growth("blocks", size(1000, 1.0), size(10_000, 10.0))["met"]
    assert not derive.growth("blocks", size(1000, 1.0), size(10_000, 100.0))["met"]


def test_a_lost_resident_or_slow_blocks_miss_a_bar() -> None:
    good = {"medium": size(1000, 1.0), "large": size(10_000, 10.0)}
    assert all(bar["met"] for bar in derive.bars(good))
    assert not all(bar["met"] for bar in derive.bars({"small": size(1000, 1.0, lost=1.0)}))
    assert not all(bar["met"] for bar in derive.bars({"large": size(300_000, 41.0)}))


def test_an_unknown_size_is_refused() -> None:
    assert derive.main(["gigantic"]) == 2
