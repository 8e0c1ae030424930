"""Messages of a person: how many are unread, and a page of them with their words."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.models import Message, MessageKind, MessageWish
from huancheng.platform.casework.queries.message_words import words_of
from huancheng.platform.casework.queries.visible import visible_cases

PAGE = 50


def unread(person: int) -> int:
    """Return how many messages a person has not read; the number at the bell."""
    return Message.objects.filter(person=person, read_at__isnull=True).count()


@dataclass(frozen=True, slots=True)
class Told:
    """A message as it is read.

    Parameters
    ----------
    message
        The row.
    words
        What it says.
    opens
        Whether its case may be opened from the post acted from; what was told stays told, what it is about may not.
    """

    message: Message
    words: str
    opens: bool


def page_of_messages(
    acting: Acting, number: str | int, *, kind: str = "", only_unread: bool = False
) -> tuple[Page[Message], list[Told]]:
    """Return a page of a person's messages, newest first; three queries, whatever the length."""
    found = Message.objects.filter(person=acting.person).select_related("case")
    if kind in MessageKind.values:
        found = found.filter(kind=kind)
    if only_unread:
        found = found.filter(read_at__isnull=True)
    page = Paginator(found, PAGE).get_page(number)
    messages = list(page.object_list)
    seen = set(visible_cases(acting).filter(pk__in=[item.case_id for item in messages]).values_list("pk", flat=True))
    return page, [Told(item, words_of(item), item.case_id in seen) for item in messages]


def wish_of(person: int) -> MessageWish:
    """Return how a person wishes to be told; never by mail where they said nothing."""
    return MessageWish.objects.filter(person=person).first() or MessageWish(person_id=person)
