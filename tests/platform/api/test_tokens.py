"""A key opens what its post opens, as long as the post, the person and the key last."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from huancheng.evidence import InputFault
from huancheng.platform.api.domain.tokens import LONGEST, give_token, recognise, take_back
from huancheng.platform.api.models import Token
from huancheng.platform.audit.models import Event
from huancheng.platform.bodies.models import Person, Post
from huancheng.platform.common import clock

pytestmark = pytest.mark.django_db
OFFICE = ("市专班办公室", "officer")


def test_a_key_is_recognised_and_acts_from_its_post(key, acting):
    token, who = recognise(key(*OFFICE), "r1")
    assert (who.body, who.role, who.request) == (acting(*OFFICE).body, "officer", "r1")
    token.refresh_from_db()
    assert token.last_used_on == clock.today()


def test_the_key_itself_is_kept_nowhere(key):
    text = key(*OFFICE)
    rows = [*Token.objects.values_list("digest", "prefix"), *Event.objects.values_list("data", flat=True)]
    assert text not in str(rows)


@pytest.mark.parametrize("text", ["", "hc_", "hc_12345678_", "nonsense", "hc_00000000_" + "a" * 43])
def test_nonsense_opens_nothing(key, text):
    key(*OFFICE)
    assert recognise(text, "r") is None


def test_a_key_with_the_right_beginning_and_a_wrong_end_opens_nothing(key):
    assert recognise(key(*OFFICE)[:-1] + "!", "r") is None


def test_a_revoked_key_opens_nothing(key, acting):
    text = key(*OFFICE)
    take_back(Token.objects.get(), acting(*OFFICE))
    assert recognise(text, "r") is None
    assert list(Event.objects.values_list("code", flat=True)) == ["token.given", "token.taken_back"]


def test_a_key_opens_nothing_after_its_last_day(key):
    text = key(*OFFICE)
    with clock.at(clock.now() + timedelta(days=2)):
        assert recognise(text, "r") is None


def test_a_key_ends_with_the_post(key):
    text = key(*OFFICE)
    Post.objects.update(valid_until=clock.today() - timedelta(days=1))
    assert recognise(text, "r") is None


def test_a_key_ends_with_the_person(key):
    text = key(*OFFICE)
    Person.objects.update(is_active=False)
    assert recognise(text, "r") is None


@pytest.mark.parametrize("days", [-1, LONGEST.days + 1])
def test_a_key_lives_from_today_to_a_year_at_most(acting, days):
    with pytest.raises(InputFault, match="有效期"):
        give_token(acting(*OFFICE), "x", expires_on=clock.today() + timedelta(days=days), may_act=False)


def test_a_borrowed_post_gets_no_key(acting):
    borrowed = replace(acting(*OFFICE), on_behalf_of=99)
    with pytest.raises(InputFault, match="自己"):
        give_token(borrowed, "x", expires_on=clock.today(), may_act=True)


def test_a_reading_key_changes_nothing(caller):
    answer = caller(*OFFICE, may_act=False).post(
        "/api/v1/cases", {"instrument": "unit_plan", "subject": 1}, "application/json"
    )
    assert answer.status_code == 403


def test_the_page_shows_the_key_once_and_only_to_its_owner(client_as):
    client = client_as(*OFFICE)
    day = (clock.today() + timedelta(days=30)).isoformat()
    shown = client.post("/api/keys/give/", {"name": "交换", "expires_on": day, "may_act": "on"})
    prefix = Token.objects.get().prefix
    assert f"{prefix}_" in shown.content.decode()
    assert f"{prefix}_" not in client.get("/api/keys/").content.decode()
    assert prefix not in client_as("市专班办公室", "auditor").get("/api/keys/").content.decode()


def test_nobody_revokes_anothers_key(client_as, key):
    key(*OFFICE)
    token = Token.objects.get()
    assert client_as("市专班办公室", "auditor").post(f"/api/keys/{token.pk}/revoke/").status_code == 404
    assert client_as(*OFFICE).post(f"/api/keys/{token.pk}/revoke/").status_code == 302
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_without_a_key_the_api_says_so(db):
    assert Client().get("/api/v1/cases").status_code == 401
    assert Client(headers={"authorization": "Bearer hc_no_no"}).get("/api/v1/cases").status_code == 401
