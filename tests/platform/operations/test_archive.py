"""An archive is taken from only if all of it is as it was written; what is found damaged is refused and named."""

from __future__ import annotations

import io
import json
import tarfile
from contextlib import nullcontext
from datetime import UTC, date, datetime, time
from decimal import Decimal
from uuid import UUID

import pytest

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import PROGRAM
from huancheng.platform.audit.domain.append import append
from huancheng.platform.operations.backups import restoring, tables, writing
from huancheng.platform.operations.backups.manifest import NAME, read_manifest
from huancheng.platform.operations.backups.reading import OpenedBackup
from huancheng.platform.operations.backups.writing import default_file, make_backup
from huancheng.platform.operations.models import Backup

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(settings, tmp_path, monkeypatch):
    """A backup of a home with a file and a snapshot.

    The transaction around each test stands for the one moment; the drill shows that a backup sees one.
    """
    monkeypatch.setattr(writing, "one_moment", nullcontext)
    home = tmp_path / "home"
    settings.HOME = home
    for name in ("FILES", "SNAPSHOTS", "CHECKUPS", "PACK_ARCHIVE"):
        setattr(settings, name, home / name.lower())
    settings.FILES.mkdir(parents=True)
    (settings.FILES / ("a" * 64)).write_text("not what its name says")
    (settings.FILES / "half.part").write_text("half")
    settings.SNAPSHOTS.mkdir()
    (settings.SNAPSHOTS / "图层.parquet").write_bytes(b"0")
    append("case:1", "a", PROGRAM, words="同意")
    return make_backup(tmp_path / "b.tar").file


def rewritten(archive, change):
    """Write an archive anew with its members changed."""
    with tarfile.open(archive) as old:
        members = {entry.name: (entry, old.extractfile(entry).read()) for entry in old.getmembers()}
    change(members)
    target = archive.with_name("changed.tar")
    with tarfile.open(target, "w") as new:
        for name, (entry, content) in members.items():
            entry.name, entry.size, entry.pax_headers = name, len(content), {}
            new.addfile(entry, io.BytesIO(content) if entry.isreg() else None)
    return target


def refused(archive, words):
    with pytest.raises(InputFault, match=words), OpenedBackup(archive) as backup:
        backup.verify()


def test_an_archive_tells_what_is_in_it(archive):
    with OpenedBackup(archive) as backup:
        backup.verify()
        assert backup.tables()["audit.event"] == 1
        names = set(backup.manifest.members)
    assert {"snapshots/图层.parquet", f"files/{'a' * 64}"} <= names
    assert not any(name.endswith(".part") for name in names)
    assert "tables/sessions.session.jsonl.gz" not in names


def test_a_stored_file_that_is_not_what_its_name_says_is_told_and_kept(archive):
    with OpenedBackup(archive) as backup:
        assert backup.manifest.damaged == [f"files/{'a' * 64}"]


def test_only_its_maker_may_read_it(archive):
    assert archive.stat().st_mode & 0o077 == 0


def test_that_a_backup_was_made_is_remembered(archive):
    backup = Backup.objects.get()
    assert (backup.name, backup.size) == ("b.tar", archive.stat().st_size)
    assert backup.rows > 1


def test_an_archive_that_is_there_is_not_overwritten(archive):
    with pytest.raises(InputFault, match="there already"):
        make_backup(archive)


def test_two_backups_into_one_file_do_not_mix(archive, tmp_path):
    (tmp_path / "c.tar.part").touch()
    with pytest.raises(InputFault, match="another backup is being written"):
        make_backup(tmp_path / "c.tar")
    assert (tmp_path / "c.tar.part").exists()


def test_a_backup_that_fails_leaves_nothing_behind(archive, tmp_path, monkeypatch):
    def fail(*_words, **_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "_write", fail)
    with pytest.raises(OSError, match="No space left"):
        make_backup(tmp_path / "c.tar")
    assert not list(tmp_path.glob("c.tar*"))


