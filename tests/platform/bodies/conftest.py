"""People who sign in, and administrators of the city and of a county."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Body, Person

PASSWORD = "canal-water-2026"  # noqa: S105 - of people who exist in tests only


@pytest.fixture
def someone(acting) -> Callable[..., Person]:
    """Return a function that puts a person with a password into a post."""

    def make(body: str = "临河县人民政府", role: str = "compiler", number: int = 1) -> Person:
        person = Person.objects.get(pk=acting(body, role, number).person)
        if not person.password:
            person.set_password(PASSWORD)
            person.save()
        return person

    return make


@pytest.fixture
def city_administrator(acting) -> Acting:
    """The office's administrator in a timed session."""
    return replace(acting("市专班办公室", "administrator"), elevated=True)


@pytest.fixture
def county_administrator(acting) -> Acting:
    """A county's administrator in a timed session."""
    return replace(acting("临河县人民政府", "administrator"), elevated=True)


@pytest.fixture
def elevated(acting) -> Callable[[Acting], Client]:
    """Return a function that gives the client of somebody whose timed session is open."""

    def sign_in(who: Acting) -> Client:
        client = Client()
        client.force_login(Person.objects.get(pk=who.person))
        session = client.session
        session["elevated_until"] = 4_102_444_800
        session.save()
        return client

    return sign_in


@pytest.fixture
def body(db) -> Callable[[str], Body]:
    """Return a function that finds a body by name."""
    return lambda name: Body.objects.get(name=name)
