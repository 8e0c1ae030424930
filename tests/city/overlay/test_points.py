from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from huancheng.city.overlay import NO_ZONE, points_in_zones
from huancheng.city.overlay import points as points_module
from tests.city.overlay.shapes import tiling


def test_each_point_is_in_its_zone_or_in_none() -> None:
    zones = np.array([shapely.box(0, 0, 10, 10), shapely.box(20, 0, 30, 10)], dtype=object)
    points = shapely.points([[5, 5], [25, 5], [15, 5]])
    assert points_in_zones(points, zones).tolist() == [0, 1, NO_ZONE]


def test_a_point_on_a_shared_edge_or_in_two_zones_belongs_to_the_lower_number() -> None:
    zones = np.array([shapely.box(10, 0, 20, 10), shapely.box(0, 0, 10, 10), shapely.box(5, 5, 25, 8)], dtype=object)
    points = shapely.points([[10, 3], [6, 6], [22, 6]])
    assert points_in_zones(points, zones).tolist() == [0, 1, 2]


def test_empty_and_missing_points_are_in_no_zone() -> None:
    zones = np.array([shapely.box(0, 0, 10, 10)], dtype=object)
    points = np.array([shapely.Point(), None, shapely.Point(1, 1)], dtype=object)
    assert points_in_zones(points, zones).tolist() == [NO_ZONE, NO_ZONE, 0]


def test_no_zones_hold_no_points() -> None:
    assert points_in_zones(shapely.points([[1, 1]]), np.empty(0, object)).tolist() == [NO_ZONE]


@given(st.integers(0, 10**6), st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), min_size=1, max_size=60))
def test_points_find_the_zone_a_plain_search_finds_chunk_by_chunk(seed: int, places: list[tuple[int, int]]) -> None:
    zones = tiling(seed)
    points = shapely.points(np.array(places, dtype=float) + np.array([40_500_000, 4_030_000]))
    plain = [next((n for n, zone in enumerate(zones) if zone.intersects(point)), NO_ZONE) for point in points]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(points_module, "CHUNK_ROWS", 7)
        assert points_in_zones(points, zones).tolist() == plain
