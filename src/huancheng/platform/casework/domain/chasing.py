"""Chasing (督办): the office asks those for whom a case waits to get on with it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.models import Event as LogEntry
from huancheng.platform.casework.domain.moving import announce, demand, lock, record
from huancheng.platform.common import clock


def chase(case: int, acting: Acting, *, words: str, step: str = "", expected: int | None = None) -> LogEntry:
    """Chase a case: what waits in it is marked, and those who should do it are told.

    Parameters
    ----------
    case
        Its id.
    acting
        Who.
    words
        Why.
    step
        Step that is chased; empty for all that wait.
    expected
        Version the person saw.

    Raises
    ------
    NotAllowed, Overtaken, InputFault
        If the person or the moment forbids it, no reason is given, or nothing waits.
    """
    with transaction.atomic():
        standing = lock(case, expected)
        demand(acting, "chase", standing, words=words)
        waiting = standing.case.tasks.filter(step=step) if step else standing.case.tasks.all()
        if not waiting.update(chased_on=clock.today()):
            raise InputFault(gettext("此案卷没有等待办理的环节"), field="step", cure=gettext("无需督办"))
        entry = record(standing, "chase", acting, words=words, counts=False, step=step)
        announce(standing, "chase", step)
    return entry
