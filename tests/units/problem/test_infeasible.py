"""What can't be drawn is told by name, with blocks, figures and the rule, before anything is computed."""

import math

import pytest

from huancheng.units.problem import Undrawable, check_ground, region_task
from huancheng.units.problem.causes import from_solver
from huancheng.units.solver import Cause, CauseKind
from tests.units.town import ground_of, links, locks, small_units, square_town, town


def causes_of(place, rules, **tables):
    with pytest.raises(Undrawable) as refusal:
        region_task(ground_of(place, rules, **tables), rules)
    return refusal.value.causes


@pytest.mark.requirement("5.2-3")
def test_a_block_over_the_ceiling_is_named_with_its_hectares():
    place = town([100.0, 700.0], [100.0, 870.0])
    (cause,) = causes_of(place, small_units(area={"low": 0.5, "high": 60.0}))
    assert (cause.kind, cause.blocks, cause.rule) == (CauseKind.OVER_CEILING, ("R1C1",), "area")
    assert cause.chinese == "街块 R1C1：60.9 公顷，超过单元面积上限 60 公顷"
    assert cause.english == "block R1C1: 60.9 公顷, over the ceiling of 60"
    assert (round(cause.figure, 6), cause.bar) == (60.9, 60.0)


def test_ground_cut_off_by_a_river_that_is_too_small_is_named():
    place = square_town(columns_along={0: "river"})
    rules = small_units(area={"low": 7.0, "high": 20.0})
    (cause,) = causes_of(place, rules)
    assert cause.kind is CauseKind.UNDER_FLOOR
    assert cause.blocks == tuple(f"R{row}C0" for row in range(6))
    assert "相连的只有 6 公顷，不足单元面积下限 7 公顷" in cause.chinese


def test_a_parcel_on_both_sides_of_a_railway_is_named_with_the_parcel():
    place = square_town(columns_along={2: "rail"})
    (cause,) = causes_of(place, small_units(), links=links(("parcel", "A7", ["R0C2", "R0C3"])))
    assert (cause.kind, cause.blocks, cause.rule) == (CauseKind.NOT_CONNECTED, ("R0C2", "R0C3"), "parcel")
    assert "不切分宗地：A7" in cause.chinese
    assert "被分隔线隔开" in cause.chinese


def test_blocks_tied_by_several_parcels_count_together_against_the_ceiling():
    chain = links(("parcel", "A1", ["R0C0", "R0C1", "R0C2"]), ("parcel", "A2", ["R0C2", "R0C3", "R0C4"]))
    (cause,) = causes_of(square_town(), small_units(area={"low": 1.0, "high": 4.0}), links=chain)
    assert cause.blocks == tuple(f"R0C{column}" for column in range(5))
    assert "须同一单元，合计5 公顷" in cause.chinese


def test_an_estate_in_two_districts_is_named():
    place = square_town(district=["东区" if column < 3 else "西区" for _ in range(6) for column in range(6)])
    (cause,) = causes_of(place, small_units(), links=links(("estate", "E1", ["R0C2", "R0C3"])))
    assert (cause.kind, cause.rule) == (CauseKind.TOGETHER_ACROSS_ZONES, "estate")


def test_locked_units_that_break_a_rule_are_named():
    scattered = causes_of(square_town(), small_units(), locks=locks(L1=["R0C0", "R0C1", "R0C3", "R0C4"]))
    assert [(cause.kind, cause.rule, cause.figure) for cause in scattered] == [(CauseKind.NOT_CONNECTED, "locked", 2.0)]
    small = causes_of(square_town(), small_units(), locks=locks(L1=["R0C0", "R0C1"]))
    assert "锁定单元 L1：2 公顷，不足单元面积下限 4 公顷" in small[0].chinese
    large = causes_of(
        square_town(), small_units(area={"low": 1.0, "high": 3.0}), locks=locks(L1=["R0C0", "R0C1", "R0C2", "R0C3"])
    )
    assert large[0].kind is CauseKind.OVER_CEILING
    place = square_town(district=["东区" if column < 3 else "西区" for _ in range(6) for column in range(6)])
    across = causes_of(place, small_units(), locks=locks(L1=["R0C1", "R0C2", "R0C3", "R0C4"]))
    assert "不跨县（市、区）" in across[0].chinese


def test_locks_that_part_a_parcel_are_named():
    tie = links(("parcel", "A1", ["R0C3", "R0C4"]))
    (cause,) = causes_of(
        square_town(), small_units(), links=tie, locks=locks(L1=[f"R0C{column}" for column in range(4)])
    )
    assert (cause.kind, cause.blocks) == (CauseKind.FIXED_APART, ("R0C3", "R0C4"))


