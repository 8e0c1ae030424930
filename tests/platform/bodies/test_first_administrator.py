"""The first administrator is made on the server, once."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from huancheng.platform.bodies.models import Body, Person
from huancheng.platform.bodies.queries.acting import choices_for
from tests.platform.bodies.test_signing_in import knock

pytestmark = pytest.mark.django_db


def test_they_sign_in_with_the_password_printed_and_administer_the_office():
    told = StringIO()
    call_command("first_administrator", "guanli", "管理员甲", stdout=told)
    username, password = told.getvalue().strip().split(": ")
    assert knock(Client(), username, password).status_code == 302
    person = Person.objects.get(username="guanli")
    assert [(choice.body_name, choice.role) for choice in choices_for(person.pk)] == [("市专班办公室", "administrator")]
    with pytest.raises(CommandError, match="已有"):
        call_command("first_administrator", "second", "管理员乙", stdout=told)


def test_the_bodies_must_be_loaded_first():
    Body.objects.filter(reference="task_force_office").update(reference="")
    with pytest.raises(CommandError, match="load_pack"):
        call_command("first_administrator", "guanli", "管理员甲", stdout=StringIO())
    assert not Person.objects.filter(username="guanli").exists()
