"""Doing, undoing and replaying operations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import shapely

from huancheng.evidence import InputFault
from huancheng.units.editing.operations import Draw, Merge, Move, Operation, Split, SplitByLine, read_operation
from huancheng.units.editing.plan import Plan
from huancheng.units.editing.recheck import Recheck, recheck


def apply(plan: Plan, operation: Operation) -> tuple[Plan, Recheck]:
    """Return the plan after an operation, and its test against the plan before.

    Blocks are never cut, so units neither overlap nor leave gaps. A rule that breaks is told, not enforced.

    Parameters
    ----------
    plan
        The plan; it stays as it is.
    operation
        What to do.

    Raises
    ------
    InputFault
        If a block or unit is not there, a name is taken, or nothing would change.
    """
    match operation:
        case Move():
            home, name = _moved(plan, operation.blocks, operation.to), ""
        case Merge():
            home, name = _merged(plan, operation.units), ""
        case Split():
            home, name = _split(plan, operation.unit, operation.blocks, operation.name)
        case SplitByLine():
            home, name = _split(plan, operation.unit, _beyond(plan, operation), operation.name)
        case Draw():
            name = _free_name(plan, operation.name)
            home = _put(plan, _known(plan, operation.blocks), name)
    if home == plan.home:
        raise InputFault("nothing would change", field=operation.op, cure="name other blocks or another unit")
    after = replace(
        plan, home=home, done=(*plan.done, operation), before=plan, undone=(), known=plan.states,
        used=plan.used | ({name} - {""}),
    )  # fmt: skip
    return after, recheck(plan, after)


def undo(plan: Plan) -> tuple[Plan, Recheck]:
    """Return the plan before the last operation, which `redo` brings back.

    Raises
    ------
    InputFault
        If nothing was done.
    """
    if plan.before is None:
        raise InputFault("there is nothing to undo", field="undo", cure="edit the plan first")
    before = replace(plan.before, undone=(*plan.undone, plan))
    return before, recheck(plan, before)


def redo(plan: Plan) -> tuple[Plan, Recheck]:
    """Return the plan after the operation that was undone last.

    Raises
    ------
    InputFault
        If nothing was undone since the last operation.
    """
    if not plan.undone:
        raise InputFault("there is nothing to redo", field="redo", cure="undo an edit first")
    after = replace(plan.undone[-1], undone=plan.undone[:-1])
    return after, recheck(plan, after)


def replay(plan: Plan, entries: Iterable[Mapping[str, Any] | Operation]) -> tuple[Plan, tuple[Recheck, ...]]:
    """Return the plan after a list of edits, each with its test: the same list gives the same plan.

    Raises
    ------
    InputFault
        If an entry is no edit or can't be done; the fault names its place.
    """
    checks = []
    for place, entry in enumerate(entries, start=1):
        try:
            operation = read_operation(entry) if isinstance(entry, Mapping) else entry
            plan, check = apply(plan, operation)
        except InputFault as fault:
            raise InputFault(fault.message, row=place, field=fault.field, cure=fault.cure) from None
        checks.append(check)
    return plan, tuple(checks)


def _known(plan: Plan, blocks: Sequence[str]) -> list[int]:
    if not blocks:
        raise InputFault("no block is named", field="blocks", cure="name at least one")
    number = plan.origin.ground.number
    if strange := [block for block in blocks if block not in number]:
        raise InputFault(f"{strange[0]!r} is no block of this plan", field="blocks", cure="see assignment.csv")
    return [number[block] for block in blocks]


def _demand_unit(plan: Plan, name: str) -> None:
    if name not in plan.names:
        there = f"the units are {', '.join(plan.names)}"
        raise InputFault(f"{name!r} is no unit of this plan", field="unit", cure=there)


def _put(plan: Plan, blocks: Iterable[int], name: str) -> tuple[str, ...]:
    home = list(plan.home)
    for block in blocks:
        home[block] = name
    return tuple(home)


def _moved(plan: Plan, blocks: Sequence[str], to: str) -> tuple[str, ...]:
    if to:
        _demand_unit(plan, to)
    return _put(plan, _known(plan, blocks), to)


def _merged(plan: Plan, units: Sequence[str]) -> tuple[str, ...]:
    for name in units:
        _demand_unit(plan, name)
    if len(set(units)) < 2:  # noqa: PLR2004 - one unit is not merged
        raise InputFault("one unit can't be merged with itself", field="units", cure="name two or more")
    gone = set(units)
    return tuple(units[0] if name in gone else name for name in plan.home)


def _split(plan: Plan, unit: str, blocks: Sequence[str], wanted: str) -> tuple[tuple[str, ...], str]:
    _demand_unit(plan, unit)
    chosen = _known(plan, blocks)
    if outside := [block for block, number in zip(blocks, chosen, strict=True) if plan.home[number] != unit]:
        raise InputFault(f"{outside[0]} is not in the unit {unit}", field="blocks", cure="name blocks of the unit")
    if len(set(chosen)) == plan.home.count(unit):
        raise InputFault(f"these are all blocks of the unit {unit}", field="blocks", cure="leave at least one")
    name = _free_name(plan, wanted)
    return _put(plan, chosen, name), name


def _beyond(plan: Plan, operation: SplitByLine) -> tuple[str, ...]:
    """Return the blocks of a unit on the side of a line where the smaller part lies."""
    _demand_unit(plan, operation.unit)
    if len(set(operation.line)) < 2:  # noqa: PLR2004 - a line has two ends
        raise InputFault("this is no line", field="line", cure="give two points or more")
    ground = plan.origin.ground
    members = np.flatnonzero(np.array([name == operation.unit for name in plan.home]))
    left = _left_of(np.array(operation.line), ground.places[members])
    if left.all() or not left.any():
        cure = "draw it through the unit, between the centres of its blocks"
        raise InputFault(f"the line leaves the unit {operation.unit} whole", field="line", cure=cure)
    area = ground.area[members]
    smaller = left if area[left].sum() < area[~left].sum() else ~left
    return tuple(ground.ids[member] for member in members[smaller])


def _left_of(line: np.ndarray[Any, np.dtype[np.float64]], points: np.ndarray[Any, np.dtype[np.float64]]) -> Any:
    """Return whether each point lies left of the segment of the line that is nearest to it."""
    start, end = line[:-1], line[1:]
    segments = shapely.linestrings(np.stack([start, end], axis=1))
    far = shapely.distance(np.asarray(shapely.points(points))[:, None], np.asarray(segments)[None, :])
    nearest = np.argmin(far, axis=1)
    along, across = end[nearest] - start[nearest], points - start[nearest]
    return along[:, 0] * across[:, 1] - along[:, 1] * across[:, 0] > 0


def _free_name(plan: Plan, wanted: str) -> str:
    if wanted:
        if wanted in plan.used or wanted in plan.names:
            raise InputFault(f"the name {wanted!r} is taken", field="name", cure="choose another")
        return wanted
    number = len(plan.used) + 1
    width = max((len(name) for name in plan.used), default=3) - 1
    while f"U{number:0{width}d}" in plan.used:
        number += 1
    return f"U{number:0{width}d}"
