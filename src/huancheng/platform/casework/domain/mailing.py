"""Sending messages by mail: each on its own or once a day together, tried again when the server is away."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta
from itertools import groupby
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from huancheng.platform.bodies.models import Person
from huancheng.platform.casework.models import Message, MessageKind, MessageWish
from huancheng.platform.casework.queries.message_words import words_of
from huancheng.platform.common import clock

LOG = logging.getLogger(__name__)
MOST_TRIES = 6
FIRST_WAIT = timedelta(minutes=2)
"""Wait after the first failure; doubled after each further one, so that the sixth try comes after two hours."""


def waiting(wanted: MessageWish.Mail) -> QuerySet[Message]:
    """Return the messages whose mail is due, for people who wish it so, person by person."""
    return (
        Message.objects.filter(mail_after__lte=clock.now(), mailed_at__isnull=True, person__message_wish__mail=wanted)
        .exclude(person__email="")
        .filter(person__is_active=True)
        .select_related("person", "case")
        .order_by("person", "pk")
    )


def send_each() -> int:
    """Send a mail for every message that is due to somebody who wants each on its own; returns how many were sent."""
    return sum(_send(message.person, [message]) for message in list(waiting(MessageWish.Mail.EACH)))


def send_digests() -> int:
    """Send one mail with all that is due to everybody who wants them together; returns how many were sent."""
    due = list(waiting(MessageWish.Mail.DAILY))
    return sum(_send(person, list(messages)) for person, messages in groupby(due, key=lambda item: item.person))


def _send(person: Person, messages: list[Message]) -> bool:
    """Send one mail; on failure say when to try again."""
    with translation.override(person.language or settings.LANGUAGE_CODE):
        subject, body = _subject(messages), _body(messages)
    try:
        send_mail(subject, body, None, [person.email])
    except (SMTPException, OSError) as error:
        LOG.warning("mail to person %s failed: %s", person.pk, type(error).__name__)
        _again(messages)
        return False
    Message.objects.filter(pk__in=[item.pk for item in messages]).update(mailed_at=clock.now(), mail_after=None)
    return True


def _again(messages: Iterable[Message]) -> None:
    for message in messages:
        message.mail_tries += 1
        given_up = message.mail_tries >= MOST_TRIES
        message.mail_after = None if given_up else clock.now() + FIRST_WAIT * 2 ** (message.mail_tries - 1)
        message.save(update_fields=["mail_tries", "mail_after"])


def _subject(messages: list[Message]) -> str:
    """Return a subject without personal data: a title may name a household, a case number does not."""
    if len(messages) == 1:
        return _("焕城：%(kind)s（%(number)s）") % {
            "kind": MessageKind(messages[0].kind).label,
            "number": messages[0].case.number,
        }
    return _("焕城：%(number)s 条消息") % {"number": len(messages)}


def _body(messages: list[Message]) -> str:
    lines = [f"{words_of(item)}（{item.case.number}）" for item in messages]
    if settings.PUBLIC_ADDRESS:
        lines += ["", _("请登录办理：%s") % settings.PUBLIC_ADDRESS]
    return "\n".join([*lines, "", _("此邮件由系统发出，请勿回复。")])
