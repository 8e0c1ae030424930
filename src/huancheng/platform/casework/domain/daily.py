"""What casework does once a day: calendars adopted, silence counted, notices ended, reminders and escalations.

Every part looks for what is not yet done, so that a second call on the same day changes nothing and a call after days
of standstill makes up for them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.db import transaction

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import PROGRAM
from huancheng.platform.audit.models import Event as LogEntry
from huancheng.platform.casework.domain.counting_days import adopt_calendar
from huancheng.platform.casework.domain.law import book_of, current_book
from huancheng.platform.casework.domain.mailing import send_digests, send_each
from huancheng.platform.casework.domain.messages import (
    remind,
    tell_deadline_moved,
    tell_late,
    tell_notice_over,
    tell_untold,
)
from huancheng.platform.casework.domain.moving import announce, apply, lock, record
from huancheng.platform.casework.models import Case, Escalation, Task
from huancheng.policy.calendar import WorkingCalendar
from huancheng.policy.routes.events import Event, EventKind
from huancheng.policy.routes.model import StepKind
from huancheng.policy.routes.state import CaseStatus

T = TypeVar("T", int, Task)
NOTICE = StepKind.NOTICE.value


Nearest = Callable[[date, date], int | None]
"""Returns the distance to remind of on a day for a deadline, in working days as the pack names them; None for none."""
_REMINDERS: list[Callable[[date, Nearest], int]] = []


def add_reminder(source: Callable[[date, Nearest], int]) -> None:
    """Let a day's run remind of what is no step; called when its part of the app is ready."""
    if source not in _REMINDERS:
        _REMINDERS.append(source)


@dataclass
class DailyReport:
    """What a day's run did.

    Parameters
    ----------
    adopted
        Cases that count with a newer calendar now.
    lapsed
        Steps in which silence became no objection.
    notices
        Messages that a notice has hung long enough.
    reminded
        Messages of reminder.
    escalated
        Levels reached by late tasks.
    told
        Messages that an interrupted program had left out.
    mailed
        Mails sent.
    refused
        What could not be done: case and reason.
    """

    adopted: int = 0
    lapsed: int = 0
    notices: int = 0
    reminded: int = 0
    escalated: int = 0
    told: int = 0
    mailed: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


def run_daily(day: date) -> DailyReport:
    """Do what is due on a day; may be called again.

    Parameters
    ----------
    day
        Today.
    """
    report = DailyReport()
    report.adopted = _each(_behind_calendar(day), _adopt, report)
    report.lapsed = _each(_silent(day), lambda task: _lapse(task, day), report)
    calendar = current_book().calendar(day)
    report.notices = sum(tell_notice_over(task) for task in _hung(day))
    report.reminded = _remind(day, calendar) + sum(source(day, nearest(calendar)) for source in _REMINDERS)
    report.escalated = _each(_late(day), lambda task: _escalate(task, day, calendar), report)
    report.told = tell_untold()
    report.mailed = send_each() + send_digests()
    return report


def _each(things: list[T], do: Callable[[T], int], report: DailyReport) -> int:
    """Do something with each, each in its own transaction; one that can't be done does not stop the others."""
    number = 0
    for thing in things:
        try:
            number += do(thing)
        except InputFault as fault:
            report.refused.append((thing.case_id if isinstance(thing, Task) else thing, str(fault)))
    return number


def _behind_calendar(day: date) -> list[int]:
    """Return open cases that don't count with the editions known today, told by their log without folding it."""
    known = current_book().calendar(day).editions
    streams = {case.stream: case.pk for case in Case.objects.filter(status=CaseStatus.OPEN.value).only("pk")}
    counting: dict[str, dict[int, str]] = {}
    entries = LogEntry.objects.filter(code__in=("case.opened", "case.adopt_calendar"))
    for stream, data in entries.order_by("pk").values_list("stream", "data").iterator():
        if stream in streams:
            editions = data["event"].get("editions", {})
            counting.setdefault(stream, {}).update({int(year): name for year, name in editions.items()})
    return [
        streams[stream]
        for stream, editions in counting.items()
        if any(editions.get(year) != name for year, name in known.items())
    ]


def _adopt(case: int) -> int:
    before = dict(Task.objects.filter(case=case).values_list("step", "due_on"))
    if adopt_calendar(case) is None:
        return 0
    for task in Task.objects.filter(case=case).select_related("case"):
        earlier = before.get(task.step)
        if earlier is not None and earlier != task.due_on:
            tell_deadline_moved(task, earlier)
    return 1


def _silent(day: date) -> list[Task]:
    """Return the tasks whose time is over and in which, by the law their case began under, silence is no objection."""
    return [task for task in _late(day) if _means_no_objection(task)]


def _means_no_objection(task: Task) -> bool:
    route = book_of(task.case.pack).routes[task.case.route]
    return route.step(task.step).silence == "no_objection"


def _lapse(task: Task, day: date) -> int:
    with transaction.atomic():
        standing = lock(task.case_id)
        apply(standing, "lapse", PROGRAM, Event(EventKind.LAPSED, day, step=task.step))
    return 1


def _hung(day: date) -> list[Task]:
    hung = Task.objects.filter(status=Task.Status.READY, kind=NOTICE, due_on__lt=day)
    return list(hung.select_related("case"))


def _late(day: date) -> list[Task]:
    late = Task.objects.filter(status=Task.Status.READY, due_on__lt=day).exclude(kind=NOTICE)
    return list(late.select_related("case", "body"))


def nearest(calendar: WorkingCalendar) -> Nearest:
    """Return what tells the distance to remind of; after a standstill only the nearest counts."""
    distances = current_book().posts.reminder_days

    def distance(day: date, due: date) -> int | None:
        left = calendar.working_days_between(day, due)
        return min((item for item in distances if due >= day and left <= item), default=None)

    return distance


def _remind(day: date, calendar: WorkingCalendar) -> int:
    """Remind once for each distance the pack names."""
    distance = nearest(calendar)
    waiting = Task.objects.filter(status=Task.Status.READY, due_on__gte=day).exclude(kind=NOTICE)
    number = 0
    for task in waiting.filter(due_on__lte=_farthest(day, calendar)).select_related("case"):
        left = distance(day, task.due_on) if task.due_on else None
        number += remind(task, left) if left is not None else 0
    return number


def _farthest(day: date, calendar: WorkingCalendar) -> date:
    """Return the last deadline worth looking at."""
    farthest = calendar.due(day, max(current_book().posts.reminder_days, default=0))
    return farthest.day if farthest else day


def _escalate(task: Task, day: date, calendar: WorkingCalendar) -> int:
    """Put a late task before the office once for each level it has reached; people are told of the highest only."""
    if task.due_on is None:
        return 0
    late = calendar.working_days_between(task.due_on, day)
    with transaction.atomic():
        standing = lock(task.case_id)
        held = standing.case.tasks.filter(pk=task.pk).first()
        place = {"case": standing.case, "step": task.step, "round": standing.case.round, "ready_on": task.ready_on}
        done = set(Escalation.objects.filter(**place).values_list("level", flat=True))
        fresh = [level for level in current_book().posts.escalation_days if level <= late and level not in done]
        if held is None or held.status != Task.Status.READY or not fresh:
            return 0
        Escalation.objects.bulk_create([Escalation(**place, level=level, day=day) for level in fresh])
        held.escalated_on = day
        held.save(update_fields=["escalated_on"])
        for level in fresh:
            record(standing, "escalate", PROGRAM, counts=False, step=task.step, level=level)
        announce(standing, "escalate", task.step)
        tell_late(task, max(fresh), task.body.parent_id)
    return len(fresh)
