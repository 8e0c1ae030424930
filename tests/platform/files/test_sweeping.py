"""What belongs to nothing is swept after a day; what something refers to stays for good."""

from __future__ import annotations

import io
import os
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.models import Case, Paper, PaperVersion
from huancheng.platform.common import clock
from huancheng.platform.common.daily import daily_functions
from huancheng.platform.files.domain.store import place_of, storage, take_in
from huancheng.platform.files.domain.sweeping import Swept, sweep
from huancheng.platform.files.domain.uploading import add_piece, begin
from huancheng.platform.files.models import StoredFile, Upload
from tests.platform.files import samples

pytestmark = pytest.mark.django_db
LATER = timedelta(days=1, minutes=1)


def take():
    return take_in(io.BytesIO(samples.pdf(3)), "批复.pdf").stored


def after(span: timedelta) -> Swept:
    with clock.at(clock.now() + span):
        return sweep()


def test_what_nothing_refers_to_goes_after_a_day():
    stored = take()
    assert after(timedelta(hours=23)) == Swept(0, 0, 0)
    assert after(LATER) == Swept(1, 0, 0)
    assert not storage().exists(place_of(stored.sha256))
    assert not StoredFile.objects.exists()


def test_what_was_brought_again_lately_stays():
    take()
    with clock.at(clock.now() + timedelta(hours=20)):
        take()
    assert after(LATER).files == 0


def test_what_a_paper_refers_to_stays(unit):
    stored = take()
    case = Case.objects.create(
        number="1", instrument="unit_plan", subject=unit(), opened_on=clock.today(), opened_by=Body.objects.first()
    )
    paper = Paper.objects.create(case=case, position=1, title="批复", kind="approval")
    PaperVersion.objects.create(paper=paper, number=1, stored=stored, name="批复.pdf", brought_at=clock.now())
    assert after(LATER).files == 0
    assert storage().exists(place_of(stored.sha256))


def test_every_app_s_reference_counts_even_one_without_a_way_back():
    from huancheng.platform.files.domain.sweeping import unreferenced

    assert "casework_decisionrecord" in str(unreferenced().query)


def test_bytes_left_by_a_program_that_was_killed_go_too():
    old = "0" * 64
    for name in (old, f"{old}.abc.part", "f" * 64):
        place = f"sha256/00/00/{name}" if name.startswith("0") else place_of(name)
        storage().save(place, ContentFile(b"x"))
        if name.startswith("0"):
            os.utime(storage().path(place), (0, 0))
    assert sweep() == Swept(0, 2, 0)
    assert storage().exists(place_of("f" * 64))
    assert not StoredFile.objects.exists()
    storage().delete(place_of("f" * 64))


def test_an_upload_nobody_went_on_with_goes_with_its_pieces():
    acting = Acting(1)
    upload = begin("批复.pdf", 10, acting)
    add_piece(upload.pk, 0, b"x" * 10, acting)
    assert after(LATER).uploads == 1
    assert not Upload.objects.exists()
    assert not storage().exists(f"uploads/{upload.pk}/{0:015d}")


def test_it_is_done_every_day():
    take()
    with clock.at(clock.now() + LATER):
        daily_functions()["files-sweep"](clock.today())
    assert not StoredFile.objects.exists()
