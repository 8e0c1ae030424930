"""A number travels with its evidence; known, missing and not applicable are three states, and zero is known."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huancheng.evidence import Channel, Provenance, State, Value

finite = st.floats(allow_nan=False, allow_infinity=False)
unknown_states = st.sampled_from([State.MISSING, State.NOT_APPLICABLE])


@given(amount=finite, provenance=st.sampled_from(Provenance))
def test_every_finite_figure_with_a_provenance_is_a_known_value(amount: float, provenance: Provenance) -> None:
    value = Value(amount, "%", provenance=provenance)
    assert value.is_known
    assert value.amount == amount


def test_zero_is_a_known_value() -> None:
    assert Value(0.0, "个", provenance=Provenance.MEASURED).is_known


@given(amount=finite)
def test_a_known_figure_without_provenance_is_refused(amount: float) -> None:
    with pytest.raises(ValueError, match="needs an amount and a provenance"):
        Value(amount, "%")


def test_a_known_value_without_a_figure_is_refused_and_says_which() -> None:
    with pytest.raises(ValueError, match="unit '个', scope '建成区'"):
        Value(None, "个", scope="建成区", provenance=Provenance.DECLARED)


@pytest.mark.parametrize("amount", [math.nan, math.inf, -math.inf])
def test_what_is_not_finite_is_no_figure(amount: float) -> None:
    with pytest.raises(ValueError, match="must be finite"):
        Value(amount, "%", provenance=Provenance.DERIVED)


@given(amount=finite, state=unknown_states)
def test_what_is_not_known_carries_no_figure_not_even_zero(amount: float, state: State) -> None:
    with pytest.raises(ValueError, match="carries no amount"):
        Value(amount, "%", state=state)


def test_what_is_not_known_says_how_it_would_have_come_to_be_known_never() -> None:
    with pytest.raises(ValueError, match="carries no provenance"):
        Value(None, "%", state=State.MISSING, provenance=Provenance.MEASURED)


def test_missing_and_not_applicable_differ_and_say_why() -> None:
    missing = Value.missing("%", "no building ages", scope="市辖区")
    absent = Value.not_applicable("公里", "no metro", scope="市辖区")
    assert (missing.state, missing.note, missing.scope) == (State.MISSING, "no building ages", "市辖区")
    assert (absent.state, absent.note, absent.scope) == (State.NOT_APPLICABLE, "no metro", "市辖区")
    assert not missing.is_known
    assert not absent.is_known
    assert missing != absent


def test_a_value_can_not_be_changed_after_the_fact() -> None:
    value = Value(1.0, "%", provenance=Provenance.MEASURED)
    with pytest.raises(dataclasses.FrozenInstanceError):
        value.amount = 2.0  # type: ignore[misc]


def test_a_value_keeps_its_whole_evidence_across_processes() -> None:
    value = Value(
        41.5,
        "%",
        as_of=dt.date(2024, 12, 31),
        scope="建成区",
        channel=Channel.SURVEY,
        source="survey.xlsx",
        provenance=Provenance.DECLARED,
        note="n = 1200",
    )
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - our own bytes


def test_a_check_up_has_three_channels() -> None:
    assert [channel.value for channel in Channel] == ["self", "third_party", "survey"]
