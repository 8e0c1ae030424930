"""The city's sheet: the central plan and the counties' plans joined, and those that are missing named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch

from huancheng.platform.audit.acting import Acting
from huancheng.platform.planning.domain.goals import Goal, goals_of
from huancheng.platform.planning.models import KeyArea, RenewalUnit, SpecialPlan
from huancheng.platform.planning.queries.places import PlanPlace, plan_places
from huancheng.platform.planning.queries.visible import visible_special_plans


@dataclass(frozen=True, slots=True)
class CityLine:
    """A place and its plan in force.

    Parameters
    ----------
    place
        The place.
    plan
        The adopted version; None where there is none.
    draft
        A version being written, where the person sees it.
    areas, goals
        Of the adopted version.
    units
        Number of units of the adopted version.
    """

    place: PlanPlace
    plan: SpecialPlan | None
    draft: SpecialPlan | None
    areas: Sequence[KeyArea]
    goals: Sequence[Goal]
    units: int


@dataclass(frozen=True, slots=True)
class CitySheet:
    """All places of the city.

    Parameters
    ----------
    lines
        One for each place that has a plan of its own.
    """

    lines: Sequence[CityLine]

    @property
    def joined(self) -> list[CityLine]:
        """The places with a plan in force."""
        return [line for line in self.lines if line.plan is not None]

    @property
    def missing(self) -> list[CityLine]:
        """The places without."""
        return [line for line in self.lines if line.plan is None]

    @property
    def units(self) -> int:
        """Units of all plans in force."""
        return sum(line.units for line in self.lines)

    @property
    def areas(self) -> int:
        """Key areas of all plans in force."""
        return sum(len(line.areas) for line in self.lines)

    @property
    def goals(self) -> int:
        """Goals of all plans in force."""
        return sum(len(line.goals) for line in self.lines)


def city_sheet(acting: Acting | None) -> CitySheet:
    """Return the city's sheet, in a number of queries that does not grow with the places."""
    areas = Prefetch("key_areas", KeyArea.objects.defer("geometry"))
    rows = list(
        visible_special_plans(acting)
        .exclude(state=SpecialPlan.State.REPLACED)
        .annotate(unit_count=Count("units"))
        .prefetch_related(areas)
    )
    held: dict[str, dict[str, Any]] = {}
    for row in rows:
        held.setdefault(row.jurisdiction, {})[row.state] = row
    return CitySheet([_line(place, held.get(place.id, {})) for place in plan_places()])


def _line(place: PlanPlace, held: dict[str, Any]) -> CityLine:
    plan, draft = held.get(SpecialPlan.State.ADOPTED), held.get(SpecialPlan.State.DRAFT)
    if plan is None:
        return CityLine(place, None, draft, (), (), 0)
    return CityLine(place, plan, draft, list(plan.key_areas.all()), goals_of(plan.goals), plan.unit_count)


def units_in_force(acting: Acting | None) -> Any:
    """Return the units of all plans in force that a person may see."""
    plans = visible_special_plans(acting).filter(state=SpecialPlan.State.ADOPTED)
    return RenewalUnit.objects.filter(plan__in=plans)


def city_rows(sheet: CitySheet) -> Iterator[list[Any]]:
    """Return the sheet as rows of a workbook: one for each key area and goal, and for each place that lacks a plan."""
    for line in sheet.lines:
        if line.plan is None:
            yield [line.place.title, "缺", "", "", "", "", None, None]
            continue
        head = [line.place.title, line.plan.title]
        yield [*head, "发展策略", "", line.plan.strategy, "", None, line.units]
        for area in line.areas:
            yield [*head, "重点区域", area.name, area.direction, "", None, None]
        for goal in line.goals:
            yield [*head, "目标", f"{goal.scope}{goal.problem}", goal.goal, goal.value, goal.by, None]


CITY_COLUMNS = ("规划范围", "专项规划", "类别", "名称或对应问题", "内容", "现状", "完成年份", "更新单元（个）")
