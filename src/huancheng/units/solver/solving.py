"""`solve`: from a region problem to units with their figures, bounds and the way they were found."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from huancheng.units.solver import kernels
from huancheng.units.solver.arrays import IntArray
from huancheng.units.solver.causes import fewest_units, not_found, refuse_the_impossible
from huancheng.units.solver.clock import Clock
from huancheng.units.solver.compilation import SMALL, is_kept
from huancheng.units.solver.construction import greedy_by_floor, grown, packed_into, share_out
from huancheng.units.solver.contraction import Atoms, contract
from huancheng.units.solver.cuts import sharpest_cut
from huancheng.units.solver.exact import Proof, prove
from huancheng.units.solver.improvement import hold_limits, lower_objective, more_units, packings
from huancheng.units.solver.lagrangian import Relaxation
from huancheng.units.solver.measures import by_smallest_member, parts_of_objective, weigh
from huancheng.units.solver.pool import combine
from huancheng.units.solver.problem import Objective, RegionProblem
from huancheng.units.solver.repair import join_broken, numbered, without_foes
from huancheng.units.solver.result import Greedy, RegionResult, Stage, Status
from huancheng.units.solver.search import Found, Search
from huancheng.units.solver.work import Work

PROVED = 1e-9
"""Gap that is rounding."""

ROUNDS_FOR_UNITS = 4
"""Rounds that look for more units, where nothing else is asked."""

AIMS = (0.7, 0.85, 0.7, 0.6)
"""Units aimed at, round by round: shares of the way from packed trees to the most there can be."""

SHARE_FOR_UNITS = 0.4
"""Share of the time left after first plans that may be spent on looking for more units."""

ROUNDS_FOR_OBJECTIVE = 2
"""Rounds that lower the objective, where nothing else is asked."""

TRIES = 6
"""Numbers of units, or starts, tried before a search counts as failed."""

ROUNDS_OF_PRICES = 1_200
"""Price changes of the Lagrangian bound."""

COMPILER_SECONDS = 30.0
"""Time limit from which small problems are searched by compiled kernels too, though they have to be compiled first."""

LOADING_SECONDS = 4.0
"""The same where an earlier run has compiled them."""


def solve(problem: RegionProblem, work: Work) -> RegionResult:
    """Join blocks into connected units: feasible, then as many as allowed, then the best objective found.

    Parameters
    ----------
    problem
        Blocks, limits and objective.
    work
        How much work to spend; the same seed and limit give the same units.

    Returns
    -------
    RegionResult
        Units with bound, gap and status, never worse than the greedy rule's.

    Raises
    ------
    Infeasible
        If no plan holds all rules, or none was found; with causes.
    """
    return _Run(problem, work).solve()


class _Run:
    """One call of `solve`."""

    def __init__(self, problem: RegionProblem, work: Work) -> None:
        self.problem = problem
        self.work = work
        self.clock = Clock(work)
        self.atoms: Atoms = contract(problem)
        self.cut = sharpest_cut(self.atoms)
        self.most = self.cut.most
        refuse_the_impossible(problem, self.atoms, self.most)
        self.stages: list[Stage] = []
        self.fewest = fewest_units(self.atoms)
        self.wanted = (int(self.fewest.sum()), int(self.most.sum()))
        if self.atoms.count is not None:
            fewest, most = self.atoms.count
            self.wanted = (max(fewest, self.wanted[0]), min(most, self.wanted[1]))
        self.proof: Proof | None = None
        self.near_bound: float | None = None
        asked = work.limit is not None
        if work.time_limit is not None and not asked:
            asked = work.time_limit >= (LOADING_SECONDS if is_kept(kernels.anneal) else COMPILER_SECONDS)
        self.search = Search(self.atoms, work.seed, self.clock, uncompiled=self.atoms.size <= SMALL and not asked)

    @property
    def rising(self) -> bool:
        """Whether more units come before a better objective."""
        return self.atoms.count is None or self.problem.objective is Objective.MAX_P

    def solve(self) -> RegionResult:
        """Go through the stages."""
        if self.atoms.size == 0:
            return self.finish(np.zeros(0, np.int64), None)
        greedy = self.search.judge(self.greedy())
        best = self.better(None, greedy)
        self.note("greedy", best)
        best = self.better(best, self.warm())
        best = self.raise_units(best) if self.rising and self.wanted[0] < self.wanted[1] else self.settle(best)
        if best is None:
            best = self.prove(None)
        if best is None:
            raise not_found(self.problem, self.atoms, self.failing)
        # few atoms are enumerated sooner than they are searched
        best = self.prove(best) or best
        if not self.proved(best):
            best = self.improve(best)
            if self.proof is not None and self.proof.bound is not None:
                best = self.prove(best) or best
        return self.finish(best.unit, greedy)

    def greedy(self) -> IntArray:
        """Return the plan of the plain rule."""
        if self.problem.objective is Objective.COMPACT and self.atoms.count is not None:
            return grown(self.search, self.given(self.wanted[1]))
        return greedy_by_floor(self.search)

    def given(self, units: int) -> IntArray:
        """Return how many of so many units each part gets."""
        return share_out(self.atoms, units, self.fewest, self.most)

    def warm(self) -> Found | None:
        """Return the plan to begin from, mended."""
        if self.work.warm is None:
            return None
        given = numbered(np.asarray(self.work.warm, np.int64))
        unit = np.zeros(self.atoms.size, np.int64)
        unit[self.atoms.atom[self.atoms.blocks][::-1]] = given[self.atoms.blocks][::-1]
        return self.search.judge(join_broken(self.atoms, without_foes(self.atoms, unit), self.atoms.parts))

    def proved(self, best: Found) -> bool:
        """Whether enumeration has shown that no plan is better."""
        proof = self.proof
        if proof is None or proof.bound is None or (self.rising and best.units < proof.most):
            return False
        return best.objective - proof.bound <= PROVED * max(1.0, abs(best.objective))

    def usable(self, found: Found) -> bool:
        """Whether a plan holds every rule."""
        count = self.atoms.count
        return found.broken == 0 and (count is None or count[0] <= found.units <= count[1])

    def better(self, best: Found | None, found: Found | None) -> Found | None:
        """Return the better of two plans, either of which may be missing or unusable."""
        if found is None or not self.usable(found):
            self.failing = np.arange(self.atoms.size) if best is None else np.zeros(0, np.int64)
            return best
        if best is None:
            return found
        if self.rising and found.units != best.units:
            return found if found.units > best.units else best
        return found if found.objective < best.objective else best

    def rounds(self, usual: int) -> Iterator[int]:
        """Count rounds: as the work limit says, else until the time limit, else as usual."""
        limit = self.work.limit
        endless = limit is None and self.work.time_limit is not None
        turn = 0
        while (endless or turn < (usual if limit is None else limit)) and not self.clock.ended:
            yield turn
            turn += 1

    def raise_units(self, best: Found | None) -> Found | None:
        """Look for more units: packed trees first, then rounds that aim higher."""
        most = self.wanted[1]
        best = self.better(best, packings(self.search, most))
        self.note("construction", best)
        packed = best.units if best is not None else int(self.fewest.sum())
        until = self.clock.seconds + SHARE_FOR_UNITS * self.clock.left
        for turn in self.rounds(ROUNDS_FOR_UNITS):
            have = best.units if best is not None else int(self.fewest.sum())
            if (
                have >= most
                or self.clock.seconds > until
                or turn >= ROUNDS_FOR_UNITS * (1 if self.work.limit is None else self.work.limit)
            ):
                break
            aim = max(have + 1, packed + round(AIMS[turn % len(AIMS)] * (most - packed)))
            best = self.better(best, more_units(self.search, self.given(min(most, aim)), turn))
        self.note("recombination", best)
        return best

    def settle(self, best: Found | None) -> Found | None:
        """Find a plan with a given number of units, or as near to the most allowed as can be found."""
        fewest, most = self.wanted
        for attempt in range(TRIES):
            units = max(fewest, most - attempt * max(1, (most - fewest) // TRIES)) if most > fewest else most
            if self.atoms.terms[0] > 0:
                unit = grown(self.search, self.given(units))
            else:
                unit = packed_into(self.search, self.given(units))
            found = self.search.judge(unit)
            if not self.usable(found):
                found = self.search.judge(hold_limits(self.search, unit))
            best = self.better(best, found)
            if best is not None or self.clock.ended:
                break
        self.note("construction", best)
        return best

    def improve(self, best: Found) -> Found:
        """Lower the objective, bound it, and put together what was seen."""
        again = 1.0 if self.atoms.terms[0] > 0 else 0.6
        for turn in self.rounds(ROUNDS_FOR_OBJECTIVE):
            found = lower_objective(self.search, best.unit, 1.0 if turn == 0 else again, collect=True)
            if self.usable(found) and found.units == best.units and found.objective < best.objective:
                best = found
            if turn == 0:
                self.note("moves", best)
                self.bound(best)
        self.note("moves", best)
        if not self.search.uncompiled:
            best = combine(self.search, best)
            self.note("set partitioning", best)
        return best

    def bound(self, best: Found) -> None:
        """Bound the compactness of all plans with a number of units in the range."""
        if self.atoms.terms[0] <= 0 or self.clock.left <= 0:
            return
        count = (best.units, best.units) if self.rising else self.wanted
        relaxation = Relaxation(self.atoms, count)
        until = self.clock.seconds + 0.4 * self.clock.left
        spread = float(self.search.plan(best.unit).spread.sum())
        self.near_bound = relaxation.ascend(spread, self.clock, ROUNDS_OF_PRICES, until).value
        self.note("bound", best)

    def prove(self, best: Found | None) -> Found | None:
        """Enumerate where that is small; return the best plan known."""
        proof = prove(self.search, best, self.wanted, self.most, rising=self.rising)
        if proof is not None:
            self.proof, best = proof, proof.found
            self.note("enumeration", best)
        return best

    def note(self, stage: str, best: Found | None) -> None:
        """Write a stage down."""
        spent = sum(stage.seconds for stage in self.stages)
        units, objective = (0, 0.0) if best is None else (best.units + self.atoms.locked, best.objective)
        self.stages.append(Stage(stage, units, objective, self.clock.seconds - spent))

    def finish(self, unit: IntArray, greedy: Found | None) -> RegionResult:
        """Compute all figures anew from the problem, and say how the run ended."""
        labels = self.labels(unit)
        parts = parts_of_objective(self.problem, labels)
        objective = weigh(self.problem, parts)
        plain = Greedy(0, 0.0)
        if greedy is not None:
            rule = self.labels(greedy.unit)
            figure = weigh(self.problem, parts_of_objective(self.problem, rule))
            plain = Greedy(int(rule.max()) + 1, figure, self.usable(greedy))
        units = int(labels.max(initial=-1)) + 1
        bound, units_bound = self.bounds(objective, unit)
        gap = None
        if bound is not None:
            gap = max(0.0, (objective - bound) / objective) if objective > 0 else 0.0
        optimal = gap is not None and gap <= PROVED and (not self.rising or units == units_bound)
        status: Status = "optimal" if optimal else "feasible"
        if not optimal and self.clock.cancelled:
            status = "cancelled"
        elif not optimal and self.clock.late:
            status = "stopped_by_time"
        return RegionResult(
            unit=labels, units=units, objective=objective, parts=parts, bound=bound, units_bound=units_bound,
            cut=self.cut_of(units_bound), gap=gap, status=status, seconds=self.clock.seconds, greedy=plain,
            method=tuple(self.stages),
        )  # fmt: skip

    def bounds(self, objective: float, unit: IntArray) -> tuple[float | None, int]:
        """Bound on the objective, what locked units add included, and on the number of units."""
        most = self.wanted[1] + self.atoms.locked
        if unit.size == 0:
            return objective, most
        bounds = [float(self.atoms.terms[0] * self.near_bound)] if self.near_bound is not None else []
        if self.proof is not None:
            most = min(most, self.proof.most + self.atoms.locked)
            bounds += [] if self.proof.bound is None else [self.proof.bound]
        if not bounds:
            return None, most
        return min(max(bounds) + objective - self.search.judge(unit).objective, objective), most

    def cut_of(self, units_bound: int) -> IntArray | None:
        """Return the blocks of the cut, if it is what bounds the number of units."""
        if units_bound < self.cut.allowed + self.atoms.locked:
            return None
        return np.flatnonzero(np.isin(self.atoms.atom, np.flatnonzero(self.cut.taken)))

    def labels(self, unit: IntArray) -> IntArray:
        """Return the unit of every block, locked ones included, by smallest member."""
        free = self.atoms.atom >= 0
        labels = np.empty(self.problem.size, np.int64)
        labels[free] = unit[self.atoms.atom[free]]
        labels[~free] = int(unit.max(initial=-1)) + 1 + self.problem.fixed[~free]
        return by_smallest_member(labels)
