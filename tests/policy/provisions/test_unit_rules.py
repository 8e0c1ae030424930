"""Profiles by which units are drawn: complete, marked, cited; faults told with their place."""

import pytest

from huancheng.evidence import Basis, InputFault
from huancheng.policy.check import check_book
from huancheng.policy.pack import PackFault
from huancheng.policy.provisions.unit_rules import (
    CountRule,
    FromParameter,
    RangeRule,
    RulePart,
    SeparatorRule,
    TermRule,
    plain,
)

FILE = "liaocheng-2023/unit_rules.yaml"


@pytest.mark.requirement("5.2-3", "5.2-10")
def test_sizes_contiguity_and_every_number_are_marked_defaults(book):
    for entry in book.unit_rules:
        rules = book.unit_profile(entry.id)
        assert {rule.basis for rule in rules.rules} == {Basis.DEFAULT}
        assert all(rule.certainty.needs_badge for rule in rules.rules)
    contiguity = book.unit_profile().rules[0]
    assert (contiguity.kind, contiguity.citation.basis) == ("contiguity", Basis.DEFAULT)
    assert "相对成片" in contiguity.note


def test_floor_and_ceiling_are_the_parameters_of_the_pack(book):
    (area,) = book.unit_profile().of(RangeRule)
    assert (area.low, area.high, area.factor) == (
        book.parameters["unit_area_floor"].value, book.parameters["unit_area_ceiling"].value, 10_000.0,
    )  # fmt: skip
    written = book.unit_rules["standard"]
    named = {value.parameter for _, _, value in written.amounts() if isinstance(value, FromParameter)}
    assert named == {"unit_area_floor", "unit_area_ceiling"}


def test_rivers_and_railways_separate_and_title_lines_weigh(book):
    rules = book.unit_profile()
    assert {rule.along for rule in rules.of(SeparatorRule)} == {"river", "rail"}
    assert {rule.term for rule in rules.of(TermRule)} == {"compactness", "border", "dissimilarity"}


def test_a_profile_that_builds_on_another_replaces_rules_of_the_same_id(book):
    standard, larger = book.unit_profile("默认规则"), book.unit_profile("larger")
    assert [rule.id for rule in larger.rules] == [rule.id for rule in standard.rules]
    assert [rule.of(CountRule)[0].target for rule in (standard, larger)] == [30.0, 60.0]
    assert book.unit_profile("many").objective == "max-p"


def test_every_citation_of_a_rule_resolves(book):
    for entry in book.unit_rules:
        for cite in (*entry.cites, *(cite for rule in entry.rules for cite in rule.cites)):
            assert cite in book.citations


def test_an_unknown_profile_is_told_with_those_there_are(book):
    with pytest.raises(InputFault, match="默认规则"):
        book.unit_profile("none")


def complete_all(book):
    for entry in book.unit_rules:
        book.unit_profile(entry.id)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("low: {parameter: unit_area_floor}", "low: {parameter: unit_area_flor}", "unit_area_flor"),
        ("high: {parameter: unit_area_ceiling}", "high: 1", "lies above"),
        ("low: {parameter: unit_area_floor}", "low: {parameter: annual_plan_due}", "no number"),
        (
            "extends: standard\n  scope: built_up_area\n  cites: [5.2-3, 5.2-10]",
            "extends: many\n  cites: []",
            "builds on",
        ),
        ("extends: standard\n  scope: built_up_area\n  cites: [5.2-3]", "extends: lost\n  cites: []", "lost"),
    ],
)
def test_a_profile_that_can_not_be_completed_is_told_with_its_place(workshop, old, new, message):
    workshop.edit(FILE, old, new)
    book = workshop.book()
    with pytest.raises(PackFault, match=message) as fault:
        complete_all(book)
    assert fault.value.file == FILE
    assert fault.value.line > 0
    assert "unusable_profile" in {finding.kind for finding in check_book(book)}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("measure: 公顷", "measure: 人", "is not measured in"),
        ("id: area,", "id: contiguity,", "two rules|stands twice"),
        ("kind: contiguity,", "kind: lock,", "contiguity|not known"),
        ("target: 30, slack: 0.1,", "low: 3,", "low and high"),
        ("along: river,", "along: canal,", "river"), ("force: shown, low: 0.6", "force: maybe, low: 0.6", "firm"),
        ("low: {parameter: unit_area_floor}, high: {parameter: unit_area_ceiling},", "", "neither"),
    ],
)  # fmt: skip
def test_a_rule_that_does_not_fit_is_refused_with_its_line(workshop, old, new, message):
    workshop.edit(FILE, old, new)
    with pytest.raises(PackFault, match=message) as fault:
        workshop.book()
    assert fault.value.file == FILE


def test_a_child_pack_changes_one_rule_with_its_reason(workshop):
    path = workshop.folder / "example-city" / "unit_rules.yaml"
    path.write_text(
        "changes:\n- {entry: standard/number, kind: override, basis: default, certainty: proposed, reason: 小城,"
        " set: {target: 12}}\nentries: []\n",
        "utf-8",
    )
    rules = workshop.book("example-city").unit_profile()
    assert rules.of(CountRule)[0].target == 12.0


def test_a_number_still_named_by_its_parameter_is_a_defect_of_ours():
    with pytest.raises(TypeError, match="read the profile through the book"):
        plain(FromParameter(parameter="unit_area_floor"))
    assert issubclass(RangeRule, RulePart)
