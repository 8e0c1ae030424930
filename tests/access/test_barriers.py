"""A street without bridge or tunnel ends at railways and water; every cut is listed."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from huancheng.access import StreetGraph, nearest_of_classes

METRIC = 32650


def frame(name, *shapes, **columns):
    table = gpd.GeoDataFrame({"id": [f"{name}{n}" for n in range(len(shapes))]}, geometry=list(shapes), crs=METRIC)
    for column, values in columns.items():
        table[column] = values
    return table


STREET = shapely.LineString([(0, 0), (50, 0), (100, 0)])
RAIL = shapely.LineString([(40, -20), (40, 20)])
CANAL = shapely.box(60, -20, 70, 20)


def graph_of(street=STREET, rail=None, water=None, **columns):
    streets = frame("street", street, **{"class": "residential", **columns})
    return StreetGraph.from_streets(streets, railways=rail, water=water)


def end_to_end(graph):
    ends = graph.attach(gpd.GeoSeries.from_xy([0, 100], [0, 0], crs=METRIC))
    return int(nearest_of_classes(graph, ends.subset([0]), {"end": ends.subset([1])})[0, 0])


def test_a_street_ends_at_a_railway_and_the_cut_is_listed():
    graph = graph_of(rail=frame("rail", RAIL, kind="rail"))
    assert end_to_end(graph) == -1
    (cut,) = graph.report.cuts
    assert (cut.street, cut.barrier, cut.layer) == ("street0", "rail0", "railways")
    assert cut.length == pytest.approx(0.2, abs=0.01)
    assert graph.report.used == 1


def test_a_street_ends_at_water_and_what_lies_in_it_is_taken_out():
    graph = graph_of(water=frame("water", CANAL))
    assert end_to_end(graph) == -1
    assert graph.report.cuts[0].length == pytest.approx(10)
    assert graph.length.sum() == 900


@pytest.mark.parametrize("flag", ["bridge", "tunnel"])
def test_bridges_and_tunnels_pass(flag):
    graph = graph_of(rail=frame("rail", RAIL), water=frame("water", CANAL), **{flag: True})
    assert end_to_end(graph) == 1000
    assert graph.report.cuts == ()


@pytest.mark.parametrize("columns", [{"bridge": True}, {"tunnel": True}, {"layer_level": 1}, {"kind": "tram"}])
def test_a_railway_over_under_or_in_the_street_does_not_block(columns):
    assert end_to_end(graph_of(rail=frame("rail", RAIL, **columns))) == 1000


def test_a_railway_of_unknown_kind_blocks():
    assert end_to_end(graph_of(rail=frame("rail", RAIL, kind=pd.array([pd.NA], dtype="string")))) == -1


def test_a_level_crossing_passes():
    rail = shapely.LineString([(50, -20), (50, 0), (50, 20)])
    graph = graph_of(rail=frame("rail", rail))
    assert end_to_end(graph) == 1000
    assert graph.report.cuts == ()


def test_a_street_that_grazes_drawn_water_is_not_cut():
    assert end_to_end(graph_of(water=frame("water", shapely.box(60, -20, 61.5, 20)))) == 1000


def test_a_street_wholly_in_water_is_used_up_and_listed():
    graph = graph_of(water=frame("water", shapely.box(-10, -10, 110, 10)))
    assert graph.edges == 0
    assert graph.report.cuts[0].length == pytest.approx(100)


def test_two_barriers_cut_twice():
    graph = graph_of(rail=frame("rail", RAIL), water=frame("water", CANAL))
    assert [cut.layer for cut in graph.report.cuts] == ["railways", "water"]
    assert len(graph.components.parts) == 3


def test_without_barriers_nothing_is_cut():
    assert end_to_end(graph_of()) == 1000
