"""People are told what concerns them, once, whatever was interrupted; mail only where it is wished and switched on."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.utils import translation

from huancheng.platform.bodies.models import Person
from huancheng.platform.casework.domain.chasing import chase
from huancheng.platform.casework.domain.entrusting import hand_over
from huancheng.platform.casework.domain.mailing import MOST_TRIES, send_digests, send_each
from huancheng.platform.casework.domain.messages import mark_read, tell, tell_of, tell_untold, wish
from huancheng.platform.casework.domain.remarking import comment
from huancheng.platform.casework.domain.returning import request_correction, return_
from huancheng.platform.casework.domain.stepping import complete
from huancheng.platform.casework.models import Message, MessageKind, MessageWish
from huancheng.platform.casework.queries.message_words import words_of
from huancheng.platform.casework.queries.messages import page_of_messages, unread, wish_of
from huancheng.platform.common import clock
from tests.platform.casework.walking import OFFICE, START, day

pytestmark = pytest.mark.django_db
GOVERNMENT = "临河县人民政府"


def told(person: int, *kinds: MessageKind) -> list[str]:
    found = Message.objects.filter(person=person, kind__in=kinds or MessageKind.values).order_by("pk")
    return [words_of(item) for item in found]


def test_a_step_that_arrives_is_told_to_those_who_carry_it_out_and_to_nobody_else(plan, acting):
    approver, other = acting(GOVERNMENT, "approver"), acting("平野县人民政府", "approver")
    reviewer = acting(GOVERNMENT, "reviewer")
    tell_of(plan.pk)
    assert told(approver.person) == ["指定等您办理"]
    assert told(other.person) == told(reviewer.person) == []


def test_nothing_is_told_twice_and_nothing_is_lost(plan, acting):
    approver = acting(GOVERNMENT, "approver")
    assert tell_untold() >= 1
    assert (tell_of(plan.pk), tell_untold()) == (0, 0)
    compiler = acting("临河县指定的编制部门", "compiler")
    with day(1):
        complete(plan.pk, "designate", approver)
    assert tell_untold() == 1
    assert told(compiler.person) == ["编制等您办理"]
    assert tell_of(10**9) == 0


def test_an_act_tells_once_it_is_committed(plan, acting, django_capture_on_commit_callbacks):
    compiler = acting("临河县指定的编制部门", "compiler")
    with day(1), django_capture_on_commit_callbacks(execute=True):
        complete(plan.pk, "designate", acting(GOVERNMENT, "approver"))
    assert told(compiler.person) == ["编制等您办理"]


def test_the_side_that_opened_learns_of_corrections_returns_and_decisions(plan, acting):
    officer = acting(OFFICE, "officer")
    with day(1):
        plan.until("review")
        reviewer = plan.officer_of("review")
        request_correction(plan.pk, "review", reviewer, words="补图")
    tell_of(plan.pk)
    assert told(officer.person, MessageKind.CORRECTION) == ["审核环节要求补正"]
    with day(2):
        return_(plan.pk, "review", reviewer, to="compile", words="重做")
    tell_of(plan.pk)
    assert told(officer.person, MessageKind.RETURNED) == ["审核环节退回到编制"]
    with day(3):
        plan.until("review")
        plan.carry_out("review")
    tell_of(plan.pk)
    assert told(officer.person, MessageKind.DECIDED) == ["审核已通过"]
    with day(4):
        plan.carry_out("approve", passed=False)
    tell_of(plan.pk)
    assert told(officer.person, MessageKind.DECIDED) == ["审核已通过", "批准未通过"]


def test_who_is_handed_work_or_chased_is_told_and_who_did_it_is_not(plan, acting):
    first, second, officer = (
        acting(GOVERNMENT, "approver"),
        acting(GOVERNMENT, "approver", 2),
        acting(OFFICE, "officer"),
    )
    with day(1):
        hand_over(plan.pk, "designate", first, to=Person.objects.get(pk=second.person))
        chase(plan.pk, officer, words="请抓紧")
    tell_of(plan.pk)
    assert told(second.person, MessageKind.HANDED) == ["指定转交给您办理"]
    assert told(second.person, MessageKind.CHASED) == ["专班办督办，请尽快办理"]
    assert told(first.person, MessageKind.HANDED, MessageKind.CHASED) == []


def test_who_is_named_in_a_remark_is_told_if_they_may_see_the_case(plan, acting):
    approver, longer = acting(GOVERNMENT, "approver"), acting(GOVERNMENT, "approver", 2)
    stranger = acting("平野县人民政府", "approver")
    for who, name in ((approver, "审核乙"), (longer, "审核乙丙"), (stranger, "外县丁")):
        Person.objects.filter(pk=who.person).update(name=name)
    officer = acting(OFFICE, "officer")
    for words in ("没有提到谁", "请@审核乙丙 和 ＠外县丁 看一下"):
        comment(plan.pk, officer, words=words)
    tell_of(plan.pk)
    assert told(longer.person, MessageKind.MENTION) == ["有留言提到您"]
    assert told(approver.person, MessageKind.MENTION) == told(stranger.person, MessageKind.MENTION) == []


def test_what_is_muted_is_not_told(plan, acting):
    approver = acting(GOVERNMENT, "approver")
    wish(approver.person, MessageWish.Mail.NEVER, {MessageKind.ARRIVED}, set())
    tell_of(plan.pk)
    assert told(approver.person) == []


def test_every_kind_has_words_in_both_languages(plan, acting):
    approver = acting(GOVERNMENT, "approver")
    for kind in MessageKind:
        tell({approver.person}, kind, plan.case, f"try:{kind}", data={"step_kind": "review", "due": "2026-03-09"})
    chinese = told(approver.person)
    with translation.override("en"):
        english = told(approver.person)
    assert len(set(chinese)) == len(set(english)) == len(MessageKind)
    assert set(chinese).isdisjoint(english)


def test_the_bell_counts_what_is_unread(plan, acting):
    approver, other = acting(GOVERNMENT, "approver"), acting(GOVERNMENT, "approver", 2)
    tell_of(plan.pk)
    number = Message.objects.get(person=approver.person).pk
    assert (unread(approver.person), unread(other.person)) == (1, 1)
    assert mark_read(other.person, [number]) == 0
    assert mark_read(approver.person, [number]) == 1
    assert (unread(approver.person), unread(other.person)) == (0, 1)
    assert mark_read(other.person) == 1


def test_the_page_of_messages_names_no_case_out_of_sight(plan, acting):
    approver = acting(GOVERNMENT, "approver")
    tell_of(plan.pk)
    elsewhere = acting("平野县人民政府", "approver")
    moved = type(approver)(approver.person, elsewhere.body, "approver", elsewhere.body_name)
    assert [item.opens for item in page_of_messages(approver, 1)[1]] == [True]
    assert [item.opens for item in page_of_messages(moved, 1)[1]] == [False]
    assert page_of_messages(approver, 1, kind=MessageKind.HANDED)[1] == []
    mark_read(approver.person)
    assert page_of_messages(approver, 1, only_unread=True)[1] == []


@pytest.fixture
def reader(plan, acting, settings):
    """Somebody with an address who wants each message by mail."""
    settings.MAIL_MESSAGES = True
    approver = acting(GOVERNMENT, "approver")
    Person.objects.filter(pk=approver.person).update(email="reader@example.org")
    wish(approver.person, MessageWish.Mail.EACH, set(), set())
    return approver


def test_mail_is_off_unless_switched_on(plan, acting, reader, settings):
    settings.MAIL_MESSAGES = False
    tell_of(plan.pk)
    assert send_each() == 0
    assert mail.outbox == []


def test_nobody_gets_mail_who_did_not_ask_for_it(plan, acting, reader):
    assert wish_of(acting(GOVERNMENT, "approver", 2).person).mail == MessageWish.Mail.NEVER
    wish(reader.person, MessageWish.Mail.EACH, set(), {MessageKind.ARRIVED})
    tell_of(plan.pk)
    assert send_each() == 0


def test_a_mail_names_the_case_by_its_number_and_no_person_or_title_in_its_subject(plan, reader, settings):
    settings.PUBLIC_ADDRESS = "https://renewal.example.org"
    tell_of(plan.pk)
    assert (send_each(), send_each()) == (1, 0)
    assert [item.subject for item in mail.outbox] == [f"焕城：事项到达（{plan.case.number}）"]
    assert "https://renewal.example.org" in mail.outbox[0].body
    assert Message.objects.get(person=reader.person).mailed_at is not None


def test_a_server_that_is_away_is_tried_again_later_and_at_last_given_up(plan, reader, monkeypatch):
    def away(*_args, **_more):
        raise SMTPServerDisconnected("away")

    monkeypatch.setattr("huancheng.platform.casework.domain.mailing.send_mail", away)
    with clock.at(START):
        tell_of(plan.pk)
        assert send_each() == 0
        assert send_each() == 0
    first = Message.objects.get(person=reader.person)
    assert (first.mail_tries, first.mail_after) == (1, START + timedelta(minutes=2))
    for number in range(1, MOST_TRIES + 3):
        with clock.at(START + timedelta(days=number)):
            send_each()
    last = Message.objects.get(person=reader.person)
    assert (last.mail_tries, last.mail_after, last.mailed_at) == (MOST_TRIES, None, None)


def test_a_digest_is_one_mail_for_all(plan, reader):
    wish(reader.person, MessageWish.Mail.DAILY, set(), set())
    tell_of(plan.pk)
    tell({reader.person}, MessageKind.MENTION, plan.case, "mention:1")
    assert send_each() == 0
    assert send_digests() == 1
    assert [item.subject for item in mail.outbox] == ["焕城：2 条消息"]
    assert "有留言提到您" in mail.outbox[0].body
