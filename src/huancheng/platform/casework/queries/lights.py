"""Lights: how a task stands to its deadline today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.models import Task
from huancheng.platform.common import clock
from huancheng.policy.routes.model import StepKind


class Light(StrEnum):
    """What the light of a task says; each has a word and a shape beside its colour."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    STOPPED = "stopped"
    """The clock stands until the correction comes."""
    HANGING = "hanging"
    """A notice that must hang longer: nothing is late, nothing can be done yet."""
    HUNG = "hung"
    """A notice that has hung long enough and can be ended."""
    OPEN = "open"
    """No time is set."""

    @property
    def word(self) -> str:
        """The word beside the light."""
        return str(_WORDS[self])

    @property
    def tone(self) -> str:
        """Its colour and shape among those of the look."""
        return _TONES[self]


_WORDS = {
    Light.RED: _("已逾期"),
    Light.AMBER: _("将到期"),
    Light.GREEN: _("期限内"),
    Light.STOPPED: _("补正中"),
    Light.HANGING: _("公示中"),
    Light.HUNG: _("公示期满"),
    Light.OPEN: _("无期限"),
}

_TONES = {
    Light.RED: "red",
    Light.AMBER: "amber",
    Light.GREEN: "green",
    Light.STOPPED: "grey",
    Light.HANGING: "teal",
    Light.HUNG: "amber",
    Light.OPEN: "grey",
}

_NOTICE = StepKind.NOTICE.value


class Waiting(Protocol):
    """What a light is told by."""

    status: str
    kind: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class LightRule:
    """The lights of one day.

    Parameters
    ----------
    today
        The day.
    amber_until
        Latest deadline that is amber on that day.
    """

    today: date
    amber_until: date

    def of(self, task: Waiting) -> Light:
        """Return the light of a task."""
        if task.status == Task.Status.STOPPED:
            return Light.STOPPED
        if task.due_on is None:
            return Light.OPEN
        if task.kind == _NOTICE:
            return Light.HUNG if task.due_on < self.today else Light.HANGING
        if task.due_on < self.today:
            return Light.RED
        return Light.AMBER if task.due_on <= self.amber_until else Light.GREEN

    def where(self, light: Light) -> Q:
        """Return the condition under which a task has a light, so that counts and filters agree with what is shown."""
        ready = Q(status=Task.Status.READY)
        runs = ready & Q(due_on__isnull=False)
        timed, notice = runs & ~Q(kind=_NOTICE), runs & Q(kind=_NOTICE)
        return {
            Light.STOPPED: Q(status=Task.Status.STOPPED),
            Light.OPEN: ready & Q(due_on__isnull=True),
            Light.HANGING: notice & Q(due_on__gte=self.today),
            Light.HUNG: notice & Q(due_on__lt=self.today),
            Light.RED: timed & Q(due_on__lt=self.today),
            Light.AMBER: timed & Q(due_on__gte=self.today, due_on__lte=self.amber_until),
            Light.GREEN: timed & Q(due_on__gt=self.amber_until),
        }[light]


def lights_today() -> LightRule:
    """Return the lights of today under the pack in force."""
    today, book = clock.today(), current_book()
    amber = book.calendar(today).due(today, book.posts.amber_days)
    return LightRule(today, amber.day if amber else today)
