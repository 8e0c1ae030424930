"""The chain: one city in, its check-ups and headline out, each step told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from huancheng.chain import ChainResult, Generated, Mapped, Ready, fresh_folder, headline_of, run_chain
from huancheng.chain.folder import MARKER, write_marker
from huancheng.city.snapshot import Snapshot
from huancheng.evidence import InputFault


@pytest.fixture(scope="module")
def result(little_snapshot: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> ChainResult:
    return run_chain(Ready(little_snapshot), tmp_path_factory.mktemp("chain"), ["national-2022", "national-2023"])


def test_each_system_gets_its_run_and_each_step_its_time(result: ChainResult) -> None:
    assert [run.meta["system"]["id"] for run in result.runs] == ["national-2022", "national-2023"]
    assert [step.name for step in result.steps] == ["snapshot", "checkup national-2022", "checkup national-2023"]
    assert all(step.seconds >= 0 for step in result.steps)
    assert all((run.folder / "run.json").is_file() for run in result.runs)


def test_runs_are_of_the_snapshot_they_were_made_from(result: ChainResult, little_snapshot: Snapshot) -> None:
    assert {run.meta["snapshot"]["digest"] for run in result.runs} == {little_snapshot.manifest.digest}


def test_the_headline_counts_what_the_runs_hold(result: ChainResult) -> None:
    headline = headline_of(result.snapshot, result.runs)
    assert (headline.city, headline.buildings, headline.residents) == ("小城", 8, 640.0)
    for system, run in zip(headline.systems, result.runs, strict=True):
        assert system.known + system.missing + system.not_applicable == system.indicators == len(run.headline)
        assert sum(group.indicators for group in system.groups) == system.indicators
        assert sum(group.known for group in system.groups) == system.known
        assert sum(group.problems for group in system.groups) == system.problems
        assert system.features == len(run.features)


def test_the_planted_hazards_are_in_the_headline(result: ChainResult) -> None:
    homes = next(
        group for group in headline_of(result.snapshot, result.runs).systems[1].groups if group.group == "住房"
    )
    assert homes.problems >= 1


def test_where_no_source_tells_the_residents_none_are_made_up(little_snapshot: Snapshot) -> None:
    silent = Snapshot(little_snapshot.location)
    silent.manifest = silent.manifest.model_copy(update={"city": {}, "layers": {}})
    headline = headline_of(silent, [])
    assert (headline.residents, headline.buildings, headline.systems) == (None, 0, ())


def test_an_unknown_system_is_said_before_anything_is_built(tmp_path: Path) -> None:
    folder = tmp_path / "chain"
    with pytest.raises(InputFault, match="national-1999"):
        run_chain(Generated("small", 1), folder, ["national-1999"])
    assert not folder.exists()


def test_a_chain_without_a_system_is_just_the_city(tmp_path: Path, little_snapshot: Snapshot) -> None:
    assert run_chain(Ready(little_snapshot), tmp_path / "chain", []).runs == ()


def test_a_mapping_that_is_not_there_is_a_plain_fault(tmp_path: Path) -> None:
    with pytest.raises(InputFault, match="no such mapping"):
        run_chain(Mapped(tmp_path / "none.toml"), tmp_path / "chain", [])


def test_a_generated_city_is_told_by_size_and_seed(tmp_path: Path) -> None:
    told: list[str] = []
    result = run_chain(Generated("small", 3), tmp_path / "chain", [], say=told.append)
    assert "small" in told[0]
    assert "seed 3" in told[0]
    assert result.snapshot.manifest.city["seed"] == 3


def test_a_folder_appears_whole(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with fresh_folder(out) as folder:
        (folder / "a").write_text("1")
        assert not out.exists()
    assert (out / "a").read_text() == "1"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_goes_wrong_leaves_nothing_new_and_the_old_untouched(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with fresh_folder(out) as folder:
        write_marker(folder, {"city": "旧"})
    with pytest.raises(ZeroDivisionError), fresh_folder(out) as folder:
        (folder / "half").write_text(str(1 / 0))
    assert json.loads((out / MARKER).read_text("utf-8")) == {"city": "旧"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_chains_own_earlier_folder_is_replaced(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for name in ("旧", "新"):
        with fresh_folder(out) as folder:
            write_marker(folder, {"city": name})
            (folder / name).touch()
    assert sorted(path.name for path in out.iterdir()) == sorted([MARKER, "新"])


@pytest.mark.parametrize("held", ["folder", "file"])
def test_other_peoples_files_are_never_replaced(tmp_path: Path, held: str) -> None:
    out = tmp_path / "out"
    if held == "folder":
        out.mkdir()
        (out / "thesis.docx").touch()
    else:
        out.touch()
    with pytest.raises(InputFault, match="no chain has written"), fresh_folder(out):
        pass
    assert out.exists()
