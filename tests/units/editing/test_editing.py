"""Editing by hand: every step tested at once, nothing forbidden, the plan before never changed."""

import json

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from huancheng.evidence import InputFault
from huancheng.units.certificate import Source, audit_plan, read_units, write_units
from huancheng.units.certificate.measures import parts_of_plan
from huancheng.units.editing import (
    Draw,
    Merge,
    Move,
    Split,
    SplitByLine,
    apply,
    edited_drawing,
    open_plan,
    read_operation,
    redo,
    replay,
    undo,
)
from huancheng.units.verify import verify_units
from tests.units.town import BOTTOM, LEFT


@pytest.fixture
def plan(little_plan):
    return open_plan(little_plan)


def home_of(plan, block):
    return plan.home[plan.origin.ground.number[block]]


def blocks_of(plan, unit):
    return [block for block, home in zip(plan.origin.ground.ids, plan.home, strict=True) if home == unit]


def rules_broken(check):
    return {(row.unit, row.constraint) for row in check.newly_broken}


def test_opening_a_plan_changes_nothing(plan, little_plan):
    assert plan.objective == pytest.approx(little_plan.objective)
    assert sorted(plan.audit, key=str) == sorted(little_plan.audit, key=str)


def test_moving_a_far_block_breaks_contiguity_and_says_so_without_forbidding_it(plan):
    target = home_of(plan, "R5C5")
    after, check = apply(plan, Move(blocks=("R0C0",), to=target))
    assert home_of(after, "R0C0") == target
    assert home_of(plan, "R0C0") != target
    assert (target, "contiguity") in rules_broken(check)
    assert not check.holds
    assert check.objective > check.objective_before
    assert {change.unit for change in check.changed} == {target, home_of(plan, "R0C0")}
    assert sum(change.blocks - change.blocks_before for change in check.changed) == 0
    assert json.dumps(check.as_dict())


def test_a_move_across_the_river_away_from_the_bridge_is_told_as_a_crossing(plan):
    after, check = apply(plan, Draw(blocks=("R5C1", "R5C2", "R4C1", "R4C2")))
    name = home_of(after, "R5C1")
    assert {(name, "contiguity"), (name, "river")} <= rules_broken(check)
    row = next(row for row in check.newly_broken if row.constraint == "river")
    assert (row.value, row.high) == (1.0, 0.0)


def test_a_merge_over_the_ceiling_is_told_with_its_hectares(plan):
    one, other = plan.names[0], plan.names[1]
    after, check = apply(plan, Merge(units=(one, other)))
    assert other not in after.names
    merged = sum(plan.areas[name] for name in (one, other)) / 10_000
    over = [row for row in check.newly_broken if row.constraint == "area"]
    assert [row.value for row in over] == ([pytest.approx(merged)] if merged > 7 else [])
    assert check.units == len(plan.names) - 1


def test_a_split_gives_a_new_unit_a_name_never_used_before(plan):
    unit = max(plan.names, key=plan.home.count)
    first = blocks_of(plan, unit)[0]
    once, _ = apply(plan, Split(unit=unit, blocks=(first,)))
    fresh = home_of(once, first)
    assert fresh not in plan.names
    back, _ = apply(once, Merge(units=(unit, fresh)))
    again, _ = apply(back, Split(unit=unit, blocks=(first,)))
    assert home_of(again, first) not in {*plan.names, fresh}
    named, _ = apply(plan, Split(unit=unit, blocks=(first,), name="老街"))
    assert home_of(named, first) == "老街"


def test_a_line_parts_a_unit_by_the_side_its_blocks_lie_on(plan):
    all_in_one, _ = replay(plan, [Merge(units=plan.names)])
    line = ((LEFT + 200, BOTTOM - 50), (LEFT + 200, BOTTOM + 300), (LEFT + 210, BOTTOM + 900))
    after, check = apply(all_in_one, SplitByLine(unit=plan.names[0], line=line, name="西岸"))
    assert set(blocks_of(after, "西岸")) == {f"R{row}C{column}" for row in range(6) for column in range(2)}
    assert check.units == 2
    with pytest.raises(InputFault, match="leaves the unit"):
        apply(all_in_one, SplitByLine(unit=plan.names[0], line=((LEFT - 9, BOTTOM), (LEFT - 9, BOTTOM + 9))))
    with pytest.raises(InputFault, match="no line"):
        apply(all_in_one, SplitByLine(unit=plan.names[0], line=((LEFT, BOTTOM),)))


