from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from huancheng.city.overlay import intersection_areas, main_zone, prepare_zones
from huancheng.city.overlay import kernel as kernel_module
from huancheng.city.overlay import pieces as pieces_module
from huancheng.city.overlay.pieces import SMALLEST_PIECE
from huancheng.city.overlay.slabs import slab_index
from tests.city.overlay.shapes import Geometries, star, stars, tiling


def table(footprints: list, zones: list) -> dict[tuple[int, int], float]:
    found = intersection_areas(np.array(footprints, dtype=object), np.array(zones, dtype=object))
    pairs = zip(found.footprint.tolist(), found.zone.tolist(), strict=True)
    return dict(zip(pairs, found.area.tolist(), strict=True))


def test_a_footprint_within_a_zone_counts_whole() -> None:
    assert table([shapely.box(2, 2, 5, 6)], [shapely.box(0, 0, 10, 10)]) == {(0, 0): 12.0}


def test_a_straddling_footprint_is_shared_by_area() -> None:
    zones = [shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10)]
    assert table([shapely.box(8, 2, 13, 4)], zones) == {(0, 0): 4.0, (0, 1): 6.0}


def test_touching_shapes_share_nothing() -> None:
    zone = shapely.box(0, 0, 10, 10)
    beside = [shapely.box(10, 0, 20, 10), shapely.box(10, 10, 20, 20), shapely.box(0, -5, 10, 0)]
    assert table(beside, [zone]) == {}


def test_holes_and_several_parts_count_as_they_are() -> None:
    court = shapely.box(0, 0, 10, 10).difference(shapely.box(4, 4, 6, 6))
    pair = shapely.MultiPolygon([shapely.box(1, 1, 3, 3), shapely.box(7, 7, 9, 9)])
    assert table([court], [shapely.box(0, 0, 5, 10)]) == {(0, 0): 48.0}
    assert table([shapely.box(4, 4, 7, 7)], [court]) == {(0, 0): 5.0}
    assert table([pair], [shapely.box(0, 0, 2, 20), shapely.box(2, 0, 8, 20)]) == {(0, 0): 2.0, (0, 1): 4.0}


def test_the_direction_of_a_ring_does_not_matter() -> None:
    ring = [(0, 0), (0, 4), (4, 4), (4, 0)]
    assert table([shapely.Polygon(ring)], [shapely.box(2, 2, 9, 9)]) == {(0, 0): 4.0}
    assert table([shapely.Polygon(ring[::-1])], [shapely.box(2, 2, 9, 9)]) == {(0, 0): 4.0}


def test_empty_and_missing_shapes_meet_nothing() -> None:
    assert table([shapely.Polygon(), None, shapely.box(0, 0, 1, 1)], [shapely.box(0, 0, 9, 9), shapely.Polygon()]) == {
        (2, 0): 1.0
    }
    assert table([shapely.box(0, 0, 1, 1)], [shapely.Polygon()]) == {}
    assert table([], []) == {}


@pytest.mark.parametrize("shape", [shapely.Point(0, 0), shapely.LineString([(0, 0), (1, 1)])])
def test_a_shape_without_area_is_a_defect_and_named(shape: shapely.Geometry) -> None:
    with pytest.raises(ValueError, match="row 1 is no polygon"):
        table([shapely.box(0, 0, 1, 1), shape], [shapely.box(0, 0, 1, 1)])


def test_the_zone_that_holds_most_of_a_footprint_is_its_main_zone() -> None:
    zones = np.array([shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10)], dtype=object)
    footprints = np.array(
        [shapely.box(8, 0, 11, 1), shapely.box(9, 0, 12, 1), shapely.box(9, 0, 11, 1), shapely.box(30, 0, 31, 1)]
    )
    assert main_zone(intersection_areas(footprints, zones), 4).tolist() == [0, 1, 0, -1]


def geos(footprints: Geometries, zones: Geometries) -> np.ndarray:
    return shapely.area(shapely.intersection(footprints[:, None], zones[None, :]))


def dense(footprints: Geometries, zones: Geometries) -> np.ndarray:
    found = intersection_areas(footprints, zones)
    areas = np.zeros((len(footprints), len(zones)))
    areas[found.footprint, found.zone] = found.area
    return areas


