"""The search on atoms: plans are built, annealed and mended; the best one met is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from huancheng.units.solver import first_kernels, kernels
from huancheng.units.solver.arrays import FloatArray, IntArray
from huancheng.units.solver.clock import Clock
from huancheng.units.solver.compilation import plain_copy
from huancheng.units.solver.contraction import Atoms
from huancheng.units.solver.repair import numbered
from huancheng.units.solver.tables import Plan

CHUNKS = (20_000, 400_000)
"""Least and most proposals between two looks at the clock; 200 per atom between them."""

HASTE = 10.0
"""Seconds left below which the clock is looked at more often."""

TIMES_AS_OFTEN = 4
"""How much more often."""

IN_TIME = {"recombination": 0.2, "moves": 0.5}
"""Share of the time left that one annealing of a stage may use up."""

MOST_SEEN = 40_000
"""Regions remembered."""


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


@dataclass(frozen=True)
class Heat:
    """How one annealing is driven.

    Attributes
    ----------
    terms
        What compactness, border and dissimilarity weigh.
    penalty
        What an empty unit costs.
    bend
        1: shortfalls gather in few units; 0: every shortfall counts alike.
    hot, cold
        Temperature at the start and at the end.
    chain
        Most atoms that may follow a refused one, so that both are judged together.
    """

    terms: FloatArray
    penalty: float
    bend: float
    hot: float
    cold: float
    chain: int = 0


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
    uncompiled
        Whether kernels run as plain Python.
    """

    def __init__(self, atoms: Atoms, seed: int, clock: Clock, *, uncompiled: bool = False) -> None:
        self.atoms = atoms
        self.clock = clock
        self.uncompiled = uncompiled
        self.kernels: Any = plain_copy(kernels) if uncompiled else kernels
        self.first: Any = plain_copy(kernels, first_kernels) if uncompiled else first_kernels
        self.seen: dict[bytes, IntArray] = {}
        self.state = np.array([(seed * 2654435761 + 88172645463325252) & 0xFFFFFFFF or 1], np.int64)
        for _ in range(16):
            self.kernels.draw(self.state)

    def draw(self, below: int) -> int:
        """Return a whole number from 0 to below, exclusive."""
        return int(self.kernels.draw(self.state)) % below

    def plan(self, unit: IntArray, slots: int | None = None) -> Plan:
        """Return the tables of a plan, measured."""
        slots = int(unit.max()) + 1 if slots is None else slots
        atoms, limits = unit.size, self.atoms.ranges.low.size
        plan = Plan(
            unit.astype(np.int64).copy(), np.empty(slots, np.int64), np.empty(atoms, np.int64),
            np.empty(atoms, np.int64), np.empty(slots, np.int64), np.zeros((slots, limits)), np.zeros((slots, 4)),
            np.zeros(slots), np.zeros(slots), np.zeros(slots),
        )  # fmt: skip
        self.kernels.measure(self.atoms.ranges, self.atoms.content, plan, self.needs_places)
        return plan

    @property
    def needs_places(self) -> bool:
        """Whether places matter to a plan's figures."""
        return bool(self.atoms.terms[0] > 0 or np.isfinite(self.atoms.content.radius[0]))

    def judge(self, unit: IntArray) -> Found:
        """Return a plan with its figures."""
        unit = numbered(unit)
        plan = self.plan(unit)
        objective = float(self.kernels.total_objective(self.atoms.graph, plan, self.atoms.terms))
        return Found(unit, plan.head.size, int(self.kernels.broken_slots(plan)), objective)

    def remember(self, members: IntArray) -> None:
        """Keep a region that holds every range, for set partitioning."""
        if len(self.seen) < MOST_SEEN:
            self.seen.setdefault(members.tobytes(), members)

    def _remember_all(self, plan: Plan) -> None:
        order = np.argsort(plan.unit, kind="stable")
        ends = np.cumsum(plan.count)
        for slot in np.flatnonzero(plan.breach <= 0).tolist():
            self.remember(order[ends[slot] - plan.count[slot] : ends[slot]])

    def anneal(self, stage: str, unit: IntArray, heat: Heat, steps: int, *, collect: bool = False) -> IntArray:
        """Return the best plan met while annealing from one: fewest broken units, then the lowest objective.

        Parameters
        ----------
        collect
            Whether to remember the regions met on the way.
        """
        plan = self.plan(unit)
        best_unit = plan.unit.copy()
        best = np.array([np.inf, np.inf])
        # uncompiled, proofs follow anyway
        chain = 0 if self.uncompiled else heat.chain
        chunk_size = min(max(200 * self.atoms.size, CHUNKS[0]), CHUNKS[1])
        if self.clock.left < HASTE:
            chunk_size //= TIMES_AS_OFTEN
        chunks = max(1, -(-steps // chunk_size))
        each = max(1, steps // chunks)
        done = 0
        until = self.clock.seconds + IN_TIME.get(stage, 0.3) * self.clock.left
        while done < chunks:
            began = self.clock.seconds
            hot, cold = (heat.hot * (heat.cold / heat.hot) ** (turn / chunks) for turn in (done, done + 1))
            self.kernels.anneal(
                self.atoms.graph, self.atoms.ranges, self.atoms.content, plan, heat.terms, heat.penalty, heat.bend,
                chain, hot, cold, each, self.state, best_unit, best,
            )  # fmt: skip
            done += 1
            if collect:
                self._remember_all(plan)
            if self.clock.stops(stage, done, chunks, plan.head.size, float(best[1])):
                break
            if best[0] == 0 and not heat.terms.any():
                break  # every limit holds, and nothing else was asked
            if done > 1 and not self.uncompiled and self.clock.left < float("inf"):
                # rather a quicker cooling than one that is cut off hot
                now = self.clock.seconds
                room = int(max(until - now, 0.0) / max(now - began, 1e-6))
                chunks = min(chunks, done + room)
        return numbered(best_unit)
