"""A case beside the list: enough to know what it is and what to do, without opening it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.models import Event as LogEntry
from huancheng.platform.bodies.models import Body, Person
from huancheng.platform.casework.domain.standing import standing_of
from huancheng.platform.casework.models import Case
from huancheng.platform.casework.queries.lights import lights_today
from huancheng.platform.casework.queries.rows import Row, task_row
from huancheng.platform.casework.queries.words import act_word, instrument_word
from huancheng.platform.casework.rules import rights
from huancheng.platform.common.look.records import Happening

LATEST = 6


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the list.

    Parameters
    ----------
    case
        The case.
    waiting
        What waits in it, most urgent first.
    acts
        What the person may do now, in words.
    happened
        What happened last, newest first.
    """

    case: Case
    waiting: list[Row]
    acts: list[str]
    happened: list[Happening]

    @property
    def instrument(self) -> str:
        """Name of the instrument."""
        return instrument_word(self.case.instrument)


def beside(case: Case, acting: Acting) -> Beside:
    """Return what stands beside the list for a case that is in sight."""
    rule = lights_today()
    tasks = case.tasks.select_related("case", "body", "holder")
    may_do = dict.fromkeys(act_word(right.act.id) for right in rights(acting, standing_of(case)))
    return Beside(case, [task_row(task, rule) for task in tasks], list(may_do), _happened(case))


def _happened(case: Case) -> list[Happening]:
    entries = (
        LogEntry.objects.filter(stream=case.stream)
        .annotate(
            who=Subquery(Person.objects.filter(pk=OuterRef("actor")).values("name")),
            whose=Subquery(Body.objects.filter(pk=OuterRef("body")).values("name")),
        )
        .order_by("-sequence")[:LATEST]
    )
    return [
        Happening(entry.at, act_word(entry.code.partition(".")[2]), " ".join(filter(None, (entry.whose, entry.who))))
        for entry in entries
    ]
