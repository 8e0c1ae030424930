"""What can't be solved is refused with its cause: kind, members, figures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from huancheng.evidence import InputFault
from huancheng.units.solver import CauseKind, Infeasible, Limit, Objective, Work, solve
from tests.units.solver.given import grid


def causes_of(problem):
    with pytest.raises(Infeasible) as caught:
        solve(problem, Work(limit=1))
    assert isinstance(caught.value, InputFault)
    return caught.value.causes


def test_a_block_over_the_ceiling_is_named_with_its_area():
    values = np.full(9, 10.0)
    values[4] = 61.0
    (cause,) = causes_of(grid(3, 3, limits=(Limit("area", values, 10.0, 50.0),)))
    assert (cause.kind, cause.members, cause.figure, cause.bar) == (CauseKind.OVER_CEILING, (4,), 61.0, 50.0)
    assert cause.message == "block 4: area of 61 is over the ceiling of 50"
    assert cause.told([f"B{number}" for number in range(9)]).startswith("block B4: ")


def test_blocks_that_stay_together_may_be_over_the_ceiling_together():
    (cause,) = causes_of(grid(1, 4, limits=(Limit("area", np.full(4, 30.0), None, 50.0),), together=((1, 2),), low=1.0))
    assert cause.members == (1, 2)
    assert "stay together" in cause.message


def test_an_island_under_the_floor_is_named():
    problem = grid(1, 6, low=14.0)
    keep = (problem.edges != 5).all(axis=1)
    (cause,) = causes_of(replace(problem, edges=problem.edges[keep], border=problem.border[keep]))
    assert (cause.kind, cause.members, cause.limit) == (CauseKind.UNDER_FLOOR, (5,), "area")
    assert cause.figure < 14.0


def test_a_share_no_plan_can_reach_is_named():
    (cause,) = causes_of(grid(2, 3, limits=(Limit("legal_share", np.full(6, -1.0), 0.0, None),)))
    assert (cause.kind, cause.limit, cause.figure) == (CauseKind.UNDER_FLOOR, "legal_share", -6.0)


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"together": ((0, 5),), "zones": np.array([0, 0, 0, 1, 1, 1])}, CauseKind.TOGETHER_ACROSS_ZONES),
        ({"together": ((0, 5),), "fixed": np.array([2, -1, -1, -1, -1, -1])}, CauseKind.FIXED_APART),
        ({"together": ((0, 1),), "apart": np.array([[0, 1]])}, CauseKind.TOGETHER_AND_APART),
        ({"together": ((0, 3),), "edges": np.array([[0, 1], [1, 2], [3, 4], [4, 5]]), "border": np.zeros(4)},
         CauseKind.NOT_CONNECTED),
        ({"count": (5, 6)}, CauseKind.TOO_MANY_UNITS),
    ],
)  # fmt: skip
def test_rules_that_contradict_each_other_are_named(changes, kind):
    assert causes_of(grid(2, 3, low=10.0, **changes))[0].kind == kind


def test_too_few_units_for_the_ceilings_are_named():
    problem = grid(4, 4, low=5.0, high=30.0, count=(1, 2), objective=Objective.COMPACT)
    cause = causes_of(problem)[0]
    assert cause.kind == CauseKind.TOO_FEW_UNITS
    assert "at most 2 units are allowed" in cause.message


def test_ceilings_that_need_more_units_than_floors_allow_are_named():
    problem = grid(1, 3, limits=(Limit("area", np.array([10.0, 10.0, 10.0]), 16.0, 20.0),))
    assert causes_of(problem)[0].kind == CauseKind.NO_COUNT_FITS


def test_a_group_already_locked_in_one_unit_is_no_contradiction():
    result = solve(grid(2, 3, low=10.0, fixed=np.array([0, 0, -1, -1, -1, -1]), together=((0, 1),)), Work())
    assert result.unit[0] == result.unit[1]


def test_a_group_that_does_not_touch_takes_in_the_way_between():
    result = solve(grid(1, 6, low=5.0, together=((1, 3),)), Work())
    assert result.unit[1] == result.unit[2] == result.unit[3]
