"""Laws of three-valued logic that every rule rests on."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huancheng.evidence import InputFault
from huancheng.policy.conditions import AnyOf, Condition
from huancheng.policy.conditions import Test as Asked
from huancheng.policy.conditions.derive import Derivation, Deriver
from huancheng.policy.facts import NOT_APPLICABLE

NAMES = ("a", "b", "c")
TESTS = st.builds(Asked, st.sampled_from(NAMES), st.sampled_from(["eq", "not"]), st.booleans())
CONDITIONS = st.recursive(
    st.builds(lambda parts: Condition(tuple(parts)), st.lists(TESTS, max_size=3)),
    lambda inner: st.builds(
        lambda conditions, parts, negated: Condition((AnyOf(tuple(conditions), negated=negated), *parts)),
        st.lists(inner, min_size=1, max_size=3),
        st.lists(TESTS, max_size=2),
        st.booleans(),
    ),
    max_leaves=6,
)
KNOWN = st.dictionaries(st.sampled_from(NAMES), st.booleans())
WHOLE = st.fixed_dictionaries(dict.fromkeys(NAMES, st.booleans()))


@given(CONDITIONS, KNOWN, WHOLE)
def test_what_is_settled_stays_settled_whatever_else_becomes_known(condition, some, rest):
    truth = condition.evaluate(some)
    if truth is not None:
        assert condition.evaluate({**rest, **some}) is truth


@given(CONDITIONS, WHOLE)
def test_when_all_facts_are_known_nothing_is_open(condition, facts):
    assert condition.evaluate(facts) is not None
    assert condition.unknown(facts) == ()


@given(CONDITIONS, KNOWN)
def test_an_open_condition_names_unknown_facts_and_a_settled_true_one_names_none(condition, facts):
    names = condition.unknown(facts)
    assert set(names) <= set(condition.facts) - set(facts)
    if condition.evaluate(facts) is None:
        assert names
    if condition.evaluate(facts) is True:
        assert names == ()


@given(st.lists(CONDITIONS, min_size=1, max_size=4), KNOWN)
def test_none_of_is_the_negation_of_any_of(conditions, facts):
    some = AnyOf(tuple(conditions)).evaluate(facts)
    none = AnyOf(tuple(conditions), negated=True).evaluate(facts)
    assert none is (None if some is None else not some)


@given(CONDITIONS, KNOWN, st.randoms())
def test_the_order_of_parts_does_not_matter(condition, facts, chance):
    parts = list(condition.parts)
    chance.shuffle(parts)
    assert Condition(tuple(parts)).evaluate(facts) is condition.evaluate(facts)


@pytest.mark.parametrize(
    ("operator", "operand"), [("eq", 1), ("not", 1), ("not_in", frozenset({1})), ("lt", 1), ("gt", 1)]
)
def test_a_value_that_cannot_exist_passes_no_comparison(operator, operand):
    assert not Asked("m", operator, operand).holds(NOT_APPLICABLE)
    assert Asked("m", "not_applicable", True).holds(NOT_APPLICABLE)
    assert Asked("m", "not_applicable", False).holds(0)


@given(st.integers(0, 1000), st.integers(0, 1000), st.integers(-3, 3))
def test_a_limit_is_met_exactly_and_missed_by_the_smallest_step(part, whole, step):
    ratio = Derivation("r", "比", ((1, "p"),), ((1, "q"),))
    value = ratio.value({"p": part + step, "q": whole})
    if whole == 0:
        assert value is NOT_APPLICABLE
        return
    limit = Fraction(part, whole)
    assert Asked("r", "gte", limit).holds(value) == (step >= 0)
    assert Asked("r", "lt", limit).holds(value) == (step < 0)


SHARE = Derivation("share", "占比", ((1, "p"), (-1, "out")), ((1, "q"),), minimum=0, maximum=1)
FREE = Derivation("free", "比", ((1, "p"),), ((1, "q"),))


@pytest.mark.parametrize(
    ("facts", "sound"),
    [
        ({"p": 1, "out": 0, "q": 2}, True),
        ({"p": 3, "out": 0, "q": 2}, False),
        ({"p": 0, "out": 1, "q": 2}, False),
        ({"p": 0, "out": 0, "q": 0}, True),
        ({"p": 1, "out": 1, "q": 0}, True),
        ({"p": 1, "out": 0, "q": 0}, False),
        ({"p": NOT_APPLICABLE, "out": 0, "q": 0}, True),
    ],
)
def test_a_share_lies_in_its_whole_and_nothing_has_no_share(facts, sound):
    assert SHARE.is_sound(SHARE.value(facts), facts) is sound
    if sound:
        assert Deriver([SHARE]).complete(facts, ("share",))["share"] == SHARE.value(facts)
        return
    with pytest.raises(InputFault, match=r"占比 follows as .*, which can't be") as caught:
        Deriver([SHARE]).complete(facts, ("share",))
    assert caught.value.cure == "mend p, out, q"


def test_a_ratio_without_an_upper_limit_may_be_one_to_nothing():
    facts = {"p": 5, "q": 0}
    assert FREE.is_sound(FREE.value(facts), facts)


def test_facts_that_follow_from_each_other_in_a_circle_are_told():
    there = Derivation("x", "甲", condition=Condition((Asked("y", "eq", True),)))
    back = Derivation("y", "乙", condition=Condition((Asked("x", "eq", True),)))
    assert Deriver([there, back]).circle() == ("x", "y")
    assert Deriver([there]).circle() == ()
