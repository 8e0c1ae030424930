"""What printed papers draw from: a case with its log, its names and its papers, gathered once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone

from huancheng.platform.audit.models import Event as LogEntry
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.models import Case
from huancheng.platform.casework.queries.case_names import CaseNames, names_of
from huancheng.platform.casework.queries.history import log_of, words_of
from huancheng.policy.routes.plan import PlannedStep
from huancheng.policy.routes.state import StepState, StepStatus

OUTCOMES = {
    StepStatus.WAITING: "未开始",
    StepStatus.READY: "办理中",
    StepStatus.STOPPED: "补正中，停止计时",
    StepStatus.DONE: "办结",
    StepStatus.PASSED: "通过",
    StepStatus.REFUSED: "不通过",
    StepStatus.LAPSED: "逾期未答复，视为无异议",
    StepStatus.SKIPPED: "略过",
}
"""How a step stands, as a paper prints it."""

_SAYS = frozenset({"case.decide", "case.record", "case.complete", "case.back_enter"})


@dataclass
class Dossier:
    """A case laid out for printing.

    Parameters
    ----------
    standing
        The case.
    entries
        Its log, oldest first.
    names
        Names of people, bodies and steps.
    """

    standing: CaseStanding
    entries: Sequence[LogEntry]
    names: CaseNames

    @property
    def case(self) -> Case:
        """The row."""
        return self.standing.case

    @property
    def day(self) -> date:
        """Day of the newest entry: what is printed speaks of it, so that the same case prints the same bytes."""
        return timezone.localtime(self.entries[-1].at).date()

    @property
    def instrument(self) -> str:
        """Official name of what the case is about."""
        return self.standing.plan.instrument.title

    @property
    def jurisdiction(self) -> str:
        """Name of the jurisdiction."""
        return self.standing.plan.jurisdiction.title

    @cached_property
    def steps(self) -> tuple[tuple[PlannedStep, StepState], ...]:
        """The steps of the route with where they stand."""
        return tuple((planned, self.standing.step(planned.step.id)) for planned in self.standing.plan.steps)

    def body_of(self, planned: PlannedStep) -> str:
        """Return the name of the body that acts in a step."""
        body = self.standing.body_of(planned)
        return body.name if body else planned.body.name

    def sender_of(self, planned: PlannedStep) -> str:
        """Return the name of the body that sends the papers of a step; the opener where the route names none."""
        body = self.standing.sender_of(planned)
        return body.name if body else self.case.opened_by.name

    def opinion_of(self, step: str) -> str:
        """Return the opinion given in a step, in the words of its last decision."""
        for entry in reversed(self.entries):
            if entry.code in _SAYS and _step_of(entry.data) == step and (words := words_of(entry)):
                return words
        return ""

    def vote_of(self, step: str) -> str:
        """Return how a step was voted on; empty where it was not."""
        for entry in reversed(self.entries):
            vote = entry.data.get("event", {}).get("vote")
            if vote and _step_of(entry.data) == step:
                return "应到{seats}人，回避{recused}人，实到{present}人，同意{yes}票".format(**vote)
        return ""

    def last(self, code: str) -> LogEntry | None:
        """Return the newest entry of a code; None where there is none."""
        return next((entry for entry in reversed(self.entries) if entry.code == code), None)


def dossier_of(standing: CaseStanding) -> Dossier:
    """Gather a case for printing, in a few queries."""
    entries = log_of(standing.case)
    return Dossier(standing, entries, names_of(standing, entries))


def _step_of(data: dict[str, Any]) -> str:
    step: str = data.get("event", {}).get("step") or data.get("step", "")
    return step
