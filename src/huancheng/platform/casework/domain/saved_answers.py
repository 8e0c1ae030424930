"""Saving sentences for opinions and answers, and dropping them. They concern no case, so no log tells of them."""

from __future__ import annotations

from django.utils.translation import gettext

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.faults import NotAllowed
from huancheng.platform.casework.models import SavedAnswer

LONGEST = 500
"""Characters in a sentence."""
MOST = 40
"""Sentences of one person; a longer list would have to be searched."""


def save_answer(text: str, acting: Acting) -> SavedAnswer:
    """Save a sentence for the person who acts; one that is there already stays as it is.

    Raises
    ------
    NotAllowed
        If nobody is signed in.
    InputFault
        If it is empty or too long, or the list is full.
    """
    if acting.person is None:
        raise NotAllowed(gettext("常用语只属于登录的本人"), cure=gettext("请登录后再存"))
    words = text.strip()
    if not words:
        raise InputFault(gettext("没有写内容"), field="sentence", cure=gettext("请填写内容"))
    if len(words) > LONGEST:
        raise InputFault(gettext("常用语最多%d字") % LONGEST, field="sentence", cure=gettext("请缩短"))
    own = SavedAnswer.objects.filter(person=acting.person)
    known = own.filter(text=words).first()
    if known is None and own.count() >= MOST:
        raise InputFault(gettext("常用语最多%d条") % MOST, field="sentence", cure=gettext("请先删去不用的"))
    return known or SavedAnswer.objects.create(person_id=acting.person, text=words)


def drop_answer(number: int, acting: Acting) -> bool:
    """Drop a sentence of the person who acts; False where they have none with this number."""
    dropped, _each = SavedAnswer.objects.filter(pk=number, person=acting.person or 0).delete()
    return dropped > 0


def forget_answers(person: int) -> None:
    """Drop all sentences of a person whose data are erased."""
    SavedAnswer.objects.filter(person=person).delete()
