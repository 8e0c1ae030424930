from __future__ import annotations

import itertools

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from huancheng.city.derive import EstateOptions, derive_estates
from huancheng.evidence import InputFault
from tests.city.derive.city_parts import CRS, EMPTY_AREAS, areas, square

BLOCKS = areas(shapely.box(0, 0, 500, 500), shapely.box(500, 0, 1000, 500))


def row_of_houses(west: float, south: float, count: int = 4, **columns: list) -> gpd.GeoDataFrame:
    shapes = [square(west + 25 * number, south, 15) for number in range(count)]
    return areas(*shapes, use=columns.pop("use", ["residential"] * count), **columns)


def test_housing_land_is_an_estate_with_its_name() -> None:
    land = areas(square(0, 0, 100), square(200, 0, 100), use=["residential", "industrial"], name=["金柱花园", "厂区"])
    result = derive_estates(row_of_houses(5, 5), BLOCKS, land)
    assert result.frame["name"].tolist() == ["金柱花园"]
    assert result.frame["id"].tolist() == ["E50-50"]
    assert result.estate_id.tolist() == ["E50-50"] * 4
    assert result.report.from_land_use == 1
    assert result.report.from_clusters == 0


@pytest.mark.parametrize(
    ("name", "use", "kind"),
    [("幸福小区", "residential", "commodity"), ("棉纺厂家属院", "residential", "work_unit"),
     ("李庄安置小区", "residential", "resettlement"), ("李庄", "village", "village_in_city"),
     ("阳光", "residential", None), (None, "residential", None)],
)  # fmt: skip
def test_the_name_or_the_land_use_tells_the_kind(name: str | None, use: str, kind: str | None) -> None:
    land = areas(square(0, 0, 100), use=[use], name=[name])
    found = derive_estates(row_of_houses(5, 5), BLOCKS, land).frame["kind"]
    assert found.isna().all() if kind is None else found.tolist() == [kind]


def test_near_polygons_of_one_name_are_one_estate_and_nameless_ones_are_not() -> None:
    shapes = [square(0, 0, 100), square(110, 0, 100), square(0, 200, 100), square(110, 200, 100)]
    land = areas(*shapes, use=["residential"] * 4, name=["金柱花园", "金柱花园", None, "  "])
    frame = derive_estates(row_of_houses(5, 5), BLOCKS, land).frame
    assert len(frame) == 3
    assert frame.area.tolist() == [20_000, 10_000, 10_000]


def test_residential_buildings_without_housing_land_form_an_estate_within_their_block() -> None:
    houses = row_of_houses(420, 100, 8)
    result = derive_estates(houses, BLOCKS, EMPTY_AREAS)
    assert result.report.from_clusters == 2
    assert result.estate_id.nunique() == 2
    assert result.estate_id.notna().all()
    assert result.frame.geometry.bounds["maxx"].tolist()[0] <= 500


def test_far_apart_houses_too_few_and_other_uses_are_no_estate() -> None:
    pair, shops = row_of_houses(10, 10, 2), row_of_houses(200, 200, 5, use=["commercial"] * 5)
    houses = gpd.GeoDataFrame(pd.concat([pair, shops], ignore_index=True))
    result = derive_estates(houses, BLOCKS)
    assert len(result.frame) == 0
    assert result.estate_id.isna().all()
    assert result.report.too_small == 1
    assert result.report.residential_buildings == 2
    assert result.report.placed == 0


def test_houses_in_no_block_form_no_cluster() -> None:
    assert len(derive_estates(row_of_houses(5, 900), BLOCKS).frame) == 0


def test_estates_too_small_are_counted() -> None:
    land = areas(square(0, 0, 20), use=["residential"], name=[None])
    result = derive_estates(row_of_houses(5, 5, 2), BLOCKS, land)
    assert len(result.frame) == 0
    assert result.report.too_small == 2


