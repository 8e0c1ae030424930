"""Figures, dates and marks as printed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huancheng.evidence import Certainty, Provenance, State
from huancheng.report.document import plain
from huancheng.report.numerals import (
    BADGE,
    MISSING,
    NOT_APPLICABLE,
    badge,
    chinese_list,
    format_amount,
    format_date,
    format_number,
    format_share,
    format_shares,
    marked_amount,
    provenance_legend,
)


@pytest.mark.parametrize(
    ("amount", "unit", "printed"),
    [
        (22_216, "栋", "22,216"),
        (0, "%", "0"),
        (41.5, "%", "41.50"),
        (123.456, "公顷", "123.5"),
        (45_678.9, "人", "45,679"),
        (0.0123, "公里", "0.012"),
        (0.00045, "公里", "0.00045"),
        (3.5, "个", "3.5"),
        (-12.25, "%", "-12.25"),
    ],
)
def test_numbers_have_thousands_and_the_decimals_worth_reading(amount: float, unit: str, printed: str) -> None:
    assert format_number(amount, unit) == printed


@given(st.floats(-1e9, 1e9, allow_nan=False), st.sampled_from(["", "%", "栋", "公里"]))
def test_a_printed_number_is_close_to_the_number(amount: float, unit: str) -> None:
    printed = float(format_number(amount, unit).replace(",", ""))
    assert printed == pytest.approx(amount, rel=0.06, abs=1e-6)


def test_zero_missing_and_not_applicable_are_printed_apart() -> None:
    printed = {
        format_amount(0.0, "个"),
        format_amount(None, "个", State.MISSING),
        format_amount(None, "个", State.NOT_APPLICABLE),
    }
    assert printed == {"0 个", MISSING, NOT_APPLICABLE}


def test_a_known_state_without_an_amount_is_told_as_missing() -> None:
    assert format_amount(float("nan"), "个") == MISSING


def test_percent_stands_close_and_words_stand_off() -> None:
    assert format_amount(70, "%") == "70%"
    assert format_amount(8, "公里/平方公里") == "8 公里/平方公里"
    assert format_amount(8, "") == "8"


@pytest.mark.parametrize(
    ("share", "printed"), [(0, "0%"), (1, "100%"), (0.0004, "<0.1%"), (0.9996, ">99.9%"), (0.037, "3.7%")]
)
def test_shares_never_round_into_nothing_or_everything(share: float, printed: str) -> None:
    assert format_share(share) == printed


def test_dates_are_official() -> None:
    assert format_date("2025-12-31") == "2025年12月31日" == format_date(date(2025, 12, 31))
    assert format_date("") == ""


@pytest.mark.parametrize("certainty", list(Certainty))
def test_every_unverified_number_bears_the_badge_and_no_other(certainty: Certainty) -> None:
    assert badge(certainty) == (BADGE if certainty in {"implied", "recalled", "proposed"} else "")


def test_where_nothing_is_said_there_is_no_badge() -> None:
    assert badge("") == ""


def test_a_figure_carries_the_letter_of_its_provenance_raised() -> None:
    printed = marked_amount(7, "栋", State.KNOWN, Provenance.IMPUTED)
    assert plain(printed) == "7 栋i"
    assert printed[-1].raised
    assert plain(marked_amount(None, "栋", State.MISSING, "")) == MISSING


def test_shares_go_from_the_greatest_down_with_the_unknown_last() -> None:
    assert (
        format_shares({"unknown": 0.5, "imputed": 0.1, "measured": 0.4, "modelled": 0.0})
        == "实测 40%，插补 10%，未知 50%"
    )


def test_the_legend_explains_every_letter() -> None:
    assert all(f"{member.mark} {member.label}" in provenance_legend() for member in Provenance)


@pytest.mark.parametrize(
    ("names", "printed"), [([], ""), (["甲"], "甲"), (["甲", "乙"], "甲和乙"), (["甲", "乙", "丙"], "甲、乙和丙")]
)
def test_lists_read_as_a_sentence_does(names: list[str], printed: str) -> None:
    assert chinese_list(names) == printed
