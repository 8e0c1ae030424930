"""Problem list and action list of a check-up."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from huancheng.platform.checkups.models import ActionRecord, CheckupRunRecord, ProblemRecord


@dataclass(frozen=True, slots=True)
class ProblemFilter:
    """What a list of problems is narrowed to; empty fields narrow nothing."""

    group: str = ""
    scope_kind: str = ""
    words: str = ""


def problems_of(run: CheckupRunRecord, asked: ProblemFilter) -> QuerySet[ProblemRecord]:
    """Return the problems a list was narrowed to, in the order of the run; without their places, which are large."""
    rows = ProblemRecord.objects.filter(run=run).defer("geometry")
    if asked.group:
        rows = rows.filter(group=asked.group)
    if asked.scope_kind:
        rows = rows.filter(scope_kind=asked.scope_kind)
    if asked.words:
        words = asked.words
        rows = rows.filter(
            Q(problem__contains=words) | Q(scope_name__contains=words) | Q(indicator_name__contains=words)
        )
    return rows


def actions_of(run: CheckupRunRecord) -> QuerySet[ActionRecord]:
    """Return the action list of a run."""
    return ActionRecord.objects.filter(run=run)
