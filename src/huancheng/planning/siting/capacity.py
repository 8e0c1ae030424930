"""Siting where each new facility serves only so many: assignment by linear programme, search, and a proof."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from scipy import optimize, sparse

from huancheng.planning.arrays import Floats, Rows
from huancheng.planning.siting.problem import Choice, SitingProblem, SitingResult, SitingWork, Status

_OPTIMAL = 0
_ROUNDS = 30


def solve_with_capacity(problem: SitingProblem, work: SitingWork) -> SitingResult:
    """Place facilities of limited capacity; residents of one point may be split.

    The search weighs choices by a quick filling; the chosen ones are weighed exactly.
    """
    began = time.perf_counter()
    model = _Model(problem)
    first = model.exact(model.greedy())
    best = model.improved(first, work)
    method = [("greedy", first.cost), ("swap", best.cost)]
    bound, stopped = model.floor, False
    if work.prove and best.cost - bound > 1e-9 * max(best.cost, 1.0):
        left = None if work.time_limit is None else max(work.time_limit - (time.perf_counter() - began), 0.01)
        sites, dual, closed = model.prove(left)
        if sites:
            found = model.exact(sites)
            best = found if found.cost < best.cost else best
        bound = best.cost if closed else max(bound, min(dual, best.cost))
        stopped = not closed
        method.append(("proof", best.cost))
    closed_gap = best.cost - bound <= 1e-9 * max(best.cost, 1.0)
    status: Status = "optimal" if closed_gap else "stopped_by_time" if stopped else "feasible"
    gap = 0.0 if closed_gap or best.cost <= 0 else (best.cost - bound) / best.cost
    serving, full = model.assignment(best.sites)
    binding = [f"新增数量上限 {problem.new} 处"] if best.cost > model.floor + 1e-9 else []
    binding += [f"容量用满的新增设施 {full} 处"] if full else []
    return SitingResult(
        best.sites, best.cost, best.cost if closed_gap else bound, gap, status, serving, first, tuple(binding),
        tuple(method), time.perf_counter() - began,
    )  # fmt: skip


class _Model:
    """Pairs of points and candidates that are worth something, with what each resident saves."""

    def __init__(self, problem: SitingProblem) -> None:
        self._new = problem.new
        self._demand = problem.demand
        self._capacity = np.asarray(problem.capacity, np.float64)
        self._base = float(problem.base.sum())
        saving = problem.base[:, None] - problem.cost
        self._point, self._site = np.nonzero(saving > 0)
        self._saves = saving[self._point, self._site] / self._demand[self._point]
        self._by_saving = np.lexsort((self._site, self._point, -self._saves))

    @property
    def floor(self) -> float:
        """What remains if every candidate were open without limit."""
        best = np.zeros(len(self._demand))
        np.maximum.at(best, self._point, self._saves)
        return self._base - float((best * self._demand).sum())

    def greedy(self) -> tuple[int, ...]:
        left, chosen = self._demand.copy(), list[int]()
        for _ in range(self._new):
            worth = [self._filled(site, left)[0] if site not in chosen else -1.0 for site in range(len(self._capacity))]
            pick = int(np.argmax(worth))
            chosen.append(pick)
            left = self._filled(pick, left)[1]
        return tuple(sorted(chosen))

    def _filled(self, site: int, left: Floats) -> tuple[float, Floats]:
        """Fill one candidate with those who save most; return what is saved and who is left."""
        pairs = self._by_saving[self._site[self._by_saving] == site]
        points = self._point[pairs]
        before = np.concatenate([[0.0], np.cumsum(left[points])[:-1]])
        taken = np.clip(self._capacity[site] - before, 0.0, left[points])
        after = left.copy()
        after[points] -= taken
        return float(taken @ self._saves[pairs]), after

    def _quick(self, sites: tuple[int, ...]) -> float:
        left, saved = self._demand.copy(), 0.0
        for site in sites:
            more, left = self._filled(site, left)
            saved += more
        return self._base - saved

    def improved(self, start: Choice, work: SitingWork) -> Choice:
        """Try exchanges drawn from the seed; keep one where the exact cost falls."""
        best, random = start, np.random.default_rng(work.seed)
        others = np.arange(len(self._capacity))
        if not 0 < self._new < len(others):
            return best
        for _ in range(_ROUNDS):
            out, into = int(random.choice(best.sites)), int(random.choice(np.setdiff1d(others, best.sites)))
            sites = tuple(sorted({*best.sites, into} - {out}))
            if self._quick(sites) < best.cost - 1e-9:
                found = self.exact(sites)
                best = found if found.cost < best.cost - 1e-9 else best
        return best

    def exact(self, sites: tuple[int, ...]) -> Choice:
        """Return the choice with the cost of its best assignment."""
        pairs, shares = self._assigned(sites)
        saved = float((shares * self._saves[pairs]).sum())
        return Choice(tuple(sorted(sites)), self._base - saved)

    def assignment(self, sites: tuple[int, ...]) -> tuple[Rows, int]:
        """Return the candidate that serves most of each point, and how many candidates are full."""
        pairs, shares = self._assigned(sites)
        serving, most = np.full(len(self._demand), -1, np.int64), np.zeros(len(self._demand))
        for pair, share in zip(pairs, shares, strict=True):
            if share > most[self._point[pair]] + 1e-9:
                most[self._point[pair]], serving[self._point[pair]] = share, self._site[pair]
        load = np.bincount(self._site[pairs], shares, len(self._capacity))
        return serving, int((load >= self._capacity - 1e-6).sum())

    def _assigned(self, sites: tuple[int, ...]) -> tuple[Rows, Floats]:
        """Return the pairs of open candidates and the residents each takes, saving as much as can be."""
        pairs = np.flatnonzero(np.isin(self._site, sites))
        if not len(pairs):
            return pairs, np.empty(0)
        rows, limits = self._limits(pairs)
        solve: Any = optimize.linprog
        found = solve(-self._saves[pairs], A_ub=rows, b_ub=limits, bounds=(0, None), method="highs")
        return pairs, np.asarray(found.x, np.float64)

    def _limits(self, pairs: Rows) -> tuple[sparse.csr_matrix, Floats]:
        count, points = len(pairs), len(self._demand)
        row = np.concatenate([self._point[pairs], points + self._site[pairs]])
        column = np.concatenate([np.arange(count), np.arange(count)])
        rows = sparse.csr_matrix((np.ones(2 * count), (row, column)), (points + len(self._capacity), count))
        return rows, np.concatenate([self._demand, self._capacity])

    def prove(self, time_limit: float | None) -> tuple[tuple[int, ...], float, bool]:
        """Return the model's choice, its bound, and whether it ran to the end."""
        count, sites, points = len(self._point), len(self._capacity), len(self._demand)
        pairs = np.arange(count)
        take = np.concatenate([self._point, points + self._site, points + sites + pairs])
        take_column = np.concatenate([pairs, pairs, pairs])
        open_row = np.concatenate([points + np.arange(sites), points + sites + pairs])
        open_column = count + np.concatenate([np.arange(sites), self._site])
        most = np.minimum(self._demand[self._point], self._capacity[self._site])
        open_value = -np.concatenate([self._capacity, most])
        rows = sparse.csr_matrix(
            (
                np.concatenate([np.ones(3 * count), open_value]),
                (np.concatenate([take, open_row]), np.concatenate([take_column, open_column])),
            ),
            (points + sites + count, count + sites),
        )
        upper = np.concatenate([self._demand, np.zeros(sites + count)])
        number = sparse.csr_matrix(
            (np.ones(sites), (np.zeros(sites, int), count + np.arange(sites))), (1, count + sites)
        )
        options: Any = {"mip_rel_gap": 0.0}
        if time_limit is not None:
            options["time_limit"] = time_limit
        found = optimize.milp(
            np.concatenate([-self._saves, np.zeros(sites)]),
            constraints=[
                optimize.LinearConstraint(rows, -np.inf, upper),
                optimize.LinearConstraint(number, self._new, self._new),
            ],
            integrality=np.concatenate([np.zeros(count), np.ones(sites)]),
            bounds=optimize.Bounds(0.0, np.concatenate([self._demand[self._point], np.ones(sites)])),
            options=options,
        )
        dual = found.get("mip_dual_bound")
        bound = self._base + float(dual) if dual is not None and np.isfinite(dual) else self.floor
        chosen = () if found.x is None else tuple(np.flatnonzero(found.x[count:] > 1 / 2).tolist())
        return chosen, bound, found.status == _OPTIMAL
