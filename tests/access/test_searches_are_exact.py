"""Every distance and every threshold decision equals that of a plain integer search."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huancheng.access import UNREACHED, count_within, nearest_of_classes, origin_destination_within

ENGINES = ["numba", "scipy"]


def drawn_case(data, streets_strategy, places_strategy, **options):
    streets = data.draw(streets_strategy(**options))
    origins = data.draw(places_strategy(streets, 1, 6))
    targets = {name: data.draw(places_strategy(streets)) for name in ("school", "clinic")}
    graph = streets.graph()
    attached = {name: streets.attach(graph, places) for name, places in targets.items()}
    return streets, graph, origins, streets.attach(graph, origins), targets, attached


def nearest_by_hand(distances: np.ndarray, limit: int | None) -> np.ndarray:
    known = np.where(distances >= 0, distances, 1 << 40).min(axis=1, initial=1 << 40)
    return np.where(known <= (1 << 39 if limit is None else limit), known, UNREACHED)


@pytest.mark.parametrize("engine", ENGINES)
@given(data=st.data())
def test_nearest_distance_is_that_of_the_plain_search(data, engine, streets_strategy, places_strategy):
    streets, graph, origins, attached, targets, places = drawn_case(data, streets_strategy, places_strategy)
    limit = data.draw(st.one_of(st.none(), st.integers(0, 900)))
    found = nearest_of_classes(graph, attached, places, limit, engine=engine)
    for column, name in enumerate(targets):
        expected = nearest_by_hand(streets.distances(origins, targets[name]), limit)
        assert found[:, column].tolist() == expected.tolist()


@pytest.mark.parametrize("engine", ENGINES)
@given(data=st.data())
def test_counts_are_those_of_the_plain_search_at_every_limit(data, engine, streets_strategy, places_strategy):
    streets, graph, origins, attached, targets, places = drawn_case(data, streets_strategy, places_strategy)
    exact = {name: streets.distances(origins, targets[name]) for name in targets}
    at_boundary = sorted({int(d) for part in exact.values() for d in part.ravel() if d > 0}) or [1]
    limits = data.draw(st.lists(st.one_of(st.sampled_from(at_boundary), st.integers(0, 900)), min_size=1, max_size=4))
    found = count_within(graph, attached, places, limits, engine=engine)
    for column, name in enumerate(targets):
        for position, limit in enumerate(limits):
            expected = ((exact[name] >= 0) & (exact[name] <= limit)).sum(axis=1)
            assert found[:, column, position].tolist() == expected.tolist()


@pytest.mark.parametrize("engine", ENGINES)
@given(data=st.data())
def test_pairs_are_all_those_within_the_limit_and_no_others(data, engine, streets_strategy, places_strategy):
    streets, graph, origins, attached, targets, places = drawn_case(data, streets_strategy, places_strategy)
    limit = data.draw(st.integers(0, 900))
    exact = streets.distances(origins, targets["school"])
    threads = data.draw(st.integers(1, 3))
    pairs = origin_destination_within(graph, attached, places["school"], limit, threads=threads, engine=engine)
    origin, target = np.nonzero((exact >= 0) & (exact <= limit))
    assert pairs.origin.tolist() == origin.tolist()
    assert pairs.target.tolist() == target.tolist()
    assert pairs.distance.tolist() == exact[origin, target].tolist()


@given(data=st.data())
def test_outward_distances_are_those_from_the_facility_to_the_origin(data, streets_strategy, places_strategy):
    streets, graph, origins, attached, targets, places = drawn_case(data, streets_strategy, places_strategy)
    exact = streets.distances(targets["school"], origins).T
    found = nearest_of_classes(graph, attached, {"school": places["school"]}, outward=True)[:, 0]
    assert found.tolist() == nearest_by_hand(exact, None).tolist()


@given(data=st.data(), threads=st.integers(2, 4))
def test_results_do_not_depend_on_the_number_of_threads(data, threads, streets_strategy, places_strategy):
    _, graph, _, attached, _, places = drawn_case(data, streets_strategy, places_strategy)
    one = nearest_of_classes(graph, attached, places)
    many = nearest_of_classes(graph, attached, places, threads=threads)
    assert (one == many).all()
    counts = count_within(graph, attached, places, (100, 500))
    assert (counts == count_within(graph, attached, places, (100, 500), threads=threads)).all()


@given(data=st.data())
def test_nodes_as_origins_are_places_without_a_way_to_the_street(
    data, streets_strategy, places_strategy, streets_of, place
):
    streets = data.draw(streets_strategy())
    graph = streets.graph()
    ends = {node: place(edge, 0, 0) for edge, (node, *_) in enumerate(streets.edges)}
    ends |= {node: place(edge, length, 0) for edge, (_, node, length, *_) in enumerate(streets.edges)}
    targets = data.draw(places_strategy(streets, 1, 4))
    expected = nearest_by_hand(streets.distances([ends[n] for n in sorted(ends)], targets), None)
    found = nearest_of_classes(graph, graph.at_nodes(sorted(ends)), {"school": streets.attach(graph, targets)})
    assert found[:, 0].tolist() == expected.tolist()


@given(data=st.data())
def test_on_two_way_streets_distances_obey_the_triangle_inequality(data, streets_strategy):
    streets = data.draw(streets_strategy(one_way=False))
    graph = streets.graph()
    nodes = graph.at_nodes()
    pairs = origin_destination_within(graph, nodes, nodes, 100_000)
    table = np.full((graph.nodes, graph.nodes), 1 << 40)
    table[pairs.origin, pairs.target] = pairs.distance
    assert (table == table.T).all()
    assert (np.diag(table) == 0).all()
    assert (table[:, None, :] <= table[:, :, None] + table[None, :, :]).all()


@given(data=st.data())
def test_a_longer_limit_never_reaches_fewer(data, streets_strategy, places_strategy):
    _, graph, _, attached, _, places = drawn_case(data, streets_strategy, places_strategy)
    counts = count_within(graph, attached, places, (0, 50, 200, 800, 3000))
    assert (np.diff(counts, axis=2) >= 0).all()


@given(data=st.data())
def test_one_more_facility_never_makes_the_nearest_farther(data, streets_strategy, places_strategy):
    streets = data.draw(streets_strategy())
    graph = streets.graph()
    targets = data.draw(places_strategy(streets, 2, 6))
    origins = streets.attach(graph, data.draw(places_strategy(streets, 1, 6)))
    classes = {"before": streets.attach(graph, targets[:-1]), "after": streets.attach(graph, targets)}
    before, after = nearest_of_classes(graph, origins, classes).T
    assert ((before == UNREACHED) | ((after >= 0) & (after <= before))).all()


@given(data=st.data())
def test_contraction_keeps_every_metre_of_street(data, streets_strategy):
    streets = data.draw(streets_strategy())
    graph = streets.graph()
    assert graph.contraction.chains[:, 2].sum() == graph.length.sum()
    chain, offset = graph.contraction.node_at.T
    assert (offset >= 0).all()
    assert (offset <= graph.contraction.chains[chain, 2]).all()


def test_a_node_without_streets_reaches_only_itself(streets_of):
    graph = streets_of(3, ((0, 1, 100, True, True),)).graph()
    nodes = graph.at_nodes()
    for engine in ENGINES:
        found = nearest_of_classes(graph, nodes, {"school": graph.at_nodes([2])}, engine=engine)
        assert found.tolist() == [[UNREACHED], [UNREACHED], [0]]


def test_an_actual_distance_at_the_limit_is_within_and_none_is_not_the_limit(streets_of):
    graph = streets_of(3, ((0, 1, 100, True, True),)).graph()
    target = {"school": graph.at_nodes([1])}
    assert nearest_of_classes(graph, graph.at_nodes(), target, 100)[:, 0].tolist() == [100, 0, UNREACHED]
    assert nearest_of_classes(graph, graph.at_nodes(), target, 99)[:, 0].tolist() == [UNREACHED, 0, UNREACHED]


def test_no_class_and_no_origin_give_empty_results(streets_of):
    graph = streets_of(2, ((0, 1, 100, True, True),)).graph()
    assert nearest_of_classes(graph, graph.at_nodes(), {}).shape == (2, 0)
    assert nearest_of_classes(graph, graph.at_nodes([]), {"school": graph.at_nodes([1])}).shape == (0, 1)
    assert len(origin_destination_within(graph, graph.at_nodes([]), graph.at_nodes([1]), 100)) == 0


def test_limits_and_threads_that_make_no_sense_are_refused(streets_of):
    graph = streets_of(2, ((0, 1, 100, True, True),)).graph()
    nodes = graph.at_nodes()
    with pytest.raises(ValueError, match="from 0 to"):
        nearest_of_classes(graph, nodes, {"school": nodes}, -1)
    with pytest.raises(ValueError, match="at least one thread"):
        nearest_of_classes(graph, nodes, {"school": nodes}, threads=0)
    with pytest.raises(ValueError, match="at least one distance"):
        count_within(graph, nodes, {"school": nodes}, ())
