"""Printed papers and the case file on the web: for those who may, logged, and large ones in the background."""

from __future__ import annotations

import io
import os
import uuid
import zipfile

import pytest
from django.urls import reverse

from huancheng.platform.audit.models import Event as Entry
from huancheng.platform.casework.archive_job import NAME, place_of, sweep_archives
from huancheng.platform.common import clock
from huancheng.platform.common.daily import daily_functions
from huancheng.platform.common.models import Job
from huancheng.platform.files.domain.store import storage

pytestmark = pytest.mark.django_db
OFFICER = ("市专班办公室", "officer")
COMPILER = ("临河县指定的编制部门", "compiler")
STRANGER = ("平野县指定的编制部门", "compiler")


def archive(case) -> str:
    return reverse("casework:archive", args=[case.pk])


def document(case, kind: str) -> str:
    return reverse("casework:document", args=[case.pk, kind])


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_a_form_is_sent_as_docx_with_its_name(case, client_as):
    response = client_as(*COMPILER).get(document(case, "approval-form"))
    assert response["Content-Type"].endswith("wordprocessingml.document")
    assert "filename*=utf-8''" in response["Content-Disposition"]
    assert zipfile.is_zipfile(io.BytesIO(response.content))


@pytest.mark.parametrize("kind", ["filing-receipt", "correction-notice", "nothing"])
def test_what_the_case_has_nothing_for_is_not_there(case, client_as, kind):
    assert client_as(*COMPILER).get(document(case, kind)).status_code == 404


def test_a_stranger_prints_nothing(case, client_as):
    assert client_as(*STRANGER).get(document(case, "approval-form")).status_code == 404


def test_the_printed_words_are_chinese_whatever_the_language_of_the_page(case, client_as):
    client = client_as(*COMPILER)
    chinese = client.get(document(case, "summary")).content
    assert client.get(document(case, "summary"), headers={"accept-language": "en"}).content == chinese


def test_the_page_says_what_the_file_will_hold(with_papers, client_as):
    text = client_as(*OFFICER).get(archive(with_papers)).content.decode()
    assert "2 件附件" in text
    assert "校验说明.txt" in text


def test_the_file_is_packed_at_once_and_logged(with_papers, client_as):
    response = client_as(*OFFICER).post(archive(with_papers))
    assert zipfile.ZipFile(io.BytesIO(body(response))).testzip() is None
    entry = Entry.objects.get(code="case.exported")
    assert entry.data["case"] == with_papers.pk


def test_exporting_does_not_overtake_those_who_work_on_the_case(with_papers, client_as):
    body(client_as(*OFFICER).post(archive(with_papers)))
    before = with_papers.version
    with_papers.refresh_from_db()
    assert with_papers.version == before


def test_who_may_not_export_is_told_so(with_papers, client_as):
    client = client_as(*COMPILER)
    assert client.get(archive(with_papers)).status_code == 403
    assert client.post(archive(with_papers)).status_code == 403
    assert not Entry.objects.filter(code="case.exported").exists()


class TestLargeCases:
    """Packed in the background, fetched by who asked, gone after a day."""

    @pytest.fixture(autouse=True)
    def everything_is_large(self, settings):
        settings.ARCHIVE_INLINE = 0

    @pytest.fixture
    def job(self, with_papers, client_as, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            client_as(*OFFICER).post(archive(with_papers))
        return Job.objects.get(name=NAME)

    def fetch(self, client, case, job: object):
        return client.get(reverse("casework:archive-file", args=[case.pk, job]))

    @pytest.mark.usefixtures("with_papers")
    def test_it_becomes_a_job_that_leads_to_the_file(self, job, client_as):
        assert job.state == Job.State.DONE
        response = client_as(*OFFICER).get(job.leads_to)
        assert zipfile.ZipFile(io.BytesIO(body(response))).testzip() is None

    def test_nobody_else_fetches_it(self, job, with_papers, client_as):
        assert self.fetch(client_as("市专班办公室", "auditor"), with_papers, job.pk).status_code == 404
        assert self.fetch(client_as(*COMPILER), with_papers, job.pk).status_code == 403
        assert self.fetch(client_as(*OFFICER), with_papers, uuid.uuid4()).status_code == 404

    def test_after_a_day_it_is_gone(self, job, with_papers, client_as):
        place = place_of(with_papers.pk, str(job.pk))
        assert sweep_archives() == 0
        os.utime(storage().path(place), (0, 0))
        daily_functions()["casework-archives"](clock.today())
        assert self.fetch(client_as(*OFFICER), with_papers, job.pk).status_code == 404


def test_where_nothing_was_packed_there_is_nothing_to_sweep():
    assert sweep_archives() == 0
