"""How a value came to be known: six ways, each with a code, a letter and a word."""

from __future__ import annotations

import pytest

from huancheng.evidence import Provenance


@pytest.mark.parametrize("provenance", list(Provenance))
def test_a_code_leads_back_to_its_provenance(provenance: Provenance) -> None:
    assert Provenance.from_code(provenance.code) is provenance


def test_codes_are_fixed_for_ever_because_snapshots_hold_them() -> None:
    assert {provenance.value: provenance.code for provenance in Provenance} == {
        "measured": 1,
        "derived": 2,
        "imputed": 3,
        "modelled": 4,
        "synthetic": 5,
        "declared": 6,
    }


def test_code_zero_is_a_missing_value() -> None:
    assert Provenance.from_code(0) is None


@pytest.mark.parametrize("code", [-1, 7, 255])
def test_any_other_code_is_refused(code: int) -> None:
    with pytest.raises(ValueError, match=f"no provenance has code {code}"):
        Provenance.from_code(code)


def test_marks_and_words_tell_the_six_apart() -> None:
    assert len({provenance.mark for provenance in Provenance}) == 6
    assert [provenance.label for provenance in Provenance] == ["实测", "推算", "插补", "模拟", "合成", "申报"]
