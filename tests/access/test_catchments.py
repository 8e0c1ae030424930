"""Catchments are cut to the decimetre and agree with the distances; shares count what lies within."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from huancheng.access import (
    StreetGraph,
    catchment_polygons,
    catchment_streets,
    covered_area,
    nearest_of_classes,
    served_share,
    served_share_by_group,
    within,
)
from huancheng.access.attachment import attach_to_edges

METRIC = 32650


def town(oneway=False):
    lines = [
        shapely.LineString([(0, 0), (100, 0), (250, 0)]),
        shapely.LineString([(100, 0), (100, 80), (100, 120)]),
        shapely.LineString([(100, 120), (250, 120), (250, 0)]),
        shapely.LineString([(250, 0), (330, 0)]),
        shapely.LineString([(0, 500), (50, 500)]),
    ]
    streets = gpd.GeoDataFrame({"id": range(5), "class": "branch"}, geometry=lines, crs=METRIC)
    streets["oneway"] = pd.array([oneway] * 5, "boolean")
    return StreetGraph.from_streets(streets, "drive" if oneway else "walk")


def points(*places):
    return gpd.GeoSeries([shapely.Point(place) for place in places], crs=METRIC)


def test_a_catchment_on_one_street_reaches_the_limit_both_ways():
    graph = town()
    parts = catchment_streets(graph, graph.attach(points((50, 10))), 400)
    assert shapely.union_all(parts.geometry).equals(shapely.LineString([(20, 0), (80, 0)]))


def test_a_catchment_turns_corners_and_is_cut_exactly():
    graph = town()
    parts = catchment_streets(graph, graph.attach(points((90, 0))), 500)
    union = shapely.union_all(parts.geometry)
    assert union.length == pytest.approx(50 + 10 + 2 * 40)
    assert union.bounds == (40, 0, 140, 40)


def test_a_facility_farther_from_its_street_than_the_limit_has_no_catchment():
    graph = town()
    polygons = catchment_polygons(graph, graph.attach(points((50, 30), (50, 0))), 200)
    assert polygons.is_empty.tolist() == [True, False]


def test_a_facility_without_a_street_has_an_empty_catchment():
    graph = town()
    place = graph.attach(points((50, 300), (50, 0)), reach=100)
    assert catchment_polygons(graph, place, 200).is_empty.tolist() == [True, False]


def test_catchments_of_a_group_are_one():
    graph = town()
    places = graph.attach(points((50, 0), (60, 0), (20, 500)))
    polygons = catchment_polygons(graph, places, 100, groups=[0, 0, 1], half_width=5)
    assert len(polygons) == 2
    assert polygons[0].area == pytest.approx(30 * 10 + 78.5, abs=3)
    assert catchment_polygons(graph, places.subset([]), 100).empty


def test_one_way_streets_are_reached_against_their_direction_and_left_with_it():
    graph = town(oneway=True)
    place = graph.attach(points((50, 0)))
    towards = catchment_streets(graph, place, 300)
    assert shapely.union_all(towards.geometry).equals(shapely.LineString([(20, 0), (50, 0)]))
    away = catchment_streets(graph, place, 300, outward=True)
    assert shapely.union_all(away.geometry).equals(shapely.LineString([(50, 0), (80, 0)]))


@pytest.fixture(scope="module", params=[False, True], ids=["two-way", "one-way"])
def town_with_spots(request):
    """A town, and a place every 3.7 m of each street but its ends."""
    graph = town(oneway=request.param)
    edge, offset = np.concatenate([[(e, o) for o in range(37, graph.length[e], 37)] for e in range(graph.edges)]).T
    return graph, edge, offset, attach_to_edges(graph.contraction, edge, offset, np.zeros(edge.size, np.int32))


@pytest.mark.parametrize("outward", [False, True])
@given(spot=st.tuples(st.integers(0, 5), st.integers(0, 1500)), detour=st.integers(0, 99), limit=st.integers(1, 4000))
def test_a_place_lies_in_the_catchment_exactly_if_its_distance_is_within(town_with_spots, outward, spot, detour, limit):
    graph, edge, offset, spots = town_with_spots
    place = (np.array([value], np.int32) for value in (spot[0], min(spot[1], int(graph.length[spot[0]])), detour))
    target = attach_to_edges(graph.contraction, *place)
    distance = nearest_of_classes(graph, spots, {"x": target}, outward=outward)[:, 0]
    parts = catchment_streets(graph, target, limit, outward=outward)[["edge", "begin", "end"]].to_numpy()
    inside = (parts[:, 0] == edge[:, None]) & (parts[:, 1] <= offset[:, None]) & (offset[:, None] <= parts[:, 2])
    assert (inside.any(axis=1) == within(distance, limit)).all()


def test_a_longer_limit_never_covers_less():
    graph = town()
    place = graph.attach(points((90, 5)))
    areas = [catchment_polygons(graph, place, limit).area.sum() for limit in (100, 500, 1000, 3000)]
    assert areas == sorted(areas)


def test_a_graph_from_arrays_draws_no_catchments():
    graph = StreetGraph.from_arrays([(0, 0), (1, 0)], [0], [1], [10])
    with pytest.raises(ValueError, match="no edge geometry"):
        catchment_streets(graph, graph.at_nodes(), 10)


def test_covered_area_counts_ground_once():
    areas = gpd.GeoSeries(
        [shapely.box(0, 0, 10, 10), shapely.box(20, 0, 30, 10), shapely.box(90, 0, 99, 9)], crs=METRIC
    )
    catchments = gpd.GeoSeries([shapely.box(-5, -5, 12, 12), shapely.box(5, -5, 25, 15), shapely.Polygon()], crs=METRIC)
    assert covered_area(areas, catchments).tolist() == [100, 50, 0]
    assert covered_area(areas, catchments.iloc[:0]).tolist() == [0, 0, 0]
    with pytest.raises(ValueError, match="reproject"):
        covered_area(areas, catchments.to_crs(4490))


def test_served_share_weighs_origins_and_leaves_out_the_unreached():
    distance = np.array([[0, -1], [300, 100], [301, 300]], np.int32)
    assert served_share(distance, [10, 20, 70], 300).tolist() == pytest.approx([0.3, 0.9])
    assert served_share(distance[:, 0], [10, 20, 70], 300) == pytest.approx(0.3)


def test_a_share_of_nothing_is_not_a_number():
    assert np.isnan(served_share(np.array([5], np.int32), [0.0], 10))
    assert np.isnan(served_share(np.empty(0, np.int32), [], 10))


def test_shares_by_group_leave_out_what_belongs_to_none():
    distance = np.array([0, 500, 100, 9], np.int32)
    shares = served_share_by_group(distance, [1, 3, 2, 9], 200, [0, 0, 1, -1], 3)
    assert shares[:2].tolist() == [0.25, 1.0]
    assert np.isnan(shares[2])
    table = served_share_by_group(distance[:, None].repeat(2, axis=1), [1, 3, 2, 9], 200, [0, 0, 1, -1], 3)
    assert table.shape == (3, 2)


@pytest.mark.parametrize("weights", [[1, -1], [1, np.nan], [1]])
def test_weights_that_are_unknown_or_negative_are_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        served_share(np.array([1, 2], np.int32), weights, 10)


@given(
    rings=st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900), st.integers(5, 200)), min_size=1, max_size=12),
    boxes=st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900), st.integers(1, 300)), min_size=1, max_size=5),
)
def test_covered_area_is_that_of_the_plain_overlay_however_many_vertices(rings, boxes):
    catchments = gpd.GeoSeries([shapely.Point(x, y).buffer(r, quad_segs=40) for x, y, r in rings], crs=METRIC)
    areas = gpd.GeoSeries([shapely.box(x, y, x + w, y + w) for x, y, w in boxes], crs=METRIC)
    expected = shapely.area(shapely.intersection(areas.to_numpy(), catchments.union_all()))
    assert covered_area(areas, catchments) == pytest.approx(expected, abs=1e-6)
