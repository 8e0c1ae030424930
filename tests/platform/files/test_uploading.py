"""A file is brought piece by piece: a lost connection costs one piece, and nobody else's upload can be touched."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from huancheng.platform.audit.acting import Acting
from huancheng.platform.common import clock
from huancheng.platform.files.domain.refusing import Reason, Refused
from huancheng.platform.files.domain.store import open_stored, storage
from huancheng.platform.files.domain.uploading import OutOfStep, TooMany, add_piece, begin, finish
from huancheng.platform.files.models import Upload
from tests.platform.files import samples

pytestmark = pytest.mark.django_db
ME, OTHER = Acting(1), Acting(2)
DATA = samples.pdf(1)


@pytest.fixture(autouse=True)
def small_pieces(settings):
    settings.UPLOAD_PIECE = 100


def pieces(data: bytes = DATA):
    return [(offset, data[offset : offset + 100]) for offset in range(0, len(data), 100)]


def bring(data: bytes = DATA, name: str = "批复.pdf") -> Upload:
    upload = begin(name, len(data), ME)
    for offset, piece in pieces(data):
        add_piece(upload.pk, offset, piece, ME)
    return upload


def test_pieces_become_the_file():
    taken = finish(bring().pk, ME)
    with open_stored(taken.stored) as file:
        assert file.read() == DATA
    assert taken.name == "批复.pdf"


def test_its_pieces_are_gone_afterwards():
    upload = bring()
    finish(upload.pk, ME)
    assert not any(storage().exists(f"uploads/{upload.pk}/{offset:015d}") for offset, _ in pieces())


def test_finishing_twice_gives_the_same():
    upload = bring()
    assert finish(upload.pk, ME) == finish(upload.pk, ME)


def test_a_piece_whose_answer_was_lost_may_be_sent_again():
    upload = begin("批复.pdf", len(DATA), ME)
    add_piece(upload.pk, 0, DATA[:100], ME)
    assert add_piece(upload.pk, 0, DATA[:100], ME).received == 100


@pytest.mark.parametrize(("offset", "length"), [(100, 100), (0, 99), (0, 101), (50, 100), (0, 0)])
def test_a_piece_out_of_step_is_refused(offset, length):
    upload = begin("批复.pdf", len(DATA), ME)
    with pytest.raises(OutOfStep):
        add_piece(upload.pk, offset, b"x" * length, ME)
    assert Upload.objects.get().received == 0


def test_an_unfinished_upload_cannot_be_finished():
    upload = begin("批复.pdf", len(DATA), ME)
    with pytest.raises(OutOfStep, match="还没有传完"):
        finish(upload.pk, ME)


def test_another_person_can_neither_add_nor_finish():
    upload = bring()
    with pytest.raises(Upload.DoesNotExist):
        add_piece(upload.pk, 0, DATA[:100], OTHER)
    with pytest.raises(Upload.DoesNotExist):
        finish(upload.pk, OTHER)


def test_a_hostile_file_in_pieces_is_refused_and_forgotten():
    upload = bring(b"MZ" + bytes(300))
    with pytest.raises(Refused) as refused:
        finish(upload.pk, ME)
    assert refused.value.reason is Reason.PROGRAM
    assert not Upload.objects.exists()
    assert not storage().exists(f"uploads/{upload.pk}/{0:015d}")


def test_a_piece_cut_short_on_disk_is_noticed():
    upload = bring()
    place = f"uploads/{upload.pk}/{0:015d}"
    storage().delete(place)
    storage().save(place, ContentFile(b"x"))
    with pytest.raises(Refused) as refused:
        finish(upload.pk, ME)
    assert refused.value.reason is Reason.BROKEN


def test_half_a_piece_left_by_a_crash_is_written_over():
    upload = begin("批复.pdf", len(DATA), ME)
    storage().save(f"uploads/{upload.pk}/{0:015d}", ContentFile(b"half"))
    for offset, piece in pieces():
        add_piece(upload.pk, offset, piece, ME)
    with open_stored(finish(upload.pk, ME).stored) as file:
        assert file.read() == DATA


@pytest.mark.parametrize(("name", "size", "reason"), [("a.exe", 5, Reason.EXTENSION), ("a.pdf", 0, Reason.EMPTY)])
def test_name_and_size_may_rule_a_file_out_at_once(name, size, reason):
    with pytest.raises(Refused) as refused:
        begin(name, size, ME)
    assert refused.value.reason is reason


def test_a_size_above_the_limit_is_ruled_out_at_once(settings):
    with pytest.raises(Refused) as refused:
        begin("a.pdf", settings.UPLOAD_LIMIT + 1, ME)
    assert refused.value.reason is Reason.TOO_LARGE


def test_who_begins_too_many_in_an_hour_must_wait(settings):
    settings.UPLOADS_PER_HOUR = 2
    begin("a.pdf", 5, ME)
    begin("b.pdf", 5, ME)
    with pytest.raises(TooMany):
        begin("c.pdf", 5, ME)
    begin("c.pdf", 5, OTHER)
    with clock.at(clock.now() + timedelta(minutes=61)):
        begin("c.pdf", 5, ME)


def test_who_leaves_too_much_unfinished_must_wait(settings):
    settings.UPLOAD_LIMIT = 100
    for _ in range(5):
        begin("a.pdf", 100, ME)
    with pytest.raises(TooMany, match="未传完"):
        begin("b.pdf", 1, ME)


def test_the_program_itself_brings_nothing():
    with pytest.raises(ValueError, match="belongs to a person"):
        begin("a.pdf", 5, Acting(None))
