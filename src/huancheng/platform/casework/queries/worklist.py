"""The worklist of a person: what waits, what they did, what they began, what is chased. Queries do not grow with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case as When_
from django.db.models import Count, F, IntegerField, Min, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.models import Case, Task
from huancheng.platform.casework.queries.done import done_by, told
from huancheng.platform.casework.queries.lights import Light, LightRule, lights_today
from huancheng.platform.casework.queries.rows import Row, case_row, task_row
from huancheng.platform.casework.queries.waiting import cases_begun, tasks_chased, tasks_to_do
from huancheng.platform.casework.queries.words import instrument_word, jurisdiction_word

PAGE = 50


class Tab(StrEnum):
    """The four lists."""

    TODO = "todo"
    DONE = "done"
    MINE = "mine"
    CHASED = "chased"

    @property
    def words(self) -> str:
        """Its name."""
        return str(_TITLES[self])


_TITLES = {Tab.TODO: _("待办"), Tab.DONE: _("已办"), Tab.MINE: _("我发起的"), Tab.CHASED: _("督办")}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a person narrowed a list to; empty fields narrow nothing.

    Parameters
    ----------
    instrument, jurisdiction
        Ids of the pack.
    body
        Id of a body that acts.
    light
        Light.
    whole_body
        Whether tasks held by colleagues are shown too.
    """

    instrument: str = ""
    jurisdiction: str = ""
    body: int | None = None
    light: Light | None = None
    whole_body: bool = False

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return bool(self.instrument or self.jurisdiction or self.body or self.light)

    def of_tasks(self, tasks: QuerySet[Task], rule: LightRule) -> QuerySet[Task]:
        """Return the tasks that are left."""
        if self.instrument:
            tasks = tasks.filter(case__instrument=self.instrument)
        if self.jurisdiction:
            tasks = tasks.filter(case__jurisdiction=self.jurisdiction)
        if self.body:
            tasks = tasks.filter(body=self.body)
        return tasks.filter(rule.where(self.light)) if self.light else tasks


@dataclass(frozen=True, slots=True)
class Choices:
    """What a list can be narrowed to, with how many lines each leaves."""

    instruments: list[tuple[str, str, int]] = field(default_factory=list)
    jurisdictions: list[tuple[str, str, int]] = field(default_factory=list)
    bodies: list[tuple[int, str, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Standing:
    """How many wait, by light; what the headline says.

    Parameters
    ----------
    lights
        Number by light.
    earliest
        Earliest deadline missed.
    next_due
        Earliest deadline to come.
    held
        How many the person holds.
    """

    lights: dict[Light, int]
    earliest: date | None
    next_due: date | None
    held: int

    @property
    def total(self) -> int:
        """How many wait."""
        return sum(self.lights.values())

    @property
    def red(self) -> int:
        """How many are late."""
        return self.lights[Light.RED]

    @property
    def amber(self) -> int:
        """How many are due soon."""
        return self.lights[Light.AMBER]

    @property
    def shown(self) -> list[tuple[Light, int]]:
        """The lights that any task has, with how many have it."""
        return [(light, number) for light, number in self.lights.items() if number]


def standing_of_tasks(acting: Acting, tasks: QuerySet[Task], rule: LightRule) -> Standing:
    """Count tasks by light in one query."""
    counted = tasks.order_by().aggregate(
        **{light.value: Count("pk", filter=rule.where(light)) for light in Light},
        earliest=Min("due_on", filter=rule.where(Light.RED)),
        next_due=Min("due_on", filter=rule.where(Light.AMBER) | rule.where(Light.GREEN)),
        held=Count("pk", filter=Q(holder=acting.person)),
    )
    return Standing(
        {light: counted[light.value] for light in Light}, counted["earliest"], counted["next_due"], counted["held"]
    )


def counts(acting: Acting, rule: LightRule) -> dict[Tab, int]:
    """Return how long each list is; one query each."""
    return {
        Tab.TODO: tasks_to_do(acting).count(),
        Tab.DONE: done_by(acting).count(),
        Tab.MINE: cases_begun(acting).count(),
        Tab.CHASED: tasks_chased(acting, rule.where(Light.RED)).count(),
    }


def task_page(
    tab: Tab, acting: Acting, narrowing: Narrowing, number: str | int
) -> tuple[Page[Task], Standing, Choices]:
    """Return a page of waiting tasks, how the whole list stands, and what it can be narrowed to."""
    rule = lights_today()
    whole = (
        tasks_chased(acting, rule.where(Light.RED))
        if tab is Tab.CHASED
        else tasks_to_do(acting, whole_body=narrowing.whole_body)
    )
    mine_first = When_(When(holder=acting.person, then=Value(0)), default=Value(1), output_field=IntegerField())
    shown = narrowing.of_tasks(whole, rule).select_related("case", "body", "holder")
    ordered = shown.order_by(mine_first, F("due_on").asc(nulls_last=True), "pk")
    page = Paginator(ordered, PAGE).get_page(number)
    return page, standing_of_tasks(acting, whole, rule), choices(whole)


def choices(tasks: QuerySet[Task]) -> Choices:
    """Return what a list of tasks can be narrowed to; one query."""
    groups = (
        tasks.order_by()
        .values_list("case__instrument", "case__jurisdiction", "body", "body__name")
        .annotate(number=Count("pk"))
    )
    instruments: Counter[str] = Counter()
    jurisdictions: Counter[str] = Counter()
    bodies: Counter[tuple[int, str]] = Counter()
    for instrument, jurisdiction, body, name, number in groups:
        instruments[instrument] += number
        jurisdictions[jurisdiction] += number
        bodies[body, name] += number
    return Choices(
        [(name, instrument_word(name), number) for name, number in sorted(instruments.items())],
        [(name, jurisdiction_word(name), number) for name, number in sorted(jurisdictions.items())],
        [(body, name, number) for (body, name), number in sorted(bodies.items())],
    )


def task_rows(tasks: Iterable[Task]) -> list[Row]:
    """Return the lines for tasks."""
    rule = lights_today()
    return [task_row(task, rule) for task in tasks]


def done_page(acting: Acting, number: str | int) -> tuple[Page[Any], list[Row]]:
    """Return a page of what a person did."""
    page = Paginator(done_by(acting), PAGE).get_page(number)
    rule = lights_today()
    return page, [case_row(item.case, rule, act=item.act, at=item.at) for item in told(list(page.object_list))]


def begun_page(acting: Acting, number: str | int) -> tuple[Page[Case], list[Row]]:
    """Return a page of what a person began."""
    page = Paginator(cases_begun(acting).prefetch_related("tasks__body"), PAGE).get_page(number)
    rule = lights_today()
    return page, [case_row(case, rule) for case in page.object_list]
