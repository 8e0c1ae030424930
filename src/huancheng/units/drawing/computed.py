"""Units computed on a ground: the solver's answer with its proof, beside the plain rule's and, asked for, max-p's."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import geopandas as gpd

from huancheng.policy.provisions.unit_rules import UnitRules
from huancheng.units.certificate import Proof, Source, UnitDrawing, unit_names
from huancheng.units.problem import Ground, RegionTask, Undrawable, region_task
from huancheng.units.problem.causes import from_solver
from huancheng.units.solver import Infeasible, RegionResult, Work
from huancheng.units.solver.solving import solve

_CLOSE = 1e-6
"""The solver's objective and ours may differ by this share: the order of additions, nothing else."""


def compute_units(
    ground: Ground,
    rules: UnitRules,
    blocks: gpd.GeoDataFrame,
    *,
    work: Work,
    title: str,
    as_of: str,
    sources: tuple[Source, ...] = (),
    compare: UnitRules | None = None,
) -> UnitDrawing:
    """Return the plan a profile asks for.

    Parameters
    ----------
    ground, rules
        What to draw on and by.
    blocks
        In the ground's order, for figures and maps.
    work
        Work to spend.
    title, as_of, sources
        For the certificate.
    compare
        Profile whose plan is computed too and set beside, such as the plain max-p.

    Raises
    ------
    Undrawable
        If no plan holds the firm rules, or none was found; causes by name.
    ArithmeticError
        If the solver and the certificate disagree about the objective, which is a defect of ours.
    """
    task = region_task(ground, rules)
    result = _solved(task, work)
    unit = task.spread(result.unit)
    proof = Proof(
        result.status, result.bound, result.units_bound, "this run" if result.bound is not None else "",
        {"units": result.greedy.units, "objective": result.greedy.objective, "feasible": result.greedy.feasible},
        tuple(_stage(asdict(stage)) for stage in result.method), work.seed, work.limit,
        task.problem.count or (result.units, result.units),
        () if compare is None else (_beside(ground, compare, work),),
    )  # fmt: skip
    drawing = UnitDrawing(
        title, as_of, "computed", task.ground, rules, task.terms, task.weights, unit, unit_names(unit), blocks,
        proof, task.aside, task.split_links, sources,
    )  # fmt: skip
    if not math.isclose(drawing.objective, result.objective, rel_tol=_CLOSE, abs_tol=_CLOSE):
        message = f"the solver says {result.objective!r}, the certificate {drawing.objective!r}"
        raise ArithmeticError(message)
    return drawing


def _stage(stage: Mapping[str, Any]) -> dict[str, Any]:
    """Return a stage without its seconds, which no two runs share."""
    return {name: value for name, value in stage.items() if name != "seconds"}


def _solved(task: RegionTask, work: Work) -> RegionResult:
    try:
        return solve(task.problem, work)
    except Infeasible as refusal:
        raise Undrawable([from_solver(task.ground, task.kept.tolist(), cause) for cause in refusal.causes]) from refusal


def _beside(ground: Ground, rules: UnitRules, work: Work) -> dict[str, Any]:
    """Return the figures of another profile on the same ground, or why it has no plan."""
    try:
        task = region_task(ground, rules)
        result = _solved(task, work)
    except Undrawable as refusal:
        return {"profile": rules.id, "status": "infeasible", "causes": [cause.as_dict() for cause in refusal.causes]}
    return {
        "profile": rules.id, "objective_kind": rules.objective, "status": result.status, "units": result.units,
        "units_bound": result.units_bound, "objective": result.objective, "bound": result.bound, "gap": result.gap,
        "parts": result.parts,
    }  # fmt: skip
