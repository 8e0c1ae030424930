"""Appending: numbered and chained within the stream, with the change or not at all, without personal data."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from huancheng.platform.audit.acting import PROGRAM, Acting
from huancheng.platform.audit.domain.append import append, digest_event, digest_words
from huancheng.platform.audit.models import Event, Words
from huancheng.platform.common import clock


@pytest.mark.django_db
def test_entries_of_a_stream_are_numbered_and_each_carries_the_digest_before_it():
    one, two, other = (append(stream, "case.open", PROGRAM) for stream in ("case:1", "case:1", "case:11"))
    assert [one.sequence, two.sequence, other.sequence] == [1, 2, 1]
    assert (one.previous, two.previous, other.previous) == ("", one.digest, "")


@pytest.mark.django_db
def test_an_entry_says_who_did_it_from_which_post_and_on_whose_behalf():
    written = append("case:1", "case.decide", Acting(7, 3, "approver", "县政府", 9, 4, "r-1"), {"passed": True})
    stored = Event.objects.get()
    assert (stored.actor, stored.body, stored.role, stored.on_behalf_of, stored.request) == (7, 3, "approver", 9, "r-1")
    assert digest_event(stored) == written.digest
    assert str(stored) == "case:1#1 case.decide"


@pytest.mark.django_db
def test_it_took_effect_on_the_day_of_the_paper_and_today_where_none_is_named():
    assert append("case:1", "case.record", PROGRAM, day=date(2026, 3, 2)).day == date(2026, 3, 2)
    assert append("case:1", "case.record", PROGRAM).day == clock.today()


@pytest.mark.django_db
def test_free_text_lies_apart_and_only_its_salted_digest_is_chained():
    one, two = append("case:1", "a", PROGRAM, words="同意"), append("case:1", "a", PROGRAM, words="同意")
    assert one.words_digest != two.words_digest
    assert "同意" not in str(Event.objects.values())
    words = Words.objects.get(event=one)
    assert digest_words(words.salt, "同意") == one.words_digest
    assert str(words) == "同意"


@pytest.mark.django_db
def test_without_words_there_is_no_digest_of_words():
    assert append("case:1", "a", PROGRAM).words_digest == ""
    assert Words.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_entered():
    with pytest.raises(RuntimeError, match="in the transaction of the change"):
        append("case:1", "a", PROGRAM)
    assert Event.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_an_entry_falls_with_the_change_it_tells_of():
    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    assert Event.objects.count() == 0


def write_and_fail():
    with transaction.atomic():
        append("case:1", "a", PROGRAM)
        _ = 1 / 0
