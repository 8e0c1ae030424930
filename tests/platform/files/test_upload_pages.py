"""Pieces are taken over the web only from the person who began, with a token, in order, and not too fast."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from huancheng.platform.bodies.models import Person
from huancheng.platform.files.models import Upload
from tests.platform.files import samples

pytestmark = pytest.mark.django_db
COMPILER = ("临河县指定的编制部门", "compiler")
OTHER = ("临河县指定的编制部门", "compiler", 2)
DATA = samples.pdf()


@pytest.fixture(autouse=True)
def small_pieces(settings):
    settings.UPLOAD_PIECE = 300


@pytest.fixture
def client(client_as):
    return client_as(*COMPILER)


def begin(client: Client, name: str = "批复.pdf", size: int | str = len(DATA)):
    return client.post(reverse("files:uploads"), {"name": name, "size": size})


def put(client: Client, upload: str, offset: int | str, data: bytes, **headers: str):
    address = reverse("files:upload", args=[upload]) + f"?offset={offset}"
    return client.put(address, data, content_type="application/octet-stream", headers=headers)


def bring(client: Client, data: bytes = DATA, name: str = "批复.pdf") -> str:
    upload = begin(client, name, len(data)).json()["id"]
    for offset in range(0, len(data), 300):
        assert put(client, upload, offset, data[offset : offset + 300]).status_code == 200
    return upload


def finish(client: Client, upload: str):
    return client.post(reverse("files:finish-upload", args=[upload]))


def test_an_upload_goes_its_way(client):
    upload = bring(client)
    assert client.get(reverse("files:upload", args=[upload])).json()["received"] == len(DATA)
    assert finish(client, upload).json() == {"id": upload, "name": "批复.pdf", "size": len(DATA)}
    assert put(client, upload, 0, DATA[:300]).json()["done"] is True


def test_after_a_lost_connection_it_goes_on_where_it_stopped(client):
    upload = begin(client).json()["id"]
    put(client, upload, 0, DATA[:300])
    answer = put(client, upload, 600, DATA[600:900])
    assert answer.status_code == 409
    assert answer.json()["received"] == 300


def test_another_person_finds_nothing(client, client_as):
    upload = bring(client)
    stranger = client_as(*OTHER)
    assert stranger.get(reverse("files:upload", args=[upload])).status_code == 404
    assert put(stranger, upload, 0, DATA[:300]).status_code == 404
    assert stranger.delete(reverse("files:upload", args=[upload])).status_code == 404
    assert finish(stranger, upload).status_code == 404
    assert Upload.objects.exists()


def test_without_the_token_nothing_is_taken(acting):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(Person.objects.get(pk=acting(*COMPILER).person))
    assert begin(strict).status_code == 403
    upload = Upload.objects.create(
        person=acting(*COMPILER).person, name="a.pdf", size=10, piece=300,
        created_at="2026-01-01T00:00Z", touched_at="2026-01-01T00:00Z",
    )  # fmt: skip
    assert put(strict, str(upload.pk), 0, b"x" * 10).status_code == 403
    assert finish(strict, str(upload.pk)).status_code == 403
    assert strict.delete(reverse("files:upload", args=[upload.pk])).status_code == 403


def test_a_visitor_is_sent_to_sign_in():
    assert begin(Client()).status_code == 302


@pytest.mark.parametrize("size", ["", "-1", "1e9", "٣", "9" * 30, "x"])
def test_a_senseless_size_is_refused(client, size):
    assert begin(client, size=size).status_code == 400


@pytest.mark.parametrize("offset", ["", "-1", "x", "9" * 30])
def test_a_senseless_place_is_refused(client, offset):
    upload = begin(client).json()["id"]
    assert put(client, upload, offset, b"x").status_code == 400


def test_a_piece_larger_than_agreed_is_not_even_read(client):
    upload = begin(client).json()["id"]
    assert put(client, upload, 0, b"x" * 301).status_code == 413


def test_a_body_that_breaks_off_is_told_to_be_sent_again(client, monkeypatch):
    from django.http import HttpRequest
    from django.http.request import UnreadablePostError

    upload = begin(client).json()["id"]

    def broken(_request):
        raise UnreadablePostError

    monkeypatch.setattr(HttpRequest, "body", property(broken))
    assert put(client, upload, 0, b"x" * 300).status_code == 400


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "..\\..\\a.pdf", "/etc/a.pdf"])
def test_a_path_in_the_name_leads_nowhere(client, name):
    kept = begin(client, name=name).json()["name"]
    assert "/" not in kept
    assert "\\" not in kept
    assert ".." not in kept


def test_a_hostile_file_is_refused_in_chinese(client):
    answer = finish(client, bring(client, b"MZ" + bytes(500)))
    assert answer.status_code == 400
    assert answer.json()["error"] == "文件里有可执行程序"


def test_who_brings_too_much_is_told_when_to_come_again(client, settings):
    settings.UPLOADS_PER_HOUR = 1
    begin(client)
    answer = begin(client)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


def test_an_upload_can_be_given_up(client):
    upload = begin(client).json()["id"]
    assert client.delete(reverse("files:upload", args=[upload])).status_code == 204
    assert client.get(reverse("files:upload", args=[upload])).status_code == 404


def test_the_answers_are_json_and_nothing_else(client):
    answer = begin(client, name="<script>alert(1)</script>.pdf")
    assert answer["Content-Type"] == "application/json"
    assert "<" not in json.dumps(answer.json())