def test_a_number_of_units_the_sizes_do_not_allow_is_named():
    many = {"target": None, "low": 10.0, "high": 12.0}
    (cause,) = causes_of(square_town(), small_units(number=many))
    assert (cause.kind, cause.figure, cause.bar) == (CauseKind.TOO_MANY_UNITS, 9.0, 10.0)
    few = {"target": None, "low": 1.0, "high": 2.0}
    (cause,) = causes_of(square_town(), small_units(number=few))
    assert (cause.kind, cause.figure) == (CauseKind.TOO_FEW_UNITS, 3.0)


def test_many_causes_are_all_told_and_shortened_to_names_a_reader_can_take_in():
    place = town([100.0] * 9 + [900.0], [100.0], columns_along={8: "river"})
    rules = small_units(area={"low": 9.5, "high": 8.5})
    causes = check_ground(ground_of(place, rules), rules)
    assert [cause.kind for cause in causes] == [CauseKind.OVER_CEILING, CauseKind.UNDER_FLOOR, CauseKind.UNDER_FLOOR]
    assert "等 9 个街块" in causes[1].chinese
    assert "and 3 more" in causes[1].english
    fault = Undrawable(causes)
    assert fault.as_dict()["error"].count("；") == 2
    assert causes[0].as_dict()["kind"] == "over_ceiling"


def test_what_the_profile_leaves_aside_is_listed_instead_of_refused():
    place = town([100.0] * 6 + [500.0], [100.0] * 6, columns_along={0: "river", 2: "rail"})
    rules = small_units(area={"low": 7.0, "high": 20.0}, aside={})
    tables = {"links": links(("parcel", "A7", ["R0C2", "R0C3"]), ("parcel", "A8", ["R1C2", "R2C2", "R1C3", "R2C3"]))}
    task = region_task(ground_of(place, rules, **tables), rules)
    assert {task.ground.ids[item.block] for item in task.aside} == {f"R{row}C0" for row in range(6)}
    assert {item.case for item in task.aside} == {"island_under_floor"}
    assert "相连部分单元面积合计 6 公顷，不足下限 7 公顷" in task.aside[0].chinese
    assert [link.name for link in task.split_links] == ["A7", "A8"]
    assert [(link.name, len(link.members)) for link in task.ground.links] == [("A8#1", 2), ("A8#2", 2)]
    assert task.problem.size == 36


def test_a_block_over_the_ceiling_is_left_aside_with_what_is_tied_to_it():
    place = town([100.0, 100.0, 900.0], [300.0, 300.0])
    rules = small_units(area={"low": 1.0, "high": 25.0}, aside={})
    task = region_task(ground_of(place, rules, links=links(("estate", "E1", ["R0C1", "R0C2"]))), rules)
    assert {task.ground.ids[item.block] for item in task.aside} == {"R0C1", "R0C2", "R1C2"}
    assert "超过上限 25 公顷" in task.aside[0].chinese


def test_a_search_that_found_nothing_says_so_without_blaming_blocks_or_showing_figures_it_has_not():
    place = square_town()
    told = from_solver(
        ground_of(place, small_units()), [0, 1, 2],
        Cause(CauseKind.NOT_FOUND, (0, 1, 2), math.nan, None, math.nan, "no plan was found"),
    )  # fmt: skip
    assert told.chinese == "未找到满足全部规则的方案，不等于不存在"
    assert told.english == "no plan was found; none is proved impossible"
    assert told.blocks == ("R0C0", "R0C1", "R0C2")


def test_a_cause_of_the_solver_names_its_blocks_and_both_figures():
    told = from_solver(
        ground_of(square_town(), small_units()), [6, 7],
        Cause(CauseKind.OVER_CEILING, (1,), 61.0, "area", 60.0, "area of 61 is over the ceiling of 60"),
    )  # fmt: skip
    assert told.chinese == "街块 R1C1 超过上限（61/60）"
    assert told.english == "block R1C1 over a ceiling (61/60)"


@pytest.mark.parametrize("kind", CauseKind)
def test_every_cause_the_solver_knows_is_said_in_both_languages(kind):
    told = from_solver(
        ground_of(square_town(), small_units()), list(range(16)), Cause(kind, (0, 1), 2.0, None, 1.0, "why")
    )
    assert any("\u4e00" <= letter <= "\u9fff" for letter in told.chinese.removeprefix("街块"))
    assert told.english.strip()
