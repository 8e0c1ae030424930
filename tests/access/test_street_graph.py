"""Streets become nodes and edges by a stated rule, whatever their order; nothing is left out silently."""

from __future__ import annotations

from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from huancheng.access import StreetGraph, nearest_of_classes
from huancheng.access.travel_modes import travel_defaults
from huancheng.city.schema import layer_schema
from huancheng.evidence import InputFault

METRIC = 32650


def streets(*lines, **columns):
    frame = gpd.GeoDataFrame({"id": [f"s{n}" for n in range(len(lines))]}, geometry=list(lines), crs=METRIC)
    frame["class"] = "residential"
    for name, values in columns.items():
        frame[name] = values
    return frame


def line(*points):
    return shapely.LineString(points)


CROSS = (line((0, 0), (100, 0)), line((50, -50), (50, 50)))


def test_lines_that_share_a_vertex_meet():
    graph = StreetGraph.from_streets(streets(line((0, 0), (50, 0), (100, 0)), line((50, 0), (50, 30))))
    assert graph.nodes == 4
    assert sorted(graph.length.tolist()) == [300, 500, 500]
    assert len(graph.components.parts) == 1


def test_lines_that_only_cross_do_not_meet_unless_asked():
    assert len(StreetGraph.from_streets(streets(*CROSS)).components.parts) == 2
    joined = StreetGraph.from_streets(streets(*CROSS), node_crossings=True)
    assert len(joined.components.parts) == 1
    assert joined.length.tolist() == [500] * 4


def test_lines_drawn_through_cross_only_on_their_level():
    over = StreetGraph.from_streets(streets(*CROSS, layer_level=[0, 1]), node_crossings=True)
    assert len(over.components.parts) == 2


def test_an_end_that_touches_a_line_meets_it_when_crossings_are_noded():
    tee = streets(line((0, 0), (100, 0)), line((30, 0), (30, 40)))
    assert len(StreetGraph.from_streets(tee).components.parts) == 2
    assert sorted(StreetGraph.from_streets(tee, node_crossings=True).length.tolist()) == [300, 400, 700]


def test_a_crossing_on_a_vertex_adds_no_second_one():
    lines = streets(line((0, 0), (50, 0.0004), (100, 0)), line((50, -50), (50, 50)))
    graph = StreetGraph.from_streets(lines, node_crossings=True)
    assert graph.length.tolist() == [500] * 4


def test_lines_of_different_level_meet_where_one_ends_and_not_where_both_run_through():
    through = (line((0, 0), (50, 0), (100, 0)), line((50, -50), (50, 0), (50, 50)))
    assert len(StreetGraph.from_streets(streets(*through, layer_level=[0, 1])).components.parts) == 2
    assert len(StreetGraph.from_streets(streets(*through, layer_level=[1, 1])).components.parts) == 1
    ramp = (line((0, 0), (50, 0), (100, 0)), line((50, 0), (50, 50)))
    assert len(StreetGraph.from_streets(streets(*ramp, layer_level=[0, 1])).components.parts) == 1


def test_a_loop_and_parallel_streets_are_kept():
    ring = line((0, 0), (10, 0), (10, 10), (0, 0))
    graph = StreetGraph.from_streets(streets(ring, line((0, 0), (20, 0), (40, 0)), line((0, 0), (20, 9), (40, 0))))
    assert (graph.first == graph.second).sum() == 1
    assert graph.edges == 3


def test_no_piece_is_shorter_than_a_decimetre():
    graph = StreetGraph.from_streets(streets(line((0, 0), (0.02, 0))))
    assert graph.length.tolist() == [1]


def test_rows_without_a_line_are_listed():
    frame = streets(line((0, 0), (9, 0)), None, line((5, 5), (5, 5)), shapely.Point(1, 1))
    report = StreetGraph.from_streets(frame).report
    assert report.without_line == ("s1", "s2", "s3")
    assert report.given == report.closed + len(report.without_line) + report.used == 4


def test_a_street_of_several_parts_keeps_its_row():
    parts = shapely.MultiLineString([[(0, 0), (9, 0)], [(20, 0), (29, 0)]])
    graph = StreetGraph.from_streets(streets(line((50, 50), (60, 50)), parts))
    assert sorted(graph.street.tolist()) == [0, 1, 1]
    assert graph.report.used == 2


def test_unknown_permission_follows_the_default_by_class_and_is_counted():
    frame = streets(*[line((0, 10 * n), (100, 10 * n)) for n in range(4)])
    frame["class"] = pd.array(["expressway", "residential", "pedestrian", pd.NA], dtype="string")
    frame["drive"] = pd.array([pd.NA, False, True, pd.NA], dtype="boolean")
    walk, drive = (StreetGraph.from_streets(frame, mode) for mode in ("walk", "drive"))
    assert walk.street.tolist() == [1, 2]
    assert walk.report.assumed == {"": (0, 1), "expressway": (0, 1), "pedestrian": (1, 0), "residential": (1, 0)}
    assert drive.street.tolist() == [0, 2]
    assert drive.report.assumed == {"": (0, 1), "expressway": (1, 0)}


