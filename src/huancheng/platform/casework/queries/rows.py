"""The lines of a list of tasks or cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import ngettext

from huancheng.platform.casework.models import Case, Task
from huancheng.platform.casework.queries.lights import Light, LightRule
from huancheng.platform.casework.queries.words import (
    act_word,
    instrument_word,
    jurisdiction_word,
    status_word,
    step_word,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list.

    Parameters
    ----------
    case
        The case.
    step, kind
        Step that waits and its word; empty for a case in which nothing waits.
    body
        Name of the body it waits for.
    holder
        Name of the person who holds it.
    light
        Its light; None where nothing waits.
    due_on, provisional
        Deadline, and whether it counts days of a calendar not yet published.
    late
        Days since the deadline.
    chased_on, escalated_on
        When it was chased and put before the office.
    act, at
        Last act of the person, in the list of what they did.
    """

    case: Case
    step: str = ""
    kind: str = ""
    body: str = ""
    holder: str = ""
    light: Light | None = None
    due_on: date | None = None
    provisional: bool = False
    late: int = 0
    chased_on: date | None = None
    escalated_on: date | None = None
    act: str = ""
    at: datetime | None = None

    @property
    def mark(self) -> str:
        """What a ticked box sends: case, version seen, step."""
        return f"{self.case.pk}:{self.case.version}:{self.step}"

    @property
    def light_words(self) -> str:
        """The light in words, with how many days a task is late."""
        if self.light is Light.RED:
            return ngettext("逾期 %(days)d 天", "逾期 %(days)d 天", self.late) % {"days": self.late}
        return self.light.word if self.light else ""

    @property
    def act_word(self) -> str:
        """What the person did last."""
        return act_word(self.act)

    @property
    def status_word(self) -> str:
        """Where the case stands."""
        return status_word(self.case.status)

    @property
    def instrument(self) -> str:
        """Name of the instrument."""
        return instrument_word(self.case.instrument)

    @property
    def jurisdiction(self) -> str:
        """Name of the jurisdiction."""
        return jurisdiction_word(self.case.jurisdiction)


def task_row(task: Task, rule: LightRule) -> Row:
    """Return the line for one task."""
    light = rule.of(task)
    return Row(
        task.case, task.step, step_word(task.kind), task.body.name, task.holder.name if task.holder else "", light,
        task.due_on, task.provisional, _days_late(task, light, rule),
        task.chased_on, task.escalated_on,
    )  # fmt: skip


def case_row(case: Case, rule: LightRule, *, act: str = "", at: datetime | None = None) -> Row:
    """Return the line for a case: with its most urgent step, and the bodies it waits for."""
    tasks = sorted(case.tasks.all(), key=lambda task: (task.due_on is None, task.due_on or rule.today))
    if not tasks:
        return Row(case, act=act, at=at)
    first = tasks[0]
    light = rule.of(first)
    bodies = "、".join(dict.fromkeys(task.body.name for task in tasks))
    return Row(
        case, first.step, "、".join(dict.fromkeys(step_word(task.kind) for task in tasks)), bodies,
        light=light, due_on=first.due_on, provisional=first.provisional, late=_days_late(first, light, rule),
        act=act, at=at,
    )  # fmt: skip


def _days_late(task: Task, light: Light, rule: LightRule) -> int:
    return (rule.today - task.due_on).days if light is Light.RED and task.due_on else 0
