from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huancheng.evidence import InputFault
from huancheng.policy.conditions.describe import say_condition, say_value
from huancheng.policy.facts import NOT_APPLICABLE, exact


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (0.1, Fraction(1, 10)),
        ("2/3", Fraction(2, 3)),
        ("0.75", Fraction(3, 4)),
        (3, 3),
        (2.0, 2),
        ("4/2", 2),
        (Fraction(6, 3), 2),
        (Fraction(1, 3), Fraction(1, 3)),
        ("-1.5", Fraction(-3, 2)),
    ],
)
def test_numbers_are_what_was_written(written, meant):
    assert exact(written) == meant


@pytest.mark.parametrize("value", [True, "两", None, "1/0", [1]])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match="no number"):
        exact(value)


@given(st.floats(allow_nan=False, allow_infinity=False), st.floats(allow_nan=False, allow_infinity=False))
def test_order_is_kept(left, right):
    assert (left < right) == (exact(left) < exact(right))


def test_facts_are_known_by_id_official_name_and_alias(book):
    given_ways = [{"ownership_changes": True}, {"涉及土地权属变化": "是"}, {"土地权属变化": True}]
    assert [book.catalogue.read(way) for way in given_ways] == [{"ownership_changes": True}] * 3


def test_unknown_is_a_state_of_its_own(book):
    assert book.catalogue.read({"土地权属变化": None, "用地性质变更": "未知", "拆建比": "不适用"}) == {
        "build_demolish_ratio": NOT_APPLICABLE
    }


@pytest.mark.parametrize("absent", ["不适用", "not_applicable"])
def test_only_what_may_be_absent_in_a_case_can_be_said_not_to_apply(book, absent):
    for fact in book.facts:
        if fact.may_not_apply:
            assert book.catalogue.read({fact.title: absent}) == {fact.id: NOT_APPLICABLE}
            continue
        with pytest.raises(InputFault, match="always applies") as caught:
            book.catalogue.read({fact.title: absent}, file="案件.json")
        assert caught.value.field == fact.title
        assert caught.value.cure.endswith("leave it out while it is not known")


def test_the_facts_that_may_be_absent_are_few_and_known(book):
    absent = {fact.id for fact in book.facts if fact.may_not_apply}
    assert absent == {"demolition_ratio", "build_demolish_ratio", "nearby_rate"}


@pytest.mark.parametrize(
    ("given_facts", "message"),
    [
        ({"土地权属": True}, "did you mean 土地权属变化"),
        ({"不着边际之事": 1}, "see `huancheng policy show --list facts`"),
        ({"土地权属变化": "也许"}, "neither yes nor no — write true or false"),
        ({"原权利主体数": 1.5}, "no whole number"),
        ({"原权利主体数": -1}, "below the least possible value 0"),
        ({"市级资金占比": 2}, "above the greatest possible value 1"),
        ({"总投资": "很多"}, "no number — write a number（万元）".replace("（", r" \(").replace("）", r"\)")),
        ({"产权类型": "租"}, "not in the domain — use one of 业主共有"),
        ({"所在管控范围": 5}, "no list"),
        ({"所在管控范围": ["月球"]}, "not in the domain"),
        ({"辖区名称": 5}, "no text"),
        ({"土地权属变化": True, "ownership_changes": False}, "given twice with different values"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_cure(book, given_facts, message):
    with pytest.raises(InputFault, match=message) as caught:
        book.catalogue.read(given_facts, file="案件.json")
    assert str(caught.value).startswith("案件.json, field ")


def test_the_same_fact_twice_with_the_same_value_is_no_fault(book):
    assert book.catalogue.read({"土地权属变化": True, "ownership_changes": "是"}) == {"ownership_changes": True}


def test_values_and_conditions_are_said_in_an_officers_words(book):
    assert [
        say_value(value) for value in (None, True, Fraction(2, 3), Fraction(1, 8), Fraction(3, 40), frozenset(), 5)
    ] == ["未知", "是", "2/3", "0.125", "0.075", "无", "5"]
    words = {
        f"{table.table.id}/{item.row.id}": say_condition(item.condition, book.catalogue)
        for table in book.compiled.values()
        for item in table.rows
    }
    assert words["permits/P1"] == "其他情形"
    assert words["owner_vote/V0"] == "参与面积占比<2/3"
    assert words["treatment_bounds/H12"] == "任一成立（所在管控范围含河湖管理范围；所在管控范围含黄线）"
    assert words["demolition/K6"] == "建成年数≥50且已作历史建筑价值评估且无保护价值为否"


def test_negation_and_absence_are_said_too(tmp_path):
    from toy import toy_book

    book = toy_book(
        tmp_path,
        "first",
        "a, r, c",
        "id: R1, when: {none_of: [{a: true}], r: {not_applicable: true}}",
        "id: R2, when: {r: {not_applicable: false}, c: [红, 黄]}",
        "id: R3",
    )
    rows = book.compiled["t1"].rows
    assert say_condition(rows[0].condition, book.catalogue) == "均不成立（甲为是）且比不适用"
    assert say_condition(rows[1].condition, book.catalogue) == "比适用且丙属于红、黄"
