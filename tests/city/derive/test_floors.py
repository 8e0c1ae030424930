# ruff: noqa: PD011 - `values` is a field of ours
from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huancheng.city.derive import FloorOptions, impute_floors
from huancheng.evidence import InputFault, Provenance
from tests.city.derive.city_parts import areas, square

MEASURED, DERIVED, IMPUTED = (member.code for member in (Provenance.MEASURED, Provenance.DERIVED, Provenance.IMPUTED))


def houses(floors: list[int | None], height: list[float | None] | None = None, **columns: object) -> gpd.GeoDataFrame:
    uses = columns.pop("use", ["residential"] * len(floors))
    size = columns.pop("size", [10.0] * len(floors))
    shapes = [square(100.0 * number, 0, side) for number, side in enumerate(size)]  # type: ignore[arg-type]
    return areas(*shapes, floors=floors, height=height or [None] * len(floors), use=uses)


def test_a_known_number_is_never_changed_even_against_the_height() -> None:
    result = impute_floors(houses([3, 8], [60.0, None]))
    assert result.column.values.tolist() == [3, 8]
    assert result.column.provenance.tolist() == [MEASURED, MEASURED]


@pytest.mark.parametrize(
    ("height", "use", "floors"),
    [(9.0, "residential", 3), (10.5, "residential", 4), (1.0, "residential", 1), (12.0, "industrial", 2),
     (8.0, "commercial", 2), (7.3, None, 2)],
)  # fmt: skip
def test_height_gives_floors_by_the_storey_height_of_the_use(height: float, use: str | None, floors: int) -> None:
    result = impute_floors(houses([None], [height], use=[use]))
    assert result.column.values.tolist() == [floors]
    assert result.column.provenance.tolist() == [DERIVED]


def test_the_median_of_buildings_of_the_same_use_and_size_fills_the_rest() -> None:
    floors = [5, 5, 6, 6, 6, None] + [2, 2, 2, 2, 2, None] + [1] * 5 + [None]
    use = ["residential"] * 12 + ["industrial"] * 6
    size = [30.0] * 6 + [8.0] * 6 + [30.0] * 6
    values = impute_floors(houses(floors, use=use, size=size)).column.values
    assert values[[5, 11, 17]].tolist() == [6, 2, 1]


def test_without_enough_like_buildings_the_use_then_the_size_then_all_decide() -> None:
    options = FloorOptions(minimum_sample=3)
    floors = [4, 4, 4, 9, 9, 9, None, None, None]
    use = ["residential"] * 3 + ["office"] * 3 + ["residential", "sport", "sport"]
    size = [10.0] * 3 + [30.0] * 3 + [60.0, 30.0, 5.0]
    values = impute_floors(houses(floors, use=use, size=size), options=options).column.values
    assert values[[6, 7, 8]].tolist() == [4, 9, 7]


def test_where_nothing_is_known_the_floors_stay_missing() -> None:
    result = impute_floors(houses([2, 3, None, None]))
    assert result.column.values.isna().tolist() == [False, False, True, True]
    assert result.column.shares() == {"measured": 0.5, "missing": 0.5}
    assert impute_floors(houses([])).column.shares() == {}


def test_the_account_shows_each_use_and_how_its_floors_are_known() -> None:
    table = impute_floors(houses([2, 2, 2, 2, 2, None, None], [None] * 6 + [9.0], use=["office"] * 6 + [None])).by_use
    assert table.loc["office"].to_dict() == {"buildings": 6, "given": 5, "derived": 0, "imputed": 1, "missing": 0}
    assert table.loc["unknown"].to_dict() == {"buildings": 1, "given": 0, "derived": 1, "imputed": 0, "missing": 0}


def test_the_layer_may_lack_every_column_but_the_shape() -> None:
    bare = areas(square(0, 0), square(50, 0))
    assert impute_floors(bare).column.values.isna().all()


def test_given_provenance_is_kept_row_by_row() -> None:
    codes = np.array([Provenance.DECLARED.code, 0], dtype=np.uint8)
    result = impute_floors(houses([7, None], [None, 30.0]), provenance=codes)
    assert result.column.provenance.tolist() == [Provenance.DECLARED.code, DERIVED]


def test_codes_that_do_not_fit_the_rows_are_a_defect() -> None:
    with pytest.raises(ValueError, match="1 provenance codes for 2 rows"):
        impute_floors(houses([1, 2]), provenance=np.array([1], dtype=np.uint8))
    with pytest.raises(ValueError, match="no provenance"):
        impute_floors(houses([1, 2]), provenance=np.array([1, 0], dtype=np.uint8))


def test_degrees_are_refused() -> None:
    with pytest.raises(InputFault, match="does not measure in metres"):
        impute_floors(houses([1]).to_crs(4326))


building = st.tuples(
    st.none() | st.integers(1, 40), st.none() | st.floats(1, 120), st.sampled_from(["residential", "office", None]),
    st.floats(3, 70),
)  # fmt: skip


@given(st.lists(building, min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_known_values_stand_medians_stay_in_range_and_order_does_not_matter(rows: list, random: object) -> None:
    floors, height, use, size = (list(column) for column in zip(*rows, strict=True))
    layer = houses(floors, height, use=use, size=size)
    result = impute_floors(layer)
    given_floors = pd.Series(floors, dtype="Int64")
    assert result.column.values[given_floors.notna()].equals(given_floors.dropna())
    known = result.column.values[result.column.provenance != IMPUTED].dropna()
    imputed = result.column.values[result.column.provenance == IMPUTED]
    assert imputed.between(known.min(), known.max()).all() if len(imputed) else True
    assert ((result.column.provenance == 0) == result.column.values.isna().to_numpy()).all()
    order = list(range(len(rows)))
    random.shuffle(order)  # type: ignore[attr-defined]
    shuffled = impute_floors(layer.iloc[order])
    assert shuffled.column.values.sort_index().tolist() == result.column.values.tolist()
