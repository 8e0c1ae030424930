"""Taking a waiting step for oneself, and putting it back for all of the body."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Person
from huancheng.platform.casework.domain.entrusting import hand_over
from huancheng.platform.casework.domain.moving import announce, demand, lock, record
from huancheng.platform.casework.models import Task


def take(case: int, step: str, acting: Acting, *, expected: int | None = None) -> Task:
    """Take a step that waits for one's body: colleagues no longer find it among what waits for them.

    Raises
    ------
    NotAllowed, Overtaken, InputFault
        As for handing over.
    """
    return hand_over(case, step, acting, to=Person.objects.get(pk=acting.person or 0), expected=expected)


def put_back(case: int, step: str, acting: Acting, *, expected: int | None = None) -> Task:
    """Let a step that somebody holds wait for all of the body again.

    Raises
    ------
    NotAllowed, Overtaken, InputFault
        If the person or the moment forbids it, or nobody holds it.
    """
    with transaction.atomic():
        standing = lock(case, expected)
        demand(acting, "hand_over", standing, step)
        task = standing.case.tasks.get(step=step)
        if task.holder_id is None:
            raise InputFault(gettext("此环节没有人领办"), field="step", cure=gettext("无需放回"))
        before, task.holder = task.holder_id, None
        task.save(update_fields=["holder"])
        record(standing, "hand_over", acting, step=step, holder=[before, None])
        announce(standing, "hand_over", step)
    return task
