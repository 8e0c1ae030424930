"""What a person did: cases from the log, newest act first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Max, QuerySet
from django.db.models.functions import Cast, Substr

from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.models import Event
from huancheng.platform.casework.models import Case
from huancheng.platform.casework.queries.visible import visible_cases

_STREAM = "case:"


@dataclass(frozen=True, slots=True)
class Doing:
    """The last thing a person did in a case.

    Parameters
    ----------
    case
        The case.
    act
        Id of the act.
    at
        When.
    """

    case: Case
    act: str
    at: datetime


def done_by(acting: Acting) -> QuerySet[Any, Any]:
    """Return, newest first, the cases a person did something in and still sees: their id and the last entry's id."""
    return (
        Event.objects.filter(actor=acting.person, stream__startswith=_STREAM)
        .annotate(case=Cast(Substr("stream", len(_STREAM) + 1), BigIntegerField()))
        .filter(case__in=visible_cases(acting).values("pk"))
        .order_by()
        .values("case")
        .annotate(last=Max("pk"))
        .order_by("-last")
    )


def told(found: list[dict[str, Any]]) -> list[Doing]:
    """Return the cases and entries of one page of `done_by`; two queries, whatever the length."""
    cases = Case.objects.prefetch_related("tasks__body").in_bulk([item["case"] for item in found])
    entries = Event.objects.only("code", "at").in_bulk([item["last"] for item in found])
    return [
        Doing(cases[item["case"]], entries[item["last"]].code.partition(".")[2], entries[item["last"]].at)
        for item in found
    ]
