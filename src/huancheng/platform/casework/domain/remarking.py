"""Words that stand beside a case and move nothing: remarks, and leaders' instructions."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.models import Event as LogEntry
from huancheng.platform.casework.domain.moving import announce, demand, lock, record


def comment(case: int, acting: Acting, *, words: str, step: str = "") -> LogEntry:
    """Leave a remark (留言), seen by everyone who sees the case; no form of another person grows old by it.

    Parameters
    ----------
    case, acting
        Which, who.
    words
        The remark.
    step
        Step it is about; empty for the case.

    Raises
    ------
    NotAllowed, InputFault
        If the person may not, or says nothing.
    """
    with transaction.atomic():
        standing = lock(case)
        demand(acting, "comment", standing)
        _demand_words(words)
        entry = record(standing, "comment", acting, words=words, counts=False, step=step)
        announce(standing, "comment", step)
    return entry


def instruct(
    case: int, acting: Acting, *, words: str, paper: str = "", day: date | None = None, expected: int | None = None
) -> LogEntry:
    """Record a leader's instruction (批示); whoever is about to act must have seen it.

    Parameters
    ----------
    case, acting, expected
        As for the other acts.
    words
        The instruction, with who gave it: free text that can be erased.
    paper
        Number of the paper it stands on.
    day
        Day it was given.

    Raises
    ------
    NotAllowed, Overtaken, InputFault
        If the person or the moment forbids it, or it says nothing.
    """
    with transaction.atomic():
        standing = lock(case, expected)
        demand(acting, "instruct", standing)
        _demand_words(words)
        entry = record(standing, "instruct", acting, words=words, day=day, paper=paper)
        announce(standing, "instruct")
    return entry


def _demand_words(words: str) -> None:
    if not words.strip():
        raise InputFault(gettext("没有写内容"), field="words", cure=gettext("请填写内容"))
