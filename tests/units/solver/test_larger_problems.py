"""Beyond enumeration: every rule holds, the greedy rule is never better, bounds are bounds, a seed is a plan."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huancheng.units.solver import Infeasible, Limit, Objective, Work, solve
from tests.units.solver.given import faults, grid, objective_of


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10_000))
def test_every_rule_holds_on_random_problems(seed):
    problem = mixed(seed)
    result = solve(problem, Work(limit=1, seed=seed))
    assert not faults(problem, result.unit)
    assert result.objective == pytest.approx(objective_of(problem, result.unit))
    assert result.units <= result.units_bound
    if result.greedy.feasible:
        assert result.units > result.greedy.units or result.objective <= result.greedy.objective + 1e-9
    if result.bound is not None:
        assert result.bound <= result.objective


def mixed(seed):
    """A grid of 80 blocks with a river, two zones, links, a locked unit, and two limits, one of them on a share."""
    draws = np.random.default_rng(seed)
    problem = grid(8, 10, seed=seed, low=30.0, high=90.0)
    river = (problem.edges % 10 == 4).any(axis=1) & (problem.edges % 10 == 5).any(axis=1) & (problem.edges[:, 0] != 44)
    whole = problem.limits[0].values
    legal = whole * draws.uniform(0.5, 1.0, 80)
    fixed = np.full(80, -1, np.int64)
    fixed[[0, 1, 10, 11]] = 7
    compact = seed % 2 == 0
    return replace(
        problem,
        edges=problem.edges[~river],
        border=draws.uniform(0, 5, int((~river).sum())),
        limits=(*problem.limits, Limit("legal_share", legal - 0.6 * whole, 0.0, None)),
        objective=Objective.COMPACT if compact else Objective.MAX_P,
        together=((22, 23), (36, 37, 47)),
        apart=np.array([[60, 61], [62, 73]]),
        zones=(np.arange(80) >= 50).astype(np.int64),
        fixed=fixed,
        count=(8, 10) if compact else None,
        term_weights=(0.001, 1.0, 0.5),
    )


def test_the_same_seed_and_limit_give_the_same_units():
    problem = grid(8, 9)
    one, other = (solve(problem, Work(limit=1, seed=3)) for _ in range(2))
    assert one.unit.tolist() == other.unit.tolist()
    assert (one.objective, one.units) == (other.objective, other.units)


def test_numbers_of_units_beyond_what_trees_alone_give():
    result = solve(grid(9, 9, low=30.0), Work(limit=2))
    assert result.units > result.greedy.units
    assert result.units >= 0.9 * result.units_bound


@pytest.mark.parametrize("radius", [None, 300.0])
def test_a_compact_plan_carries_a_narrow_bound(radius):
    problem = grid(9, 9, low=40.0, high=90.0, objective=Objective.COMPACT, count=(9, 9), assignment_radius=radius)
    result = solve(problem, Work(limit=1))
    assert not faults(problem, result.unit)
    assert result.bound is not None
    assert 0 < result.bound <= result.objective
    assert result.gap is not None
    assert result.gap < 0.06


def test_a_bound_without_a_stated_radius_holds_for_far_assignments_too():
    # two weights far apart in one unit: lists cut short would overstate the bound
    places = np.array([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [1000.0, 0.0]])
    problem = replace(
        grid(1, 4, low=None), places=places, weights=np.ones(4), limits=(Limit("n", np.ones(4), 2.0, 2.0),),
        objective=Objective.COMPACT, count=(2, 2),
    )  # fmt: skip
    result = solve(problem, Work(limit=1))
    assert result.objective == pytest.approx(1.0 + 998.0**2)
    assert result.bound is not None
    assert result.bound <= result.objective


def test_a_time_limit_marks_the_result_and_is_kept():
    result = solve(grid(9, 9), Work(time_limit=1.0))
    assert result.status == "stopped_by_time"
    assert not faults(grid(9, 9), result.unit)


def test_progress_is_told_and_false_cancels():
    told = []

    def watch(news):
        told.append(news)
        return len(told) < 5

    result = solve(grid(9, 9), Work(progress=watch))
    assert result.status == "cancelled"
    assert len(told) == 5
    assert all(0 < news.done <= news.total and news.stage for news in told)
    assert not faults(grid(9, 9), result.unit)


def test_a_warm_start_is_not_lost():
    problem = grid(9, 9)
    good = solve(problem, Work(limit=1, seed=1))
    again = solve(problem, Work(limit=0, seed=2, warm=good.unit))
    assert again.units >= good.units
    assert again.units > good.units or again.objective <= good.objective + 1e-9


def test_a_broken_warm_start_does_no_harm():
    problem = grid(9, 9, apart=np.array([[0, 1]]))
    result = solve(problem, Work(limit=0, warm=np.zeros(81, np.int64)))
    assert not faults(problem, result.unit)


def test_locked_units_alone_are_a_plan():
    problem = grid(2, 2, fixed=np.array([4, 4, 9, 9]))
    result = solve(problem, Work())
    assert result.unit.tolist() == [0, 0, 1, 1]
    assert result.status == "optimal"


def test_a_fixed_number_of_units_may_be_asked_of_max_p():
    problem = grid(7, 10, count=(8, 8))
    result = solve(problem, Work(limit=1))
    assert result.units == 8
    assert not faults(problem, result.unit)


def test_parts_that_are_cut_off_are_solved_each():
    problem = grid(8, 10)
    cut = (problem.edges % 10 == 4).any(axis=1) & (problem.edges % 10 == 5).any(axis=1)
    problem = replace(problem, edges=problem.edges[~cut], border=problem.border[~cut])
    result = solve(problem, Work(limit=1))
    assert not faults(problem, result.unit)
    left = set(result.unit[np.arange(80) % 10 < 5].tolist())
    assert not left & set(result.unit[np.arange(80) % 10 >= 5].tolist())


def test_where_no_plan_is_found_the_fault_says_that_none_is_proved_impossible():
    problem = grid(8, 9, low=30.0, high=33.0)
    middle = float(problem.limits[0].values.sum()) / 17
    tight = Limit("area", problem.limits[0].values, middle - 1e-6, middle + 1e-6)
    problem = replace(problem, limits=(tight,))
    with pytest.raises(Infeasible) as caught:
        solve(problem, Work(limit=1))
    assert caught.value.causes[0].kind == "not_found"


def test_blocks_change_places_where_no_floor_leaves_room_for_a_single_move():
    problem = grid(8, 8, limits=(Limit("n", np.ones(64), 8.0, None),), count=(8, 8))
    built, improved = (solve(problem, Work(limit=rounds)) for rounds in (0, 1))
    assert not faults(problem, improved.unit)
    assert built.units == improved.units == improved.units_bound == 8
    assert improved.objective < 0.9 * built.objective
