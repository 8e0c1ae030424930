"""A check-up run is taken in whole, once, and every row of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from django.core.management import CommandError, call_command

from huancheng.checkup.results.store import CheckupRun
from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import PROGRAM
from huancheng.platform.audit.models import Event
from huancheng.platform.checkups.domain import taking
from huancheng.platform.checkups.domain.folders import run_folder
from huancheng.platform.checkups.domain.taking import take_run
from huancheng.platform.checkups.models import ActionRecord, CheckupRunRecord, IndicatorValue, ProblemRecord
from tests.platform.atlas.little import run_folder as write_little_run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.CHECKUPS = tmp_path / "checkups"


@pytest.fixture
def source(tmp_path) -> Path:
    return write_little_run(tmp_path / "run")


def rewrite(folder: Path, name: str, change) -> None:
    frame = pd.read_parquet(folder / f"{name}.parquet")
    change(frame).to_parquet(folder / f"{name}.parquet", index=False)


def test_every_value_of_a_real_run_stands_in_the_register(small_run):
    record, fresh = take_run(small_run, PROGRAM)
    run = CheckupRun.open(small_run)
    assert fresh
    assert (record.system, record.as_of) == ("national-2023", "2025-12-31")
    columns = ["indicator", "scope_kind", "scope_id", "amount", "state", "provenance", "grade", "target", "note"]
    held = list(IndicatorValue.objects.filter(run=record).values_list(*columns))
    stored = [
        tuple(None if name == "amount" and pd.isna(value) else value for name, value in zip(columns, row, strict=True))
        for row in pd.read_parquet(small_run / "values.parquet")[columns].itertuples(index=False)
    ]
    assert held == stored
    assert ProblemRecord.objects.filter(run=record).count() == len(run.problems)
    assert list(ActionRecord.objects.values_list("key", flat=True)) == list(run.actions["id"])


def test_places_of_problems_are_kept_in_degrees(small_run):
    record, _ = take_run(small_run, PROGRAM)
    rows = list(ProblemRecord.objects.filter(run=record)[:40])
    for row in rows:
        assert shapely.from_wkb(bytes(row.geometry)).centroid.x == pytest.approx(row.longitude)
        assert 116 < row.longitude < 117
        assert 36 < row.latitude < 38


def test_the_folder_is_kept_whole_and_named_by_its_content(source):
    record, _ = take_run(source, PROGRAM)
    shutil.rmtree(source)
    assert len(CheckupRun.open(run_folder(record.digest)).values) == record.figures.count()
    event = Event.objects.get(stream=record.stream)
    assert (event.code, event.data["figures"]) == ("checkup.taken", record.figures.count())


def test_taking_it_in_again_changes_nothing(source):
    first, _ = take_run(source, PROGRAM)
    again, fresh = take_run(source, PROGRAM)
    assert (again, fresh) == (first, False)
    assert CheckupRunRecord.objects.count() == 1
    assert Event.objects.filter(stream=first.stream).count() == 1


def test_a_run_cut_off_after_copying_is_taken_in_the_next_time(source, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(taking, "_record", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            take_run(source, PROGRAM)
    assert not CheckupRunRecord.objects.exists()
    record, fresh = take_run(source, PROGRAM)
    assert fresh
    assert record.figures.exists()


def test_a_row_that_got_lost_undoes_all(source, monkeypatch):
    monkeypatch.setattr(taking, "_actions", lambda *_: iter(()))
    with pytest.raises(RuntimeError, match="0 of 1 rows"):
        take_run(source, PROGRAM)
    assert not IndicatorValue.objects.exists()


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("values", lambda frame: frame.drop(columns="unit"), "缺少列 unit"),
        ("values", lambda frame: frame.assign(scope_id=""), "有两个数值"),
        ("values", lambda frame: frame.assign(state="missing"), "状态不一致"),
        ("values", lambda frame: frame.assign(state="perhaps"), "状态不一致"),
        ("values", lambda frame: frame.assign(amount=frame["amount"] + 1), "values.json"),
        ("actions", lambda frame: frame.assign(problem_id="none"), "问题清单里没有的问题"),
    ],
)
def test_a_run_that_contradicts_itself_is_refused(source, name, change, words):
    rewrite(source, name, change)
    with pytest.raises(InputFault, match=words):
        take_run(source, PROGRAM)
    assert not CheckupRunRecord.objects.exists()


def test_a_problem_of_an_unknown_indicator_is_refused(source):
    frame = gpd.read_parquet(source / "problems.parquet")
    frame["indicator"] = "X-99"
    frame.to_parquet(source / "problems.parquet")
    with pytest.raises(InputFault, match="数值表里没有"):
        take_run(source, PROGRAM)


def test_problems_without_coordinate_system_are_refused(source):
    frame = gpd.read_parquet(source / "problems.parquet")
    frame.set_crs(None, allow_override=True).to_parquet(source / "problems.parquet")
    with pytest.raises(InputFault, match="没有坐标系"):
        take_run(source, PROGRAM)


@pytest.mark.parametrize("name", ["features.parquet", "values.json", "run.json"])
def test_a_missing_file_is_refused(source, name):
    (source / name).unlink()
    with pytest.raises(InputFault):
        take_run(source, PROGRAM)


def test_a_broken_file_is_refused(source):
    (source / "values.json").write_text("[", "utf-8")
    with pytest.raises(InputFault, match="读不出来"):
        take_run(source, PROGRAM)


def test_a_copy_that_differs_is_refused_and_not_kept(source, settings, monkeypatch):
    digests = iter(["a" * 64])
    monkeypatch.setattr(taking, "digest_of", lambda _folder: next(digests))
    with pytest.raises(InputFault, match="与原件不一致"):
        take_run(source, PROGRAM)
    assert list(Path(settings.CHECKUPS).iterdir()) == []


def test_the_command_says_what_became_of_each_folder(source, capsys, tmp_path):
    call_command("load_checkup", str(source))
    call_command("load_checkup", str(source))
    told = capsys.readouterr().out
    assert "已载入：小城指标体系（2025-12-31），5个数值" in told
    assert "此前已载入" in told
    (tmp_path / "empty").mkdir()
    with pytest.raises(CommandError, match=r"run\.json"):
        call_command("load_checkup", str(tmp_path / "empty"))


def test_what_a_run_says_of_itself_is_kept(source):
    record, _ = take_run(source, PROGRAM)
    told = json.loads((source / "run.json").read_text("utf-8"))
    assert record.details["aspects"] == told["aspects"]
    assert record.snapshot == told["snapshot"]["digest"]
