"""A cut bounds the number of units: never below what there can be, never above the sum of all floors."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from huancheng.units.solver import Limit, Work, solve
from huancheng.units.solver.contraction import contract
from huancheng.units.solver.cut_kernels import sharpen
from huancheng.units.solver.cuts import allowed_by, sharpest_cut
from tests.units.solver.given import grid, grid_edges


def problem_with(values, edges, low, **changes):
    """A problem of blocks that bring values towards a floor."""
    size = len(values)
    given = grid(1, size)
    limit = Limit("area", np.array(values, float), low, None)
    edges = np.array(edges, np.int64).reshape(-1, 2)
    return replace(given, edges=edges, border=np.zeros(len(edges)), limits=(limit,), **changes)


def most_by_trying(values, edges, low):
    """Return the most connected groups that reach a floor, no block in two; from the definition alone."""
    size = len(values)
    near = [sum(1 << b if a == at else 1 << a for a, b in edges if at in (a, b)) for at in range(size)]
    groups = []
    for mask in range(1, 1 << size):
        reached = mask & -mask
        grown = 0
        while grown != reached:
            grown = reached
            for at in range(size):
                if grown >> at & 1:
                    reached |= near[at] & mask
        if reached == mask and sum(values[at] for at in range(size) if mask >> at & 1) >= low:
            groups.append(mask)
    small = [one for one in groups if not any(other != one and other & one == other for other in groups)]
    most = 0
    for count in range(1, size + 1):
        if not any(sum(chosen) == int(np.bitwise_or.reduce(chosen)) for chosen in combinations(small, count)):
            break
        most = count
    return most


def sum_of_floors(values, low):
    return int(np.floor(np.minimum(values, low).sum() / low + 1e-9))


def test_blocks_cut_off_by_a_large_one_have_no_whole_floor_of_their_own():
    # a star: six blocks of 8 around one of 20; together they bring 3.4 floors, but only its middle joins them
    edges = [(0, leaf) for leaf in range(1, 7)]
    cut = sharpest_cut(contract(problem_with([20.0, *[8.0] * 6], edges, 20.0)))
    assert sum_of_floors(np.array([20.0, *[8.0] * 6]), 20.0) == 3
    assert cut.most.tolist() == [1]
    assert np.flatnonzero(cut.taken).tolist() == [0]


def test_an_atom_below_the_floor_is_taken_out_where_that_separates():
    # as before, but the middle is lighter than a floor: only the search finds that taking it out pays
    edges = [(0, leaf) for leaf in range(1, 7)]
    cut = sharpest_cut(contract(problem_with([18.0, *[8.0] * 6], edges, 20.0)))
    assert (cut.most.tolist(), cut.allowed) == ([1], 1)


@pytest.mark.parametrize("seed", range(40))
def test_no_plan_has_more_units_than_a_cut_allows(seed):
    draws = np.random.default_rng(seed)
    edges = [pair for pair in grid_edges(3, 4).tolist() if draws.random() < 0.8]
    values = np.round(draws.choice([2.0, 5.0, 9.0, 14.0], 12) * draws.uniform(0.5, 1.5, 12), 3)
    low = 12.0
    cut = sharpest_cut(contract(problem_with(values, edges, low)))
    most = most_by_trying(values.tolist(), edges, low)
    assert most <= cut.most.sum() <= sum_of_floors(values, low)


def test_the_search_never_makes_a_cut_worse():
    draws = np.random.default_rng(3)
    for _ in range(20):
        atoms = contract(problem_with(draws.uniform(1, 10, 30), grid_edges(5, 6), 8.0))
        shares = np.clip(atoms.ranges.values[:, 0] / 8.0, 0, 1)
        taken = shares >= 1
        before = allowed_by(atoms.graph, shares, taken, atoms.part).sum()
        saved = sharpen.py_func(atoms.graph, shares, taken, 0.15, 10**6)
        assert allowed_by(atoms.graph, shares, taken, atoms.part).sum() == before - saved


def test_the_search_stops_when_it_has_looked_enough():
    atoms = contract(problem_with([18.0, *[8.0] * 6], [(0, leaf) for leaf in range(1, 7)], 20.0))
    shares = atoms.ranges.values[:, 0] / 20.0
    taken = np.zeros(7, bool)
    assert sharpen(atoms.graph, shares, taken, 0.15, 0) == 0
    assert not taken.any()


def test_every_floor_counts_and_parts_are_bounded_each_by_its_own():
    # two strips without a link; people are scarce in the first, ground in the second
    edges = [(0, 1), (1, 2), (2, 3), (4, 5), (5, 6), (6, 7)]
    ground = Limit("area", np.array([10.0] * 4 + [4.0] * 4), 10.0, None)
    people = Limit("people", np.array([30.0] * 4 + [100.0] * 4), 100.0, None)
    atoms = contract(replace(
        problem_with([1.0] * 8, edges, 1.0), limits=(ground, people)))  # fmt: skip
    cut = sharpest_cut(atoms)
    assert cut.most.tolist() == [1, 1]
    assert cut.allowed > 2  # neither floor alone says it: the result names no cut then


def test_a_result_names_the_blocks_of_its_cut():
    edges = [(0, leaf) for leaf in range(1, 7)]
    result = solve(problem_with([20.0, *[8.0] * 6], edges, 20.0), Work(limit=1))
    assert result.units == result.units_bound == 1
    assert result.cut is None or result.cut.tolist() == [0]


def test_a_result_bounded_by_the_number_asked_for_names_no_cut():
    result = solve(grid(5, 5, low=8.0, count=(3, 3)), Work(limit=1))
    assert result.units_bound == 3
    assert result.cut is None
