"""Before serving: the database must be of this version, and only a named proxy is believed."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from django.db import OperationalError

from huancheng.cli.doctor import doctor
from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import PROGRAM
from huancheng.platform.bodies.models import Body, ManagedArea
from huancheng.platform.operations import migrating, serving
from huancheng.platform.operations.first_start import make_bodies_of_empty_register
from huancheng.platform.operations.rules import may_operate

pytestmark = pytest.mark.django_db


def test_a_database_of_another_version_is_refused_with_a_cure(monkeypatch):
    monkeypatch.setattr(migrating, "missing_migrations", lambda: ["casework.0009_x", "files.0002_y"])
    with pytest.raises(InputFault, match=r"lacks 2 changes of this version \(casework.0009_x") as caught:
        migrating.bring_up_to_date()
    assert "huancheng manage migrate" in caught.value.cure


def test_a_database_that_is_away_is_told_in_a_sentence(monkeypatch):
    def away():
        raise OperationalError("connection refused\nIs the server running?")

    monkeypatch.setattr(migrating, "missing_migrations", away)
    with pytest.raises(InputFault, match=r"can't be used: connection refused$|connection refused —"):
        migrating.bring_up_to_date()


def test_bodies_are_made_once_and_never_renewed_by_a_start():
    ManagedArea.objects.all().delete()
    Body.objects.update(parent=None, acts_through=None)
    Body.objects.all().delete()
    made = make_bodies_of_empty_register()
    assert made == Body.objects.count() > 0
    changed = Body.objects.order_by("pk")[0]
    Body.objects.filter(pk=changed.pk).update(name="改过的名称")
    assert make_bodies_of_empty_register() == 0
    assert Body.objects.count() == made
    assert Body.objects.get(pk=changed.pk).name == "改过的名称"


def test_nobody_is_believed_about_where_a_request_comes_from_unless_named(settings):
    settings.TRUSTED_PROXY = ""
    assert serving._proxy() == {}
    settings.TRUSTED_PROXY = "127.0.0.1"
    assert serving._proxy()["trusted_proxy"] == "127.0.0.1"
    assert serving._proxy()["trusted_proxy_headers"] == {"x-forwarded-for", "x-forwarded-proto"}


def test_nobody_operates_without_a_post():
    assert not may_operate(None)
    assert not may_operate(PROGRAM)


def test_the_doctor_speaks_english_at_the_prompt_and_ends_with_1_for_a_finding():
    done = CliRunner().invoke(doctor, ["--quick"], standalone_mode=False)
    assert done.return_value == 1
    assert "triggers: ok" in done.output
    assert "no worker runs" in done.output
    assert "→ run huancheng serve" in done.output


def test_the_doctor_answers_in_json():
    done = CliRunner().invoke(doctor, ["--quick", "--json"], standalone_mode=False)
    answer = json.loads(done.output)
    assert "triggers" in answer["examined"]
    assert "worker" in {item["check"] for item in answer["findings"]}
    assert all(item["cure"] for item in answer["findings"])