def test_a_block_moved_out_of_every_unit_is_listed_as_taken_out(plan, tmp_path):
    after, _ = apply(plan, Move(blocks=("R5C5",), to=""))
    drawing = edited_drawing(after, Source("plan", "1" * 64, "result"))
    assert [(item.case, drawing.ground.ids[item.block]) for item in drawing.aside] == [("taken_out", "R5C5")]
    assert verify_units(write_units(drawing, tmp_path / "edited")).faults == ()


def test_a_lock_that_is_broken_is_told(plan):
    _, check = apply(plan, Move(blocks=("R0C5",), to=home_of(plan, "R2C5") or plan.names[0]))
    assert ("", "locked") in rules_broken(check)
    assert next(row for row in check.newly_broken if row.constraint == "locked").note == "L1"


def test_what_was_broken_and_holds_again_is_told_as_mended(plan):
    broken, _ = apply(plan, Move(blocks=("R0C0",), to=home_of(plan, "R5C5")))
    _, check = apply(broken, Move(blocks=("R0C0",), to=home_of(plan, "R0C0")))
    assert {row.constraint for row in check.mended} >= {"contiguity"}
    # the two blocks of one owner, far apart in the plan as it was drawn, lie apart again
    assert {row.constraint for row in check.newly_broken} == {"owner"}
    assert check.holds


def test_undo_and_redo_walk_through_the_plans_as_they_were(plan):
    one, _ = apply(plan, Merge(units=plan.names[:2]))
    two, _ = apply(one, Move(blocks=("R0C0",), to=home_of(one, "R5C5")))
    back, check = undo(two)
    assert (back.home, back.done) == (one.home, one.done)
    assert check.objective == pytest.approx(one.objective)
    start, _ = undo(back)
    assert start.home == plan.home
    forward, _ = redo(start)
    forward, _ = redo(forward)
    assert (forward.home, forward.done) == (two.home, two.done)
    with pytest.raises(InputFault, match="nothing to redo"):
        redo(forward)
    with pytest.raises(InputFault, match="nothing to undo"):
        undo(plan)
    other, _ = apply(back, Draw(blocks=("R0C0",)))
    with pytest.raises(InputFault, match="nothing to redo"):
        redo(other)


def test_the_edit_list_replays_to_the_same_plan_in_a_folder_of_its_own(plan, little_folder, tmp_path):
    edits = [
        Move(blocks=("R0C0",), to=home_of(plan, "R5C5")), Draw(blocks=("R3C3", "R3C4"), name="新区"),
        SplitByLine(unit=home_of(plan, "R4C0"), line=((LEFT + 100, BOTTOM), (LEFT + 100, BOTTOM + 700))),
    ]  # fmt: skip
    edited, _ = replay(plan, edits)
    folder = write_units(edited_drawing(edited), tmp_path / "edited")
    entries = read_units(folder).certificate["edits"]
    assert [entry["op"] for entry in entries] == ["move", "draw", "split_by_line"]
    assert entries[0]["words"].startswith("将街块 R0C0移入单元")
    again, _ = replay(open_plan(read_units(little_folder).drawing), entries)
    assert again.home == edited.home
    verdict = verify_units(folder)
    assert verdict.faults == ()
    assert {"contiguity", "locked"} & {breach.rule for breach in verdict.breaches} or verdict.breaches


