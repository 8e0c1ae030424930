"""Small street graphs drawn at random, and a plain search to judge every result by."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import strategies as st

from huancheng.access import Attachment, StreetGraph
from huancheng.access.attachment import attach_to_edges


@dataclass(frozen=True)
class Place:
    """A place by edge, decimetres along it, decimetres beside it."""

    edge: int
    offset: int
    detour: int


@dataclass(frozen=True)
class Streets:
    """A street graph as plain lists: edges are (first, second, length, open forward, open backward)."""

    nodes: int
    edges: tuple[tuple[int, int, int, bool, bool], ...]

    def graph(self) -> StreetGraph:
        """Build the graph under test."""
        first, second, length, forward, backward = zip(*self.edges, strict=True)
        position = np.column_stack([np.arange(self.nodes) * 37 % 11, np.arange(self.nodes) * 53 % 13]).astype(float)
        return StreetGraph.from_arrays(position, first, second, length, forward=forward, backward=backward)

    def attach(self, graph: StreetGraph, places: list[Place]) -> Attachment:
        """Attach places to the graph under test."""
        rows = np.array([(p.edge, p.offset, p.detour) for p in places], np.int32).reshape(-1, 3)
        return attach_to_edges(graph.contraction, *(np.ascontiguousarray(column) for column in rows.T))

    def distances(self, origins: list[Place], targets: list[Place]) -> np.ndarray:
        """Distances by plain Dijkstra on the uncontracted graph, every place a node of its own; -1 for no way.

        A place at the end of an edge is the node there; places at the same spot of an edge are one.
        """
        spots: dict[tuple[int, int], object] = {}
        for place in [*origins, *targets]:
            first, second, length, _, _ = self.edges[place.edge]
            at_end = {0: first, length: second}.get(place.offset)
            spots[place.edge, place.offset] = (place.edge, place.offset) if at_end is None else at_end
        links: dict[object, list[tuple[object, int]]] = {}
        for edge, (first, second, length, forward, backward) in enumerate(self.edges):
            inside = sorted(offset for e, offset in spots if e == edge and 0 < offset < length)
            stations = [(0, first), *((offset, (edge, offset)) for offset in inside), (length, second)]
            for (low, one), (high, other) in pairwise(stations):
                if forward:
                    links.setdefault(one, []).append((other, high - low))
                if backward:
                    links.setdefault(other, []).append((one, high - low))
        result = np.full((len(origins), len(targets)), -1)
        for row, origin in enumerate(origins):
            reached = dijkstra(links, spots[origin.edge, origin.offset])
            for column, target in enumerate(targets):
                distance = reached.get(spots[target.edge, target.offset])
                if distance is not None:
                    result[row, column] = origin.detour + distance + target.detour
        return result


def dijkstra(links: dict[object, list[tuple[object, int]]], start: object) -> dict[object, int]:
    """Plain Dijkstra with a heap."""
    best, done, queue, ticket = {start: 0}, set(), [(0, 0, start)], 0
    while queue:
        distance, _, node = heapq.heappop(queue)
        if node in done:
            continue
        done.add(node)
        for other, length in links.get(node, []):
            if distance + length < best.get(other, 1 << 40):
                best[other] = distance + length
                ticket += 1
                heapq.heappush(queue, (distance + length, ticket, other))
    return best


@st.composite
def _streets(draw: st.DrawFn, one_way: bool = True) -> Streets:
    nodes = draw(st.integers(1, 7))
    node = st.integers(0, nodes - 1)
    ways = [(True, True), (True, False), (False, True)] if one_way else [(True, True)]
    drawn = draw(
        st.lists(
            st.tuples(node, node, st.lists(st.integers(1, 300), min_size=1, max_size=4), st.sampled_from(ways)),
            min_size=1,
            max_size=10,
        )
    )
    edges = []
    for first, second, lengths, (forward, backward) in drawn:
        at = first
        for step, length in enumerate(lengths, start=1):
            last = step == len(lengths)
            to = second if last else nodes
            nodes += 0 if last else 1
            edges.append((at, to, length, forward, backward))
            at = to
    shuffle = draw(st.permutations(range(nodes)))
    turned = draw(st.lists(st.booleans(), min_size=len(edges), max_size=len(edges)))
    renamed = [
        (shuffle[b], shuffle[a], length, backward, forward)
        if turn
        else (shuffle[a], shuffle[b], length, forward, backward)
        for (a, b, length, forward, backward), turn in zip(edges, turned, strict=True)
    ]
    return Streets(nodes, tuple(draw(st.permutations(renamed))))


@st.composite
def _places(draw: st.DrawFn, streets: Streets, smallest: int = 0, largest: int = 5) -> list[Place]:
    places = []
    for _ in range(draw(st.integers(smallest, largest))):
        edge = draw(st.integers(0, len(streets.edges) - 1))
        length = streets.edges[edge][2]
        offset = draw(st.one_of(st.integers(0, length), st.sampled_from([0, length])))
        places.append(Place(edge, offset, draw(st.sampled_from([0, 0, 1, 40]))))
    return places


@pytest.fixture(scope="session")
def streets_strategy():
    """Strategy for street graphs: one-ways (unless asked not), loops, parallel edges, chains, parts apart."""
    return _streets


@pytest.fixture(scope="session")
def places_strategy():
    """Strategy for places on given streets."""
    return _places


@pytest.fixture(scope="session")
def place():
    """A place by edge, offset and detour."""
    return Place


@pytest.fixture(scope="session")
def streets_of():
    """A street graph as plain lists."""
    return Streets
