"""A person's data can be erased, and what happened stays provable."""

from __future__ import annotations

from typing import Any

import pytest
from axes.models import AccessAttempt, AccessLog
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append, digest_event
from huancheng.platform.audit.models import Event, Words
from huancheng.platform.bodies.domain.erasing import erase_person
from huancheng.platform.bodies.domain.faults import NotManaged, Refused
from huancheng.platform.bodies.domain.people import reactivate, reset_password
from huancheng.platform.bodies.models import Person
from huancheng.platform.bodies.queries.acting import choices_for
from tests.platform.bodies.test_signing_in import knock

NAME, PHONE, MAIL, OPINION = "审核乙", "000-555-0199", "yi@example.test", "该方案日照不足，建议调整三号楼"


@pytest.fixture
def gone(someone, city_administrator) -> Person:
    """Somebody with a name, a device, sign-ins and an opinion in the log, erased."""
    person = someone("临河县人民政府", "reviewer")
    Person.objects.filter(pk=person.pk).update(name=NAME, phone=PHONE, email=MAIL)
    person.posts.update(title="规划科" + NAME)
    knock(Client(), person.username, "wrong")
    knock(Client(), person.username)
    TOTPDevice.objects.create(user=person)
    with transaction.atomic():
        append(f"person:{person.pk}", "test.opinion", Acting(person.pk), words=OPINION)
    assert erase_person(Person.objects.get(pk=person.pk), city_administrator) == 1
    return Person.objects.get(pk=person.pk)


def everything() -> str:
    """Return all that the tables of people, posts, words and sign-ins hold."""
    tables: tuple[Any, ...] = (Person, Words, Event, AccessAttempt, AccessLog)
    rows = [list(table.objects.values()) for table in tables]
    return str(rows) + str(list(Person.objects.get(erased_at__isnull=False).posts.values()))


def test_nothing_in_the_tables_tells_who_it_was(gone):
    kept = everything()
    for secret in (NAME, PHONE, MAIL, OPINION, "reviewer-"):
        assert secret not in kept
    assert gone.username == f"erased-{gone.pk}"
    assert not TOTPDevice.objects.filter(user=gone).exists()


def test_events_stay_and_the_chain_verifies(gone):
    events = list(Event.objects.filter(stream=f"person:{gone.pk}"))
    assert events[0].code == "test.opinion"
    assert "person.erased" in [event.code for event in events]
    previous = ""
    for event in events:
        assert event.digest == digest_event(event)
        assert event.previous == previous
        previous = event.digest


def test_they_can_not_come_back(gone, city_administrator):
    assert choices_for(gone.pk, verified=True) == [] or all(post.valid_until for post in gone.posts.all())
    for act in (reactivate, reset_password, erase_person):
        with pytest.raises((Refused, NotManaged)):
            act(gone, city_administrator)
    assert not gone.has_usable_password()
    assert gone.is_active is False


def test_the_page_names_them_by_number(gone, elevated, city_administrator):
    page = elevated(city_administrator).get(reverse("bodies:person", args=[gone.pk])).content.decode()
    assert f"erased-{gone.pk}" in page
    assert NAME not in page


def test_the_user_name_must_be_typed_again(someone, elevated, city_administrator):
    person, client = someone(), elevated(city_administrator)
    path = reverse("bodies:erase-person", args=[person.pk])
    assert client.post(path, {"username": "somebody-else"}).context["form"].errors
    person.refresh_from_db()
    assert person.erased_at is None
    assert client.post(path, {"username": person.username}).status_code == 302
    person.refresh_from_db()
    assert person.erased_at is not None


def test_only_who_manages_the_account_erases_it(someone, county_administrator):
    person = someone("平野县人民政府")
    with pytest.raises(NotManaged):
        erase_person(person, county_administrator)
    person.refresh_from_db()
    assert person.name
