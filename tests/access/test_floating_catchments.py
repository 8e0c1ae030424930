"""Floating catchments agree with published cases and share out what there is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huancheng.access import (
    Pairs,
    enhanced_two_step_floating_catchment,
    origin_destination_within,
    pairs_of_matrix,
    supply_shares,
    two_step_floating_catchment,
)

HOSPITAL_COSTS = [
    # Minutes from tract (row) to tract (column). The worked example of PySAL's `access` package (BSD-3-Clause),
    # tests/test_hospital_example.py: gridlock; faster into the city; faster out of the city; faster both ways.
    [[1, 80, 40], [80, 1, 40], [40, 40, 1]],
    [[1, 80, 20], [80, 1, 20], [40, 40, 1]],
    [[1, 80, 40], [80, 1, 40], [20, 20, 1]],
    [[1, 40, 20], [40, 1, 20], [20, 20, 1]],
]
HOSPITAL_ACCESS = [
    [0.331444, 0.579828, 7.286418],
    [0.435340, 0.683724, 5.727977],
    [0.331072, 0.577858, 7.299992],
    [0.442568, 0.666758, 5.740525],
]


@pytest.mark.parametrize("scenario", range(4))
def test_the_hospital_example_of_pysal_access(scenario):
    found = two_step_floating_catchment(
        pairs_of_matrix(HOSPITAL_COSTS[scenario]), [100, 50, 10], [15, 20, 100], limit=61, weight=lambda cost: 1 / cost
    )
    assert found == pytest.approx(HOSPITAL_ACCESS[scenario], abs=5e-7)


class TestFiveByFiveGrid:
    """The grid of PySAL's `access`, tests/test_floating_catchment_area.py: 25 supplies of 1, demand of 1 in 5 cells."""

    place = np.array([(x, y) for x in range(5) for y in range(5)], float)
    demand_at = np.array([2, 7, 11, 16, 23])

    @property
    def pairs(self):
        apart = self.place[self.demand_at][:, None] - self.place[None, :]
        return pairs_of_matrix(np.hypot(*apart.transpose(2, 0, 1)))

    def access(self, **options):
        return two_step_floating_catchment(self.pairs, np.ones(5), np.ones(25), **options)

    def test_a_small_catchment_sees_its_own_cell(self):
        assert self.access(limit=0.9).tolist() == [1] * 5

    def test_an_unlimited_catchment_shares_all(self):
        assert self.access() == pytest.approx([5] * 5)

    def test_an_empty_catchment_reaches_nothing(self):
        """PySAL answers not-a-number; here nothing within reach is a known zero."""
        assert self.access(limit=-1).tolist() == [0] * 5

    def test_enhanced_with_one_step_is_the_plain_method(self):
        found = enhanced_two_step_floating_catchment(self.pairs, np.ones(5), np.ones(25), [(2.5, 0.7)])
        assert found == pytest.approx(self.access(limit=2.5))


def test_enhanced_weights_hold_up_to_their_distance_inclusive():
    pairs = pairs_of_matrix([[10.0, 11.0, 20.5]])
    found = enhanced_two_step_floating_catchment(pairs, [2], [4, 4, 4], [(10, 1.0), (20, 0.5)])
    assert found.tolist() == [4 / 2 * 1 + 4 / 1 * 0.5]


def test_steps_must_ascend():
    with pytest.raises(ValueError, match="ascend"):
        enhanced_two_step_floating_catchment(pairs_of_matrix([[1.0]]), [1], [1], [(20, 1), (10, 0.5)])


def test_no_way_is_no_pair():
    pairs = pairs_of_matrix([[1.0, np.nan], [np.inf, 2.0]])
    assert (pairs.origin.tolist(), pairs.target.tolist()) == ([0, 1], [0, 1])


def test_supply_that_no_demand_reaches_serves_nobody():
    pairs = pairs_of_matrix([[1.0, 9.0], [9.0, 1.0]])
    assert supply_shares(pairs, [0, 10], [5, 7], limit=2).tolist() == [0, 7]


def test_places_of_a_school_are_shared_in_proportion_to_demand(streets_of):
    graph = streets_of(4, ((0, 1, 3000, True, True), (1, 2, 3000, True, True), (2, 3, 3000, True, True))).graph()
    pairs = origin_destination_within(graph, graph.at_nodes([0, 2, 3]), graph.at_nodes([1]), 5000)
    assert supply_shares(pairs, [100, 300, 50], [200]).tolist() == [50, 150, 0]


@pytest.mark.parametrize("demand", [[-1], [np.nan]])
def test_unknown_or_negative_demand_is_refused(demand):
    with pytest.raises(ValueError, match="every demand"):
        supply_shares(pairs_of_matrix([[1.0]]), demand, [1])


AMOUNTS = st.lists(st.floats(0, 1e4), min_size=1, max_size=6)


@given(demand=AMOUNTS, supply=AMOUNTS, data=st.data())
def test_shares_add_up_to_the_supply_that_is_reached(demand, supply, data):
    every = [(o, t) for o in range(len(demand)) for t in range(len(supply))]
    chosen = data.draw(st.lists(st.sampled_from(every), unique=True))
    origin, target = np.array(sorted(chosen), np.int32).reshape(-1, 2).T
    pairs = Pairs(origin, target, np.zeros(origin.size, np.int32))
    reached = [s for t, s in enumerate(supply) if sum(demand[o] for o, other in chosen if other == t) > 0]
    assert supply_shares(pairs, demand, supply).sum() == pytest.approx(sum(reached))
