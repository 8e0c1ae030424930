from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from huancheng.city.overlay import area_by_zone, geoparquet_chunks, intersection_areas, main_zone, sum_chunks
from huancheng.city.overlay import area_by_zone as function
from tests.city.overlay.shapes import Geometries, star, stars, tiling

ZONES = np.array([shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10)], dtype=object)
HOUSES = np.array([shapely.box(1, 1, 3, 3), shapely.box(9, 5, 12, 6), shapely.box(30, 0, 32, 1)], dtype=object)


def test_area_and_floor_area_per_zone() -> None:
    sums = area_by_zone(HOUSES, ZONES, np.array([2.0, 10.0, 1.0]))
    assert sums.area.tolist() == [5.0, 2.0]
    assert sums.weighted[:, 0].tolist() == [18.0, 20.0]
    assert sums.pieces.tolist() == [2, 1]
    assert sums.total_area == 9.0
    assert sums.total_weighted.tolist() == [40.0]
    assert sums.outside_area == 2.0


def test_several_weights_or_none() -> None:
    assert area_by_zone(HOUSES, ZONES).weighted.shape == (2, 0)
    both = area_by_zone(HOUSES, ZONES, np.array([[1, 0], [1, 1], [1, 0]]))
    assert both.weighted.tolist() == [[5.0, 1.0], [2.0, 2.0]]


def test_a_missing_weight_is_a_defect_not_a_zero() -> None:
    with pytest.raises(ValueError, match="a weight is missing"):
        area_by_zone(HOUSES, ZONES, np.array([1.0, np.nan, 1.0]))


def test_no_footprint_gives_zero_everywhere() -> None:
    sums = area_by_zone(np.empty(0, object), ZONES)
    assert sums.area.tolist() == [0.0, 0.0]
    assert sums.total_area == 0.0


@given(stars(), st.integers(0, 10**6), st.integers(1, 5))
def test_chunks_of_any_size_give_the_same_sums(footprints: Geometries, seed: int, size: int) -> None:
    zones, floors = tiling(seed), np.arange(1.0, len(footprints) + 1)[:, None]
    whole = area_by_zone(footprints, zones, floors)
    starts = range(0, len(footprints), size)
    parts = sum_chunks(((footprints[s : s + size], floors[s : s + size]) for s in starts), zones, 1)
    assert parts.area == pytest.approx(whole.area, rel=1e-9)
    assert parts.weighted == pytest.approx(whole.weighted, rel=1e-9)
    assert parts.pieces.tolist() == whole.pieces.tolist()


@given(stars(), st.integers(0, 10**6))
def test_the_sum_over_zones_and_outside_is_the_whole(footprints: Geometries, seed: int) -> None:
    zones = tiling(seed)
    sums = area_by_zone(footprints, zones)
    outside = shapely.area(shapely.difference(footprints, shapely.union_all(zones))).sum()
    assert sums.outside_area == pytest.approx(outside, rel=1e-9, abs=1e-4)
    assert sums.area.sum() + outside == pytest.approx(shapely.area(footprints).sum(), rel=1e-9, abs=1e-4)


def test_totals_are_those_of_geopandas() -> None:
    zones = gpd.GeoDataFrame({"zone": range(25)}, geometry=tiling(7), crs=4528)
    houses = [star(seed, (40_500_000 + 13 * (seed % 15), 4_030_000 + 11 * (seed // 15)), 9.0) for seed in range(200)]
    layer = gpd.GeoDataFrame({"floors": np.arange(200) % 9 + 1.0}, geometry=houses, crs=4528)
    pieces = gpd.overlay(layer, zones, how="intersection", keep_geom_type=True)
    expected = (pieces.area * pieces["floors"]).groupby(pieces["zone"]).sum().reindex(range(25), fill_value=0.0)
    sums = area_by_zone(layer.geometry.to_numpy(), zones.geometry.to_numpy(), layer["floors"].to_numpy())
    assert sums.weighted[:, 0] == pytest.approx(expected.to_numpy(), rel=1e-9)


def test_a_file_is_read_in_chunks(tmp_path: Path) -> None:
    layer = gpd.GeoDataFrame({"floors": gpd.pd.Series([2, 10, None], dtype="Int64")}, geometry=HOUSES, crs=4528)
    layer.to_parquet(tmp_path / "houses.parquet")
    chunks = list(geoparquet_chunks(str(tmp_path / "houses.parquet"), ["floors"], rows=2))
    assert [len(shapes) for shapes, _ in chunks] == [2, 1]
    assert chunks[0][1].tolist() == [[2.0], [10.0]]
    assert np.isnan(chunks[1][1]).all()
    with (tmp_path / "houses.parquet").open("rb") as stream:
        sums = sum_chunks(geoparquet_chunks(stream, []), ZONES, 0)
    assert sums.area.tolist() == function(HOUSES, ZONES).area.tolist()


def published_case(shared_data: Path) -> tuple[Geometries, Geometries]:
    """The Bubeneč buildings and tessellation cells in the stretched CRS of their file: only ratios are compared."""
    path = shared_data / "bubenec-prague-cz" / "bubenec.gpkg"
    layers = (gpd.read_file(path, layer=name) for name in ("buildings", "tessellation"))
    buildings, cells = (layer.geometry.to_numpy() for layer in layers)
    return buildings, cells


def test_coverage_per_tessellation_cell_is_as_momepy_publishes(shared_data: Path) -> None:
    buildings, cells = published_case(shared_data)
    own_cell = main_zone(intersection_areas(buildings, cells), len(buildings))
    coverage = np.bincount(own_cell, shapely.area(buildings), len(cells)) / shapely.area(cells)
    assert coverage.mean() == pytest.approx(0.3206557, abs=5e-8)
    assert coverage.min() == pytest.approx(0.0290980, abs=5e-8)
    assert coverage.max() == pytest.approx(0.8754072, abs=5e-8)


def test_coverage_by_exact_overlay_is_what_clipping_gives(shared_data: Path) -> None:
    buildings, cells = published_case(shared_data)
    sums = area_by_zone(buildings, cells)
    coverage = sums.area / shapely.area(cells)
    clipped = shapely.area(shapely.intersection(cells, shapely.union_all(buildings))) / shapely.area(cells)
    assert coverage == pytest.approx(clipped, rel=1e-9)
    assert coverage.mean() == pytest.approx(0.3206557, abs=5e-6)
    assert sums.outside_area == pytest.approx(0.0, abs=1e-6)
