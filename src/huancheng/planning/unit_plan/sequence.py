"""Parcels and projects in sequence (地块（项目）实施时序)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huancheng.evidence import InputFault
from huancheng.planning.unit_form import PlannedParcel, PlannedProject


@dataclass(frozen=True, slots=True)
class SequenceStep:
    """One project in its turn.

    Parameters
    ----------
    project
        The project.
    parcels
        Ids of its parcels.
    order
        From 1; projects of equal turn may run side by side.
    note
        What doesn't fit: it begins before one it must follow has ended.
    """

    project: PlannedProject
    parcels: tuple[str, ...]
    order: int
    note: str = ""


def sequence(
    projects: Sequence[PlannedProject], parcels: Sequence[PlannedParcel], file: str
) -> tuple[SequenceStep, ...]:
    """Put projects in their turn: after those they must follow, then by year, then as the form lists them.

    Raises
    ------
    InputFault
        If projects wait for each other in a circle.
    """
    by_id = {project.id: project for project in projects}
    turn: dict[str, int] = {}
    waiting = list(by_id)
    while waiting:
        ready = [name for name in waiting if all(before in turn for before in by_id[name].after)]
        if not ready:
            message = f"the projects {'、'.join(waiting)} wait for each other"
            raise InputFault(message, file=f"{file}#更新项目", field="前置项目", cure="break the circle")
        for name in ready:
            turn[name] = 1 + max((turn[before] for before in by_id[name].after), default=0)
        waiting = [name for name in waiting if name not in turn]
    far = 9999
    order = sorted(by_id, key=lambda name: (turn[name], by_id[name].start or far, list(by_id).index(name)))
    return tuple(
        SequenceStep(
            by_id[name], tuple(parcel.id for parcel in parcels if parcel.project == name), turn[name],
            _early(by_id[name], by_id),
        )
        for name in order
    )  # fmt: skip


def _early(project: PlannedProject, by_id: dict[str, PlannedProject]) -> str:
    for name in project.after:
        before = by_id[name]
        if None in (project.start, before.start, before.years):
            continue
        ends = (before.start or 0) + (before.years or 0)
        if (project.start or 0) < ends:
            return f"启动年份早于前置项目{name}完成的{ends}年"
    return ""
