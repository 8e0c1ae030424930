"""`huancheng audit`: says in a line or as JSON whether the log is whole, and prints anchors."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from huancheng.cli.audit import audit
from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import PROGRAM
from huancheng.platform.audit.domain.append import append
from huancheng.platform.audit.models import Anchor, Event
from huancheng.platform.audit.queries.verify import LogBroken, demand_whole_log
from huancheng.platform.audit.rules import may_read_log
from huancheng.platform.audit.sanctioned import log_opened

pytestmark = pytest.mark.django_db


def run(*words):
    """Run the command; return what it gives back and prints."""
    done = CliRunner().invoke(audit, words, standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    return done.return_value, done.output


@pytest.fixture
def broken():
    """A log of 30 entries, every one of them changed."""
    for _ in range(30):
        append("case:1", "case.comment", PROGRAM)
    with log_opened():
        Event.objects.update(role="approver")


def test_a_whole_log_is_told_in_a_line():
    append("case:1", "case.comment", PROGRAM)
    code, said = run("verify")
    assert code == 0
    assert said.startswith("the log is whole: 1 entries in 1 streams")


def test_a_broken_log_is_told_entry_by_entry(broken):
    code, said = run("verify")
    assert code == 1
    assert said.splitlines()[0].startswith("THE LOG IS BROKEN in 30 places")
    assert said.splitlines()[1].strip().startswith("case:1#1:")
    assert said.splitlines()[-1].strip() == "… and 10 more (--json lists them)"


def test_with_json_it_is_one_document(broken):
    code, said = run("verify", "--json")
    found = json.loads(said)
    assert (code, found["whole"], found["count"], len(found["findings"])) == (1, False, 30, 30)


def test_an_anchor_is_made_printed_and_asked_for_later():
    append("case:1", "case.comment", PROGRAM)
    _, first = run("anchor")
    assert "第 1 号" in first
    _, again = run("anchor")
    assert again == first
    digest = Anchor.objects.get().digest
    assert run("verify", "--anchor", f"{digest[:32]} {digest[32:]}")[0] == 0
    assert run("verify", "--anchor", "0" * 64)[0] == 1


def test_an_empty_log_has_nothing_to_anchor():
    with pytest.raises(InputFault, match="log is empty"):
        run("anchor")


def test_the_daily_round_fails_loudly_over_a_broken_log(broken):
    with pytest.raises(LogBroken, match="30 places, the first at case:1#1"):
        demand_whole_log()


def test_nobody_reads_the_log_without_a_post():
    assert not may_read_log(None)
    assert not may_read_log(PROGRAM)
