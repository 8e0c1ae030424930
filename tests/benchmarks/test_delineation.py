"""The public instance set: the evaluator sees every fault, and the reference labels are what the index says."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.delineation.bars import bars_of
from benchmarks.delineation.evaluator import allowed, evaluate
from benchmarks.delineation.instances import Bars, Case, Table, generated, lattice, write
from benchmarks.delineation.reference import FOLDER, INDEX, keep


def row_of_four() -> Table:
    columns = {"t": np.full(4, 5.0), "f": np.array([1.0, 2.0, 4.0, 8.0]), "x": np.arange(4.0), "y": np.zeros(4)}
    return Table(columns, np.array([[0, 1], [1, 2], [2, 3]]))


def judged(folder: Path, labels: str, **more):
    nodes, edges = write(row_of_four(), folder)
    (folder / "labels.csv").write_text("id,unit\n" + labels, encoding="utf-8")
    return evaluate(nodes, edges, folder / "labels.csv", [("t", 10.0, 15.0)], attributes=["f"], **more)


def test_a_plan_without_fault_is_measured_pair_by_pair(tmp_path):
    seen = judged(tmp_path, "0,a\n1,a\n2,b\n3,b\n", weight="t")
    assert seen == {"units": 2, "faults": [], "dissimilarity": 1.0 + 4.0, "compactness": 5.0 + 5.0}


@pytest.mark.parametrize(
    ("labels", "fault"),
    [
        ("0,a\n1,b\n2,a\n3,b\n", "in pieces"),
        ("0,a\n1,b\n2,b\n3,b\n", "t is 5.0"),
        ("0,a\n1,a\n2,a\n3,a\n", "t is 20.0"),
        ("0,a\n1,a\n2,b\n", "every node once"),
    ],
)
def test_every_fault_is_told(tmp_path, labels, fault):
    assert any(fault in told for told in judged(tmp_path, labels)["faults"])


def test_a_median_that_reaches_nobody_is_a_fault(tmp_path):
    assert any("reaches" in told for told in judged(tmp_path, "0,a\n1,a\n2,a\n3,b\n", weight="t", radius=0.5)["faults"])


def run_of(units: int, dissimilarity: float) -> dict:
    evaluated = {"units": units, "faults": [], "dissimilarity": dissimilarity}
    said = {"seconds": 3.0, "units_bound": 10, "bound": None, "status": "feasible"}
    return {
        "evaluated": evaluated,
        "said": said,
        "seconds": 3.0,
        "process_seconds": 4.0,
        "processor_seconds": 2.0,
        "gigabytes": 0.1,
        "asked": "",
    }


@pytest.mark.parametrize(
    ("ours", "theirs", "met"),
    [((9, 5.0), (8, 6.0), True), ((9, 7.0), (8, 6.0), False), ((7, 5.0), (8, 6.0), False), ((9, 5.0), None, None)],
)
def test_likeness_counts_only_at_no_fewer_units_and_unknown_is_no_pass(ours, theirs, met):
    case = Case("c", "lattices", row_of_four, "t", 10.0, Bars(below_peers=True), ("f",), peers=True)
    other = None if theirs is None else run_of(*theirs)
    (bar,) = (bar for bar in bars_of(case, {None: run_of(*ours)}, {"spopt": other}) if "spopt" in bar["what"])
    assert bar["met"] is met


@pytest.mark.parametrize(("cut", "most"), [([], 3), (["0"], 1), (["1"], 4), (["0", "1"], 2)])
def test_a_cut_is_counted_anew(tmp_path, cut, most):
    # six nodes of 8 around one of 20
    rays = np.array([(0, ray) for ray in range(1, 7)])
    nodes, edges = write(Table({"t": np.array([20.0, *[8.0] * 6])}, rays), tmp_path)
    assert allowed(nodes, edges, "t", 20.0, cut) == most


@pytest.mark.parametrize(("units", "met"), [(7, False), (8, True)])
def test_half_of_the_gap_is_counted_from_the_better_peer(units, met):
    case = Case("c", "streets", row_of_four, "t", 10.0, Bars(half_of_the_gap=True), ("f",), peers=True)
    others = {"spopt": run_of(5, 1.0), "pygeoda": run_of(6, 1.0)}
    share = next(bar for bar in bars_of(case, {None: run_of(units, 1.0)}, others) if "share closed" in bar["what"])
    assert share["met"] is met


def test_the_recipe_of_a_lattice_does_not_change():
    table = lattice(10, 0)
    assert (len(table.edges), round(float(table.columns["t"].sum()), 6)) == (180, 1255.202812)
    assert round(float(np.abs(table.columns["f"]).sum()), 6) == 86.511823


def test_the_kept_labels_are_what_the_index_says_of_them(tmp_path):
    index = json.loads(INDEX.read_text(encoding="utf-8"))
    assert {path.name.removesuffix(".csv.gz") for path in FOLDER.glob("*.csv.gz")} == set(index)
    for case in generated():
        for k in (None, *case.k):
            name = f"{case.name}-k{k}" if k else case.name
            if name not in index:
                continue
            nodes, edges = write(case.table(), tmp_path / name)
            (tmp_path / "labels.csv").write_bytes(gzip.decompress((FOLDER / f"{name}.csv.gz").read_bytes()))
            compact = case.objective == "compact"
            limits = [(case.column, case.floor, case.ceiling)]
            more = {"attributes": case.attributes, "weight": "t" if compact else None, "radius": case.radius}
            seen = evaluate(nodes, edges, tmp_path / "labels.csv", limits, **more)
            value = seen["compactness" if compact else "dissimilarity"]
            assert (seen["faults"], seen["units"]) == ([], index[name]["units"])
            assert value == pytest.approx(index[name]["objective"])


def test_streets_of_others_leave_no_labels_here():
    case = Case("c", "streets", row_of_four, "t", 10.0, Bars())
    assert keep(case, None, run_of(9, 1.0)) is False
    assert not (FOLDER / "c.csv.gz").exists()
