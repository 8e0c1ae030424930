"""`huancheng units solve`: one JSON document, labels.csv, and faults with exit code 3."""

from __future__ import annotations

import json

import pytest

from huancheng.cli import main


@pytest.fixture
def files(tmp_path):
    rows = [f"n{cell},{10 + cell % 3},{cell * 0.5},{cell % 4},{cell // 4}" for cell in range(16)]
    (tmp_path / "n.csv").write_text("id,t,f,x,y\n" + "\n".join(rows) + "\n", encoding="utf-8")
    edges = [(c, c + 1) for c in range(16) if c % 4 < 3] + [(c, c + 4) for c in range(12)]
    (tmp_path / "e.csv").write_text("a,b\n" + "\n".join(f"n{a},n{b}" for a, b in edges) + "\n", encoding="utf-8")
    return tmp_path


def run(files, *more):
    arguments = ["units", "solve", "--nodes", str(files / "n.csv"), "--edges", str(files / "e.csv")]
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--out", str(files / "out"), *more])
    return ended.value.code


def test_max_p_is_proved_and_standard_output_is_only_the_document(files, capsys):
    assert run(files, "--floor", "t:40", "--attributes", "f", "--objective", "max-p", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert {"units", "objective", "bound", "gap", "status", "seconds"} <= set(document)
    assert (document["status"], document["gap"]) == ("optimal", 0.0)
    lines = (files / "out" / "labels.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "id,unit"
    assert len({line.split(",")[1] for line in lines[1:]}) == document["units"]
    assert json.loads((files / "out" / "result.json").read_text(encoding="utf-8")) == document


def test_compact_takes_places_a_number_of_units_and_a_ceiling(files, capsys):
    more = ("--floor", "t:30", "--ceiling", "t:60", "--objective", "compact", "--k", "4", "--json")
    assert run(files, *more) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["units"] == 4
    assert document["bound"] <= document["objective"]


@pytest.mark.parametrize(("k", "units"), [("2", 2), ("1-3", 3), ("2-9", 3)])
def test_max_p_takes_a_number_or_as_many_of_a_range_as_the_floor_allows(files, capsys, k, units):
    assert run(files, "--floor", "t:55", "--attributes", "f", "--k", k, "--json") == 0
    assert json.loads(capsys.readouterr().out)["units"] == units


@pytest.mark.parametrize("k", ["0", "5-3", "many", "-4", "2-x"])
def test_a_number_of_units_that_is_none_is_a_wrong_command_line(files, k, capsys):
    assert run(files, "--floor", "t:40", f"--k={k}") == 2
    assert "LOW-HIGH" in capsys.readouterr().err


def test_without_json_the_answer_is_in_words(files, capsys):
    assert run(files, "--floor", "t:40") == 0
    assert "units (at most" in capsys.readouterr().out


def test_what_is_impossible_ends_with_code_3_and_its_cause(files, capsys):
    assert run(files, "--floor", "t:5", "--ceiling", "t:11", "--json") == 3
    caught = capsys.readouterr()
    assert "is over the ceiling of 11" in json.loads(caught.out)["error"]
    assert "Traceback" not in caught.err


@pytest.mark.parametrize("floor", ["t", "t:x", ":3"])
def test_a_floor_that_is_none_is_a_wrong_command_line(files, floor, capsys):
    assert run(files, "--floor", floor) == 2
    assert "COLUMN:VALUE" in capsys.readouterr().err
