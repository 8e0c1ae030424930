"""The second factor: without it, roles that need it are out of reach."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from huancheng.platform.audit.models import Event
from huancheng.platform.bodies.queries.acting import choices_for
from tests.platform.bodies.test_signing_in import knock


@pytest.fixture(autouse=True)
def required(settings: Any) -> None:
    settings.SECOND_FACTOR = "required"


@pytest.fixture
def approver(someone):
    return someone("临河县人民政府", "approver")


def code_of(device: TOTPDevice) -> str:
    return f"{TOTP(device.bin_key, device.step, device.t0, device.digits).token():06d}"


def enrol(client: Client, person) -> Any:
    client.get("/account/second-factor/")
    device = TOTPDevice.objects.get(user=person)
    return client.post("/account/second-factor/", {"code": code_of(device)})


def calm_down() -> None:
    """Let the time pass that a wrong code costs."""
    for devices in (TOTPDevice, StaticDevice):
        devices.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)


def posts(client: Client) -> list[str]:
    return [choice.role for choice in client.get("/account/").wsgi_request.acting_choices]


def test_an_approver_without_a_device_is_led_to_enrol_and_can_not_approve(approver):
    client = Client()
    assert knock(client, approver.username)["Location"] == "/account/second-factor/"
    assert posts(client) == []


def test_enrolling_shows_a_picture_of_the_secret_that_the_browser_loads_from_nowhere(approver):
    client = Client()
    knock(client, approver.username)
    page = client.get("/account/second-factor/").content.decode()
    assert 'src="data:image/svg+xml' in page
    assert client.get("/account/second-factor/").context["secret"] in page


def test_after_enrolling_the_role_is_there_and_recovery_codes_are_told_once(approver):
    client = Client()
    knock(client, approver.username)
    answer = enrol(client, approver)
    assert len(answer.context["codes"]) == 10
    assert posts(client) == ["approver"]
    assert Event.objects.filter(stream=f"person:{approver.pk}", code="person.second_factor_enrolled").exists()
    assert answer.context["codes"][0] not in client.get("/account/").content.decode()


def test_a_wrong_first_code_takes_nothing_into_use(approver):
    client = Client()
    knock(client, approver.username)
    client.get("/account/second-factor/")
    assert client.post("/account/second-factor/", {"code": "abcdef"}).context["form"].errors
    assert posts(client) == []


def test_the_next_sign_in_asks_for_a_code_and_until_then_the_role_is_out_of_reach(approver):
    first, second = Client(), Client()
    knock(first, approver.username)
    codes = enrol(first, approver).context["codes"]
    assert knock(second, approver.username, next="/account/")["Location"] == "/sign-in/code/?next=%2Faccount%2F"
    assert posts(second) == []
    wrong = second.post("/sign-in/code/", {"code": "000000", "next": "/account/"})
    assert wrong.context["form"].errors
    calm_down()
    right = second.post("/sign-in/code/", {"code": f" {codes[0].upper()} ", "next": "//evil.example"})
    assert right["Location"] == "/"
    assert posts(second) == ["approver"]


def test_a_recovery_code_serves_once(approver):
    first = Client()
    knock(first, approver.username)
    codes = enrol(first, approver).context["codes"]
    for expected in (302, 200):
        client = Client()
        knock(client, approver.username)
        calm_down()
        assert client.post("/sign-in/code/", {"code": codes[1]}).status_code == expected
    assert StaticToken.objects.count() == 9


def test_guessing_codes_is_slowed(approver):
    client = Client()
    knock(client, approver.username)
    enrol(client, approver)
    other = Client()
    knock(other, approver.username)
    device = TOTPDevice.objects.get(user=approver)
    TOTPDevice.objects.update(last_t=-1)
    other.post("/sign-in/code/", {"code": "111111"})
    assert other.post("/sign-in/code/", {"code": code_of(device)}).status_code == 200
    assert posts(other) == []


def test_a_stolen_password_can_not_replace_the_device(approver):
    mine, thief = Client(), Client()
    knock(mine, approver.username)
    enrol(mine, approver)
    knock(thief, approver.username)
    assert thief.get("/account/second-factor/")["Location"] == reverse("bodies:second-factor")
    assert thief.post("/account/second-factor/codes/")["Location"] == "/account/"
    assert TOTPDevice.objects.filter(user=approver).count() == 1


def test_new_recovery_codes_void_the_old_ones(approver):
    client = Client()
    knock(client, approver.username)
    old = enrol(client, approver).context["codes"]
    new = client.post("/account/second-factor/codes/").context["codes"]
    assert set(old).isdisjoint(new)
    assert set(StaticToken.objects.values_list("token", flat=True)) == set(new)


def test_roles_without_the_demand_need_no_code(someone):
    client = Client()
    assert knock(client, someone().username)["Location"] == "/"
    assert posts(client) == ["compiler"]


def test_a_lent_approvers_post_needs_the_borrowers_second_factor(approver, someone, acting):
    from huancheng.platform.bodies.models import Delegation
    from huancheng.platform.common import clock

    borrower = someone("临河县人民政府", "clerk")
    Delegation.objects.create(
        post=approver.posts.get(), to=borrower, valid_from=clock.today(), valid_until=clock.today(), paper="委托书"
    )
    assert [choice.role for choice in choices_for(borrower.pk)] == ["clerk"]
    assert [choice.role for choice in choices_for(borrower.pk, verified=True)] == ["clerk", "approver"]


def test_only_a_demonstration_can_waive_it():
    import os
    import subprocess
    import sys

    script = "from huancheng.platform.config import settings; print(settings.SECOND_FACTOR)"
    told = {
        demo: subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True,
            env={**os.environ, "HUANCHENG_SECOND_FACTOR": "optional", "HUANCHENG_DEMO": demo},
        ).stdout.strip()
        for demo in ("0", "1")
    }  # fmt: skip
    assert told == {"0": "required", "1": "optional"}
