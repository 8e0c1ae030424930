"""Bytes are kept once under their digest, whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import io
from pathlib import Path

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.storage import InMemoryStorage
from django.core.files.uploadedfile import SimpleUploadedFile

from huancheng.platform.files.domain import store
from huancheng.platform.files.domain.refusing import Refused
from huancheng.platform.files.domain.store import Damaged, StorageFull, open_stored, place_of, storage, take_in
from huancheng.platform.files.models import StoredFile
from huancheng.platform.files.storage import WholeFileStorage
from tests.platform.files import samples

pytestmark = pytest.mark.django_db
DATA = samples.pdf(2)


def take(data: bytes = DATA, name: str = "批复.pdf"):
    return take_in(io.BytesIO(data), name)


def test_a_file_lies_under_the_digest_of_its_content():
    taken = take()
    assert taken.stored.sha256 == hashlib.sha256(DATA).hexdigest()
    assert Path(storage().path(place_of(taken.stored.sha256))).read_bytes() == DATA
    assert (taken.name, taken.stored.media_type, taken.stored.pages) == ("批复.pdf", "application/pdf", 2)


def test_the_same_content_is_kept_once_whatever_its_name():
    first, second = take(), take(name="另一份.pdf")
    assert first.stored == second.stored
    assert second.name == "另一份.pdf"
    assert StoredFile.objects.count() == 1


def test_a_form_s_file_and_a_stream_that_cannot_be_wound_back_are_taken_too():
    class OneWay(io.BytesIO):
        def seekable(self):
            return False

        def seek(self, *_):
            raise io.UnsupportedOperation

    assert take_in(SimpleUploadedFile("批复.pdf", DATA), "批复.pdf").stored == take().stored
    assert take_in(OneWay(DATA), "批复.pdf").stored == take().stored


def test_a_refused_file_leaves_nothing():
    with pytest.raises(Refused):
        take(b"MZ", "批复.pdf")
    assert not StoredFile.objects.exists()


def test_what_is_stored_can_be_read():
    with open_stored(take().stored) as file:
        assert file.read() == DATA


def test_a_file_cut_short_on_disk_is_not_read():
    stored = take().stored
    Path(storage().path(place_of(stored.sha256))).write_bytes(DATA[:-1])
    with pytest.raises(Damaged, match="bytes"):
        open_stored(stored)


def test_nor_is_one_that_is_gone():
    stored = take().stored
    storage().delete(place_of(stored.sha256))
    with pytest.raises(Damaged, match="missing"):
        open_stored(stored)
    with open_stored(take().stored) as file:
        assert file.read() == DATA


def test_a_full_disk_is_told_in_plain_words(monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(WholeFileStorage, "_save", full)
    with pytest.raises(StorageFull, match="存储空间已满"):
        take()
    assert not StoredFile.objects.exists()


def test_another_trouble_of_the_disk_is_not_hidden(monkeypatch):
    def broken(*_):
        raise OSError(errno.EIO, "input/output error")

    monkeypatch.setattr(WholeFileStorage, "_save", broken)
    with pytest.raises(OSError, match="input/output"):
        take()


def test_any_storage_of_django_serves(monkeypatch):
    remote = InMemoryStorage()
    monkeypatch.setattr(store, "storage", lambda: remote)
    with open_stored(take().stored) as file:
        assert file.read() == DATA


def test_who_comes_second_with_a_storage_that_renames_drops_the_double(monkeypatch):
    remote = InMemoryStorage()
    monkeypatch.setattr(store, "storage", lambda: remote)
    place = place_of(hashlib.sha256(DATA).hexdigest())
    remote.save(place, ContentFile(DATA))
    monkeypatch.setattr(remote, "exists", lambda _name: False)
    monkeypatch.setattr(remote, "get_available_name", lambda name, **_options: name + "_2")
    take()
    assert list(remote.listdir(place.rsplit("/", 1)[0])[1]) == [place.rsplit("/", 1)[1]]


class TestWholeFiles:
    """A reader never meets half a file."""

    def test_killed_while_writing_leaves_no_file_under_the_name(self, tmp_path):
        class Dying(ContentFile):
            def chunks(self, chunk_size=None):  # noqa: ARG002 - as Django calls it
                yield b"half"
                raise KeyboardInterrupt

        folder = WholeFileStorage(location=tmp_path)
        with pytest.raises(KeyboardInterrupt):
            folder.save("a/b", Dying(b"whole"))
        assert not folder.exists("a/b")
        assert list((tmp_path / "a").iterdir()) == []

    def test_others_may_not_read_it(self, tmp_path):
        folder = WholeFileStorage(location=tmp_path)
        folder.save("a", File(io.BytesIO(b"x"), name="a"))
        assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640

    def test_a_path_out_of_the_folder_is_refused(self, tmp_path):
        from django.core.exceptions import SuspiciousFileOperation

        with pytest.raises(SuspiciousFileOperation):
            WholeFileStorage(location=tmp_path).save("../a", ContentFile(b"x"))
