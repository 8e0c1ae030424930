"""Erasing the free text a person left in the log; the entries stay, and the chain holds."""

from __future__ import annotations

from django.db import transaction

from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.audit.models import Words
from huancheng.platform.common import clock


def erase_words(person: int, acting: Acting) -> int:
    """Erase all free text a person wrote, in their own name or on another's behalf; returns how many texts.

    Parameters
    ----------
    person
        Id of the person.
    acting
        Who erases.
    """
    with transaction.atomic():
        mine = Words.objects.filter(event__actor=person, erased_at__isnull=True)
        count = mine.update(text="", salt="", erased_at=clock.now())
        append(f"person:{person}", "person.words_erased", acting, {"texts": count})
    return count
