"""The proofs of `policy check` against plain enumeration."""

import itertools

import pytest
from toy import toy_book

from huancheng.policy.check import check_book
from huancheng.policy.facts import NOT_APPLICABLE, Fact
from huancheng.policy.tables.boxes import make_space, meet, subtract
from huancheng.policy.tables.model import HitPolicy

MAX_CELLS = 60_000


def facts_of(space, cells):
    facts = {}
    for (name, item), value in zip(space.axes, cells, strict=True):
        if item:
            facts[name] = facts.get(name, frozenset()) | ({item} if value else frozenset())
        else:
            facts[name] = value
    return facts


def test_every_shipped_table_that_must_answer_covers_every_cell(book):
    enumerated = 0
    for compiled in book.compiled.values():
        current = compiled.as_of(book.latest_change)
        space = make_space([item.condition for item in current.rows], compiled.table.inputs, book.catalogue)
        size = 1
        for cells in space.cells:
            size *= len(cells)
        if compiled.table.hit not in (HitPolicy.FIRST, HitPolicy.UNIQUE, HitPolicy.PRIORITY) or size > MAX_CELLS:
            continue
        enumerated += 1
        for cells in itertools.product(*space.cells):
            answer = current.settle(
                [place for place, item in enumerate(current.rows) if item.condition.evaluate(facts_of(space, cells))],
                [],
            )
            assert answer.status == "decided", (compiled.table.id, cells)
    assert enumerated >= 10


@pytest.mark.parametrize("drop", range(5))
def test_a_row_taken_out_leaves_exactly_the_gap_that_enumeration_finds(book, drop):
    compiled = book.compiled["registration"]
    rows = [item for place, item in enumerate(compiled.rows) if place != drop]
    space = make_space([item.condition for item in compiled.rows], compiled.table.inputs, book.catalogue)
    left = subtract([space.whole], [box for item in rows for box in space.boxes(item.condition)])
    covered = {
        cells
        for cells in itertools.product(*(range(len(cells)) for cells in space.cells))
        if any(all(place in allowed for place, allowed in zip(cells, box, strict=True)) for box in left)
    }
    bare = {
        places
        for places in itertools.product(*(range(len(cells)) for cells in space.cells))
        if not any(
            item.condition.evaluate(facts_of(space, [space.cells[axis][place] for axis, place in enumerate(places)]))
            for item in rows
        )
    }
    assert covered == bare
    assert bare


def kinds(book):
    return [(finding.kind, finding.key) for finding in check_book(book)]


def test_a_gap_between_two_limits_is_found(tmp_path):
    book = toy_book(tmp_path, "first", "m", "id: R1, when: {m: {lt: 3}}", "id: R2, when: {m: {gt: 3}}")
    assert kinds(book) == [("gap", "t1")]
    assert "数为3" in check_book(book)[0].message


def test_whole_numbers_leave_no_gap_between_neighbours(tmp_path):
    assert kinds(toy_book(tmp_path, "first", "i", "id: R1, when: {i: {lte: 2}}", "id: R2, when: {i: {gte: 3}}")) == []
    book = toy_book(tmp_path, "first", "i", "id: R1, when: {i: {lte: 2}}", "id: R2, when: {i: {gte: 4}}")
    assert kinds(book) == [("gap", "t1")]


def test_limits_of_a_fact_bound_the_proof(tmp_path):
    assert kinds(toy_book(tmp_path, "first", "m", "id: R1, when: {m: {gte: 0, lte: 10}}")) == []


def test_a_ratio_that_may_not_exist_needs_a_row_of_its_own(tmp_path):
    book = toy_book(tmp_path, "first", "r", "id: R1, when: {r: {lt: 1}}", "id: R2, when: {r: {gte: 1}}")
    assert "比为不适用" in check_book(book)[0].message
    book = toy_book(
        tmp_path,
        "first",
        "r",
        "id: R1, when: {r: {lt: 1}}",
        "id: R2, when: {r: {gte: 1}}",
        "id: R3, when: {r: {not_applicable: true}}",
    )
    assert kinds(book) == []


def test_an_overlap_in_a_unique_table_is_found_with_a_case_that_shows_it(tmp_path):
    book = toy_book(
        tmp_path,
        "unique",
        "a, c, s",
        "id: R1, when: {a: true}",
        "id: R2, when: {c: 红, s: {lacks: 东}}",
        "id: R3, when: {a: false}",
        extra="  open_reason: 试验\n",
    )
    assert [key for kind, key in kinds(book) if kind == "overlap"] == ["t1/R2", "t1/R3"]
    assert "集不含东" in check_book(book)[0].message


def test_rows_of_one_rank_overlap_unless_a_stronger_row_settles_it(tmp_path):
    rows = [
        "id: G",
        "id: X, when: {a: true}, outcome: no1, priority: 5",
        "id: E, when: {b: true}, outcome: no2, priority: 5",
    ]
    assert kinds(toy_book(tmp_path, "priority", "a, b", *rows)) == [("overlap", "t1/E")]
    stronger = "id: W, when: {a: true, b: true}, outcome: no3, priority: 9"
    assert kinds(toy_book(tmp_path, "priority", "a, b", *rows, stronger)) == []


def test_dead_rows_are_found(tmp_path):
    book = toy_book(
        tmp_path,
        "first",
        "a, b, t",
        "id: R1, when: {a: true}",
        "id: R2, when: {a: true, b: true}",
        "id: R3",
        "id: R4, when: {t: 某}",
    )
    assert kinds(book) == [("unreachable_row", "t1/R2"), ("unreachable_row", "t1/R4")]
    book = toy_book(tmp_path, "collect", "m", "id: R1, when: {m: {lt: 1, gt: 2}}")
    assert kinds(book) == [("unreachable_row", "t1/R1")]
    book = toy_book(
        tmp_path, "priority", "a", "id: G", "id: X, priority: 3", "id: E, when: {a: true}, exception_to: [X]"
    )
    assert kinds(book) == [("unreachable_row", "t1/G")]


def test_negated_conditions_are_cut_exactly(tmp_path):
    book = toy_book(
        tmp_path,
        "unique",
        "a, c",
        "id: R1, when: {none_of: [{a: true}, {c: 红}]}",
        "id: R2, when: {any_of: [{a: true}, {c: 红}]}",
    )
    assert kinds(book) == []


def test_boxes_that_do_not_meet_are_left_whole():
    left, right = (frozenset({0}), frozenset({0, 1})), (frozenset({1}), frozenset({0}))
    assert meet(left, right) is None
    assert subtract([left], [right]) == [left]


def test_the_words_of_a_whole_space_name_any_case(book):
    space = make_space([book.compiled["fees"].rows[0].condition], ("listed_in_relief_catalogue",), book.catalogue)
    assert space.say(space.whole) == "任何情形"
    assert NOT_APPLICABLE not in space.cells[0]
    assert isinstance(book.facts["listed_in_relief_catalogue"], Fact)


def test_a_test_no_value_can_pass_makes_a_dead_row(tmp_path):
    book = toy_book(tmp_path, "collect", "m", "id: R1, when: {m: {gt: 10}}", "id: R2, when: {m: {lt: 0}}")
    assert kinds(book) == [("unreachable_row", "t1/R1"), ("unreachable_row", "t1/R2")]
