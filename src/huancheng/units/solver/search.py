"""The search on atoms: plans are built, annealed and mended; the best one met is kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from huancheng.units.solver import kernels
from huancheng.units.solver.arrays import FloatArray, IntArray
from huancheng.units.solver.clock import Clock
from huancheng.units.solver.contraction import Atoms
from huancheng.units.solver.repair import numbered
from huancheng.units.solver.tables import Plan

CHUNK = 400_000
"""Proposals between two looks at the clock."""


@dataclass(frozen=True)
class Found:
    """A plan of atoms and its figures.

    Attributes
    ----------
    unit
        Unit of each atom, 0.. without gaps.
    units
        How many.
    broken
        Units that break a range; 0 in a plan that may be used.
    objective
        By the terms of the problem.
    """

    unit: IntArray
    units: int
    broken: int
    objective: float

    def better_than(self, other: Found | None, wanted: tuple[int, int]) -> bool:
        """Whether this plan comes first: whole before broken, then the number of units wanted, then the objective."""
        return other is None or self._rank(wanted) < other._rank(wanted)

    def _rank(self, wanted: tuple[int, int]) -> tuple[int, int, float]:
        fewest, most = wanted
        astray = max(fewest - self.units, 0) + max(self.units - most, 0)
        return self.broken, astray, self.objective


class Search:
    """Plans of one problem under one seed.

    Parameters
    ----------
    atoms
        The problem.
    seed
        Of all draws.
    clock
        Asked between chunks of proposals.
    """

    def __init__(self, atoms: Atoms, seed: int, clock: Clock) -> None:
        self.atoms = atoms
        self.clock = clock
        self.state = np.array([(seed * 2654435761 + 88172645463325252) & 0xFFFFFFFF or 1], np.int64)
        for _ in range(16):
            kernels.draw(self.state)

    def draw(self, below: int) -> int:
        """Return a whole number from 0 to below, exclusive."""
        return int(kernels.draw(self.state)) % below

    def plan(self, unit: IntArray, slots: int | None = None) -> Plan:
        """Return the tables of a plan, measured."""
        slots = int(unit.max()) + 1 if slots is None else slots
        atoms, limits = unit.size, self.atoms.ranges.low.size
        plan = Plan(
            unit.astype(np.int64).copy(), np.empty(slots, np.int64), np.empty(atoms, np.int64),
            np.empty(atoms, np.int64), np.empty(slots, np.int64), np.zeros((slots, limits)), np.zeros((slots, 4)),
            np.zeros(slots), np.zeros(slots), np.zeros(slots),
        )  # fmt: skip
        kernels.measure(self.atoms.ranges, self.atoms.content, plan, self.needs_places)
        return plan

    @property
    def needs_places(self) -> bool:
        """Whether places matter to a plan's figures."""
        return bool(self.atoms.terms[0] > 0 or np.isfinite(self.atoms.content.radius[0]))

    def judge(self, unit: IntArray) -> Found:
        """Return a plan with its figures."""
        unit = numbered(unit)
        plan = self.plan(unit)
        objective = float(kernels.total_objective(self.atoms.graph, plan, self.atoms.terms))
        return Found(unit, plan.head.size, int(kernels.broken_slots(plan)), objective)

    def anneal(
        self,
        stage: str,
        unit: IntArray,
        terms: FloatArray,
        penalty: float,
        temperatures: tuple[float, float],
        steps: int,
        *,
        may_vanish: bool,
    ) -> IntArray:
        """Return the best plan met while annealing from one; units that vanished leave no gap."""
        plan = self.plan(unit)
        best_unit = plan.unit.copy()
        best = np.array([-1.0, np.inf, np.inf])
        hot, cold = temperatures
        chunks = max(1, -(-steps // CHUNK))
        cooling = (cold / hot) ** (1.0 / chunks)
        for chunk in range(chunks):
            kernels.anneal(
                self.atoms.graph, self.atoms.ranges, self.atoms.content, plan, terms, penalty,
                hot * cooling**chunk, hot * cooling ** (chunk + 1), max(1, steps // chunks), may_vanish, self.state,
                best_unit, best,
            )  # fmt: skip
            if self.clock.stops(stage, chunk + 1, chunks, int(best[0]), float(best[2])):
                break
        return numbered(best_unit)
