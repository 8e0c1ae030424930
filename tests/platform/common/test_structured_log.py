"""The program's log tells what happened, where and under which number, and holds nobody's data."""

from __future__ import annotations

import json
import logging
import sys

import pytest
from django.db import IntegrityError

from huancheng.platform.common.request_number import HEADER, numbered, request_number
from huancheng.platform.common.structured_log import JsonLines, WithoutPaths


def record(message, *words, name="huancheng.test", error=None, **more):
    made = logging.LogRecord(name, logging.ERROR, __file__, 1, message, words, error)
    made.__dict__.update(more)
    return made


def line_of(made):
    assert WithoutPaths().filter(made)
    return json.loads(JsonLines().format(made))


def test_a_line_says_what_happened_under_the_number_of_the_request():
    with numbered() as number:
        line = line_of(record("job %s failed", 7, status=500))
    assert (line["said"], line["request"], line["status"], line["level"]) == ("job 7 failed", number, 500, "error")
    assert request_number() == ""
    assert "request" not in line_of(record("x"))


def test_an_error_tells_its_class_and_place_but_not_its_words():
    try:
        raise IntegrityError("Key (username)=(wenshujia) already exists")  # noqa: TRY301 - what is told of it
    except IntegrityError:
        line = line_of(record("failed", error=sys.exc_info()))
    assert line["error"] == "django.db.utils.IntegrityError"
    assert any("test_structured_log.py" in frame for frame in line["where"])
    assert "wenshujia" not in json.dumps(line)


@pytest.mark.parametrize("message", ["%s: %s", "Not Found: %s"])
def test_addresses_are_taken_out_of_djangos_messages(message):
    words = ("Not Found", "/people/?words=张三")[-message.count("%s") :]
    line = line_of(record(message, *words, name="django.request"))
    assert "张三" not in json.dumps(line, ensure_ascii=False)
    assert line["said"]


@pytest.mark.django_db
def test_every_answer_carries_its_number_and_is_logged_by_route(client, caplog):
    caplog.set_level(logging.INFO, "huancheng.access")
    answer = client.get("/audit/?person=张三")
    (line,) = [item for item in caplog.records if item.name == "huancheng.access"]
    assert (line.status, line.method, line.route) == (302, "GET", "/audit/")
    assert line.milliseconds > 0
    assert "张三" not in caplog.text
    assert len(answer[HEADER]) == 36


@pytest.mark.django_db
def test_what_has_no_route_is_logged_without_its_address(client, caplog):
    caplog.set_level(logging.INFO, "huancheng.access")
    client.get("/no/such/page/张三/")
    (line,) = [item for item in caplog.records if item.name == "huancheng.access"]
    assert (line.status, line.route) == (404, "/")