def test_a_frame_without_class_and_permission_is_closed_and_says_so():
    frame = streets(line((0, 0), (9, 0))).drop(columns=["class", "id"])
    graph = StreetGraph.from_streets(frame)
    assert graph.edges == 0
    assert graph.report.assumed == {"": (0, 1)}
    assert not graph.attach(gpd.GeoSeries([shapely.Point(0, 0)], crs=METRIC)).attached.any()


def test_the_defaults_know_every_class_of_the_schema():
    classes = set(layer_schema("streets").columns["class"].allowed)
    for mode in travel_defaults().modes.values():
        assert set(mode.allowed) == classes


@pytest.mark.parametrize(("oneway", "reverse", "there", "back"), [
    (None, None, 1000, 1000), (True, None, 1000, -1), (True, True, -1, 1000), (None, True, -1, 1000),
])  # fmt: skip
@pytest.mark.parametrize("turned", [False, True])
def test_one_way_streets_bind_cars_and_bicycles_and_not_walkers(oneway, reverse, there, back, turned):
    points = [(100, 0), (0, 0)] if turned else [(0, 0), (100, 0)]
    frame = streets(line(*points))
    frame["oneway"], frame["reversed"] = pd.array([oneway], "boolean"), pd.array([reverse], "boolean")
    ends = gpd.GeoSeries.from_xy(*zip(*points, strict=True), crs=METRIC)
    for mode, expected in (("drive", (there, back)), ("cycle", (there, back)), ("walk", (1000, 1000))):
        graph = StreetGraph.from_streets(frame, mode)
        start, end = (graph.attach(ends.iloc[[n]]) for n in range(2))
        found = [int(nearest_of_classes(graph, a, {"x": b})[0, 0]) for a, b in ((start, end), (end, start))]
        assert tuple(found) == expected


COORDINATE = st.integers(0, 6)


@given(
    lines=st.lists(
        st.lists(st.tuples(COORDINATE, COORDINATE), min_size=2, max_size=5).filter(lambda p: len(set(p)) > 1),
        min_size=1,
        max_size=8,
    ),
    data=st.data(),
)
def test_the_graph_does_not_depend_on_the_order_of_the_streets(lines, data):
    frame = streets(*[line(*[(10 * x, 10 * y) for x, y in points]) for points in lines])
    order = data.draw(st.permutations(range(len(lines))))
    one, other = StreetGraph.from_streets(frame), StreetGraph.from_streets(frame.iloc[order])
    for name in ("position", "first", "second", "length", "forward", "backward"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()
    assert shapely.equals_exact(one.geometry, other.geometry).all()


@given(
    lines=st.lists(
        st.lists(st.tuples(COORDINATE, COORDINATE), min_size=2, max_size=5).filter(
            lambda p: all(a != b for a, b in pairwise(p))
        ),
        min_size=1,
        max_size=8,
    )
)
def test_cutting_keeps_every_metre_of_street(lines):
    frame = streets(*[line(*[(10 * x, 10 * y) for x, y in points]) for points in lines])
    graph = StreetGraph.from_streets(frame)
    assert shapely.length(graph.geometry).sum() == pytest.approx(frame.length.sum())
    ends = np.array([[g.coords[0], g.coords[-1]] for g in graph.geometry])
    assert (ends[:, 0] == graph.position[graph.first]).all()
    assert (ends[:, 1] == graph.position[graph.second]).all()


def test_lengths_need_a_metric_crs():
    with pytest.raises(InputFault, match="projected CRS in metres"):
        StreetGraph.from_streets(streets(*CROSS).to_crs(4490))
    with pytest.raises(InputFault, match="not none"):
        StreetGraph.from_streets(streets(*CROSS).set_crs(None, allow_override=True))


def test_islands_are_listed_by_length():
    graph = StreetGraph.from_streets(streets(line((0, 0), (9, 0)), line((0, 50), (99, 50)), line((0, 90), (20, 90))))
    assert [part.length for part in graph.components.parts] == [990, 200, 90]
    assert [part.length for part in graph.components.islands] == [200, 90]
    assert graph.components.islands[0].nodes == 2


def test_a_graph_from_arrays_refuses_edges_that_make_no_sense():
    place = [(0, 0), (1, 1)]
    with pytest.raises(ValueError, match="nodes run from 0 to 1"):
        StreetGraph.from_arrays(place, [0], [2], [10])
    with pytest.raises(ValueError, match="at least 1 decimetre"):
        StreetGraph.from_arrays(place, [0], [1], [0])
    with pytest.raises(ValueError, match="a direction"):
        StreetGraph.from_arrays(place, [0], [1], [5], forward=[False], backward=[False])
    graph = StreetGraph.from_arrays(place, [0], [1], [5])
    with pytest.raises(ValueError, match="nodes run from 0 to 1"):
        graph.at_nodes([2])
    with pytest.raises(ValueError, match="no edge geometry"):
        graph.attach([shapely.Point(0, 0)])
