"""A snapshot is taken in whole and verified, or not at all."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from huancheng.city.snapshot import Manifest, Snapshot
from huancheng.evidence import InputFault
from huancheng.platform.atlas.domain import unpacking
from huancheng.platform.atlas.domain.folders import snapshot_folder
from huancheng.platform.atlas.domain.taking import take_snapshot
from huancheng.platform.atlas.models import SnapshotRecord
from huancheng.platform.audit.acting import PROGRAM
from huancheng.platform.audit.models import Event
from tests.platform.atlas.little import snapshot as little

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.SNAPSHOTS = tmp_path / "snapshots"


@pytest.fixture
def source(tmp_path) -> Path:
    """A copy of the little city that a test may spoil."""
    return Path(shutil.copytree(little().location, tmp_path / "source"))


def zipped(source: Path, target: Path, *, inside: str = "", more: dict[str, bytes] | None = None) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in source.iterdir():
            packed.write(file, f"{inside}{file.name}")
        for name, data in (more or {}).items():
            packed.writestr(name, data)
    return target


def resealed(folder: Path, **changes: object) -> None:
    """Change a manifest and give it the digest it would then have: what a careful forger does."""
    content = json.loads((folder / "manifest.json").read_text("utf-8")) | changes | {"digest": ""}
    manifest = Manifest.model_validate(content)
    digest = hashlib.sha256(manifest.model_dump_json().encode()).hexdigest()
    (folder / "manifest.json").write_text(manifest.model_copy(update={"digest": digest}).model_dump_json(), "utf-8")


def test_a_folder_is_copied_and_recorded(source):
    record, fresh = take_snapshot(source, PROGRAM)
    assert fresh
    assert (record.state, record.title, record.current) == ("loading", "小城", False)
    assert record.layers["pipes"] == {"count": 1, "access": "classified"}
    assert Snapshot(snapshot_folder(record.digest)).verify() == []
    assert [event.code for event in Event.objects.filter(stream=record.stream)] == ["snapshot.taken"]


def test_the_copy_holds_what_the_manifest_names_and_nothing_else(source):
    (source / "truth.json").write_text("what nobody may read", "utf-8")
    record, _ = take_snapshot(source, PROGRAM)
    kept = {file.name for file in snapshot_folder(record.digest).iterdir()}
    named = Snapshot(source).manifest
    assert kept == {"manifest.json", named.repairs_file, *(item.file for item in named.layers.values())}


def test_taking_it_in_again_changes_nothing(source):
    first, _ = take_snapshot(source, PROGRAM)
    again, fresh = take_snapshot(source, PROGRAM)
    assert (again, fresh) == (first, False)
    assert Event.objects.filter(stream=first.stream).count() == 1


def test_the_copy_outlives_changes_of_the_original(source):
    record, _ = take_snapshot(source, PROGRAM)
    (source / "buildings.parquet").write_bytes(b"changed")
    assert Snapshot(snapshot_folder(record.digest)).verify() == []


@pytest.mark.parametrize("inside", ["", "小城/"])
def test_a_zip_is_taken_in_from_its_root_or_its_one_folder(source, tmp_path, inside):
    record, fresh = take_snapshot(zipped(source, tmp_path / "city.zip", inside=inside), PROGRAM)
    assert fresh
    assert record.digest == little().manifest.digest


def test_a_changed_file_is_refused_and_nothing_is_kept(source, settings):
    (source / "buildings.parquet").write_bytes(b"other houses")
    with pytest.raises(InputFault, match=r"buildings\.parquet"):
        take_snapshot(source, PROGRAM)
    assert not SnapshotRecord.objects.exists()
    assert list(Path(settings.SNAPSHOTS).iterdir()) == []


def test_a_changed_manifest_is_refused(source):
    content = json.loads((source / "manifest.json").read_text("utf-8"))
    content["layers"]["pipes"]["access"] = "public"
    (source / "manifest.json").write_text(json.dumps(content), "utf-8")
    with pytest.raises(InputFault, match="清单被改动过"):
        take_snapshot(source, PROGRAM)


def test_a_missing_file_is_refused(source):
    (source / "streets.parquet").unlink()
    with pytest.raises(InputFault, match=r"streets\.parquet"):
        take_snapshot(source, PROGRAM)


def test_a_folder_without_manifest_is_refused(tmp_path):
    with pytest.raises(InputFault, match=r"manifest\.json"):
        take_snapshot(tmp_path, PROGRAM)


@pytest.mark.parametrize("name", ["../stolen.csv", "/etc/passwd", "sub\\file.csv", "manifest.json", ""])
def test_a_manifest_that_names_files_elsewhere_is_refused(source, tmp_path, name):
    resealed(source, repairs_file=name)
    for given in (source, zipped(source, tmp_path / "city.zip")):
        with pytest.raises(InputFault, match="不是单纯的文件名"):
            take_snapshot(given, PROGRAM)


def test_members_of_a_zip_that_the_manifest_does_not_name_are_never_written(source, tmp_path):
    packed = zipped(source, tmp_path / "city.zip", more={"../outside.txt": b"x", "extra.bin": b"x"})
    record, _ = take_snapshot(packed, PROGRAM)
    assert not list(tmp_path.rglob("outside.txt"))
    assert not (snapshot_folder(record.digest) / "extra.bin").exists()


def test_a_bomb_is_refused_before_it_is_unpacked(source, tmp_path):
    (source / "buildings.parquet").write_bytes(bytes(50_000_000))
    with pytest.raises(InputFault, match="解压后过大"):
        take_snapshot(zipped(source, tmp_path / "city.zip"), PROGRAM)


def test_more_than_a_snapshot_may_hold_is_refused(source, tmp_path, monkeypatch):
    monkeypatch.setattr(unpacking, "LARGEST", 10_000)
    with pytest.raises(InputFault, match="解压后过大"):
        take_snapshot(zipped(source, tmp_path / "city.zip"), PROGRAM)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"readme.txt": b"hello"}, "正好有一个"),
        ({"a/manifest.json": b"{}", "b/manifest.json": b"{}"}, "正好有一个"),
        ({"manifest.json": b"{}"}, "不是快照清单"),
        ({"manifest.json": b" " * 5_000_000}, "太大"),
    ],
)
def test_a_zip_that_is_no_snapshot_is_refused(tmp_path, files, words):
    with zipfile.ZipFile(tmp_path / "city.zip", "w") as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    with pytest.raises(InputFault, match=words):
        take_snapshot(tmp_path / "city.zip", PROGRAM)


def test_a_zip_without_a_file_the_manifest_names_is_refused(source, tmp_path):
    (source / "streets.parquet").unlink()
    with pytest.raises(InputFault, match=r"缺少 streets\.parquet"):
        take_snapshot(zipped(source, tmp_path / "city.zip"), PROGRAM)


def test_what_is_no_zip_is_refused(tmp_path):
    (tmp_path / "city.zip").write_bytes(b"MZ this is a program")
    with pytest.raises(InputFault, match="打不开"):
        take_snapshot(tmp_path / "city.zip", PROGRAM)


def test_a_folder_left_by_an_attempt_that_was_cut_off_is_replaced(source):
    left = snapshot_folder(little().manifest.digest)
    left.mkdir(parents=True)
    (left / "half.parquet").write_bytes(b"half")
    record, _ = take_snapshot(source, PROGRAM)
    assert Snapshot(snapshot_folder(record.digest)).verify() == []
    assert not (left / "half.parquet").exists()
