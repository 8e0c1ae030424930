# ruff: noqa: PD011 - `values` is a field of ours
from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huancheng.city.derive import PopulationOptions, spread_population
from huancheng.evidence import InputFault, Provenance


def homes(floor_area: list[float | None], use: list[str | None] | None = None, **columns: list) -> pd.DataFrame:
    return pd.DataFrame({
        "id": pd.Series([f"b{number:03}" for number in range(len(floor_area))], dtype="string"),
        "use": pd.Series(use or ["residential"] * len(floor_area), dtype="string"),
        "floor_area": pd.Series(floor_area, dtype="Float64"),
        **{name: pd.Series(values, dtype="Float64") for name, values in columns.items()},
    })  # fmt: skip


def test_residents_follow_residential_floor_area() -> None:
    result = spread_population(homes([100, 300, 600]), 50)
    assert result.column.values.tolist() == [5, 15, 30]
    assert result.column.shares() == {"modelled": 1.0}


def test_whole_persons_go_to_the_largest_remainders_and_ties_to_the_lower_id() -> None:
    assert spread_population(homes([1, 1, 1]), 4).column.values.tolist() == [2, 1, 1]
    assert spread_population(homes([5, 3, 2]), 3).column.values.tolist() == [1, 1, 1]
    assert spread_population(homes([1, 1]).drop(columns="id"), 1).column.values.tolist() == [1, 0]


def test_mixed_use_counts_half_and_other_uses_house_nobody() -> None:
    result = spread_population(homes([100, 100, 900], ["residential", "mixed", "office"]), 30)
    assert result.column.values.tolist() == [20, 10, 0]


def test_unknown_use_and_unknown_floor_area_stay_missing_not_zero() -> None:
    result = spread_population(homes([100, 100, None], ["residential", None, "residential"]), 30)
    assert result.column.values[0] == 30
    assert result.column.values.isna().tolist() == [False, True, True]
    assert result.column.provenance.tolist() == [Provenance.MODELLED.code, 0, 0]
    assert result.without_floor_area == 1


def test_buildings_of_unknown_use_may_be_given_a_share() -> None:
    options = PopulationOptions(unknown_use_share=0.5)
    result = spread_population(homes([100, 100], ["residential", None]), 30, options=options)
    assert result.column.values.tolist() == [20, 10]


def test_given_residents_stay_and_only_the_rest_is_spread() -> None:
    result = spread_population(homes([100, 100, 100], population=[7, None, None]), 27, provenance=Provenance.DECLARED)
    assert result.column.values.tolist() == [7, 10, 10]
    assert result.spread == 20
    declared, modelled = Provenance.DECLARED.code, Provenance.MODELLED.code
    assert result.column.provenance.tolist() == [declared, modelled, modelled]


def test_nothing_to_spread_gives_everyone_zero() -> None:
    assert spread_population(homes([100, 100]), 0).column.values.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("layer", "total", "message"),
    [(homes([100]), -1, "is no population"), (homes([100]), math.inf, "is no population"),
     (homes([100], population=[9]), 5, "more than the official total"), (homes([100]), 2.5, "no whole number"),
     (homes([100], ["office"]), 5, "no residential floor area")],
)  # fmt: skip
def test_a_total_that_cannot_be_spread_is_refused_with_the_reason(
    layer: pd.DataFrame, total: float, message: str
) -> None:
    with pytest.raises(InputFault, match=message):
        spread_population(layer, total)


floor_areas = st.lists(st.floats(0.5, 50_000), min_size=1, max_size=40)


@given(floor_areas, st.integers(0, 10_000_000))
def test_the_total_is_conserved_to_the_last_person(areas: list[float], total: int) -> None:
    result = spread_population(homes(areas), total)
    values = result.column.values
    assert math.fsum(values) == total
    assert (values == values.round()).all()
    exact = [total * area / math.fsum(areas) for area in areas]
    assert all(abs(value - share) <= 1 + 1e-6 for value, share in zip(values, exact, strict=True))


@given(floor_areas, st.floats(0, 10_000_000))
def test_fractions_conserve_the_total_to_a_billionth(areas: list[float], total: float) -> None:
    values = spread_population(homes(areas), total, options=PopulationOptions(whole_persons=False)).column.values
    assert math.fsum(values) == pytest.approx(total, rel=1e-9)


@given(floor_areas, st.integers(0, 100_000), st.randoms(use_true_random=False))
def test_the_order_of_the_buildings_does_not_matter(areas: list[float], total: int, random: object) -> None:
    layer = homes(areas)
    order = list(range(len(areas)))
    random.shuffle(order)  # type: ignore[attr-defined]
    shuffled = spread_population(layer.iloc[order], total).column.values
    assert shuffled.sort_index().tolist() == spread_population(layer, total).column.values.tolist()
