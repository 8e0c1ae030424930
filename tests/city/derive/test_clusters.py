from __future__ import annotations

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from huancheng.city.derive.clusters import near_groups


def plain_groups(shapes: np.ndarray, label: np.ndarray, distance: float) -> list[int]:
    """Group numbers by spreading from shape to shape, one at a time."""
    group = [-1] * len(shapes)
    for number in range(len(shapes)):
        if group[number] >= 0:
            continue
        group[number] = fresh = max(group) + 1
        waiting = [number]
        while waiting:
            here = waiting.pop()
            for other in range(len(shapes)):
                near = label[here] == label[other] and shapely.distance(shapes[here], shapes[other]) <= distance
                if group[other] < 0 and near:
                    group[other] = fresh
                    waiting.append(other)
    return group


def test_long_buildings_side_by_side_are_near_though_their_middles_are_far() -> None:
    slabs = np.array([shapely.box(0, 0, 90, 10), shapely.box(95, 0, 185, 10), shapely.box(300, 0, 390, 10)])
    assert near_groups(slabs, np.zeros(3, np.int64), 10.0).tolist() == [0, 0, 1]


def test_labels_keep_neighbours_apart_and_no_shape_makes_no_group() -> None:
    pair = np.array([shapely.box(0, 0, 9, 9), shapely.box(10, 0, 19, 9)], dtype=object)
    assert near_groups(pair, np.array([4, 7]), 50.0).tolist() == [0, 1]
    assert near_groups(np.empty(0, object), np.empty(0, np.int64), 50.0).tolist() == []


box = st.tuples(st.integers(0, 300), st.integers(0, 300), st.integers(1, 80), st.integers(1, 15), st.integers(0, 1))


@given(st.lists(box, min_size=1, max_size=25), st.sampled_from([0.5, 10.0, 40.0]))
def test_groups_are_those_a_plain_search_finds(rows: list[tuple[int, ...]], distance: float) -> None:
    shapes = np.array([shapely.box(x, y, x + width, y + depth) for x, y, width, depth, _ in rows], dtype=object)
    label = np.array([row[4] for row in rows], dtype=np.int64)
    assert near_groups(shapes, label, distance).tolist() == plain_groups(shapes, label, distance)
