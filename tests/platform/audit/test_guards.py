"""The database refuses to change or delete what is in the log, whoever asks."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from huancheng.platform.audit import guards
from huancheng.platform.audit.acting import PROGRAM
from huancheng.platform.audit.domain.anchor import make_anchor
from huancheng.platform.audit.domain.append import append
from huancheng.platform.audit.models import Anchor, Event, Words
from huancheng.platform.audit.sanctioned import log_opened
from huancheng.platform.common import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    """An entry with words, under an anchor."""
    written = append("case:1", "case.decide", PROGRAM, {"passed": True}, words="同意")
    make_anchor()
    connection.check_constraints()
    return written


def refused(statement: str, *values: object) -> None:
    with pytest.raises(IntegrityError, match=guards.REFUSAL), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize("table", [guards.EVENT, guards.ANCHOR, guards.WORDS])
def test_nothing_can_be_deleted(entry, table):
    refused(f"DELETE FROM {table}")  # noqa: S608 - names of our own


@pytest.mark.parametrize("column", ["stream", "code", "role", "request", "digest", "previous", "words_digest"])
def test_no_entry_can_be_changed(entry, column):
    refused(f"UPDATE audit_event SET {column} = 'x'")  # noqa: S608 - names of our own


def test_no_anchor_can_be_changed(entry):
    refused("UPDATE audit_anchor SET digest = 'x'")


def test_words_cannot_be_changed_but_into_their_erased_form(entry):
    refused("UPDATE audit_words SET text = %s", "不同意")
    refused("UPDATE audit_words SET text = '', salt = ''")
    refused("UPDATE audit_words SET text = '', erased_at = %s", clock.now())
    refused("UPDATE audit_words SET text = '', salt = '', erased_at = %s, event_id = event_id + 1", clock.now())
    Words.objects.update(text="", salt="", erased_at=clock.now())
    assert Words.objects.get().text == ""


def test_bulk_tools_of_the_orm_are_refused_too(entry):
    with pytest.raises(IntegrityError, match=guards.REFUSAL), transaction.atomic():
        Event.objects.update(code="case.withdraw")
    entry.code = "case.withdraw"
    with pytest.raises(IntegrityError, match=guards.REFUSAL), transaction.atomic():
        entry.save()
    with pytest.raises(IntegrityError, match=guards.REFUSAL), transaction.atomic():
        Event.objects.filter(pk=entry.pk)._raw_delete("default")


ROUND_ABOUT = {"sqlite": "INSERT OR REPLACE INTO {0} SELECT * FROM {0}", "postgresql": "TRUNCATE {0} CASCADE"}
"""What each engine has beside UPDATE and DELETE that makes rows go away."""


@pytest.mark.parametrize("table", [guards.EVENT, guards.ANCHOR, guards.WORDS])
def test_no_row_goes_away_round_about(entry, table):
    refused(ROUND_ABOUT[connection.vendor].format(table))


def test_a_refusal_leaves_the_log_as_it_was(entry):
    before = list(Event.objects.values())
    refused("DELETE FROM audit_event")
    assert list(Event.objects.values()) == before


SWITCHED_OFF = {
    "sqlite": ("audit_event_no_update", "DROP TRIGGER {}"),
    "postgresql": ("audit_event_no_change", "ALTER TABLE audit_event DISABLE TRIGGER {}"),
}


def test_a_trigger_that_is_switched_off_is_told(entry):
    assert guards.missing(connection) == set()
    name, statement = SWITCHED_OFF[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(statement.format(name))
    assert guards.missing(connection) == {name}


def test_a_trigger_that_is_missing_is_put_back(entry):
    guards.remove(connection)
    assert guards.missing(connection) == set(guards.wanted(connection))
    guards.install(connection)
    assert guards.missing(connection) == set()
    refused("DELETE FROM audit_event")


def test_the_sanctioned_path_lets_through_and_closes_behind_itself(entry):
    with log_opened():
        Event.objects.update(role="clerk")
        Anchor.objects.all().delete()
    assert Event.objects.get().role == "clerk"
    refused("DELETE FROM audit_event")
