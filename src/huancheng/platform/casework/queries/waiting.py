"""Which tasks wait for a person: by their body, their role and the pack's rules of posts."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.models import Case, Task
from huancheng.platform.casework.queries.visible import visible_cases
from huancheng.policy.provisions.posts import Standing
from huancheng.policy.routes.model import StepKind

NOBODY = Q(pk__in=())
JUDGING = tuple(kind.value for kind in StepKind if kind.judges)
CARRIES = "complete"
"""Act whose roles are those that carry a kind of step out."""


def waits_for(acting: Acting) -> Q:
    """Return the condition under which a task waits for a person: they can carry it out, record it or correct it."""
    if acting.body is None:
        return NOBODY
    posts = current_book().posts
    carried = [kind.value for kind, roles in posts.steps.items() if acting.role in roles]
    condition = Q(status=Task.Status.READY, body=acting.body, kind__in=carried)
    record, supply = posts.act("record"), posts.act("supply_correction")
    if acting.role in record.roles:
        condition |= Q(status=Task.Status.READY, body=acting.body, kind__in=JUDGING)
        if Standing.THROUGH in record.at:
            condition |= Q(status=Task.Status.READY, through=acting.body)
    if acting.role in supply.roles:
        condition |= Q(status=Task.Status.STOPPED, case__opened_by=acting.body)
        condition |= Q(status=Task.Status.STOPPED, sender=acting.body)
        if Standing.AUTHOR in supply.at:
            condition |= Q(status=Task.Status.STOPPED, author=acting.body)
            condition |= Q(status=Task.Status.STOPPED, author_through=acting.body)
    return condition


def of_body(acting: Acting) -> Q:
    """Return the condition under which a task concerns a person's body: it acts, records, or stands above."""
    if acting.body is None:
        return NOBODY
    return Q(body=acting.body) | Q(through=acting.body) | Q(body__parent=acting.body)


def sees_every_case(acting: Acting) -> bool:
    """Whether a person's role sees every case of the city."""
    role = current_book().posts.role(acting.role)
    return role is not None and role.sees == "all"


def tasks_to_do(acting: Acting, *, whole_body: bool = False) -> QuerySet[Task]:
    """Return the tasks that wait for a person; those held by colleagues only with `whole_body`."""
    found = Task.objects.filter(waits_for(acting))
    return found if whole_body else found.filter(Q(holder__isnull=True) | Q(holder=acting.person))


def tasks_chased(acting: Acting, overdue: Q) -> QuerySet[Task]:
    """Return the tasks that are late, chased or put before the office, as far as a person watches over them.

    Parameters
    ----------
    acting
        Who asks: who sees all watches the whole city, others their body and the bodies under it.
    overdue
        Condition that a task is late.
    """
    found = Task.objects.filter(overdue | Q(chased_on__isnull=False) | Q(escalated_on__isnull=False))
    if sees_every_case(acting):
        return found
    return found.filter(of_body(acting), case__in=visible_cases(acting).values("pk"))


def cases_begun(acting: Acting) -> QuerySet[Case]:
    """Return the cases a person opened, as far as they still see them."""
    return visible_cases(acting).filter(initiator=acting.person)
