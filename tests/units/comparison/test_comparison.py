"""Plans side by side, whoever drew them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huancheng.evidence import InputFault
from huancheng.units.certificate import read_units, write_units
from huancheng.units.comparison import (
    adjusted_rand,
    compare_pair,
    figures_of,
    moves_between,
    objectives_compare,
)
from huancheng.units.drawing import certify_drawn
from huancheng.units.editing import Merge, Move, edited_drawing, open_plan, replay
from tests.units.town import drawn_on, ground_of, small_units, square_town, town


@pytest.fixture(scope="module")
def versions(little_plan, little_folder, tmp_path_factory):
    plan = open_plan(little_plan)
    first, second = plan.names[:2]
    other, _ = replay(plan, [Merge(units=(first, second)), Move(blocks=("R5C5",), to="")])
    folder = write_units(edited_drawing(other), tmp_path_factory.mktemp("versions") / "edited")
    return read_units(little_folder), read_units(folder), (first, second)


def test_figures_stand_as_the_certificate_states_them(versions):
    before, after, _ = versions
    one, other = figures_of(before), figures_of(after)
    assert (one.method, other.method) == ("computed", "edited")
    assert one.units - other.units == 1
    assert (one.objective, one.gap) == (before.certificate["objective"]["value"], before.certificate["gap"])
    assert one.firm_broken == 0
    assert set(one.broken_rules) >= {"kindergarten"}
    assert one.smallest <= one.median <= one.largest
    assert one.covered - other.covered == pytest.approx(1.1)
    assert 0 <= one.on_lines <= 1
    assert objectives_compare([one, one])
    assert not objectives_compare([one, other])


def test_the_difference_between_versions_is_a_list_of_moves_that_turn_one_into_the_other(versions):
    before, after, (first, second) = versions
    moves = moves_between(before, after)
    homes = dict(before.assignment)
    for move in moves:
        for block in move.blocks:
            assert homes[block] == move.source
            homes[block] = move.target
    assert homes == dict(after.assignment)
    assert (second, first) in {(move.source, move.target) for move in moves}
    assert any(move.target == "" and "未划入" in move.words for move in moves)
    assert moves_between(before, before) == []


def test_agreement_counts_the_ground_that_changed_its_unit(versions):
    before, after, (first, second) = versions
    found = compare_pair(before, after)
    assert found.same_blocks
    assert found.matched[first if first in found.matched else second] == first
    smaller = min(before.drawing.ground.area[before.assignment.to_numpy() == name].sum() for name in (first, second))
    assert found.changed_area == pytest.approx(smaller, rel=1e-6)
    assert 0 < found.adjusted_rand < 1
    same = compare_pair(before, before)
    assert (same.adjusted_rand, same.changed_area) == (1.0, 0.0)


def test_plans_on_different_blocks_are_compared_by_the_ground_they_share(tmp_path):
    rules = small_units()
    fine, coarse = square_town(), town([300.0, 300.0], [300.0, 300.0])
    halves = {f"R{row}C{column}": "西" if column < 3 else "东" for row in range(6) for column in range(6)}
    drawn = certify_drawn(ground_of(fine, rules), rules, fine.frame, halves, title="", as_of="2025-12-31")
    large = {"R0C0": "甲", "R1C0": "甲", "R0C1": "乙", "R1C1": "乙"}
    wide = certify_drawn(ground_of(coarse, rules), rules, coarse.frame, large, title="", as_of="2025-12-31")
    one, other = (read_units(write_units(item, tmp_path / str(place))) for place, item in enumerate((drawn, wide)))
    found = compare_pair(one, other)
    assert (found.same_blocks, found.adjusted_rand, found.matched) == (False, 1.0, {"东": "乙", "西": "甲"})
    with pytest.raises(InputFault, match="different blocks"):
        moves_between(one, other)


def test_plans_without_common_ground_are_refused(tmp_path):
    rules = small_units()
    place = square_town()
    ground = ground_of(place, rules)
    plans = [
        certify_drawn(ground, rules, place.frame, {block: "甲"}, title="", as_of="2025-12-31")
        for block in ("R0C0", "R5C5")
    ]
    folders = [write_units(plan, tmp_path / str(number)) for number, plan in enumerate(plans)]
    with pytest.raises(InputFault, match="no ground in common"):
        compare_pair(*(read_units(folder) for folder in folders))


@given(st.lists(st.integers(0, 3), min_size=2, max_size=30), st.randoms(use_true_random=False))
def test_the_index_is_one_for_the_same_division_whatever_its_names_and_the_same_either_way(homes, random):
    labels = list(range(4))
    random.shuffle(labels)
    table = np.zeros((4, 4))
    for home in homes:
        table[home, labels[home]] += 1.0
    assert adjusted_rand(table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]) == pytest.approx(1.0)
    other = np.array([[random.random() + 0.1 for _ in range(3)] for _ in range(4)])
    assert adjusted_rand(other) == pytest.approx(adjusted_rand(other.T))
    assert adjusted_rand(other) <= 1.0


def test_unrelated_divisions_agree_no_better_than_chance():
    assert adjusted_rand(np.ones((5, 5))) == pytest.approx(0.0, abs=1e-12)


def test_the_same_seed_gives_the_same_plan_and_another_profile_another():
    place = square_town(**{"problems:积水": [float((7 * number) % 5) for number in range(36)]})
    rules = small_units()
    one, other = drawn_on(place, rules, seed=5), drawn_on(place, rules, seed=5)
    assert one.unit.tolist() == other.unit.tolist()
    assert one.objective == other.objective
