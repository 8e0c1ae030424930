# ruff: noqa: E501
"""Targets, bands, aspects and listing: what the tables say is what comes out, and no number of its own is made."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from huancheng.checkup import load_ruleset, system_names
from huancheng.checkup.judgement.grading import CityClass, grade_aspect, judge
from huancheng.checkup.judgement.listing import Result, decide, shown
from huancheng.checkup.system.conditions import Condition
from huancheng.checkup.system.grades import AspectRule, BandTable, GradeBook
from huancheng.checkup.system.indicator import Indicator, IndicatorSystem
from huancheng.checkup.system.problems import ProblemRule
from huancheng.checkup.system.targets import Target
from huancheng.policy import PackFault

CITY = CityClass("large_2", "地级市")
SYSTEMS = system_names()


@pytest.fixture(scope="module", params=SYSTEMS)
def rules(request):
    return load_ruleset(request.param)


@pytest.fixture(scope="module")
def levels():
    return load_ruleset("national-2023")


def test_the_two_systems_have_their_official_numbers():
    assert SYSTEMS == ["national-2022", "national-2023"]
    counts = {name: [group.indicators for group in load_ruleset(name).system.groups] for name in SYSTEMS}
    assert counts == {"national-2022": [16, 12, 7, 7, 6, 6, 5, 10], "national-2023": [10, 12, 8, 31]}


def test_every_indicator_that_geodata_can_give_is_computed(rules):
    computed = [item for item in rules.system.indicators if item.measure]
    assert len(computed) == {"national-2022": 37, "national-2023": 53}[rules.system.id]


def test_targets_bands_and_remedies_name_indicators_of_their_system(rules):
    known = set(rules.system.by_id)
    for entries in (rules.targets.targets, rules.grades.tables, rules.problems.remedies):
        assert {entry.indicator for entry in entries} <= known


def test_every_entry_tells_its_basis_and_how_certain_it_is(rules):
    for entry in (*rules.system.indicators, *rules.targets.targets, *rules.grades.tables, *rules.problems.remedies):
        assert entry.basis
        assert entry.certainty
    assert all(table.certainty == "proposed" for table in rules.grades.tables)


def test_no_grade_is_given_below_the_city(levels):
    below = {item.id for item in levels.system.indicators if levels.system.group(item.group).kind == "below"}
    assert not below & {table.indicator for table in levels.grades.tables}


def verdict(levels, indicator, amount, parts=None, city=CITY):
    return judge(indicator, amount, parts or {}, city=city, targets=levels.targets, grades=levels.grades)


@pytest.mark.parametrize(
    ("amount", "grade", "met"), [(8.0, "很好", True), (7.2, "较好", False), (6.4, "一般", False), (6.39, "不足", False)]
)
def test_a_figure_is_graded_by_its_band_table(levels, amount, grade, met):
    result = verdict(levels, "2023-U-37", amount)
    assert (result.grade, result.met, result.target) == (grade, met, "≥8")


def test_a_figure_told_by_class_gets_the_grade_of_its_weakest_class(levels):
    result = verdict(levels, "2023-U-44", 40.0, {"快速路": 60.0, "主干路": 15.0})
    assert (result.grade, result.met) == ("不足", False)
    assert result.target == "快速路≥30；主干路≥20"


def test_a_figure_without_a_table_has_no_grade_and_one_without_an_amount_none_either(levels):
    assert verdict(levels, "2023-U-40", 12.0).grade == ""
    assert verdict(levels, "2023-U-37", None).grade == ""
    assert verdict(levels, "2023-U-37", None).met is None


def test_a_city_of_unknown_class_is_held_to_no_target_of_a_class(levels):
    assert verdict(levels, "2023-U-45", 50.0, city=CityClass()).grade == ""


@given(st.floats(0, 200), st.floats(0, 200))
def test_more_is_never_graded_worse_where_more_is_better(first, second):
    levels = load_ruleset_once()
    low, high = sorted((first, second))
    worse, better = (verdict(levels, "2023-U-33", amount).grade for amount in (low, high))
    assert levels.grades.worst_first(worse) <= levels.grades.worst_first(better)


@cache
def load_ruleset_once():
    return load_ruleset("national-2023")


@pytest.mark.parametrize(
    ("bounds", "amount", "met", "text"),
    [
        ({"exactly": 0}, 0, True, "=0"), ({"exactly": 0}, 1, False, "=0"), ({"at_most": 45}, 45, True, "≤45"),
        ({"at_least": 0.7, "at_most": 1.5}, 1.6, False, "0.7–1.5"), ({"at_least": 0.7, "at_most": 1.5}, 0.7, True, "0.7–1.5"),
    ],
)  # fmt: skip
def test_a_target_is_a_point_a_floor_a_ceiling_or_a_band(bounds, amount, met, text):
    target = Target(id="t", basis="default", certainty="proposed", indicator="x", **bounds)
    assert (target.met_by(amount), target.text) == (met, text)


@pytest.mark.parametrize("bounds", [{}, {"exactly": 1, "at_least": 2}])
def test_a_target_must_be_one_of_them(bounds):
    with pytest.raises(ValidationError, match="point"):
        Target(id="t", basis="default", certainty="proposed", indicator="x", **bounds)


def test_bands_end_with_the_rest_and_use_the_scale(levels):
    common = {"id": "b", "basis": "default", "certainty": "proposed", "indicator": "x"}
    with pytest.raises(ValidationError, match="last band"):
        BandTable(**common, bands=[{"grade": "很好", "at_least": 1}, {"grade": "不足", "below": 1}])
    table = BandTable(**common, bands=[{"grade": "绝好", "at_least": 1}, {"grade": "不足"}])
    with pytest.raises(ValidationError, match="no grade of the scale"):
        GradeBook(scale=levels.grades.scale, tables=(table,), aspect=levels.grades.aspect)


@pytest.mark.parametrize(
    ("grades", "aspect"),
    [
        (["很好"] * 20, "优"), (["很好"] * 4 + ["不足"], "良"), (["较好", "较好", "一般", "不足"], "中"),
        (["较好", "不足", "不足"], "差"), (["", "", "很好"], "优"), (["", ""], ""),
    ],
)  # fmt: skip
def test_an_aspect_is_graded_by_its_share_of_good_grades_and_the_ungraded_count_for_nothing(levels, grades, aspect):
    result = grade_aspect("城区（城市）", ["known"] * len(grades), grades, levels.grades)
    assert result.grade == aspect
    assert sum(result.grades.values()) == sum(map(bool, grades))


def test_the_aspect_rule_can_be_the_weakest_grade_instead(levels):
    rule = AspectRule(id="a", basis="default", certainty="proposed", kind="weakest")
    book = levels.grades.model_copy(update={"aspect": rule})
    assert grade_aspect("x", ["known"] * 3, ["很好", "一般", "较好"], book).grade == "一般"


def test_a_share_rule_must_reach_down_to_nothing():
    bands = ({"grade": "优", "at_least": 0.5},)
    with pytest.raises(ValidationError, match="down to 0"):
        AspectRule(id="a", basis="default", certainty="proposed", kind="share_of_good", bands=bands)


def listed(levels, level, amount, unit, grade="", name="x", target=None):
    return decide(Result("", name, level, amount, unit, grade, target), levels.problems)


@pytest.mark.parametrize(
    ("level", "amount", "unit", "grade", "answer", "decided"),
    [
        ("city", 5.0, "%", "不足", True, True), ("city", 5.0, "%", "一般", False, True), ("city", 5.0, "个", "", False, False),
        ("below", 1.0, "栋", "", True, True), ("below", 0.0, "栋", "", False, True), ("below", 0.2, "千米", "", True, True),
        ("below", None, "栋", "", False, False), ("below", 79.9, "%", "", True, True), ("below", 80.0, "%", "", False, True),
        ("below", 79.9, "%", "较好", False, True), ("below", 99.0, "%", "不足", True, True), ("below", -3.0, "个", "", False, True),
    ],
)  # fmt: skip
def test_the_city_is_listed_by_grade_and_what_lies_below_by_count(levels, level, amount, unit, grade, answer, decided):
    decision = listed(levels, level, amount, unit, grade)
    assert (decision.listed, decision.decided) == (answer, decided)
    assert decision.reason


def test_a_rate_with_a_target_is_held_to_it_and_a_rate_that_should_fall_to_zero(levels):
    assert listed(levels, "below", 85.0, "%", target=90.0).listed
    assert listed(levels, "below", 3.0, "%", name="小区房屋空置率").listed
    assert not listed(levels, "below", 0.0, "%", name="小区房屋空置率").listed


def test_a_decision_names_its_rule_and_how_certain_it_is(levels):
    assert "rule-below-count，proposed" in listed(levels, "below", 1.0, "栋").reason


def test_without_a_rule_nothing_is_decided(levels):
    book = levels.problems.model_copy(update={"rules": levels.problems.rules[:1]})
    decision = decide(Result("", "x", "below", 1.0, "栋", ""), book)
    assert not decision.listed
    assert not decision.decided


def test_a_rule_read_in_the_office_carries_no_badge(levels):
    rule = levels.problems.rules[2].model_dump() | {"certainty": "read"}
    confirmed = ProblemRule.model_validate(rule)
    book = levels.problems.model_copy(update={"rules": (confirmed,)})
    assert decide(Result("", "x", "below", 1.0, "栋", ""), book).reason.endswith("（规则 rule-below-count）")


@pytest.mark.parametrize(
    "entry",
    [{"listed_when": "grade"}, {"listed_when": "above"}, {"listed_when": "above", "bound": 0, "grades": ["不足"]}],
)
def test_a_problem_rule_says_what_it_needs(entry):
    with pytest.raises(ValidationError, match="needs"):
        ProblemRule(id="r", basis="default", certainty="proposed", levels="city", **entry)


@pytest.mark.parametrize(
    ("amount", "text"),
    [(1234567.0, "1,234,567"), (12.345, "12.35"), (0.06867, "0.0687"), (0.0, "0"), (100.0, "100"), (-0.5, "-0.5")],
)
def test_figures_are_printed_short(amount, text):
    assert shown(amount) == text


@pytest.mark.parametrize(
    "content",
    [{}, {"column": "x"}, {"is_true": True}, {"column": "x", "is_true": True, "all": [{"column": "y", "above": 1}]}],
)
def test_a_condition_is_one_test_or_one_joint(content):
    with pytest.raises(ValidationError, match="condition"):
        Condition.model_validate(content)


def test_a_system_refuses_wrong_counts_repeated_ids_and_measures_out_of_place(levels):
    content = levels.system.model_dump()
    with pytest.raises(ValidationError, match="promises"):
        IndicatorSystem.model_validate({**content, "indicators": content["indicators"][1:]})
    twice = [{**item, "id": "same"} for item in content["indicators"]]
    with pytest.raises(ValidationError, match="stand twice"):
        IndicatorSystem.model_validate({**content, "indicators": twice})
    with pytest.raises(ValidationError, match="exactly where"):
        Indicator.model_validate({**content["indicators"][0], "measure": None})
    with pytest.raises(KeyError):
        levels.system.group("省级")


def test_a_fault_in_a_pack_file_names_its_line(tmp_path, levels):
    from huancheng.policy import load_pack

    folder = tmp_path / "local"
    (folder / "checkup").mkdir(parents=True)
    (folder / "pack.yaml").write_text(
        "id: local\ntitle: 市\nversion: '1'\neffective_from: 2024-01-01\nlanguage: zh-CN\nparent: national\n", "utf-8"
    )
    text = (levels.pack.folder / "checkup" / "land.yaml").read_text("utf-8").replace("0.8", "1.8", 1)
    (folder / "checkup" / "land.yaml").write_text(text, "utf-8")
    with pytest.raises(PackFault, match="residential_thin_below"):
        load_ruleset("national-2023", str(folder))
    assert load_pack(folder).id == "local"
