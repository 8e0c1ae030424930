"""Shortfalls of three kinds, each with the projects that close it (二(三)): services, municipal works, safety."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import shapely

from huancheng.city.snapshot import Snapshot
from huancheng.evidence import Value
from huancheng.planning.knowing import Known
from huancheng.planning.unit_form import PlannedProject, UnitForm
from huancheng.planning.unit_plan.facilities import FacilityRow
from huancheng.planning.unit_plan.ground import UnitGround

SERVICES, MUNICIPAL, SAFETY = "公共服务设施", "公共市政设施", "公共安全设施"
DANGEROUS = ("C", "D")
"""Grades of buildings that are dangerous."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What is short in the unit now.

    Parameters
    ----------
    kind
        One of the three kinds.
    title
        As projects name it in the form.
    figure
        How much; missing where the snapshot can't say.
    projects
        Ids of the projects that close it.
    """

    kind: str
    title: str
    figure: Value
    projects: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether something is short and no project closes it."""
        return bool(self.figure.amount) and not self.projects


def shortfalls(
    snapshot: Snapshot, ground: UnitGround, form: UnitForm, *, facilities: Sequence[FacilityRow], tolerated_share: float
) -> tuple[Shortfall, ...]:
    """Return what is short: types beyond a walk for more than are tolerated, pipes, ponding, dangerous buildings.

    A project closes what it names, and the type of every facility it provides. What the form names besides, nobody
    measured: it is listed without a figure.

    Parameters
    ----------
    tolerated_share
        Share of residents beyond a walk that asks for nothing.
    """
    found = [
        _named(SERVICES, row.title, row.beyond_now, form.projects, row.projects)
        for row in facilities
        if row.residents.amount and (row.beyond_now.amount or 0.0) > tolerated_share * row.residents.amount
    ]
    found += [
        _named(MUNICIPAL, "雨污合流管", _combined_sewers(snapshot, ground), form.projects),
        _named(SAFETY, "积涝点", _ponding(snapshot, ground), form.projects),
        _named(SAFETY, "危险房屋", _dangerous(snapshot, ground), form.projects),
    ]
    known = {item.title for item in found}
    others = dict.fromkeys(words for project in form.projects for words in project.closes if words not in known)
    lacking = Value.missing("", "只见于单元规划表，没有量算")
    found += [_named("其他", words, lacking, form.projects) for words in others]
    return tuple(found)


def _named(
    kind: str, title: str, figure: Value, projects: Sequence[PlannedProject], providing: Sequence[str] = ()
) -> Shortfall:
    closing = [project.id for project in projects if title in project.closes]
    return Shortfall(kind, title, figure, tuple(dict.fromkeys([*providing, *closing])))


def _combined_sewers(snapshot: Snapshot, ground: UnitGround) -> Value:
    if not snapshot.has("pipes"):
        return Value.missing("米", "快照没有市政管线图层")
    pipes = snapshot.layer("pipes", ["kind"])
    combined = pipes.geometry[pipes["kind"] == "combined"].to_numpy()
    length = float(shapely.length(shapely.intersection(combined, ground.boundary)).sum())
    return Known(snapshot, ("pipes", "kind")).value(length, "米")


def _ponding(snapshot: Snapshot, ground: UnitGround) -> Value:
    if not snapshot.has("flood_records"):
        return Value.missing("处", "快照没有积涝记录图层")
    points = snapshot.layer("flood_records", ["severe"])
    inside = int(shapely.intersects(points.geometry.to_numpy(), ground.boundary).sum())
    return Known(snapshot, ("flood_records", "severe")).value(inside, "处")


def _dangerous(snapshot: Snapshot, ground: UnitGround) -> Value:
    grades = pd.Series(ground.buildings["safety_grade"]).dropna()
    if not len(grades):
        return Value.missing("栋", "单元内建筑没有安全鉴定等级")
    return Known(snapshot, ("buildings", "safety_grade")).value(int(grades.isin(DANGEROUS).sum()), "栋")
