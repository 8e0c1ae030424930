"""Telling those who were asked inside a step: bodies for their opinion, experts for their review."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef

from huancheng.platform.audit.models import Event as LogEntry
from huancheng.platform.casework.domain.daily import Nearest, add_reminder
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.domain.messages import add_telling, tell
from huancheng.platform.casework.models import Case, MessageKind, Task
from huancheng.platform.casework.procedures.consultation.models import OpinionRequest
from huancheng.platform.casework.procedures.experts.models import Expert, Panel, PanelSeat
from huancheng.platform.casework.queries.people import people_of


def offer_reminding() -> None:
    """Offer it to the messages and to the day's run; called when the app is ready."""
    add_telling("case.consult", _asked)
    add_telling("case.draw_experts", _drawn)
    add_telling("case.expert_declined", _called)
    add_reminder(remind_bodies)
    add_reminder(remind_experts)


def _asked(_case: Case, entry: LogEntry) -> tuple[set[int], dict[str, Any]]:
    return set().union(*(_who_answers(body) for body in entry.data["bodies"])), {"owed": "opinion"}


def _drawn(_case: Case, entry: LogEntry) -> tuple[set[int], dict[str, Any]]:
    return _persons(entry.data["drawn"]), {"owed": "review"}


def _called(_case: Case, entry: LogEntry) -> tuple[set[int], dict[str, Any]]:
    return _persons([entry.data["follower"]] if entry.data["follower"] else []), {"owed": "review"}


def _who_answers(body: int) -> set[int]:
    return people_of(body, current_book().posts.act("answer").roles)


def _persons(experts: list[int]) -> set[int]:
    return set(Expert.objects.filter(pk__in=experts).values_list("person", flat=True))


def remind_bodies(day: date, nearest: Nearest) -> int:
    """Remind the bodies that owe an opinion in a step that still waits; returns the number of messages."""
    waiting = Task.objects.filter(case=OuterRef("case"), step=OuterRef("step"))
    owed = OpinionRequest.objects.filter(
        Exists(waiting), status=OpinionRequest.Status.OPEN, round=F("case__round"), due_on__gte=day
    )
    number = 0
    for row in owed.select_related("case"):
        if row.due_on is None or (left := nearest(day, row.due_on)) is None:
            continue
        what = {"owed": "opinion", "due": row.due_on.isoformat()}
        key = f"due:opinion:{row.pk}:{row.due_on}:{left}"
        number += tell(_who_answers(row.body_id), MessageKind.REMINDER, row.case, key, step=row.step, data=what)
    return number


def remind_experts(day: date, nearest: Nearest) -> int:
    """Remind the experts who owe a review; returns the number of messages."""
    owed = PanelSeat.objects.filter(
        status=PanelSeat.Status.ASSIGNED, panel__status=Panel.Status.OPEN, panel__due_on__gte=day
    )
    number = 0
    for seat in owed.select_related("panel__case", "expert"):
        panel = seat.panel
        if panel.due_on is None or (left := nearest(day, panel.due_on)) is None:
            continue
        what = {"owed": "review", "due": panel.due_on.isoformat()}
        key = f"due:review:{seat.pk}:{panel.due_on}:{left}"
        number += tell({seat.expert.person_id}, MessageKind.REMINDER, panel.case, key, step=panel.step, data=what)
    return number
