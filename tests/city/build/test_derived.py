"""What the builder derives itself: the built-up area and residential land."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from huancheng.city.build.built_up import derive_built_up_area
from huancheng.city.build.built_up_options import BuiltUpOptions
from huancheng.city.build.layer import BuiltLayer
from huancheng.city.build.residential_land import with_residential_land
from huancheng.evidence import Provenance

GROUND = shapely.box(0, 0, 10_000, 10_000)
DERIVED, MEASURED = Provenance.DERIVED.code, Provenance.MEASURED.code


def layer(name, shapes, /, **columns):
    frame = gpd.GeoDataFrame(
        {"id": [f"{name}-{at}" for at in range(len(shapes))], **columns}, geometry=shapes, crs=4548
    )
    return BuiltLayer(name, frame, {column: np.full(len(shapes), MEASURED, np.uint8) for column in columns}, "a.gpkg")


def town(west, south, rows, step=50):
    return [
        shapely.box(west + x * step, south + y * step, west + x * step + 15, south + y * step + 15)
        for x in range(rows)
        for y in range(rows)
    ]


def built_up(*several, **options):
    buildings = gpd.GeoDataFrame(geometry=[shape for part in several for shape in part], crs=4548)
    return derive_built_up_area(buildings, GROUND, BuiltUpOptions(**options))


def test_a_town_is_one_cluster_with_a_margin_around_it():
    area = built_up(town(2000, 2000, 12))
    assert area["name"].tolist() == ["cluster-1"]
    west, south, east, north = area.total_bounds
    assert (west, south) == pytest.approx((1980, 1980), abs=2)
    assert (east, north) == pytest.approx((2585, 2585), abs=2)


def test_a_hamlet_is_no_built_up_area_and_the_largest_town_comes_first():
    area = built_up(town(500, 500, 2), town(2000, 2000, 8), town(6000, 6000, 12))
    assert len(area) == 2
    assert area.area.is_monotonic_decreasing


def test_a_park_inside_belongs_to_it_and_a_lake_does_not():
    ring = [shape for shape in town(2000, 2000, 30) if not shapely.box(2300, 2300, 3200, 3200).intersects(shape)]
    assert len(built_up(ring).geometry.iloc[0].interiors) == 1
    assert not built_up(ring, largest_hole=2_000_000).geometry.iloc[0].interiors


def test_it_ends_at_the_edge_of_the_city():
    area = built_up(town(0, 0, 12))
    assert shapely.covers(GROUND, area.geometry.to_numpy()).all()


def test_no_cluster_gives_no_rows():
    assert len(built_up(town(500, 500, 1))) == 0


def test_estates_without_land_use_become_residential_land():
    estates = layer("estates", [shapely.box(0, 0, 100, 100)], name=["古城小区"])
    land = with_residential_land(estates, None)
    assert land.frame["use"].tolist() == ["residential"]
    assert land.frame["name"].tolist() == ["古城小区"]
    assert land.codes["use"].tolist() == [DERIVED]


def test_surveyed_land_stays_and_is_not_covered_twice():
    estates = layer("estates", [shapely.box(0, 0, 100, 100), shapely.box(0, 200, 50, 250)])
    surveyed = layer(
        "land_use", [shapely.box(50, 0, 200, 300), shapely.box(0, 200, 50, 260)], use=["commercial", "green"]
    )
    land = with_residential_land(estates, surveyed)
    assert land.frame["use"].tolist() == ["commercial", "green", "residential"]
    assert land.codes["use"].tolist() == [MEASURED, MEASURED, DERIVED]
    assert land.frame.geometry.iloc[-1].equals(shapely.box(0, 0, 50, 100))
    assert land.frame.geometry.union_all().area == pytest.approx(land.frame.area.sum())


def test_nothing_is_added_where_all_is_surveyed():
    estates = layer("estates", [shapely.box(0, 0, 100, 100)])
    surveyed = layer("land_use", [shapely.box(0, 0, 200, 300)], use=["residential"])
    land = with_residential_land(estates, surveyed)
    assert land.frame["use"].tolist() == ["residential"]
    assert land.codes["use"].tolist() == [MEASURED]
