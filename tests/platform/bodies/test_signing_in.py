"""The door: who comes in, who is locked out, and what is never told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse

from huancheng.platform.bodies.models import Presence
from huancheng.platform.common import clock
from tests.platform.bodies.conftest import PASSWORD

DOOR = "/sign-in/"


def knock(client: Client, username: str, password: str = PASSWORD, **more: str):
    return client.post(DOOR, {"username": username, "password": password, **more})


def test_the_right_password_opens_and_leads_on(someone):
    client, person = Client(), someone()
    answer = knock(client, person.username, next="/account/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/")
    assert client.get("/account/").context["user"] == person


@pytest.mark.parametrize(
    "outside", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_it_never_leads_to_another_site(someone, outside):
    assert knock(Client(), someone().username, next=outside)["Location"] == "/"


def test_an_unknown_name_a_wrong_password_and_an_inactive_person_are_told_the_same(someone):
    person, stopped = someone(), someone(number=2)
    stopped.is_active = False
    stopped.save()
    told = [
        list(knock(Client(), name, word).context["form"].non_field_errors())
        for name, word in ((person.username, "wrong"), ("nobody-here", "wrong"), (stopped.username, PASSWORD))
    ]
    assert told[0] == told[1] == told[2] != []


@pytest.mark.parametrize("exists", [True, False])
def test_five_failures_lock_for_fifteen_minutes_whether_or_not_the_name_exists(someone, exists):
    username = someone().username if exists else "nobody-here"
    statuses = [knock(Client(), username, "wrong").status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 429]
    locked = knock(Client(), username)
    assert locked.status_code == 429
    assert "15 分钟后再试" in locked.content.decode()
    assert username not in locked.content.decode()


def test_after_fifteen_minutes_the_right_password_opens_again(someone):
    person = someone()
    for _ in range(5):
        knock(Client(), person.username, "wrong")
    assert knock(Client(), person.username).status_code == 429
    AccessAttempt.objects.update(attempt_time=clock.now() - timedelta(minutes=16))
    assert knock(Client(), person.username).status_code == 302


def test_another_person_is_not_locked_out_with_them(someone):
    for _ in range(5):
        knock(Client(), someone().username, "wrong")
    assert knock(Client(), someone(number=2).username).status_code == 302


def test_signing_out_takes_a_post(someone):
    client = Client()
    knock(client, someone().username)
    assert client.get("/sign-out/").status_code == 405
    assert client.get("/account/").status_code == 200
    client.post("/sign-out/")
    assert client.get("/account/").status_code == 302
    assert not Presence.objects.exists()


def test_no_post_without_the_token_of_the_page(someone):
    client = Client(enforce_csrf_checks=True)
    assert knock(client, someone().username).status_code == 403
    client.force_login(someone())
    assert [client.post(path).status_code for path in ("/sign-out/", "/acting/", "/account/sessions/end/")] == [403] * 3


def test_a_person_sees_where_they_are_signed_in_and_ends_one(someone):
    person = someone()
    here, there = Client(HTTP_USER_AGENT="Here"), Client(HTTP_USER_AGENT="There")
    for client in (here, there):
        knock(client, person.username)
    page = here.get("/account/").content.decode()
    assert "Here" in page
    assert "There" in page
    other = Presence.objects.get(browser="There")
    assert here.post(reverse("bodies:end-presence", args=[other.pk])).status_code == 302
    assert there.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200


def test_nobody_ends_another_persons_session(someone):
    client, stranger = Client(), Client()
    knock(client, someone().username)
    knock(stranger, someone(number=2).username)
    presence = Presence.objects.get(person=someone())
    assert stranger.post(reverse("bodies:end-presence", args=[presence.pk])).status_code == 404
    assert client.get("/account/").status_code == 200


def test_signing_out_everywhere_ends_all_sessions_here_too(someone):
    person, clients = someone(), [Client(), Client()]
    for client in clients:
        knock(client, person.username)
    clients[0].post("/account/sessions/end/")
    assert [client.get("/account/").status_code for client in clients] == [302, 302]


def change(client: Client, new: str, old: str = PASSWORD):
    return client.post("/account/password/", {"old_password": old, "new_password1": new, "new_password2": new})


def test_who_was_told_a_password_changes_it_before_anything_else(someone):
    person, client = someone(), Client()
    person.must_change_password = True
    person.save()
    knock(client, person.username)
    for path in ("/account/", "/bodies/", "/delegations/"):
        assert client.get(path)["Location"] == "/account/password/"
    assert change(client, "another-long-one").status_code == 302
    assert client.get("/account/").status_code == 200
    person.refresh_from_db()
    assert person.must_change_password is False


@pytest.mark.parametrize("weak", ["short-1", "1234567890123", "password123", PASSWORD])
def test_a_weak_password_or_the_same_again_is_refused(someone, weak):
    client = Client()
    knock(client, someone().username)
    assert change(client, weak).context["form"].errors
    assert someone().check_password(PASSWORD)


def test_a_changed_password_ends_the_other_sessions_but_not_this_one(someone):
    here, there = Client(), Client()
    for client in (here, there):
        knock(client, someone().username)
    change(here, "another-long-one")
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302
    assert Presence.objects.count() == 1


def test_passwords_are_kept_by_argon2():
    from huancheng.platform.config import settings

    assert settings.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