@given(stars(), stars(count=4, reach=120.0))
def test_every_piece_has_the_area_that_clipping_gives(footprints: Geometries, zones: Geometries) -> None:
    assert dense(footprints, zones) == pytest.approx(geos(footprints, zones), rel=1e-9, abs=2 * SMALLEST_PIECE)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_zone_of_thousands_of_corners_is_as_exact_as_a_plain_one(seed: int, other: int) -> None:
    zone = star(seed, (40_500_000, 4_030_000), 500.0).buffer(30, quad_segs=200)
    wavy = shapely.segmentize(zone, 0.9)
    houses = [star(other + number, (40_500_000 + 90 * number - 450, 4_030_000), 40.0) for number in range(10)]
    footprints = np.array(houses, dtype=object)
    expected = geos(footprints, np.array([zone], dtype=object))
    assert dense(footprints, np.array([wavy], dtype=object)) == pytest.approx(expected, rel=1e-7, abs=1e-5)


@given(stars(), st.integers(0, 10**6))
def test_pieces_and_what_lies_outside_add_up_to_the_footprint(footprints: Geometries, seed: int) -> None:
    zones = tiling(seed)
    outside = shapely.area(shapely.difference(footprints, shapely.union_all(zones)))
    parts = dense(footprints, zones).sum(axis=1) + outside
    assert parts == pytest.approx(shapely.area(footprints), rel=1e-9, abs=1e-4)


@given(stars(), st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_order_of_footprints_and_zones_does_not_matter(footprints: Geometries, seed: int, random: object) -> None:
    zones = tiling(seed)
    rows, columns = list(range(len(footprints))), list(range(len(zones)))
    random.shuffle(rows)  # type: ignore[attr-defined]
    random.shuffle(columns)  # type: ignore[attr-defined]
    shuffled = dense(footprints[rows], zones[columns])
    assert shuffled == pytest.approx(dense(footprints, zones)[np.ix_(rows, columns)], rel=1e-9, abs=2 * SMALLEST_PIECE)


def test_zones_prepared_once_serve_many_parts() -> None:
    zones = tiling(3)
    prepared = prepare_zones(zones)
    footprints = np.array([star(seed, (40_500_100, 4_030_100), 30.0) for seed in range(8)], dtype=object)
    whole = intersection_areas(footprints, zones)
    halves = [intersection_areas(part, prepared) for part in (footprints[:4], footprints[4:])]
    assert np.concatenate([half.area for half in halves]).tolist() == whole.area.tolist()


def test_an_edge_stands_in_every_slab_it_reaches_into() -> None:
    prepared = prepare_zones(np.array([shapely.Point(0, 0).buffer(100, quad_segs=32)], dtype=object))
    index = slab_index(prepared.edges)
    west, east = prepared.edges.edge[:, 0], prepared.edges.edge[:, 2]
    for slab in range(int(index.slab_start[1])):
        begin, end = slab / index.scale[0], (slab + 1) / index.scale[0]
        inside = set(index.entry[index.entry_start[slab] : index.entry_start[slab + 1]].tolist())
        assert set(np.flatnonzero((east > begin) & (west < end)).tolist()) <= inside


@pytest.fixture
def without_compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernels as plain Python, so that a wrong line is seen where it stands."""
    from huancheng.city.overlay import edges as edges_module

    for name in ("area_below_both", "area_below_edge"):
        monkeypatch.setattr(kernel_module, name, getattr(kernel_module, name).py_func)
    monkeypatch.setattr(pieces_module, "shared_areas", kernel_module.shared_areas.py_func)
    monkeypatch.setattr(edges_module, "signed_edges", edges_module.signed_edges.py_func)


@pytest.mark.usefixtures("without_compiler")
def test_the_kernels_say_the_same_without_the_compiler() -> None:
    zones = np.array([*tiling(5, side=2), star(1, (40_500_040, 4_030_040), 50.0, hole=True)], dtype=object)
    footprints = np.array([star(seed, (40_500_040, 4_030_040), 60.0, hole=seed % 2 == 0) for seed in range(6)])
    assert dense(footprints, zones) == pytest.approx(geos(footprints, zones), rel=1e-9, abs=2 * SMALLEST_PIECE)


@pytest.mark.parametrize(
    ("lines", "area"),
    [((2, 1, 1, -1, -1), 0), ((2, 1, 1, 3, 3), 2), ((2, 3, 3, 1, 1), 2), ((2, 0, 2, 2, 0), 1), ((2, 1, 1, -1, 1), 0.5),
     ((2, 1, 1, 1, -1), 0.5), ((4, 0, 4, 4, 0), 4), ((4, 2, 2, -4, 4), 3)],
)  # fmt: skip
def test_the_area_below_two_lines_by_hand(lines: tuple[float, ...], area: float) -> None:
    assert kernel_module.area_below_both.py_func(*map(float, lines)) == pytest.approx(area)
    assert kernel_module.area_below_both(*map(float, lines)) == pytest.approx(area)
