"""A plan as a value: editing makes a new one and leaves the old as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from huancheng.units.certificate import AuditRow, UnitDrawing
from huancheng.units.certificate.audit import plan_rows, unit_rows
from huancheng.units.certificate.drawing import objective_of
from huancheng.units.certificate.measures import border_of, compactness_of, dissimilarity_of
from huancheng.units.editing.operations import Operation
from huancheng.units.solver import IntArray


@dataclass(frozen=True)
class UnitState:
    """What is known of one unit as it stands.

    Parameters
    ----------
    rows
        Its audit.
    compactness, dissimilarity
        Its part of the objective's terms.
    """

    rows: tuple[AuditRow, ...]
    compactness: float
    dissimilarity: float


@dataclass(frozen=True)
class Plan:
    """Units as a planner has them now.

    Parameters
    ----------
    origin
        The plan it began from.
    home
        Name of each block's unit, in the ground's order; empty in none.
    done
        Operations so far.
    before
        The plan before the last of them; None at the origin.
    undone
        Plans that were taken back, the latest last.
    known
        Units whose figures are known, by name and members.
    used
        Names given so far: none is given twice.
    """

    origin: UnitDrawing
    home: tuple[str, ...]
    done: tuple[Operation, ...] = ()
    before: Plan | None = field(default=None, repr=False)
    undone: tuple[Plan, ...] = field(default=(), repr=False)
    known: Mapping[tuple[str, bytes], UnitState] = field(default_factory=dict, repr=False)
    used: frozenset[str] = frozenset()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the units, by smallest member."""
        return tuple(dict.fromkeys(name for name in self.home if name))

    @cached_property
    def unit(self) -> IntArray:
        """Number of each block's unit; -1 in none."""
        place = {name: number for number, name in enumerate(self.names)}
        return np.array([place.get(name, -1) for name in self.home], dtype=np.int64)

    @cached_property
    def states(self) -> dict[tuple[str, bytes], UnitState]:
        """What is known of every unit; only units that changed are counted anew."""
        found = {}
        for number, name in enumerate(self.names):
            members = np.flatnonzero(self.unit == number)
            key = (name, members.tobytes())
            found[key] = self.known.get(key) or self._count(name, members)
        return found

    def _count(self, name: str, members: IntArray) -> UnitState:
        origin = self.origin
        rows = unit_rows(origin.ground, origin.rules, origin.weights, self.unit, members, name=name, method="edited")
        return UnitState(
            tuple(rows),
            compactness_of(origin.ground, origin.weights, members)[0],
            dissimilarity_of(origin.ground, members),
        )

    @cached_property
    def audit(self) -> tuple[AuditRow, ...]:
        """Every unit under every rule."""
        units = (row for state in self.states.values() for row in state.rows)
        return (*units, *plan_rows(self.origin.ground, self.origin.rules, self.unit))

    @cached_property
    def parts(self) -> dict[str, float]:
        """The terms of the objective, unweighted."""
        return {
            "compactness": sum(state.compactness for state in self.states.values()),
            "border": border_of(self.origin.ground, self.unit),
            "dissimilarity": sum(state.dissimilarity for state in self.states.values()),
        }

    @property
    def objective(self) -> float:
        """Value of the objective."""
        return objective_of(self.origin.rules, self.origin.terms, self.parts)

    @cached_property
    def areas(self) -> dict[str, float]:
        """Square metres of each unit, by name."""
        sums = np.bincount(self.unit[self.unit >= 0], self.origin.ground.area[self.unit >= 0], len(self.names))
        return dict(zip(self.names, sums.tolist(), strict=True))


def open_plan(drawing: UnitDrawing) -> Plan:
    """Return a drawing as a plan that can be edited, its edits so far left as they are."""
    home = tuple(drawing.names[number] if number >= 0 else "" for number in drawing.unit)
    return Plan(drawing, home, used=frozenset(home) - {""})