def test_a_bound_holds_for_an_edited_plan_only_while_its_number_of_units_and_ground_do(plan):
    proof = plan.origin.proof
    assert proof.bound is not None
    within = next(unit for unit in plan.names if plan.home.count(unit) > 1)
    more, _ = apply(plan, Split(unit=within, blocks=(blocks_of(plan, within)[0],)))
    drawing = edited_drawing(more)
    assert drawing.proof.status == "edited"
    fits = proof.count[0] <= len(more.names) <= proof.count[1]
    assert (drawing.proof.bound == proof.bound) is fits
    few, _ = apply(plan, Merge(units=plan.names))
    assert edited_drawing(few).proof.bound is None
    out, _ = apply(plan, Move(blocks=("R5C5",), to=""))
    assert edited_drawing(out).proof.bound is None
    assert edited_drawing(out).gap is None


@pytest.mark.parametrize(
    ("operation", "message"),
    [
        (Move(blocks=("R9C9",), to="U01"), "no block"), (Move(blocks=(), to="U01"), "no block is named"),
        (Move(blocks=("R0C0",), to="U99"), "no unit"), (Merge(units=("U01", "U01")), "merged with itself"),
        (Merge(units=("U01", "U98")), "no unit"), (Split(unit="U97", blocks=("R0C0",)), "no unit"),
        (Draw(blocks=("R0C0",), name="U01"), "taken"),
    ],
)  # fmt: skip
def test_what_can_not_be_done_is_refused_in_words(plan, operation, message):
    with pytest.raises(InputFault, match=message):
        apply(plan, operation)


def test_splits_that_are_none_are_refused(plan):
    unit = home_of(plan, "R0C0")
    with pytest.raises(InputFault, match="all blocks"):
        apply(plan, Split(unit=unit, blocks=tuple(blocks_of(plan, unit))))
    with pytest.raises(InputFault, match="not in the unit"):
        apply(
            plan,
            Split(unit=unit, blocks=(next(block for block in plan.origin.ground.ids if home_of(plan, block) != unit),)),
        )
    with pytest.raises(InputFault, match="nothing would change"):
        apply(plan, Move(blocks=("R0C0",), to=unit))


def test_an_entry_that_is_no_edit_is_refused_with_its_place(plan):
    with pytest.raises(InputFault, match="no edit"):
        read_operation({"op": "burn", "blocks": ["R0C0"]})
    with pytest.raises(InputFault) as refusal:
        replay(plan, [{"op": "merge", "units": list(plan.names[:2])}, {"op": "move", "blocks": ["R0C0"], "to": "U99"}])
    assert refusal.value.row == "2"


def test_the_words_of_many_blocks_are_shortened():
    assert Draw(blocks=tuple(f"B{number}" for number in range(9)), name="甲").words == (
        "以街块 B0、B1、B2、B3、B4 等 9 个街块新划单元 甲"
    )
    assert Move(blocks=("B1",), to="").words == "将街块 B1移出单元"
    assert Split(unit="U1", blocks=("B1",)).words == "从单元 U1 分出街块 B1"
    assert SplitByLine(unit="U1", line=((0, 0), (1, 1))).words == "以线分割单元 U1"


@given(st.lists(st.tuples(st.integers(0, 35), st.integers(0, 9)), min_size=1, max_size=6))
def test_whatever_is_moved_the_quick_test_says_what_a_full_one_says_and_the_ground_stays_whole(little_plan, moves):
    plan = open_plan(little_plan)
    ids = plan.origin.ground.ids
    for block, choice in moves:
        to = plan.names[choice % len(plan.names)]
        if plan.home[block] != to:
            plan, check = apply(plan, Move(blocks=(ids[block],), to=to))
            assert check.objective == pytest.approx(plan.objective)
    drawing = edited_drawing(plan)
    full = audit_plan(drawing.ground, drawing.rules, drawing.weights, drawing.unit, drawing.names, method="edited")
    assert sorted(plan.audit, key=str) == sorted(full, key=str)
    assert plan.parts == pytest.approx(parts_of_plan(drawing.ground, drawing.weights, drawing.unit))
    assert sum(plan.areas.values()) == pytest.approx(float(drawing.ground.area.sum()))
    shapes = drawing.blocks.geometry.to_numpy()
    outlines = [shapely.union_all(shapes[drawing.unit == number]) for number in range(len(drawing.names))]
    assert shapely.area(shapely.union_all(np.array(outlines))) == pytest.approx(sum(shapely.area(outlines)))
