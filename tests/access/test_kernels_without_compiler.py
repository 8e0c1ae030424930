"""The kernels are plain Python when compilation is off, and compile where no cache can be written."""

from __future__ import annotations

import importlib.util
import logging
import os
import subprocess
import sys
from pathlib import Path

import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huancheng.access import catchments as catchments_module
from huancheng.access import compilation, contraction, kernels, searches

QUERY = """
import json
from huancheng.access import StreetGraph, count_within, nearest_of_classes, origin_destination_within
graph = StreetGraph.from_arrays([(0, 0), (9, 0), (9, 9), (20, 9)], [0, 1, 2, 0], [1, 2, 3, 2], [90, 90, 110, 300])
nodes, targets = graph.at_nodes(), {"school": graph.at_nodes([3])}
pairs = origin_destination_within(graph, nodes, nodes, 200)
print(json.dumps([nearest_of_classes(graph, nodes, targets).tolist(),
                  count_within(graph, nodes, targets, (110, 200)).tolist(), pairs.distance.tolist()]))
"""


def answer(**variables):
    environment = {**os.environ, **variables}
    return subprocess.run(
        [sys.executable, "-c", QUERY], env=environment, check=True, capture_output=True, text=True
    ).stdout


def test_a_process_without_compiler_gives_the_same_answers():
    expected = "[[[290], [200], [110], [0]], [[[0, 0]], [[0, 1]], [[1, 1]], [[1, 1]]], "
    assert answer(NUMBA_DISABLE_JIT="1").startswith(expected)


@pytest.fixture(scope="module")
def plain():
    """The kernels as plain Python, so that every branch of theirs is seen by the coverage."""
    name = "huancheng.access.plain_kernels"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(numba.config, "DISABLE_JIT", 1)
        spec = importlib.util.spec_from_file_location(name, Path(kernels.__file__))
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return module


@settings(max_examples=25)
@given(data=st.data())
def test_plain_kernels_agree_with_the_compiled(data, plain, streets_strategy, places_strategy):
    streets = data.draw(streets_strategy())
    origins, targets = (data.draw(places_strategy(streets, 1, 6)) for _ in range(2))
    limit = data.draw(st.integers(0, 900))
    results = []
    for module in (kernels, plain):
        with pytest.MonkeyPatch.context() as patch:
            for user in (contraction, searches, catchments_module):
                patch.setattr(user, "kernels", module)
            graph = streets.graph()
            one, other = streets.attach(graph, origins), streets.attach(graph, targets)
            pairs = searches.origin_destination_within(graph, one, other, limit)
            results.append(
                [
                    searches.nearest_of_classes(graph, one, {"x": other}).tolist(),
                    searches.count_within(graph, one, {"x": other}, (limit, limit // 2, 900)).tolist(),
                    np.column_stack([pairs.origin, pairs.target, pairs.distance]).tolist(),
                    sorted(catchments_module._chain_parts(graph, other, limit, None, outward=False).tolist()),
                ]
            )
    assert results[0] == results[1]


def test_tables_grow_when_there_is_much_to_list(plain, streets_of):
    count = 40
    star = streets_of(count + 1, tuple((0, n, 10, True, True) for n in range(1, count + 1)))
    graph = star.graph()
    nodes = graph.at_nodes()
    for module in (kernels, plain):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(searches, "kernels", module)
            patch.setattr(catchments_module, "kernels", module)
            assert len(searches.origin_destination_within(graph, nodes, nodes, 20)) == (count + 1) ** 2
            rows = catchments_module._chain_parts(graph, nodes, 20, None, outward=False)
    assert len(rows) == (count + 1) * (count + 1)


def test_where_no_cache_can_be_written_kernels_are_compiled_in_memory(monkeypatch, caplog):
    def no_locator(*, cache, nogil):
        if cache:
            message = "cannot cache function: no locator available"
            raise RuntimeError(message)
        return lambda kernel: kernel

    monkeypatch.setattr(numba, "njit", no_locator)
    with caplog.at_level(logging.INFO, logger=compilation.__name__):
        assert compilation.compiled(len) is len
    assert "compiled in memory" in caplog.text


def test_without_numba_kernels_stay_plain(monkeypatch):
    monkeypatch.setattr(compilation, "HAS_NUMBA", False)
    assert compilation.compiled(len) is len
