"""A proposed repair where a red line is broken: the least change that holds every line, with its reasons.

It is a proposal only: what is kept instead of demolished, and what it costs, people decide.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from huancheng.planning.unit_form import PlannedProject
from huancheng.planning.unit_plan.ground import UnitGround
from huancheng.planning.unit_plan.indicators import total_of
from huancheng.planning.unit_plan.red_lines import LineState, RedLine

CENT = 100
"""Changes are rounded up to a hundredth of a square metre."""

_DEMOLITION, _REBUILD, _NEARBY = "demolition_ratio", "build_demolish_ratio", "nearby_rate"
_FIGURES = {
    "demolished_area": ("拆除建筑面积", "平方米"),
    "added_area": ("新增建筑面积", "平方米"),
    "settled_nearby": ("就地就近安置户数", "户"),
}
_SOUND = ("A", "B")
_MOST_BUILDINGS = 10


@dataclass(frozen=True, slots=True)
class RepairStep:
    """One change to one project.

    Parameters
    ----------
    project, project_name
        What is changed.
    title, unit
        The figure.
    before, after
        Its amount now and as proposed.
    reason
        Which line asks for it.
    """

    project: str
    project_name: str
    title: str
    unit: str
    before: float
    after: float
    reason: str


@dataclass(frozen=True, slots=True)
class Repair:
    """All changes together.

    Parameters
    ----------
    steps
        In the order they were found: demolition, new floor area, resettlement.
    projects
        The projects as they would be; every line that could be tested then holds.
    keep
        Sound buildings that could stay instead of being demolished, the newest first: id and floor area.
    """

    steps: tuple[RepairStep, ...]
    projects: tuple[PlannedProject, ...]
    keep: tuple[tuple[str, float], ...]


def propose_repair(lines: Sequence[RedLine], existing: float | None, projects: Sequence[PlannedProject],
                   ground: UnitGround | None = None) -> Repair | None:  # fmt: skip
    """Return the least change that holds every line that could be tested; None where none is broken.

    Parameters
    ----------
    lines
        What the test found, at unit and project level.
    existing
        Floor area in the unit now.
    projects
        The projects as planned.
    ground
        For the buildings that could stay.
    """
    broken = [line for line in lines if line.state in (LineState.BREACH, LineState.WARNING)]
    if not broken:
        return None
    limits = {line.fact: line.limit for line in lines}
    bench = _Bench(list(projects), existing, limits)
    if _DEMOLITION in limits:
        bench.lower_demolition()
    if _REBUILD in limits:
        bench.lower_new_floor_area()
    if _NEARBY in limits:
        bench.settle_nearby()
    spared = sum(step.before - step.after for step in bench.steps if step.title == "拆除建筑面积")
    return Repair(tuple(bench.steps), tuple(bench.projects), _sound_buildings(ground, spared))


class _Bench:
    """Projects under repair."""

    def __init__(self, projects: list[PlannedProject], existing: float | None, limits: dict[str, float]) -> None:
        self.projects, self._existing, self._limits = projects, existing, limits
        self.steps: list[RepairStep] = []

    def lower_demolition(self) -> None:
        limit = self._limits[_DEMOLITION]
        for row, project in enumerate(self.projects):
            counted = _counted(project)
            if counted is not None and project.existing_area:
                self._less_demolition(
                    row, counted - limit * project.existing_area, f"项目拆除面积占比不超过{limit:.0%}"
                )
        counts = [_counted(project) for project in self.projects]
        if self._existing and all(count is not None for count in counts):
            known = [count or 0.0 for count in counts]
            excess = sum(known) - limit * self._existing
            for row, part in enumerate(_split(excess, known)):
                self._less_demolition(row, part, f"单元拆除面积占比不超过{limit:.0%}")

    def _less_demolition(self, row: int, excess: float, reason: str) -> None:
        project = self.projects[row]
        if excess > 0 and project.demolished_area is not None:
            self._change(row, "demolished_area", max(project.demolished_area - _up(excess), 0.0), reason)

    def lower_new_floor_area(self) -> None:
        limit = self._limits[_REBUILD]
        for row, project in enumerate(self.projects):
            self._less_new(row, _new_excess([project], limit), f"项目拆建比不大于{limit:g}")
        private = [max((project.added_area or 0.0) - (project.public_area or 0.0), 0.0) for project in self.projects]
        excess = _new_excess(self.projects, limit)
        for row, part in enumerate(_split(excess, private)):
            self._less_new(row, part, f"单元拆建比不大于{limit:g}")

    def _less_new(self, row: int, excess: float, reason: str) -> None:
        project = self.projects[row]
        if excess > 0 and project.added_area is not None:
            least = project.public_area or 0.0
            self._change(row, "added_area", max(project.added_area - _up(excess), least), reason)

    def settle_nearby(self) -> None:
        limit = self._limits[_NEARBY]
        for row, project in enumerate(self.projects):
            if project.relocated and project.settled_nearby is not None:
                self._more_nearby(row, math.ceil(limit * project.relocated) - project.settled_nearby, limit, "项目")
        moved, near = total_of(self.projects, "relocated"), total_of(self.projects, "settled_nearby")
        lacking = 0 if not moved or near is None else math.ceil(limit * moved) - int(near)
        for row, project in enumerate(self.projects):
            room = (project.relocated or 0) - (self.projects[row].settled_nearby or 0)
            self._more_nearby(row, min(lacking, room), limit, "单元")
            lacking -= max(min(lacking, room), 0)

    def _more_nearby(self, row: int, more: int, limit: float, level: str) -> None:
        if more > 0:
            before = self.projects[row].settled_nearby or 0
            reason = f"{level}就地就近安置率不低于{limit:.0%}"
            self._change(row, "settled_nearby", before + more, reason)

    def _change(self, row: int, name: str, after: float, reason: str) -> None:
        project, (title, unit) = self.projects[row], _FIGURES[name]
        self.steps.append(RepairStep(project.id, project.name, title, unit, getattr(project, name), after, reason))
        change: dict[str, Any] = {name: after}
        self.projects[row] = replace(project, **change)


def _counted(project: PlannedProject) -> float | None:
    """Return the demolished floor area that counts: neither illegal nor dangerous beyond repair."""
    parts = (project.demolished_area, project.illegal_area, project.dangerous_area)
    if project.demolished_area == 0:
        return 0.0
    return None if any(part is None for part in parts) else (parts[0] or 0) - (parts[1] or 0) - (parts[2] or 0)


def _new_excess(projects: Sequence[PlannedProject], limit: float) -> float:
    gone, added = total_of(projects, "demolished_area"), total_of(projects, "added_area")
    public = total_of(projects, "public_area")
    if not gone or added is None or public is None:
        return 0.0
    return added - public - limit * gone


def _split(excess: float, weights: Sequence[float]) -> list[float]:
    total = sum(weights)
    return [excess * weight / total if excess > 0 and total > 0 else 0.0 for weight in weights]


def _up(amount: float) -> float:
    return math.ceil(amount * CENT - 1e-7) / CENT


def _sound_buildings(ground: UnitGround | None, area: float) -> tuple[tuple[str, float], ...]:
    """Return sound, legal buildings whose floor area together makes up what demolition must fall by."""
    if ground is None or area <= 0 or not len(ground.buildings):
        return ()
    frame = ground.buildings
    sound = frame[frame["safety_grade"].isin(_SOUND) & ~frame["illegal"].fillna(value=False).astype(bool)]
    sound = sound[sound["floor_area"].notna()].sort_values(["year_built", "id"], ascending=[False, True])
    found: list[tuple[str, float]] = []
    for name, floor in zip(sound["id"], sound["floor_area"], strict=True):
        if sum(one for _, one in found) >= area or len(found) >= _MOST_BUILDINGS:
            break
        found.append((str(name), float(floor)))
    return tuple(found)
