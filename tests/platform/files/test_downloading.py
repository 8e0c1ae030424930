"""A file is read only through what refers to it, by those who may, and can do nothing in the browser."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.casework.domain.papers import (
    Description,
    add_paper,
    offer_public_copy,
    publish_paper,
    settle_public_copy,
)
from huancheng.platform.files.domain.store import place_of, storage, take_in
from tests.platform.files import samples

pytestmark = pytest.mark.django_db
COMPILER = ("临河县指定的编制部门", "compiler")
STRANGER = ("平野县指定的编制部门", "compiler")
SECRET = samples.pdf(5)


@pytest.fixture
def paper(unit, acting):
    case = open_case("unit_plan", unit(), acting(*COMPILER)).case
    taken = take_in(io.BytesIO(SECRET), "批复（张三）.pdf")
    return add_paper(case.pk, taken, Description("批复", "approval"), acting(*COMPILER))


def url(paper, page: str = "download") -> str:
    return reverse(f"files:{page}", args=["papers", paper.versions.get().pk])


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_who_sees_the_case_reads_its_papers(paper, client_as):
    response = client_as(*COMPILER).get(url(paper))
    assert body(response) == SECRET


def test_another_county_does_not_even_learn_that_it_is_there(paper, client_as):
    there = client_as(*STRANGER).get(url(paper))
    nowhere = client_as(*STRANGER).get(reverse("files:download", args=["papers", 999_999]))
    assert (there.status_code, nowhere.status_code) == (404, 404)


def test_a_visitor_is_sent_to_sign_in(paper):
    response = Client().get(url(paper))
    assert response.status_code == 302
    assert reverse("bodies:sign-in") in response["Location"]


@pytest.mark.parametrize("owner", ["stored", "sha256", "people", "papers-x"])
def test_nothing_is_read_past_a_reference(paper, client_as, owner):
    number = paper.versions.get().stored_id
    assert client_as(*COMPILER).get(reverse("files:download", args=[owner, number])).status_code == 404


def test_the_name_travels_in_chinese_and_nothing_is_sniffed_or_run(paper, client_as):
    response = client_as(*COMPILER).get(url(paper))
    assert "filename*=utf-8''%E6%89%B9%E5%A4%8D" in response["Content-Disposition"]
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox;")
    assert "allow-scripts" not in response["Content-Security-Policy"]
    assert "private" in response["Cache-Control"]


def test_a_pdf_may_be_looked_at_in_a_sandbox(paper, client_as):
    response = client_as(*COMPILER).get(url(paper, "preview"))
    assert response["Content-Disposition"].startswith("inline")
    assert response["Content-Security-Policy"].startswith("sandbox;")
    assert response["Content-Type"] == "application/pdf"


def test_what_a_browser_might_run_is_only_ever_saved(unit, acting, client_as):
    case = open_case("unit_plan", unit(), acting(*COMPILER)).case
    for name, data in (("a.txt", b"alert(1)"), ("b.docx", samples.word()), ("c.geojson", samples.geojson())):
        added = add_paper(case.pk, take_in(io.BytesIO(data), name), Description(name, "data"), acting(*COMPILER))
        response = client_as(*COMPILER).get(url(added, "preview"))
        assert response["Content-Disposition"].startswith("attachment")
        assert "html" not in response["Content-Type"]
        assert "svg" not in response["Content-Type"]


def test_part_of_a_file_can_be_asked_for(paper, client_as):
    response = client_as(*COMPILER).get(url(paper), headers={"range": "bytes=0-4"})
    assert (response.status_code, body(response)) == (206, b"%PDF-")


def test_a_damaged_file_is_told_and_never_sent(paper, client_as, caplog):
    Path(storage().path(place_of(paper.versions.get().stored.sha256))).write_bytes(b"short")
    response = client_as(*COMPILER).get(url(paper))
    assert response.status_code == 500
    assert "从备份恢复" in response.content.decode()
    assert "damaged" in caplog.text


def test_a_public_copy_is_read_by_everybody_only_once_it_is_published(paper, acting):
    maker, second = acting(*COMPILER), acting(*COMPILER, number=2)
    redacted = samples.pdf(1)
    copy = offer_public_copy(paper.versions.get(), take_in(io.BytesIO(redacted), "公开版.pdf"), maker)
    address = reverse("files:download", args=["public-copies", copy.pk])
    assert Client().get(address).status_code == 302
    settle_public_copy(copy, second, confirmed=True)
    assert Client().get(address).status_code == 302
    publish_paper(paper, maker)
    assert body(Client().get(address)) == redacted
    assert Client().get(url(paper)).status_code == 302


def test_only_reading_is_answered(paper, client_as):
    assert client_as(*COMPILER).post(url(paper)).status_code == 405
