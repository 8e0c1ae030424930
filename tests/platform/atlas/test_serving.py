"""Tiles are answered by byte ranges, only for snapshots a person may look at."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from huancheng.platform.atlas.domain.folders import tiles_file
from tests.platform.atlas.little import TILES

pytestmark = pytest.mark.django_db
COMPILER = ("临河县指定的编制部门", "compiler")


@pytest.fixture
def address(snapshot):
    return reverse("atlas:tiles", args=[snapshot.tiles_digest])


def whole(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_range_is_answered_with_just_its_bytes(client_as, address):
    answer = client_as(*COMPILER).get(address, headers={"Range": "bytes=100-227"})
    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes 100-227/{len(TILES)}"
    assert whole(answer) == TILES[100:228]


def test_tiles_may_be_kept_for_good_by_the_one_who_asked(client_as, address, snapshot):
    answer = client_as(*COMPILER).get(address)
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer["ETag"] == f'"{snapshot.tiles_digest}"'
    assert whole(answer) == TILES
    assert client_as(*COMPILER).get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_a_visitor_gets_nothing(address):
    answer = Client().get(address, headers={"Range": "bytes=0-10"})
    assert (answer.status_code, answer.content) == (401, b"")


def test_a_snapshot_that_is_not_shown_is_for_those_who_keep_the_data(client_as, address, snapshot):
    snapshot.current = False
    snapshot.save()
    assert client_as(*COMPILER).get(address).status_code == 404
    assert client_as("市专班办公室", "auditor").get(address).status_code == 404
    assert client_as("市专班办公室", "officer").get(address).status_code == 200


def test_a_retired_snapshot_is_for_nobody(client_as, address, snapshot):
    snapshot.current, snapshot.state = False, "retired"
    snapshot.save()
    assert client_as("市专班办公室", "officer").get(address).status_code == 404


def test_tiles_that_are_gone_are_not_there(client_as, address, snapshot):
    tiles_file(snapshot.digest).unlink()
    assert client_as(*COMPILER).get(address).status_code == 404
