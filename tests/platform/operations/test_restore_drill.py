"""The drill: a city at work is backed up and restored elsewhere; rows and files are equal and the log is whole.

Starting a program takes most of the time here, so that each scene is one script.
"""

from __future__ import annotations

import json
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.platform.installation import (
    ENGINES,
    Installation,
    empty_installation,
    engines_of_run,
    skip_without_postgresql,
)

TELL = """
import hashlib, json
from pathlib import Path
from django.apps import apps
from django.conf import settings
from huancheng.evidence import InputFault
from huancheng.platform.audit.queries.verify import verify_log
from huancheng.platform.operations.backups import restoring
from huancheng.platform.operations.backups.tables import kept_models, lines_of
from huancheng.platform.operations.backups.writing import make_backup
def told():
    "Every row of every table and every file, hashed."
    tables = {name: hashlib.sha256(b"".join(lines_of(model))).hexdigest() for name, model in kept_models(apps).items()}
    del tables["operations.backup"]
    files = {
        file.relative_to(settings.HOME).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for folder in (settings.FILES, settings.PACK_ARCHIVE) for file in folder.rglob("*") if file.is_file()
    }
    return [tables, files]
def fault_of(**how):
    try:
        restoring.restore_backup(archive, **how)
    except InputFault as fault:
        return str(fault)
"""
WORK = """
import io
from huancheng.platform.audit.domain.anchor import make_anchor
from huancheng.platform.casework.domain.stepping import complete
from huancheng.platform.files.domain.store import take_in
for number in range(3):
    case = unit_case(f"U{number}")
    complete(case.pk, "designate", put("临河县人民政府", "approver"), words="同意指定")
    take_in(io.BytesIO(f"第 {number} 份材料".encode()), f"{number}.txt")
make_anchor()
before = told()
made = make_backup(archive)
assert not made.manifest.damaged
print(json.dumps([before, made.manifest.rows, made.manifest.files]))
"""


@dataclass
class Drill:
    """A city at work, its backup, and what was in it."""

    installation: Installation
    archive: Path
    told: list[dict[str, str]]
    rows: int
    files: int

    def scene(self, installation: Installation, text: str) -> Any:
        """Play a scene with this backup; return what it prints."""
        return json.loads(installation.script(f"{TELL}\narchive = Path({str(self.archive)!r})\n{text}"))

    def again(self, folder: Path, name: str) -> Installation:
        """Return a copy of the city at work."""
        return self.installation.copy(folder / "home", name)


@pytest.fixture(scope="module")
def drills(prepared, tmp_path_factory) -> dict[str, Drill]:
    """What was drilled on each engine so far."""
    return {}


@pytest.fixture(params=engines_of_run())
def drill(request, drills, prepared, tmp_path_factory) -> Drill:
    """A city at work on an engine, and its backup."""
    skip_without_postgresql()
    engine = request.param
    if engine not in drills:
        folder = tmp_path_factory.mktemp(engine)
        begun = Drill(prepared(engine).copy(folder / "home", f"drill_{engine}"), folder / "backup.tar", [], 0, 0)
        begun.told, begun.rows, begun.files = begun.scene(begun.installation, WORK)
        drills[engine] = begun
    return drills[engine]


def test_a_backup_comes_back_on_the_other_engine(drill, tmp_path, cluster):
    other = next(engine for engine in ENGINES if engine != drill.installation.engine)
    target = empty_installation(tmp_path, other, cluster, "elsewhere")
    done = target.huancheng("restore", str(drill.archive), "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert (answer["rows"], answer["files"], answer["aside"]) == (drill.rows, drill.files, [])
    assert (answer["log"]["whole"], answer["log"]["anchors"]) == (True, 1)
    went_on = "print(json.dumps([told(), unit_case('U9').pk, verify_log().whole]))"
    assert drill.scene(target, went_on) == [drill.told, 4, True]
    assert len(drill.told[1]) > len(["a pack's manifest", "three papers"])


def test_a_place_that_is_not_empty_is_refused_or_set_aside(drill, tmp_path):
    scene = """
from huancheng.platform.operations.domain.beating import beat
from huancheng.platform.operations.models import Heartbeat
unit_case("U8")
later = told()
refused = fault_of()
beat("a worker")
in_use = fault_of(replace=True)
Heartbeat.objects.all().delete()
unchanged = told() == later
done = restoring.restore_backup(archive, replace=True)
print(json.dumps([refused, in_use, unchanged, told(), done.aside]))
"""
    refused, in_use, unchanged, after, aside = drill.scene(drill.again(tmp_path, "again"), scene)
    assert "--replace" in refused
    assert "stop huancheng serve" in in_use
    assert unchanged
    assert after == drill.told
    assert any("files.before-" in place for place in aside)
    assert any("register.sqlite3.before-" in place or place.startswith("schema before_") for place in aside)


INJECT = """
def fail():
    raise InputFault("an injected fault")
verify, restoring.verify_log = restoring.verify_log, fail
"""


@pytest.mark.slow
def test_a_restore_that_fails_leaves_all_as_it_was(drill, tmp_path):
    scene = f"""{INJECT}
unit_case("U8")
later = told()
print(json.dumps([fault_of(replace=True), told() == later, verify_log().whole]))
"""
    assert drill.scene(drill.again(tmp_path, "again"), scene) == ["an injected fault", True, True]


@pytest.mark.slow
def test_a_failed_restore_into_an_empty_place_can_be_tried_again(drill, tmp_path, cluster):
    target = empty_installation(tmp_path, drill.installation.engine, cluster, "elsewhere")
    scene = f"""{INJECT}
first = fault_of()
restoring.verify_log = verify
restoring.restore_backup(archive)
print(json.dumps([first, told()]))
"""
    assert drill.scene(target, scene) == ["an injected fault", drill.told]


def test_secrets_are_kept_on_demand_and_a_home_can_be_named(prepared, tmp_path):
    home = prepared("sqlite").copy(tmp_path / "home", "")
    made = home.huancheng("backup", "--out", str(tmp_path / "with.tar"), "--with-secrets")
    assert made.returncode == 0, made.stderr
    assert "read again and found whole" in made.stdout
    done = home.huancheng("restore", str(tmp_path / "with.tar"), "--into", str(tmp_path / "other"))
    assert done.returncode == 0, done.stderr
    assert "the log is whole" in done.stdout
    assert (tmp_path / "other" / "secrets.json").read_text() == (home.home / "secrets.json").read_text()


def test_secrets_are_not_kept_unasked(drill):
    with tarfile.open(drill.archive) as archive:
        names = archive.getnames()
    assert "manifest.json" in names
    assert "secrets.json" not in names
