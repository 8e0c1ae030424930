"""On a handful of blocks the answer is the best of all plans there are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huancheng.units.solver import Infeasible, Objective, RegionProblem, Work, solve
from tests.units.solver.given import all_plans, faults, grid, objective_of


def best_of_all(problem: RegionProblem) -> tuple[int, float] | None:
    plans = [(len(set(unit.tolist())), objective_of(problem, unit)) for unit in all_plans(problem)]
    if not plans:
        return None
    if problem.objective is Objective.MAX_P or problem.count is None:
        most = max(units for units, _ in plans)
        plans = [plan for plan in plans if plan[0] == most]
    return min(plans, key=lambda plan: plan[1])


def agrees_with_all_plans(problem: RegionProblem, seed: int) -> None:
    best = best_of_all(problem)
    try:
        result = solve(problem, Work(seed=seed))
    except Infeasible:
        assert best is None
        return
    assert not faults(problem, result.unit)
    assert best is not None
    assert result.status == "optimal"
    assert result.objective == pytest.approx(best[1], abs=1e-6)
    assert result.bound == pytest.approx(best[1], abs=1e-6)
    if problem.objective is Objective.MAX_P:
        assert result.units == best[0] == result.units_bound


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([12.0, 18.0, 25.0]), st.sampled_from([None, 24.0, 40.0]))
def test_as_many_units_as_there_can_be_and_then_the_most_alike(seed, low, high):
    agrees_with_all_plans(grid(2, 3, seed=seed, low=low, high=high), seed)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4), st.integers(0, 2))
def test_a_range_of_units_each_near_its_median_with_short_borders(seed, fewest, more):
    draws = np.random.default_rng(seed)
    problem = grid(2, 3, seed=seed, low=8.0, high=45.0, objective=Objective.COMPACT, count=(fewest, fewest + more))
    problem = replace(
        problem,
        border=draws.uniform(0, 100, len(problem.edges)),
        term_weights=(0.01, 1.0, 2.0),
        assignment_radius=float(draws.choice([150.0, 320.0])),
    )
    agrees_with_all_plans(problem, seed)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000))
def test_links_zones_and_separators_hold_in_the_best_plan(seed):
    draws = np.random.default_rng(seed)
    problem = grid(2, 3, seed=seed, low=12.0)
    kept = draws.random(len(problem.edges)) < 0.85
    a, b, c, d = draws.permutation(6)[:4].tolist()
    problem = replace(
        problem,
        edges=problem.edges[kept],
        border=problem.border[kept],
        together=((a, b),) if kept.all() else (),
        apart=np.array([[c, d]]),
        zones=(np.arange(6) % 3 >= 2).astype(np.int64) if seed % 2 else problem.zones,
    )
    try:
        result = solve(problem, Work(seed=seed))
    except Infeasible:
        return
    assert not faults(problem, result.unit)
    if not problem.together:
        best = best_of_all(problem)
        assert best is not None
        assert (result.units, result.objective) == (best[0], pytest.approx(best[1], abs=1e-6))


def test_mexico_three_states_each_is_proved(shared_data):
    result = solve(mexico(shared_data, 3.0), Work())
    assert (result.units, result.units_bound, result.status) == (10, 10, "optimal")
    assert result.objective == pytest.approx(1_079_667)
    assert result.gap == 0.0


def test_mexico_four_states_each_is_proved(shared_data):
    result = solve(mexico(shared_data, 4.0), Work())
    assert (result.units, result.status) == (8, "optimal")
    assert result.objective == pytest.approx(1_642_106)


def mexico(shared_data, floor):
    import geopandas as gpd

    from huancheng.units.solver import Limit

    states = gpd.read_file(shared_data / "regionalization-benchmarks" / "mexico" / "mexicojoin.shp")
    size = len(states)
    one, other = states.sindex.query(states.geometry, predicate="touches")
    shared = states.geometry.iloc[one].intersection(states.geometry.iloc[other], align=False).length.to_numpy()
    keep = (one < other) & (shared > 0)
    edges = np.stack([one[keep], other[keep]], 1).astype(np.int64)
    columns = [f"PCGDP{year}" for year in (1950, 1960, 1970, 1980, 1990, 2000)]
    base = grid(1, size, low=None)
    return replace(
        base,
        edges=edges,
        border=np.zeros(len(edges)),
        limits=(Limit("states", np.ones(size), floor, None),),
        attributes=states[columns].to_numpy(float),
    )
