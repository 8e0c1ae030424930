"""Verifying the log: whatever is done to it behind its back is told, and the first broken entry is named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from huancheng.platform.audit.acting import PROGRAM, Acting
from huancheng.platform.audit.domain.anchor import digest_anchor, make_anchor
from huancheng.platform.audit.domain.append import append, digest_event
from huancheng.platform.audit.domain.erase import erase_words
from huancheng.platform.audit.models import Anchor, Event, Words
from huancheng.platform.audit.queries import verify
from huancheng.platform.audit.queries.verify import Break, verify_log
from huancheng.platform.audit.sanctioned import log_opened
from huancheng.platform.common import clock

pytestmark = pytest.mark.django_db

CLERK = Acting(7, 3, "clerk", "专班办")


@pytest.fixture
def log():
    """Three entries of one case and two of another over two days, each day anchored; one entry after the anchors."""
    first = datetime(2026, 11, 20, 9, tzinfo=UTC)
    with clock.at(first):
        append("case:1", "case.open", CLERK, {"event": {"kind": "opened"}})
        append("case:2", "case.open", CLERK)
        append("case:1", "case.decide", CLERK, {"passed": True}, words="同意")
        make_anchor()
    with clock.at(first + timedelta(days=1)):
        append("case:1", "case.decide", PROGRAM, {"passed": False}, words="不同意")
        append("case:2", "case.withdraw", CLERK)
        make_anchor()
    append("case:3", "case.open", CLERK)


def kinds():
    found = verify_log()
    return [(item.kind, item.place) for item in found.findings]


def entry(stream, sequence):
    return Event.objects.get(stream=stream, sequence=sequence)


def test_a_log_that_was_left_alone_is_whole(log):
    found = verify_log()
    assert found.whole
    assert found.as_dict() == {
        "whole": True, "entries": 6, "streams": 3, "anchors": 2, "erased": 0, "unanchored": 1, "findings": [],
        "count": 0,
    }  # fmt: skip


def test_an_empty_log_is_whole():
    assert verify_log().whole


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("code", "case.return"),
        ("actor", 8),
        ("body", None),
        ("on_behalf_of", 9),
        ("role", "approver"),
        ("request", "x"),
        ("data", {"passed": False}),
        ("day", datetime(2020, 1, 1, tzinfo=UTC).date()),
        ("at", datetime(2020, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_changed_entry_is_named_whatever_was_changed(log, name, value):
    with log_opened():
        Event.objects.filter(stream="case:1", sequence=2).update(**{name: value})
    assert kinds() == [(Break.CHANGED, "case:1#2")]


def test_a_changed_entry_with_a_new_digest_breaks_the_chain_and_the_anchor(log):
    with log_opened():
        changed = entry("case:1", 2)
        changed.data = {"passed": False}
        changed.digest = digest_event(changed)
        changed.save()
    assert kinds() == [(Break.REPLACED, "case:1#2"), (Break.UNCHAINED, "case:1#3")]


def test_a_whole_stream_rewritten_is_seen_by_the_anchors(log):
    with log_opened():
        previous = ""
        for event in Event.objects.filter(stream="case:1").order_by("sequence"):
            event.role, event.previous = "approver", previous
            event.digest = previous = digest_event(event)
            event.save()
    assert kinds() == [(Break.REPLACED, "case:1#2"), (Break.REPLACED, "case:1#3")]


def test_an_entry_taken_out_of_the_middle_leaves_a_gap(log):
    with log_opened():
        gone = entry("case:1", 2)
        Words.objects.filter(event=gone).delete()
        gone.delete()
    assert kinds() == [(Break.GAP, "case:1#3"), (Break.CUT, "case:1#2")]
    assert "1 entries before it are missing" in verify_log().findings[0].text


def test_a_tail_that_was_cut_off_is_seen_by_the_anchor(log):
    with log_opened():
        entry("case:2", 2).delete()
    assert kinds() == [(Break.CUT, "case:2#2")]
    assert "anchor 2" in verify_log().findings[0].text


def test_a_whole_stream_that_was_removed_is_seen_by_the_anchors(log):
    with log_opened():
        Event.objects.filter(stream="case:2").delete()
    assert kinds() == [(Break.CUT, "case:2#1"), (Break.CUT, "case:2#2")]


def test_what_no_anchor_covers_yet_is_counted(log):
    with log_opened():
        Event.objects.filter(stream="case:3").delete()
    assert verify_log().whole
    assert verify_log().unanchored == 0


def test_words_may_be_erased(log):
    assert erase_words(7, CLERK) == 1
    found = verify_log()
    assert found.whole
    assert found.erased == 1


def test_words_of_others_are_not_erased(log):
    erase_words(7, CLERK)
    assert sorted(Words.objects.values_list("text", flat=True)) == ["", "不同意"]
    written = entry("person:7", 1)
    assert (written.code, written.data, written.actor) == ("person.words_erased", {"texts": 1}, 7)


def test_words_that_were_changed_are_not_erased_words(log):
    with log_opened():
        Words.objects.filter(event=entry("case:1", 2)).update(text="不同意")
    assert kinds() == [(Break.WORDS, "case:1#2")]


def test_words_changed_under_the_mark_of_erasing_are_seen(log):
    with log_opened():
        Words.objects.filter(event=entry("case:1", 2)).update(text="不同意", erased_at=clock.now())
    assert kinds() == [(Break.WORDS, "case:1#2")]


def test_words_that_are_gone_without_a_mark_are_seen(log):
    with log_opened():
        Words.objects.filter(event=entry("case:1", 2)).delete()
    assert kinds() == [(Break.WORDS, "case:1#2")]


def test_words_that_were_put_under_an_entry_without_any_are_seen(log):
    Words.objects.create(event=entry("case:1", 1), text="另有约定", salt="0")
    assert kinds() == [(Break.WORDS, "case:1#1")]


def test_a_changed_anchor_is_named(log):
    with log_opened():
        Anchor.objects.filter(number=1).update(entries=2)
    assert kinds() == [(Break.ANCHOR, "anchor 1")]


def test_an_anchor_made_anew_breaks_the_chain_of_anchors(log):
    with log_opened():
        anchor = Anchor.objects.get(number=1)
        anchor.heads = {}
        anchor.digest = digest_anchor(anchor)
        anchor.save()
    assert kinds() == [(Break.ANCHOR, "anchor 2")]


def test_an_anchor_kept_elsewhere_shows_a_log_that_was_cut_together_with_its_anchors(log):
    printed = Anchor.objects.get(number=2).digest
    assert verify_log(printed=printed).whole
    with log_opened():
        Anchor.objects.filter(number=2).delete()
        entry("case:2", 2).delete()
    assert verify_log().whole
    assert [item.kind for item in verify_log(printed=printed).findings] == [Break.ANCHOR]


def test_the_earliest_entry_comes_first_and_very_many_breaks_are_counted(log, monkeypatch):
    monkeypatch.setattr(verify, "MOST_FINDINGS", 2)
    with log_opened():
        Event.objects.update(role="x")
    found = verify_log()
    assert found.count == 6
    assert [item.place for item in found.findings] == ["case:1#1", "case:1#2"]


def test_an_empty_day_needs_no_anchor(log):
    assert make_anchor() is not None
    assert make_anchor() is None
    assert Anchor.objects.count() == 3


def test_an_anchor_says_what_it_covers(log):
    anchor = Anchor.objects.get(number=2)
    assert anchor.entries == 2
    assert set(anchor.heads) == {"case:1", "case:2"}
    assert anchor.heads["case:1"] == [3, entry("case:1", 3).digest]
    assert anchor.previous == Anchor.objects.get(number=1).digest
    assert str(anchor) == f"2 {anchor.digest[:12]}"
