"""Siting in whole: greedy, swap, bound, proof; the result says what is known of it."""

from __future__ import annotations

import math
import time

import numpy as np

from huancheng.planning.siting.bounding import lagrangian_bound, nothing_known
from huancheng.planning.siting.capacity import solve_with_capacity
from huancheng.planning.siting.problem import Choice, Goal, SitingProblem, SitingResult, SitingWork, Status
from huancheng.planning.siting.proving import prove, relax
from huancheng.planning.siting.swapping import evaluate, search, serving, swap

TOLERANCE = 1e-9
"""Relative difference below which cost and bound are the same."""


def solve_siting(problem: SitingProblem, work: SitingWork | None = None) -> SitingResult:
    """Place the new facilities.

    Parameters
    ----------
    problem
        What is asked.
    work
        How much may be done; the default searches from four starts and proves within a minute.

    Returns
    -------
    SitingResult
        Never worse than the greedy choice; `optimal` only with a proof. The same problem and work give the same
        answer, unless the time limit stops the proof.
    """
    work = work or SitingWork()
    if problem.capacity is not None:
        return solve_with_capacity(problem, work)
    began = time.perf_counter()
    cost, base = problem.cost, problem.base
    first, best = search(cost, base, problem.new, work.starts_for(problem), work.seed)
    method = [("greedy", first.cost), ("swap", best.cost)]
    bound, stopped = _floor(problem), False
    if not same(best.cost, bound) and problem.new:
        # Covering is proved by its model in no time; sums of walks need the bound first.
        relaxed = nothing_known(cost, best, bound)
        if problem.goal is Goal.COVER and not work.prove:
            fractions = relax(cost, base, problem.new)
            bound = max(bound, _lifted(problem, fractions.bound))
            found = swap(cost, base, evaluate(cost, base, fractions.sites))
            best = found if found.cost < best.cost else best
            method.append(("relaxation", best.cost))
        elif problem.goal is Goal.MEDIAN:
            relaxed = lagrangian_bound(cost, base, problem.new, best)
            bound, best = max(bound, _lifted(problem, relaxed.value)), relaxed.choice
            method.append(("bound", best.cost))
        if work.prove and not same(best.cost, bound):
            left = None if work.time_limit is None else work.time_limit - (time.perf_counter() - began)
            proof = prove(cost, base, problem.new, relaxed, best=best.cost, time_limit=left)
            if proof.sites:
                found = evaluate(cost, base, proof.sites)
                best = found if found.cost < best.cost else best
            bound = best.cost if proof.closed else max(bound, _lifted(problem, min(proof.bound, best.cost)))
            stopped = not proof.closed
            method.append(("proof", best.cost))
    if not problem.new:
        bound = best.cost
    return result_of(problem, first, best, bound, method, stopped=stopped, seconds=time.perf_counter() - began)


def result_of(
    problem: SitingProblem, first: Choice, best: Choice, bound: float, method: list[tuple[str, float]], *,
    stopped: bool, seconds: float,
) -> SitingResult:  # fmt: skip
    """Return a result whose status follows from cost and bound alone."""
    closed = same(best.cost, bound)
    status: Status = "optimal" if closed else "stopped_by_time" if stopped else "feasible"
    gap = 0.0 if closed or best.cost <= 0 else (best.cost - bound) / best.cost
    return SitingResult(
        best.sites, best.cost, best.cost if closed else bound, gap, status,
        serving(problem.cost, problem.base, best.sites), first, _binding(problem, best), tuple(method), seconds,
    )  # fmt: skip


def same(cost: float, bound: float) -> bool:
    """Whether a bound meets a cost."""
    return cost - bound <= TOLERANCE * max(abs(cost), 1.0)


def _floor(problem: SitingProblem) -> float:
    """Return what even a facility on every site could not avoid."""
    return float(np.minimum(problem.cost.min(axis=1), problem.base).sum()) if problem.cost.size else 0.0


def _lifted(problem: SitingProblem, bound: float) -> float:
    """Round a bound up to the next whole number where every cost is whole: residents are counted in persons."""
    whole = bool((problem.cost == np.rint(problem.cost)).all() and (problem.base == np.rint(problem.base)).all())
    return float(math.ceil(bound - 1e-6)) if whole else bound


def _binding(problem: SitingProblem, best: Choice) -> tuple[str, ...]:
    found = []
    unreachable = np.minimum(problem.cost.min(axis=1), problem.base).sum() if problem.cost.size else 0.0
    if best.cost > unreachable + TOLERANCE:
        found.append(f"新增数量上限 {problem.new} 处")
    if unreachable > 0 and problem.goal is Goal.COVER:
        found.append(f"候选点范围：任何候选点都服务不到的居民 {unreachable:,.0f} 人")
    return tuple(found)
