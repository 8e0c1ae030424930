"""Columns by rule: first known, codes, cases, several values in a cell, defaults, and how each is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from huancheng.city.build.columns import RowsOf, apply_rule
from huancheng.city.build.conditions import rows_meant
from huancheng.city.build.mapping import ColumnRule, Condition
from huancheng.city.schema import layer_schema
from huancheng.evidence import Provenance

SOURCE = pd.DataFrame(
    {
        "levels": ["3", "", None, "5;7"],
        "storeys": ["9", "8", None, "1"],
        "kind": ["house", "shed", "castle", None],
        "height": ["9", "12", None, "-"],
    },
    dtype="string",
)
BUILDINGS = layer_schema("buildings").columns
MEASURED, DERIVED, IMPUTED, DECLARED = (
    item.code for item in (Provenance.MEASURED, Provenance.DERIVED, Provenance.IMPUTED, Provenance.DECLARED)
)


def apply(column, **rule):
    rows = RowsOf(SOURCE.__getitem__, np.arange(4), {"@area": np.array([1.0, 2.0, np.nan, 4.0])})
    return apply_rule(ColumnRule.model_validate(rule), BUILDINGS[column], rows)


def values(typed):
    return [None if pd.isna(cell) else cell for cell in typed.column]


def test_the_first_known_column_counts():
    typed, codes = apply("floors", **{"from": ["levels", "storeys"]}, separator=";", take="most")
    assert values(typed) == [3, 8, None, 7]
    assert codes.tolist() == [MEASURED, MEASURED, 0, MEASURED]


@pytest.mark.parametrize(("take", "expected"), [("first", 5), ("last", 7), ("least", 5), ("most", 7), ("count", 2)])
def test_several_values_in_a_cell_give_one(take, expected):
    typed, _ = apply("floors", **{"from": "levels"}, separator=";", take=take)
    assert values(typed)[3] == expected


def test_words_are_translated_and_others_told():
    typed, _ = apply("use", **{"from": "kind"}, codes={"house": "residential", "shed": "ancillary"})
    assert values(typed) == ["residential", "ancillary", None, None]
    assert [at for at, _ in typed.faults] == [2]


def test_other_words_become_what_the_mapping_says():
    typed, _ = apply("use", **{"from": "kind"}, codes={"house": "residential"}, other="other")
    assert values(typed) == ["residential", "other", "other", None]
    silent, _ = apply("use", **{"from": "kind"}, codes={"house": "residential"}, other="")
    assert values(silent) == ["residential", None, None, None]
    assert not silent.faults


def test_cases_speak_where_codes_are_silent():
    cases = [{"when": {"height": {"at_least": 10}}, "value": "office"}, {"when": {"kind": True}, "value": "other"}]
    typed, _ = apply("use", **{"from": "kind"}, codes={"house": "residential"}, cases=cases)
    assert values(typed) == ["residential", "office", "other", None]
    assert not typed.faults


def test_a_default_is_imputed_unless_said_otherwise():
    typed, codes = apply("floors", **{"from": "levels"}, default=1)
    assert values(typed) == [3, 1, 1, 1]
    assert codes.tolist() == [MEASURED, IMPUTED, IMPUTED, IMPUTED]
    _, codes = apply("floors", **{"from": "levels"}, default=1, default_provenance="modelled")
    assert codes[1] == Provenance.MODELLED.code


def test_a_constant_is_declared_unless_said_otherwise():
    typed, codes = apply("vacant", constant=False)
    assert values(typed) == [False] * 4
    assert set(codes.tolist()) == {DECLARED}
    _, codes = apply("vacant", constant=True, provenance="measured")
    assert set(codes.tolist()) == {MEASURED}


def test_an_area_measured_on_the_shape_is_derived():
    typed, codes = apply("floor_area", **{"from": "@area"})
    assert values(typed) == [1.0, 2.0, None, 4.0]
    assert codes.tolist() == [DERIVED, DERIVED, 0, DERIVED]


def test_numbers_are_multiplied_by_the_factor():
    typed, _ = apply("floor_area", **{"from": "storeys"}, factor=2000 / 3)
    assert values(typed)[0] == pytest.approx(6000)


def meant(*conditions):
    parsed = [Condition.model_validate(item) for item in conditions]
    return rows_meant(parsed, SOURCE.__getitem__, 4).tolist()


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"kind": "house"}, [True, False, False, False]),
        ({"kind": ["house", "shed"]}, [True, True, False, False]),
        ({"kind": True}, [True, True, True, False]),
        ({"kind": False}, [False, False, False, True]),
        ({"kind": {"none_of": ["house"]}}, [False, True, True, True]),
        ({"kind": {"contains": ["s", "zzz"]}}, [True, True, True, False]),
        ({"height": {"below": 10}}, [True, False, False, False]),
        ({"height": {"at_least": 9, "below": 12}}, [True, False, False, False]),
        ({"kind": True, "levels": "3"}, [True, False, False, False]),
    ],
)
def test_a_condition_means_the_rows_that_hold_it(condition, expected):
    assert meant(condition) == expected


def test_any_of_several_conditions_is_enough_and_none_means_all():
    assert meant({"kind": "house"}, {"kind": "shed"}) == [True, True, False, False]
    assert meant() == [True] * 4
