"""What a map must never show: overlaps, gaps between divisions, streets through water, houses on rails."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

LEVELS = ("city", "county", "street", "community")


def _pairs(left, right, predicate):
    return shapely.STRtree(right).query(left, predicate=predicate)


def _overlap(shapes):
    one, other = _pairs(shapes, shapes, "overlaps")
    keep = one < other
    return float(shapely.area(shapely.intersection(shapes[one[keep]], shapes[other[keep]])).sum())


def test_every_level_of_divisions_tiles_the_level_above(city):
    divisions = city.layer("divisions")
    areas = divisions.set_index("id").geometry.area
    for above, below in itertools.pairwise(LEVELS):
        parts = divisions[divisions["level"] == below]
        wholes = divisions[divisions["level"] == above]
        assert set(parts["parent_id"]) == set(wholes["id"])
        sums = parts.geometry.area.groupby(parts["parent_id"].to_numpy()).sum()
        assert np.allclose(
            sums.reindex(wholes["id"]).to_numpy(), areas.reindex(wholes["id"]).to_numpy(), rtol=1e-9, atol=0.5
        )
        assert _overlap(parts.geometry.to_numpy()) < 1.0


def test_the_boundary_is_the_city_division_and_population_adds_up(city):
    divisions = city.layer("divisions")
    whole = divisions[divisions["level"] == "city"].geometry.iloc[0]
    assert whole.symmetric_difference(city.layer("boundary").geometry.iloc[0]).area < 1.0
    total = city.layer("population")["population"].sum()
    assert total == city.snapshot.manifest.city["official_population"]


def test_no_two_buildings_overlap(city):
    shapes = city.layer("buildings").geometry.to_numpy()
    assert _overlap(shapes) < 0.01
    assert len(_pairs(shapes, shapes, "contains_properly")[0]) == 0


@pytest.mark.parametrize("layer", ["land_use", "parcels", "blocks", "estates", "built_up_area"])
def test_polygons_of_one_survey_do_not_overlap(city, layer):
    shapes = city.layer(layer).geometry.to_numpy()
    assert shapely.is_valid(shapes).all()
    one, other = _pairs(shapes, shapes, "intersects")
    keep = one < other
    shared = shapely.area(shapely.intersection(shapes[one[keep]], shapes[other[keep]]))
    assert shared.sum() < 5.0


@pytest.mark.parametrize("barrier", ["water", "railways"])
def test_streets_cross_water_and_rails_only_by_bridge_or_tunnel(city, barrier):
    streets = city.layer("streets")
    street, _ = _pairs(streets.geometry.to_numpy(), city.layer(barrier).geometry.to_numpy(), "intersects")
    crossing = streets.iloc[np.unique(street)]
    assert len(crossing) > 0
    assert (crossing["bridge"] | crossing["tunnel"]).all()
    assert (crossing["layer_level"] != 0).all()


def test_no_building_stands_in_water_or_on_rails_or_on_a_main_street(city):
    buildings = city.layer("buildings").geometry.to_numpy()
    streets = city.layer("streets")
    main = streets[streets["class"].isin(["expressway", "arterial", "secondary", "branch"])]
    for shapes in (city.layer("water").geometry, city.layer("railways").geometry, main.geometry):
        assert len(_pairs(buildings, shapes.to_numpy(), "intersects")[0]) == 0


def test_all_walkable_streets_hang_together(city):
    streets = city.layer("streets")
    walkable = streets[streets["walk"]]
    ends = shapely.get_coordinates(walkable.geometry.to_numpy()).reshape(-1, 2, 2)
    _, node = np.unique(ends.reshape(-1, 2), axis=0, return_inverse=True)
    node = node.reshape(-1, 2)
    count = int(node.max()) + 1
    graph = coo_matrix((np.ones(len(node)), (node[:, 0], node[:, 1])), shape=(count, count))
    _, component = connected_components(graph, directed=False)
    assert np.bincount(component).max() == count


def test_homes_of_estates_stand_in_their_estate_and_inside_the_built_up_area(city):
    buildings = city.layer("buildings").dropna(subset=["estate_id"])
    estates = city.layer("estates").set_index("id").geometry
    own = estates.reindex(buildings["estate_id"]).to_numpy()
    assert shapely.covers(shapely.buffer(own, 0.01), buildings.geometry.to_numpy()).all()
    assert shapely.covers(city.built_up, buildings.geometry.to_numpy()).all()


def test_there_are_homes_outside_the_built_up_area(city):
    buildings = city.layer("buildings")
    outside = buildings[~buildings.geometry.intersects(city.built_up)]
    assert (outside["use"] == "residential").sum() >= 20


def test_homes_face_south_with_sun_between_the_rows(city):
    buildings = city.layer("buildings")
    homes = buildings[(buildings["use"] == "residential") & (buildings["floors"] >= 5)]
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(homes.geometry.to_numpy())).reshape(-1, 5, 2)
    sides = np.diff(corners, axis=1)
    longest = sides[np.arange(len(sides)), np.hypot(sides[..., 0], sides[..., 1]).argmax(axis=1)]
    east_west = np.abs(np.degrees(np.arctan(longest[:, 1] / longest[:, 0])))
    assert np.quantile(east_west, 0.9) < 6.0


def test_the_terrain_is_flat_and_covers_the_built_up_area(city):
    heights, transform = city.snapshot.raster("terrain")
    west, south, east, north = city.layer("built_up_area").total_bounds
    rows, columns = heights.shape
    assert transform.c <= west
    assert transform.c + columns * transform.a >= east
    assert transform.f >= north
    assert transform.f + rows * transform.e <= south
    assert np.nanmax(heights) - np.nanmin(heights) < 12
    assert 0.9 < np.isfinite(heights).mean() < 1