def test_homes_and_residents_are_sums_and_missing_when_one_house_is_unknown() -> None:
    land = areas(square(0, 0, 150), square(200, 0, 150), use=["residential"] * 2, name=[None, None])
    known = row_of_houses(5, 5, 3, households=[4, 5, 6], population=[10.0, 11.5, 12.0], year_built=[1980, 1990, 2001])
    partly = row_of_houses(205, 5, 3, households=[4, 5, None], population=[None, None, None])
    shop = row_of_houses(5, 100, 1, use=["commercial"], households=[50])
    houses = gpd.GeoDataFrame(pd.concat([known, partly, shop], ignore_index=True), crs=CRS)
    frame = derive_estates(houses, BLOCKS, land).frame
    assert frame["households"].tolist()[0] == 15
    assert frame["population"].tolist()[0] == 33.5
    assert frame["year_built"].tolist()[0] == 1990
    assert frame[["households", "population", "year_built"]].iloc[1].isna().all()


def test_an_estate_without_a_house_has_unknown_figures_not_zero() -> None:
    land = areas(square(0, 0, 150), use=["residential"], name=["空地花园"])
    frame = derive_estates(row_of_houses(300, 300, 1), BLOCKS, land).frame
    assert frame[["households", "population"]].isna().all(axis=None)


def test_ground_claimed_twice_goes_to_the_first() -> None:
    shapes = [square(0, 0, 100), square(50, 0, 100), square(10, 10, 40)]
    land = areas(*shapes, use=["residential"] * 3, name=["甲", "乙", "丙"])
    result = derive_estates(row_of_houses(5, 5, 1), BLOCKS, land)
    assert result.frame.set_index("name").area.to_dict() == {"甲": 10_000, "乙": 5_000}
    assert result.report.too_small == 1


def test_ground_that_is_cut_in_two_keeps_both_parts() -> None:
    land = areas(shapely.box(40, 0, 60, 100), square(0, 0, 100), use=["residential"] * 2, name=["甲", "乙"])
    frame = derive_estates(row_of_houses(5, 5, 1), BLOCKS, land).frame.set_index("name")
    assert frame.geometry["乙"].geom_type == "MultiPolygon"
    assert frame.area["乙"] == 8_000


def test_two_estates_at_one_place_have_ids_of_their_own() -> None:
    discs = [shapely.Point(100, 100).buffer(radius) for radius in (60, 40, 20)]
    rings = [outer.difference(inner) for outer, inner in itertools.pairwise(discs)]
    land = areas(*rings, use=["residential"] * 2, name=["甲", "乙"])
    assert derive_estates(row_of_houses(300, 5, 1), BLOCKS, land).frame["id"].is_unique


def test_layers_must_share_one_metric_crs() -> None:
    with pytest.raises(InputFault, match="blocks: the layer is in"):
        derive_estates(row_of_houses(5, 5), BLOCKS.to_crs(4527))


def test_every_default_is_marked() -> None:
    assert set(EstateOptions.certainties()) == set(EstateOptions.model_fields)


spots = st.lists(st.tuples(st.integers(0, 48), st.integers(0, 24)), min_size=1, max_size=40, unique=True)


@given(spots, st.lists(st.tuples(st.integers(0, 18), st.integers(0, 8)), max_size=5))
def test_estates_never_overlap_and_no_resident_is_counted_twice(
    places: list[tuple[int, int]], lands: list[tuple[int, int]]
) -> None:
    shapes = [square(20 * x + 1, 20 * y + 1, 15) for x, y in places]
    houses = areas(*shapes, use=["residential"] * len(shapes), population=[1.0] * len(shapes))
    grounds = [square(50 * x, 50 * y, 120) for x, y in lands]
    land = areas(*grounds, use=["residential"] * len(lands), name=[None] * len(lands))
    result = derive_estates(houses, BLOCKS, land)
    ground = result.frame.geometry.to_numpy()
    assert shapely.area(ground).sum() == pytest.approx(shapely.area(shapely.union_all(ground)), abs=1.0)
    assert result.frame["population"].sum() == result.report.placed == result.estate_id.notna().sum()
    assert result.frame.is_valid.all()
    assert np.isin(result.estate_id.dropna(), result.frame["id"]).all()