def test_backups_are_named_by_their_moment(archive):
    assert default_file().name.startswith("huancheng-20")
    assert default_file().parent.name == "backups"


def test_one_changed_byte_is_found(archive):
    def change(members):
        members["snapshots/图层.parquet"] = (members["snapshots/图层.parquet"][0], b"1")

    refused(rewritten(archive, change), "图层.parquet is not what was written")


def test_a_member_that_is_missing_or_too_many_is_found(archive):
    refused(rewritten(archive, lambda members: members.pop("snapshots/图层.parquet")), "manifest and its contents")

    def add(members):
        members["files/more"] = (tarfile.TarInfo("files/more"), b"x")

    refused(rewritten(archive, add), "files/more")


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "files/../../outside", "elsewhere/x", "files/c:\\x"])
def test_a_name_that_leads_elsewhere_is_refused(archive, name):
    def change(members):
        entry, content = members["snapshots/图层.parquet"]
        del members["snapshots/图层.parquet"]
        members[name] = (entry, content)
        rename_in_manifest(members, name)

    refused(rewritten(archive, change), "leads elsewhere")


def rename_in_manifest(members, name):
    entry, content = members[NAME]
    said = json.loads(content)
    said["members"][name] = said["members"].pop("snapshots/图层.parquet")
    members[NAME] = (entry, json.dumps(said).encode())


def test_a_link_in_the_place_of_a_file_is_refused(archive):
    def change(members):
        link = tarfile.TarInfo("snapshots/图层.parquet")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        members["snapshots/图层.parquet"] = (link, b"")

    refused(rewritten(archive, change), "leads elsewhere")


def test_another_number_of_rows_is_found(archive):
    def change(members):
        entry, content = members[NAME]
        said = json.loads(content)
        said["members"]["tables/audit.event.jsonl.gz"]["rows"] = 2
        members[NAME] = (entry, json.dumps(said).encode())

    refused(rewritten(archive, change), "another number of rows")


def test_what_is_no_backup_is_refused(archive, tmp_path):
    (tmp_path / "x.tar").write_bytes(b"no archive at all" * 100)
    refused(tmp_path / "x.tar", "no backup, or it was cut short")
    refused(rewritten(archive, lambda members: members.pop(NAME)), "no manifest")
    cut = tmp_path / "cut.tar"
    cut.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    refused(cut, "cut short|no manifest")


@pytest.mark.parametrize("content", [b"{}", b"no json", b'{"format": 1}', b"[]"])
def test_a_manifest_that_cannot_be_read_is_refused(content):
    with pytest.raises(InputFault, match="manifest can't be read"):
        read_manifest(content, "b.tar")


def test_a_layout_of_another_version_is_refused():
    with pytest.raises(InputFault, match="layout 2, this version reads layout 1"):
        read_manifest(b'{"format": 2}', "b.tar")


def test_a_backup_of_a_newer_version_is_refused(archive):
    def change(members):
        entry, content = members[NAME]
        said = json.loads(content)
        said["migrations"].append("casework.9999_from_the_future")
        members[NAME] = (entry, json.dumps(said).encode())

    with pytest.raises(InputFault, match=r"newer version .*9999_from_the_future"):
        restoring.restore_backup(rewritten(archive, change))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime(2026, 11, 22, 9, 30, 0, 123456, tzinfo=UTC), "2026-11-22T09:30:00.123456+00:00"),
        (date(2026, 11, 22), "2026-11-22"),
        (time(9, 30), "09:30:00"),
        (Decimal("1.50"), "1.50"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (b"\x01\x02", "AQI="),
        (memoryview(b"\x01\x02"), "AQI="),
    ],
)
def test_values_are_kept_to_the_last_digit(value, text):
    assert tables._plain(value) == text


def test_what_a_backup_cannot_hold_is_told():
    with pytest.raises(TypeError, match="can't hold a complex"):
        tables._plain(1j)
