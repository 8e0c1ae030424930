"""The identity provider says who somebody is; what they may is said here."""

from __future__ import annotations

from typing import Any

import pytest

from huancheng.platform.bodies.models import Person, Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def backend(settings: Any):
    for name in ("OIDC_OP_TOKEN_ENDPOINT", "OIDC_OP_USER_ENDPOINT", "OIDC_OP_JWKS_ENDPOINT"):
        setattr(settings, name, "https://provider.example/")
    settings.OIDC_RP_CLIENT_ID, settings.OIDC_RP_CLIENT_SECRET = "huancheng", "secret"
    settings.OIDC_RP_SIGN_ALGO = "HS256"
    from huancheng.platform.bodies.oidc import KnownPersonBackend

    class WithoutNetwork(KnownPersonBackend):
        """Takes the claims as they are given."""

        def get_userinfo(self, _access: str, _identity: str, payload: dict[str, Any]) -> dict[str, Any]:
            return payload

    return WithoutNetwork()


def sign_in(backend, **claims: object) -> Person | None:
    return backend.get_or_create_user("access", "id", claims)


def test_a_known_person_is_found_by_user_name_and_nothing_of_theirs_changes(backend, someone):
    person = someone()
    before = Person.objects.values().get(pk=person.pk), list(Post.objects.values())
    claims = {
        "preferred_username": person.username.upper(),
        "name": "别名",
        "email": "x@example.test",
        "groups": ["admin"],
    }
    assert sign_in(backend, **claims) == person
    assert (Person.objects.values().get(pk=person.pk), list(Post.objects.values())) == before


def test_a_stranger_is_not_made(backend, someone):
    someone()
    before = Person.objects.count()
    assert sign_in(backend, preferred_username="stranger", email="boss@example.test") is None
    assert Person.objects.count() == before


def test_a_mail_address_identifies_nobody(backend, someone):
    person = someone()
    person.email = "a@example.test"
    person.save()
    from django.core.exceptions import SuspiciousOperation

    with pytest.raises(SuspiciousOperation):
        sign_in(backend, email="a@example.test")


def test_who_is_inactive_stays_out(backend, someone):
    person = someone()
    person.is_active = False
    person.save()
    assert sign_in(backend, preferred_username=person.username) is None


def test_the_claim_is_a_setting(backend, someone, settings):
    settings.OIDC_USERNAME_CLAIM = "employee"
    assert sign_in(backend, employee=someone().username) == someone()


def test_it_is_off_unless_it_is_set():
    from django.conf import settings
    from django.urls import NoReverseMatch, reverse

    assert not settings.OIDC
    assert not any("oidc" in name for name in settings.AUTHENTICATION_BACKENDS)
    with pytest.raises(NoReverseMatch):
        reverse("oidc_authentication_init")
