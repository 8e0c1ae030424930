"""From an instance and what is asked of it to the solver's problem; and its causes in the instance's own ids."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from huancheng.evidence import InputFault
from huancheng.units.instances.reading import Instance
from huancheng.units.solver import FloatArray, Limit, Objective, RegionProblem


@dataclass(frozen=True)
class Bound:
    """One end of a limit: the sum of `column` over a unit is at least, or at most, `value`."""

    column: str
    value: float


@dataclass(frozen=True)
class Asked:
    """What is asked of an instance.

    Attributes
    ----------
    objective
        What comes after the number of units.
    floors, ceilings
        Limits on sums of columns.
    attributes
        Columns dissimilarity is computed from.
    count
        Fewest and most units; max-p takes as many of them as the limits allow. None: as many as the floors allow.
    weight
        Compact: column that weighs a node; None: the column of the first floor, without one 1 each.
    radius
        Compact: farthest a node may be from its unit's median; None: no such rule.
    """

    objective: Objective
    floors: tuple[Bound, ...]
    ceilings: tuple[Bound, ...] = ()
    attributes: tuple[str, ...] = ()
    count: tuple[int, int] | None = None
    weight: str | None = None
    radius: float | None = None

    @property
    def weighing(self) -> str | None:
        """Column that weighs a node: the one asked for, else that of the first floor."""
        return self.weight or next((bound.column for bound in self.floors), None)

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns the nodes file has to have, each once."""
        named = [bound.column for bound in (*self.floors, *self.ceilings)]
        if self.objective is Objective.COMPACT:
            named += ["x", "y", *([self.weighing] if self.weighing else [])]
        return tuple(dict.fromkeys([*named, *self.attributes]))


def problem_of(instance: Instance, asked: Asked) -> RegionProblem:
    """Return the solver's problem.

    Raises
    ------
    InputFault
        If a floor lies above its ceiling, weights are negative, or nothing bounds the number of units.
    """
    size = len(instance.ids)
    compact = asked.objective is Objective.COMPACT
    if asked.count is None and not asked.floors:
        raise InputFault("nothing says how large units are", cure="give --floor COLUMN:VALUE or --k K")
    places = np.stack([instance.columns[axis] for axis in ("x", "y")], 1) if compact else np.zeros((size, 2))
    weights = instance.columns[asked.weighing] if compact and asked.weighing else np.ones(size)
    if (weights < 0).any():
        raise InputFault("a weight is negative", field=asked.weighing or "", cure="choose another column for --weight")
    columns = [instance.columns[name] for name in asked.attributes]
    return RegionProblem(
        size=size,
        edges=instance.edges,
        border=np.zeros(len(instance.edges)),
        limits=_limits(instance, asked),
        objective=asked.objective,
        attributes=np.stack(columns, 1) if columns else np.zeros((size, 0)),
        places=places,
        weights=weights,
        together=(),
        apart=np.zeros((0, 2), np.int64),
        zones=np.zeros(size, np.int64),
        fixed=np.full(size, -1, np.int64),
        count=asked.count,
        assignment_radius=asked.radius,
        term_weights=(1.0, 0.0, 0.0),
    )


def _limits(instance: Instance, asked: Asked) -> tuple[Limit, ...]:
    limits = []
    for column in dict.fromkeys(bound.column for bound in (*asked.floors, *asked.ceilings)):
        low = max((bound.value for bound in asked.floors if bound.column == column), default=None)
        high = min((bound.value for bound in asked.ceilings if bound.column == column), default=None)
        if low is not None and high is not None and low > high:
            raise InputFault(f"the floor {low:g} lies above the ceiling {high:g}", field=column, cure="change one")
        values: FloatArray = instance.columns[column]
        limits.append(Limit(column, values, low, high))
    return tuple(limits)
