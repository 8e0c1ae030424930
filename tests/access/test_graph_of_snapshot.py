"""A graph is built from a snapshot's streets, railways and water."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from huancheng.access import StreetGraph, catchment_polygons, count_within, nearest_of_classes
from huancheng.access.lengths import to_decimetres


class Layers:
    """Stands in for a snapshot: frames by layer."""

    def __init__(self, **layers):
        self.layers = layers

    def layer(self, name, columns=None):
        frame = self.layers[name]
        return frame[["id", *(columns or []), "geometry"]]


def table(names, *shapes, **columns):
    known = {"id": pd.array([f"x{n}" for n in range(len(shapes))], "string")}
    frame = gpd.GeoDataFrame(known, geometry=list(shapes), crs=4509)
    for name in names:
        frame[name] = columns.get(name, pd.NA)
    return frame


@pytest.fixture
def snapshot():
    names = ["walk", "cycle", "drive", "class", "bridge", "tunnel", "layer_level", "oneway", "reversed"]
    return Layers(
        streets=table(
            names,
            shapely.LineString([(0, 0), (100, 0)]),
            shapely.LineString([(100, 0), (200, 0)]),
            shapely.LineString([(100, 0), (150, 60), (200, 0)]),
            **{"class": ["branch", "branch", "pedestrian"], "bridge": [False, False, True]},
        ),
        railways=table(["kind", "bridge", "tunnel", "layer_level"], shapely.LineString([(150, -9), (150, 99)])),
        water=table([], shapely.box(40, -5, 45, 5)),
    )


def test_barriers_are_respected_unless_asked_not(snapshot):
    graph = StreetGraph.from_snapshot(snapshot)
    assert {(cut.street, cut.layer) for cut in graph.report.cuts} == {("x0", "water"), ("x1", "railways")}
    assert len(graph.components.parts) == 2
    assert len(StreetGraph.from_snapshot(snapshot, barriers=False).components.parts) == 1


def test_each_mode_has_its_own_streets(snapshot):
    assert set(StreetGraph.from_snapshot(snapshot, "walk", barriers=False).street) == {0, 1, 2}
    assert set(StreetGraph.from_snapshot(snapshot, "drive", barriers=False).street) == {0, 1}


def test_catchments_carry_the_crs_of_the_snapshot(snapshot):
    graph = StreetGraph.from_snapshot(snapshot)
    polygons = catchment_polygons(graph, graph.attach([shapely.Point(10, 0)]), 100)
    assert polygons.crs == snapshot.layers["streets"].crs


@pytest.mark.parametrize("metres", [[-0.1], [float("nan")], [float("inf")], [1e9]])
def test_lengths_that_are_none_are_refused(metres):
    with pytest.raises(ValueError, match="finite number of metres"):
        to_decimetres(metres)


def test_halves_are_rounded_to_even():
    assert to_decimetres([0.05, 0.15, 0.25, 0.26]).tolist() == [0, 2, 2, 3]


def test_a_snapshot_without_streets_gives_an_empty_graph_that_reaches_nothing(snapshot):
    snapshot.layers = {name: frame.iloc[:0] for name, frame in snapshot.layers.items()}
    graph = StreetGraph.from_snapshot(snapshot)
    homes = graph.attach([shapely.Point(0, 0)])
    assert (graph.nodes, graph.edges, graph.report.given) == (0, 0, 0)
    assert homes.unattached.tolist() == [0]
    assert nearest_of_classes(graph, homes, {"school": homes}).tolist() == [[-1]]
    assert count_within(graph, homes, {"school": homes}, (100,)).tolist() == [[[0]]]
    assert catchment_polygons(graph, homes, 100).is_empty.tolist() == [True]
