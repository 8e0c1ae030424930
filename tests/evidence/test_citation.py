"""Where a rule comes from, and the mark it wears until somebody has checked it."""

from __future__ import annotations

import pytest

from huancheng.evidence import Basis, Certainty, Citation


@pytest.mark.parametrize("certainty", [Certainty.IMPLIED, Certainty.RECALLED, Certainty.PROPOSED])
def test_what_was_not_seen_in_a_source_wears_a_badge(certainty: Certainty) -> None:
    assert certainty.needs_badge
    assert (
        str(Citation("聊政字〔2023〕7号", "五(一)", Basis.SEED, certainty))
        == f"聊政字〔2023〕7号 五(一)（{certainty.value}）"
    )


@pytest.mark.parametrize("certainty", [Certainty.CONFIRMED, Certainty.READ])
def test_what_was_read_or_confirmed_wears_none(certainty: Certainty) -> None:
    assert str(Citation("聊政字〔2023〕7号", "五(一)", Basis.SEED, certainty)) == "聊政字〔2023〕7号 五(一)"


def test_a_citation_without_more_is_our_proposal() -> None:
    assert str(Citation("our own default")) == "our own default（proposed）"


def test_a_document_without_clauses_is_cited_by_name() -> None:
    assert str(Citation("GB 50180-2018", certainty=Certainty.READ)) == "GB 50180-2018"
