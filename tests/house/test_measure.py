"""Benchmarks are found by their folder, run with their peers where these can be had, and leave a dated result."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

import pytest

from house import measure
from house.measure import bar_line, bench, bench_all, benchmarks, peer_variables, result_file, run_benchmark
from house.places import Places

FINDING = {
    "benchmark": "toy",
    "figures": {"seconds": 1.5},
    "bars": [
        {"what": "times faster", "measured": 31.25, "bar": 30.0, "better": "higher", "met": True},
        {"what": "peer", "measured": None, "bar": 2, "met": None, "note": "not installed"},
    ],
}


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """A project with one benchmark, whose environment's Python is the running one."""
    folder = tmp_path / "benchmarks" / "toy"
    folder.mkdir(parents=True)
    finding = f'print(r"""{json.dumps(FINDING)}""")\n'
    script = '"""A toy.\n\nMore words."""\nimport sys\n' + finding + 'sys.exit(int((sys.argv[1:] or "0")[0]))\n'
    (folder / "__main__.py").write_text(script, encoding="utf-8")
    monkeypatch.setattr(measure, "ensure", lambda _places, _depth: None)
    monkeypatch.setattr(Places, "python", property(lambda _self: Path(sys.executable)))
    return Places(tmp_path)


def result(places: Places) -> dict[str, object]:
    (file,) = (places.root / "benchmarks" / "results").glob("*-toy.json")
    document: dict[str, object] = json.loads(file.read_text(encoding="utf-8"))
    return document


def test_without_a_name_they_are_listed_with_their_first_line(
    places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    assert benchmarks(places) == {"toy": "A toy."}
    assert bench(places, []) == 0
    assert capsys.readouterr().out.split() == ["toy", "A", "toy."]


def test_an_unknown_name_is_a_wrong_command_line(places: Places, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench(places, ["toi"]) == 2
    assert "there are: toy" in capsys.readouterr().err


def test_a_run_leaves_a_dated_result_that_tells_on_what_it_was_measured(places: Places) -> None:
    assert bench(places, ["toy"]) == 0
    document = result(places)
    assert document["figures"] == {"seconds": 1.5}
    assert str(document["date"]) in next((places.root / "benchmarks" / "results").iterdir()).name
    machine = document["machine"]
    assert isinstance(machine, dict)
    assert machine["processors"] >= 1
    assert "numpy" in machine["versions"]
    assert "node" not in machine


def test_a_missed_bar_comes_through_as_the_exit_code_and_is_kept(places: Places) -> None:
    assert bench(places, ["toy", "1"]) == 1
    assert result(places)["bars"]


def test_all_are_run_and_those_that_fail_are_named(places: Places) -> None:
    assert bench_all(places) == []
    (places.root / "benchmarks" / "toy" / "__main__.py").write_text('"""A toy."""\nraise SystemExit(1)\n')
    assert bench_all(places) == ["toy"]


def test_a_benchmark_that_says_nothing_has_failed(places: Places, capsys: pytest.CaptureFixture[str]) -> None:
    (places.root / "benchmarks" / "toy" / "__main__.py").write_text('"""A toy."""\nprint("fast!")\n')
    assert run_benchmark(places, "toy", []) == 1
    assert "left no JSON document" in capsys.readouterr().err
    assert not (places.root / "benchmarks" / "results").exists()


def test_a_second_run_on_a_day_takes_the_place_of_the_first(places: Places) -> None:
    day = dt.date(2026, 3, 1)
    assert result_file(places, "toy", day).name == "2026-03-01-toy.json"


def test_bars_are_told_in_words_and_unknown_is_not_a_pass() -> None:
    met, unknown = FINDING["bars"]
    assert bar_line(met) == "  met       times faster: 31.25, bar 30.0"
    assert bar_line(unknown) == "  not known peer: None, bar 2 (not installed)"
    assert bar_line({**met, "met": False}).startswith("  MISSED")


class TestPeers:
    """Peers live in an environment of their own and never hold a benchmark up."""

    @pytest.fixture
    def wanted(self, places: Places) -> Path:
        file = places.root / "benchmarks" / "toy" / "peers.txt"
        file.write_text("pandana==0.8\n", encoding="utf-8")
        return file

    def test_without_peers_nothing_is_made(self, places: Places) -> None:
        assert peer_variables(places, "toy") == {}

    def test_they_are_installed_once(self, places: Places, wanted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        made: list[list[str]] = []

        def call(command: list[str | Path], **_more: object) -> int:
            made.append([str(word) for word in command])
            python = places.output / "peers" / "toy" / "bin" / "python"
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
            return 0

        monkeypatch.setattr(measure, "call", call)
        places = Places(places.root, windows=False)
        variables = peer_variables(places, "toy")
        assert variables["HUANCHENG_PEERS_PYTHON"].endswith("python")
        assert len(made) == 2
        assert peer_variables(places, "toy") == variables
        assert len(made) == 2
        wanted.write_text("pandana==0.9\n", encoding="utf-8")
        peer_variables(places, "toy")
        assert len(made) == 4

    def test_where_they_can_not_be_had_we_run_alone_and_say_so(
        self, places: Places, wanted: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert wanted.is_file()
        monkeypatch.setattr(measure, "call", lambda *_words, **_more: 1)
        assert peer_variables(places, "toy") == {}
        assert "it runs without them" in capsys.readouterr().err

        def missing(*_words: object, **_more: object) -> int:
            raise measure.Trouble("can't start")

        monkeypatch.setattr(measure, "call", missing)
        assert peer_variables(places, "toy") == {}
