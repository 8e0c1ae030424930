"""Administrators have no standing power: a reason, a password, fifteen minutes, every request in the log."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from huancheng.platform.audit.models import Event, Words
from huancheng.platform.bodies.domain.elevating import close_elevation, open_elevation
from huancheng.platform.bodies.domain.faults import NotManaged, Refused
from huancheng.platform.bodies.models import Elevation, Post
from huancheng.platform.common import clock
from tests.platform.bodies.conftest import PASSWORD
from tests.platform.bodies.test_signing_in import knock

REASON = "按任免通知调整岗位"


@pytest.fixture
def administrator(someone) -> Client:
    client = Client()
    knock(client, someone("市专班办公室", "administrator").username)
    return client


def open_with(client: Client, *, reason: str = REASON, password: str = PASSWORD, onwards: str = "/people/"):
    return client.post("/elevate/", {"reason": reason, "password": password, "next": onwards})


def test_without_a_session_an_administrator_is_sent_to_open_one_and_comes_back(administrator):
    sent = administrator.get("/people/?role=clerk")
    assert sent["Location"] == "/elevate/?next=%2Fpeople%2F%3Frole%3Dclerk"
    assert open_with(administrator, onwards="/people/?role=clerk")["Location"] == "/people/?role=clerk"
    assert administrator.get("/people/").status_code == 200


def test_a_post_without_a_session_changes_nothing(administrator, someone):
    person = someone()
    assert administrator.post(reverse("bodies:stop", args=[person.pk]))["Location"] == "/elevate/?next=%2Fpeople%2F"
    person.refresh_from_db()
    assert person.is_active


def test_a_wrong_password_opens_nothing_and_counts_towards_the_lock(administrator):
    statuses = [open_with(administrator, password="wrong").status_code for _ in range(5)]  # noqa: S106
    assert statuses == [200, 200, 200, 200, 429]
    assert not Elevation.objects.exists()


def test_a_reason_must_be_given(administrator):
    assert open_with(administrator, reason="嗯").context["form"].errors["reason"]
    assert not Elevation.objects.exists()


def test_it_ends_by_itself_after_fifteen_minutes(administrator):
    open_with(administrator)
    with clock.at(clock.now() + timedelta(minutes=14)):
        assert administrator.get("/people/").status_code == 200
    with clock.at(clock.now() + timedelta(minutes=16)):
        assert administrator.get("/people/").status_code == 302


def test_every_request_in_it_is_in_the_log_without_its_query(administrator):
    open_with(administrator)
    administrator.get("/people/?words=文书甲")
    administrator.get("/people/987654/")
    made = Elevation.objects.get()
    told = [
        (event.data["path"], event.data["status"])
        for event in Event.objects.filter(stream=f"elevation:{made.pk}", code="elevation.request")
    ]
    assert told == [("/people/", 200), ("/people/987654/", 404)]
    assert Words.objects.get(event__code="elevation.opened").text == REASON


def test_closing_it_takes_the_power_and_keeps_the_comment(administrator):
    open_with(administrator)
    made = Elevation.objects.get()
    administrator.post(reverse("bodies:close-elevation", args=[made.pk]), {"comment": "录入两人"})
    assert administrator.get("/people/").status_code == 302
    page = administrator.get("/elevations/").content.decode()
    assert REASON in page
    assert "录入两人" in page


def test_switching_the_post_ends_it(administrator, someone, body):
    person = someone("市专班办公室", "administrator")
    county = Post.objects.create(person=person, body=body("临河县人民政府"), role="administrator")
    open_with(administrator)
    administrator.post("/acting/", {"post": county.pk})
    assert administrator.get("/people/").status_code == 302


def test_other_roles_find_no_such_door(client_as):
    for role in ("officer", "auditor", "approver"):
        assert client_as("市专班办公室", role).get("/elevate/").status_code == 404


def test_a_lent_administrators_post_opens_none(acting):
    from dataclasses import replace

    with pytest.raises(NotManaged):
        open_elevation(replace(acting("市专班办公室", "administrator"), on_behalf_of=1), REASON)


def test_another_persons_session_can_not_be_closed(administrator, client_as, acting):
    open_with(administrator)
    made = Elevation.objects.get()
    other = acting("市专班办公室", "administrator", 2)
    client = client_as("市专班办公室", "administrator", 2)
    assert client.post(reverse("bodies:close-elevation", args=[made.pk])).status_code == 404
    with pytest.raises(NotManaged):
        close_elevation(made, "", other)


def test_it_is_closed_once(acting):
    administrator = acting("市专班办公室", "administrator")
    made = open_elevation(administrator, REASON)
    close_elevation(made, "", administrator)
    with pytest.raises(Refused):
        close_elevation(made, "", administrator)


def test_who_signs_in_elsewhere_needs_no_password_they_do_not_have(client_as, acting):
    client = client_as("市专班办公室", "administrator")
    person = Post.objects.get(pk=acting("市专班办公室", "administrator").post).person
    person.set_unusable_password()
    person.save()
    client.force_login(person)
    assert client.post("/elevate/", {"reason": REASON}).status_code == 302


def test_auditors_watch_all_and_a_countys_administrator_their_own(administrator, client_as, acting):
    open_with(administrator)
    county = acting("临河县人民政府", "administrator")
    open_elevation(county, "县里录入人员")
    watched = {
        who: client_as(body, who).get("/elevations/").content.decode()
        for body, who in (("市专班办公室", "auditor"), ("临河县人民政府", "administrator"))
    }
    assert REASON in watched["auditor"]
    assert "县里录入人员" in watched["auditor"]
    assert REASON not in watched["administrator"]
    assert "县里录入人员" in watched["administrator"]
