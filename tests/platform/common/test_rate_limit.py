"""Whoever asks too often waits; others do not, and nobody is named in the count."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError
from django.http import HttpResponse
from django.test import RequestFactory

from huancheng.platform.bodies.models import Person
from huancheng.platform.common import clock, rate_limit
from huancheng.platform.common.errors import FaultPages
from huancheng.platform.common.models import RateWindow
from huancheng.platform.common.rate_limit import ask, asker, limited

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 4, 0, 10, tzinfo=UTC)


@limited("test", most=2, seconds=60)
def view(_request):
    return HttpResponse("ok")


def request(address: str = "10.0.0.1"):
    made = RequestFactory().get("/", REMOTE_ADDR=address)
    made.user = AnonymousUser()
    return made


def test_the_third_request_of_a_minute_waits_for_the_next_minute():
    with clock.at(NOON):
        assert [view(request()).status_code for _ in range(3)] == [200, 200, 429]
        assert view(request())["Retry-After"] == "50"
    with clock.at(NOON + timedelta(minutes=1)):
        assert view(request()).status_code == 200


def test_another_asker_and_another_thing_have_their_own_count():
    with clock.at(NOON):
        for _ in range(3):
            view(request())
        assert view(request("10.0.0.2")).status_code == 200
        assert ask("other", asker(request()), most=2, seconds=60) == 0


def test_a_person_is_counted_wherever_they_sit(acting):
    one, other = request(), request("10.9.9.9")
    one.user = other.user = Person.objects.get(pk=acting("市专班办公室", "officer").person)
    assert asker(one) == asker(other)
    assert asker(one) != asker(request())


def test_nobody_is_named_and_old_counts_are_swept_away():
    with clock.at(NOON):
        view(request("10.1.2.3"))
    assert "10.1.2.3" not in str(RateWindow.objects.values().get())
    with clock.at(NOON + timedelta(hours=3)):
        view(request())
    assert RateWindow.objects.count() == 1
    assert str(RateWindow.objects.get()).startswith("1 since")


def test_two_first_requests_at_once_are_both_counted(monkeypatch):
    create = RateWindow.objects.create

    def overtaken(**values):
        monkeypatch.setattr(RateWindow.objects, "create", create)
        create(**values)
        raise IntegrityError

    with clock.at(NOON):
        monkeypatch.setattr(RateWindow.objects, "create", overtaken)
        monkeypatch.setattr(rate_limit, "transaction", SimpleNamespace(atomic=nullcontext))
        view(request())
        assert RateWindow.objects.get().count == 2


def test_a_refusal_is_a_page_in_words():
    made = request()
    answer = FaultPages(lambda _request: HttpResponse(status=429, headers={"Retry-After": "7"}))(made)
    assert "请求过于频繁" in answer.content.decode()
    assert answer["Retry-After"] == "7"
