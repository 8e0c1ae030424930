"""The list of cases: narrowed, ordered, counted; in sight only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Prefetch, QuerySet

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.models import Case, Task
from huancheng.platform.casework.queries.lights import Light, LightRule, lights_today
from huancheng.platform.casework.queries.rows import Row, case_row
from huancheng.platform.casework.queries.visible import visible_cases
from huancheng.platform.casework.queries.words import instrument_word, jurisdiction_word
from huancheng.policy.routes.state import CaseStatus

ORDERS = {
    "number": ("number",),
    "title": ("title", "pk"),
    "opened": ("-opened_on", "-pk"),
    "due": (F("earliest_due").asc(nulls_last=True), "-pk"),
    "updated": ("-updated_at", "-pk"),
}
"""What a list can be ordered by."""


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What a list of cases is narrowed to; empty fields narrow nothing.

    Parameters
    ----------
    instrument, jurisdiction
        Ids of the pack.
    status
        Where the case stands.
    light
        Light of something that waits in it.
    body
        Id of a body for which something waits in it.
    subject
        Id of what it is about.
    year
        Year it was opened in.
    order
        What it is ordered by, one of `ORDERS`.
    """

    instrument: str = ""
    jurisdiction: str = ""
    status: str = ""
    light: Light | None = None
    body: int | None = None
    subject: int | None = None
    year: int | None = None
    order: str = "updated"

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return any((self.instrument, self.jurisdiction, self.status, self.light, self.body, self.subject, self.year))


def cases_listed(acting: Acting, narrowed: CaseFilter) -> QuerySet[Case]:
    """Return the cases in sight that a filter leaves, in order, with what a line of the list needs."""
    equal: dict[str, Any] = {
        "instrument": narrowed.instrument,
        "jurisdiction": narrowed.jurisdiction,
        "status": narrowed.status,
        "subject": narrowed.subject,
        "opened_on__year": narrowed.year,
    }
    cases = visible_cases(acting).filter(**{name: value for name, value in equal.items() if value})
    waiting = Task.objects.filter(case=OuterRef("pk")).order_by()
    if narrowed.light:
        cases = cases.filter(Exists(waiting.filter(lights_today().where(narrowed.light))))
    if narrowed.body:
        cases = cases.filter(Exists(waiting.filter(body=narrowed.body)))
    if narrowed.order == "due":
        cases = cases.annotate(earliest_due=Min("tasks__due_on"))
    tasks = Prefetch("tasks", Task.objects.select_related("body", "holder"))
    return cases.order_by(*ORDERS[narrowed.order]).prefetch_related(tasks)


@dataclass(frozen=True, slots=True)
class CaseChoices:
    """What a list of cases can be narrowed to, each with its words."""

    instruments: list[tuple[str, str]]
    jurisdictions: list[tuple[str, str]]
    bodies: list[tuple[int, str]]
    years: list[int]


def case_choices(acting: Acting) -> CaseChoices:
    """Return what occurs among the cases in sight; three queries."""
    seen = visible_cases(acting)
    plain = seen.order_by()
    groups = list(plain.values_list("instrument", "jurisdiction").distinct())
    # SQLite takes a day apart in Python, row by row: days are fetched once each and taken apart here.
    days = plain.values_list("opened_on", flat=True).distinct()
    bodies = Body.objects.filter(pk__in=Task.objects.filter(case__in=seen.values("pk")).values("body"))
    return CaseChoices(
        [(name, instrument_word(name)) for name in sorted({group[0] for group in groups})],
        [(name, jurisdiction_word(name)) for name in sorted({group[1] for group in groups})],
        list(bodies.values_list("pk", "name")),
        sorted({day.year for day in days}, reverse=True),
    )


@dataclass(frozen=True, slots=True)
class Totals:
    """How the cases of a list stand.

    Parameters
    ----------
    total, running
        How many there are, and how many are under way.
    late
        In how many something is late.
    earliest
        Earliest deadline missed.
    """

    total: int
    running: int
    late: int
    earliest: date | None


def totals(cases: QuerySet[Case]) -> Totals:
    """Count the cases of a list; two queries."""
    rule = lights_today()
    plain = cases.order_by().prefetch_related(None)
    by_status = dict(plain.values_list("status").annotate(number=Count("pk", distinct=True)))
    late = Task.objects.filter(rule.where(Light.RED), case__in=plain.values("pk")).order_by()
    counted = late.aggregate(number=Count("case", distinct=True), earliest=Min("due_on"))
    return Totals(
        sum(by_status.values()), by_status.get(CaseStatus.OPEN.value, 0), counted["number"], counted["earliest"]
    )


def case_lines(cases: Iterable[Case], rule: LightRule | None = None) -> Iterator[Row]:
    """Yield the lines for cases."""
    rule = rule or lights_today()
    return (case_row(case, rule) for case in cases)
