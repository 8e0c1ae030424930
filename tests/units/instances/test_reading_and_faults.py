"""Nodes and edges in CSV: what is read, and what is refused with file, row, field and cure."""

from __future__ import annotations

import pytest

from huancheng.evidence import InputFault
from huancheng.units.instances import Asked, Bound, problem_of, read_instance, write_labels
from huancheng.units.instances.faults import solve_instance
from huancheng.units.solver import Objective, Work

NODES = "id,t,f\nA,6,1\nB,7,2\nC,8,4\n"
EDGES = "a,b\nA,B\nC,B\nB,A\n"


@pytest.fixture
def written(tmp_path):
    def write(nodes=NODES, edges=EDGES):
        (tmp_path / "n.csv").write_text(nodes, encoding="utf-8")
        (tmp_path / "e.csv").write_text(edges, encoding="utf-8")
        return tmp_path / "n.csv", tmp_path / "e.csv"

    return write


def test_edges_are_read_once_whichever_way_they_are_written(written):
    instance = read_instance(*written(), ("t",))
    assert instance.ids == ("A", "B", "C")
    assert instance.edges.tolist() == [[0, 1], [1, 2]]
    assert instance.columns["t"].tolist() == [6, 7, 8]


@pytest.mark.parametrize(
    ("nodes", "edges", "place"),
    [
        (NODES.replace("7,2", "x,2"), EDGES, ("n.csv", "3", "t")),
        (NODES.replace("7,2", "nan,2"), EDGES, ("n.csv", "3", "t")),
        (NODES.replace("7,2", ",2"), EDGES, ("n.csv", "3", "t")),
        (NODES.replace("B,", "A,"), EDGES, ("n.csv", "3", "id")),
        (NODES.replace("B,", ","), EDGES, ("n.csv", "3", "id")),
        (NODES.replace(",t,", ",u,"), EDGES, ("n.csv", "1", "t")),
        (NODES.replace("7,2", "7"), EDGES, ("n.csv", "3", "")),
        ("id,t,f\n", EDGES, ("n.csv", "", "")),
        (NODES, EDGES.replace("C,B", "C,Z"), ("e.csv", "3", "b")),
        (NODES, EDGES.replace("C,B", "C,C"), ("e.csv", "3", "")),
        (NODES, "x,y\nA,B\n", ("e.csv", "1", "a")),
        (NODES, 'a,b\n"A,B\n', ("e.csv", "2", "")),
    ],
)
def test_what_can_not_be_used_is_refused_with_its_place(written, nodes, edges, place):
    with pytest.raises(InputFault) as caught:
        read_instance(*written(nodes, edges), ("t",))
    assert (caught.value.file, caught.value.row, caught.value.field) == place
    assert caught.value.cure


def test_a_missing_file_is_a_plain_fault(tmp_path):
    with pytest.raises(InputFault, match="no such file"):
        read_instance(tmp_path / "none.csv", tmp_path / "none.csv", ("t",))


def test_a_floor_above_its_ceiling_is_refused(written):
    asked = Asked(Objective.MAX_P, (Bound("t", 9.0),), (Bound("t", 8.0),))
    with pytest.raises(InputFault, match="lies above"):
        problem_of(read_instance(*written(), asked.columns), asked)


def test_something_has_to_say_how_large_units_are(written):
    asked = Asked(Objective.MAX_P, ())
    with pytest.raises(InputFault, match="how large"):
        problem_of(read_instance(*written(), asked.columns), asked)


def test_causes_name_nodes_by_their_ids(written):
    asked = Asked(Objective.MAX_P, (Bound("t", 1.0),), (Bound("t", 7.5),))
    instance = read_instance(*written(), asked.columns)
    with pytest.raises(InputFault, match=r"block C: t of 8 is over the ceiling of 7\.5"):
        solve_instance(instance, problem_of(instance, asked), Work())


def test_labels_are_written_in_the_order_of_the_nodes(written, tmp_path):
    asked = Asked(Objective.MAX_P, (Bound("t", 6.0),), attributes=("f",))
    instance = read_instance(*written(), asked.columns)
    result = solve_instance(instance, problem_of(instance, asked), Work())
    write_labels(tmp_path / "out" / "labels.csv", instance, result.unit)
    assert (tmp_path / "out" / "labels.csv").read_text(encoding="utf-8") == "id,unit\nA,0\nB,1\nC,2\n"
