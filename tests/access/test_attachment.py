"""Points are attached to the nearest street by perpendicular projection; the way to the street counts."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from huancheng.access import StreetGraph, nearest_of_classes, origin_destination_within

METRIC = 32650


def grid_graph(side=3):
    lines = [shapely.LineString([(0, 100 * n), (100 * (side - 1), 100 * n)]) for n in range(side)]
    lines += [shapely.LineString([(100 * n, 0), (100 * n, 100 * (side - 1))]) for n in range(side)]
    streets = gpd.GeoDataFrame({"id": range(2 * side), "class": "branch"}, geometry=lines, crs=METRIC)
    return StreetGraph.from_streets(streets, node_crossings=True)


def points(*places):
    return gpd.GeoSeries([shapely.Point(place) for place in places], crs=METRIC)


def walk(graph, one, other):
    return int(nearest_of_classes(graph, graph.attach(points(one)), {"x": graph.attach(points(other))})[0, 0])


def test_two_points_on_one_street_walk_along_it():
    assert walk(grid_graph(), (10, 4), (60, -3)) == 40 + 500 + 30


def test_points_on_different_streets_walk_over_the_nearer_end():
    assert walk(grid_graph(), (30, 5), (5, 40)) == 50 + 300 + 400 + 50


def test_the_way_to_the_street_is_the_perpendicular():
    place = grid_graph().attach(points((33, 12.34)))
    assert place.detour.tolist() == [123]
    assert place.edge_offset.tolist() == [330]


def test_a_point_as_near_to_two_streets_takes_the_lower_edge_and_no_distance_changes():
    graph = grid_graph()
    place = graph.attach(points((20, 20)))
    assert place.edge.tolist() == [0]
    assert place.detour.tolist() == [200]


def test_a_polygon_is_attached_from_its_centroid():
    graph = grid_graph()
    one = graph.attach(gpd.GeoSeries([shapely.box(10, 10, 30, 20)], crs=METRIC))
    other = graph.attach(points((20, 15)))
    assert (one.edge[0], one.edge_offset[0], one.detour[0]) == (other.edge[0], other.edge_offset[0], other.detour[0])


def test_what_is_empty_or_out_of_reach_is_not_attached_and_reaches_nothing():
    graph = grid_graph()
    shapes = gpd.GeoSeries([shapely.Point(), None, shapely.Point(500, 500), shapely.Point(20, 10)], crs=METRIC)
    place = graph.attach(shapes, reach=50)
    assert place.attached.tolist() == [False, False, False, True]
    assert place.unattached.tolist() == [0, 1, 2]
    found = nearest_of_classes(graph, place, {"x": graph.attach(points((30, 0)))})
    assert found[:, 0].tolist() == [-1, -1, -1, 200]
    assert len(origin_destination_within(graph, graph.attach(points((0, 0))), place, 5000)) == 1


def test_islands_can_be_left_out_of_attaching():
    streets = gpd.GeoDataFrame(
        {"id": ["long", "island"], "class": "branch"},
        geometry=[shapely.LineString([(0, 0), (100, 0)]), shapely.LineString([(0, 30), (20, 30)])],
        crs=METRIC,
    )
    graph = StreetGraph.from_streets(streets)
    assert graph.attach(points((10, 25))).detour.tolist() == [50]
    assert graph.attach(points((10, 25)), main_part_only=True).detour.tolist() == [250]


def test_points_in_another_crs_are_refused():
    with pytest.raises(ValueError, match="reproject"):
        grid_graph().attach(points((0, 0)).to_crs(4490))


def test_places_keep_their_number_whatever_they_are_given_as():
    graph = grid_graph()
    series = points((10, 3), (150, 40))
    frame = gpd.GeoDataFrame(geometry=series)
    for given_as in (series, frame, series.to_numpy(), list(series)):
        assert graph.attach(given_as).edge_offset.tolist() == graph.attach(series).edge_offset.tolist()
    assert len(graph.attach(series)) == 2


INSIDE = st.floats(0, 200).map(lambda x: round(x, 2))


@given(places=st.lists(st.tuples(INSIDE, INSIDE), min_size=2, max_size=8))
def test_walked_distance_is_that_of_the_grid_to_rounding(places):
    """On a complete grid both ways are known by hand: along the streets between the projections."""
    graph = grid_graph()
    attached = graph.attach(points(*places))
    found = np.full((len(places), len(places)), -1)
    pairs = origin_destination_within(graph, attached, attached, 20_000)
    found[pairs.origin, pairs.target] = pairs.distance
    for row in range(len(places)):
        for column in range(len(places)):
            expected = by_hand(graph, attached, row, column)
            assert abs(found[row, column] - expected) <= 1
    assert (found == found.T).all()


def by_hand(graph, attached, one, other):
    spots = []
    for n in (one, other):
        shape = graph.geometry[attached.edge[n]]
        spots.append(np.array(shapely.line_interpolate_point(shape, attached.edge_offset[n] / 10).coords[0]))
    first, second = spots
    detours = int(attached.detour[one] + attached.detour[other])
    best = np.abs(first - second).sum()
    for axis in (0, 1):
        both_between = first[axis] % 100 and second[axis] % 100 and first[axis] // 100 == second[axis] // 100
        if both_between and first[1 - axis] != second[1 - axis]:
            low = first[axis] % 100 + second[axis] % 100
            best = np.abs(first - second)[1 - axis] + min(low, 200 - low)
    return detours + 10 * best
