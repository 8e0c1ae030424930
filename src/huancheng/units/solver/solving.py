"""`solve`: from a region problem to units with their figures, bounds and the way they were found."""

from __future__ import annotations

import numpy as np

from huancheng.units.solver.arrays import IntArray
from huancheng.units.solver.causes import fewest_units, most_units, not_found, refuse_the_impossible
from huancheng.units.solver.clock import Clock
from huancheng.units.solver.construction import greedy_by_floor, grown, share_out
from huancheng.units.solver.contraction import Atoms, contract
from huancheng.units.solver.improvement import lower_objective, more_units, packings
from huancheng.units.solver.measures import by_smallest_member, parts_of_objective, weigh
from huancheng.units.solver.problem import Objective, RegionProblem
from huancheng.units.solver.result import Greedy, RegionResult, Stage, Status
from huancheng.units.solver.search import Found, Search
from huancheng.units.solver.work import Work


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
    run = _Run(problem, work)
    return run.solve()


class _Run:
    """One call of `solve`."""

    def __init__(self, problem: RegionProblem, work: Work) -> None:
        self.problem = problem
        self.work = work
        self.clock = Clock(work)
        self.atoms: Atoms = contract(problem)
        refuse_the_impossible(problem, self.atoms)
        self.stages: list[Stage] = []
        self.most = most_units(self.atoms)
        self.fewest = fewest_units(self.atoms)
        ceiling = int(self.most.sum())
        self.wanted = (ceiling, ceiling)
        if self.atoms.count is not None:
            self.wanted = (max(self.atoms.count[0], int(self.fewest.sum())), min(self.atoms.count[1], ceiling))
        self.search = Search(self.atoms, work.seed, self.clock)

    def solve(self) -> RegionResult:
        atoms = self.atoms
        if atoms.size == 0:
            return self.finish(np.zeros(0, np.int64), Greedy(0, 0.0), None)
        greedy_unit = self.greedy()
        greedy = self.search.judge(greedy_unit)
        best: Found | None = greedy if self.usable(greedy) else None
        self.note("greedy", best)
        if self.atoms.count is None or self.atoms.count[0] < self.atoms.count[1]:
            best = self.raise_units(best)
        else:
            best = self.fixed_number(best)
        if best is None:
            broken = np.arange(atoms.size)
            raise not_found(self.problem, atoms, broken)
        best = self.improve(best)
        return self.finish(best.unit, Greedy(greedy.units + atoms.locked, 0.0, self.usable(greedy)), greedy_unit)

    def greedy(self) -> IntArray:
        if self.problem.objective is Objective.COMPACT and self.atoms.count is not None:
            return grown(self.search, share_out(self.atoms, self.wanted[1], self.fewest, self.most))
        return greedy_by_floor(self.atoms)

    def usable(self, found: Found) -> bool:
        count = self.atoms.count
        return found.broken == 0 and (count is None or count[0] <= found.units <= count[1])

    def raise_units(self, best: Found | None) -> Found | None:
        wanted = self.wanted
        found = packings(self.search, wanted)
        if found is not None and found.units <= wanted[1] and (best is None or found.units > best.units):
            best = found
        self.note("construction", best)
        rounds = 3 if self.work.limit is None else self.work.limit
        for _ in range(rounds):
            if (best is not None and best.units >= wanted[1]) or self.clock.left <= 0:
                break
            have = best.units if best is not None else int(self.fewest.sum())
            target = min(wanted[1], have + max(1, round(0.4 * (wanted[1] - have))))
            best = more_units(self.search, best, target)
        self.note("recombination", best)
        return best

    def fixed_number(self, best: Found | None) -> Found | None:
        given = share_out(self.atoms, self.wanted[1], self.fewest, self.most)
        for _ in range(3):
            found = lower_objective(self.search, grown(self.search, given), 2000, 1.0)
            if self.usable(found) and found.better_than(best, self.wanted):
                best = found
                break
        self.note("construction", best)
        return best

    def improve(self, best: Found) -> Found:
        rounds = 2 if self.work.limit is None else self.work.limit
        for _ in range(rounds):
            if self.clock.left <= 0:
                break
            found = lower_objective(self.search, best.unit, 6000)
            if self.usable(found) and found.units == best.units and found.objective < best.objective:
                best = found
        self.note("moves", best)
        return best

    def note(self, stage: str, best: Found | None) -> None:
        spent = sum(stage.seconds for stage in self.stages)
        units, objective = (0, 0.0) if best is None else (best.units + self.atoms.locked, best.objective)
        self.stages.append(Stage(stage, units, objective, self.clock.seconds - spent))

    def finish(self, unit: IntArray, greedy: Greedy, greedy_unit: IntArray | None) -> RegionResult:
        labels = self.labels(unit)
        parts = parts_of_objective(self.problem, labels)
        objective = weigh(self.problem, parts)
        if greedy_unit is not None:
            figure = weigh(self.problem, parts_of_objective(self.problem, self.labels(greedy_unit)))
            greedy = Greedy(greedy.units, figure, greedy.feasible)
        status: Status = "feasible"
        if self.clock.cancelled:
            status = "cancelled"
        elif self.clock.late:
            status = "stopped_by_time"
        units = int(labels.max(initial=-1)) + 1
        return RegionResult(
            unit=labels, units=units, objective=objective, parts=parts, bound=None,
            units_bound=self.wanted[1] + self.atoms.locked, gap=None, status=status, seconds=self.clock.seconds,
            greedy=greedy, method=tuple(self.stages),
        )  # fmt: skip

    def labels(self, unit: IntArray) -> IntArray:
        """Return the unit of every block, locked ones included, by smallest member."""
        free = self.atoms.atom >= 0
        labels = np.empty(self.problem.size, np.int64)
        labels[free] = unit[self.atoms.atom[free]]
        labels[~free] = int(unit.max(initial=-1)) + 1 + self.problem.fixed[~free]
        return by_smallest_member(labels)
