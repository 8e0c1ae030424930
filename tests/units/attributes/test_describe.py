"""Figures of blocks: shared by area, nothing lost, each with its evidence and its state."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from huancheng.evidence import InputFault, Provenance
from huancheng.units.attributes import BlockTables, Described, SourceLayer, describe_blocks, tables_of_snapshot

CRS = "EPSG:4548"
_TYPES = {"use": "string", "title_status": "string", "name": "string", "level": "string", "problem_type": "string"}


def frame(shapes: list[shapely.Geometry], **columns: list[Any]) -> gpd.GeoDataFrame:
    data = {name: pd.Series(values, dtype=_TYPES.get(name, "Float64")) for name, values in columns.items()}
    return gpd.GeoDataFrame(data, geometry=shapes, crs=CRS)


def blocks() -> gpd.GeoDataFrame:
    """Two blocks of a hectare side by side."""
    shapes = [shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100)]
    return gpd.GeoDataFrame({"id": pd.Series(["A", "B"], dtype="string")}, geometry=shapes, crs=CRS)


def source(name: str, table: gpd.GeoDataFrame, provenance: Provenance = Provenance.MEASURED) -> SourceLayer:
    return SourceLayer(name, table, dict.fromkeys(map(str, table.columns), provenance))


def buildings(shapes: list[shapely.Geometry], **columns: list[Any]) -> gpd.GeoDataFrame:
    none = [None] * len(shapes)
    given = {"use": ["residential"] * len(shapes)}
    names = ("floor_area", "height", "year_built", "households", "population")
    return frame(shapes, **(dict.fromkeys(names, none) | given | columns))


def described(**tables: Any) -> Described:
    return describe_blocks(blocks(), BlockTables(**tables))


def of_buildings(shapes: list[shapely.Geometry], **columns: list[Any]) -> gpd.GeoDataFrame:
    return described(buildings=source("buildings", buildings(shapes, **columns)), year=2025).frame


def test_a_building_on_the_edge_counts_on_both_sides_by_area_not_by_its_centre():
    cut = of_buildings([shapely.box(80, 0, 110, 10)], floor_area=[900.0], households=[9], population=[27])
    assert cut["floor_area"].tolist() == pytest.approx([600.0, 300.0])
    assert cut["households"].tolist() == pytest.approx([6.0, 3.0])
    assert cut["population"].tolist() == pytest.approx([18.0, 9.0])
    assert cut["footprint_area"].tolist() == pytest.approx([200.0, 100.0])


def test_floor_area_ratio_and_coverage_are_over_the_block():
    row = of_buildings([shapely.box(10, 10, 60, 60)], floor_area=[15_000.0]).iloc[0]
    assert (row["far"], row["coverage"]) == (pytest.approx(1.5), pytest.approx(0.25))


def test_height_and_age_are_means_by_area():
    shapes = [shapely.box(0, 0, 10, 10), shapely.box(20, 0, 50, 10)]
    row = of_buildings(shapes, height=[6.0, 18.0], year_built=[1985, 2005]).iloc[0]
    assert (row["height"], row["age"]) == (pytest.approx(15.0), pytest.approx(25.0))


def test_zero_missing_partial_and_not_applicable_are_told_apart():
    shapes = [shapely.box(0, 0, 10, 10), shapely.box(20, 0, 30, 10)]
    row, empty = (of_buildings(shapes, floor_area=[500.0, None]).iloc[n] for n in (0, 1))
    assert (row["floor_area"], row["floor_area__state"]) == (500.0, "partial")
    assert (empty["floor_area"], empty["floor_area__state"]) == (0.0, "known")
    assert row["height__state"] == "missing"
    assert np.isnan(row["height"])
    assert empty["height__state"] == "not_applicable"
    assert empty["households"] == 0.0


def test_a_block_whose_buildings_say_nothing_is_missing_and_never_zero():
    row = of_buildings([shapely.box(0, 0, 10, 10)]).iloc[0]
    assert np.isnan(row["floor_area"])
    assert (row["floor_area__state"], row["floor_area__provenance"]) == ("missing", 0)


def test_a_workshop_without_a_figure_has_no_homes_rather_than_unknown_ones():
    row = of_buildings([shapely.box(0, 0, 10, 10)], use=["industrial"]).iloc[0]
    assert (row["households"], row["households__state"]) == (0.0, "known")


def test_without_a_layer_every_figure_is_missing():
    row = described().frame.iloc[0]
    for name in ("floor_area", "far", "height", "age", "households", "population", "legal_share", "district"):
        assert row[f"{name}__state"] == "missing", name
        assert pd.isna(row[name])


def test_a_sum_is_no_firmer_than_its_softest_part():
    table = buildings([shapely.box(0, 0, 10, 10), shapely.box(20, 0, 30, 10)], floor_area=[1.0, 2.0])
    table["floor_area__provenance"] = pd.Series([Provenance.MEASURED.code, Provenance.IMPUTED.code], dtype="UInt8")
    codes = describe_blocks(blocks(), BlockTables(buildings=source("buildings", table))).frame["floor_area__provenance"]
    assert codes.tolist() == [Provenance.IMPUTED.code, Provenance.DERIVED.code]


def test_residents_come_from_cells_where_no_building_carries_any():
    cells = source("population", frame([shapely.box(50, 0, 150, 100)], population=[400]), Provenance.MODELLED)
    table = described(buildings=source("buildings", buildings([])), population=cells).frame
    assert table["population"].tolist() == pytest.approx([200.0, 200.0])
    assert set(table["population__provenance"]) == {Provenance.MODELLED.code}


def test_the_legal_share_leaves_unknown_titles_out_and_says_so():
    shapes = [shapely.box(0, 0, 40, 100), shapely.box(40, 0, 60, 100), shapely.box(60, 0, 100, 100)]
    table = frame(shapes, title_status=["registered", "disputed", None])
    row, other = (described(parcels=source("parcels", table)).frame.iloc[n] for n in (0, 1))
    assert row["legal_share"] == pytest.approx(4 / 6)
    assert (row["title_area"], row["legal_area"]) == (pytest.approx(6000), pytest.approx(4000))
    assert row["legal_share__state"] == "partial"
    assert other["legal_share__state"] == "not_applicable"


def test_a_block_lies_in_the_zone_that_holds_most_of_it():
    shapes = [shapely.box(0, 0, 130, 100), shapely.box(130, 0, 300, 100)]
    zones = source("price_zones", frame(shapes, name=["一级", "二级"]))
    table = described(price_zones=zones).frame
    assert table["price_zone"].tolist() == ["一级", "二级"]
    assert table["price_zone__state"].tolist() == ["known", "partial"]


def test_the_district_is_the_division_of_level_county():
    divisions = frame([shapely.box(0, 0, 300, 100)] * 2, name=["示例市", "望岳区"], level=["city", "county"])
    assert described(divisions=source("divisions", divisions)).frame["district"].tolist() == ["望岳区"] * 2


def test_problems_count_by_place_by_length_and_by_area():
    shapes = [shapely.Point(10, 10), shapely.LineString([(50, 50), (150, 50)]), shapely.box(90, 0, 110, 10)]
    table = source("problems", frame(shapes, problem_type=["积水", "破损", "违建"]))
    found = described(problems=table).frame
    assert found["problems:积水"].tolist() == [1.0, 0.0]
    assert found["problems:破损"].tolist() == pytest.approx([0.5, 0.5])
    assert found["problems:违建"].tolist() == pytest.approx([0.5, 0.5])


def test_a_street_on_the_edge_of_two_blocks_is_one_problem():
    table = source("problems", frame([shapely.LineString([(100, 0), (100, 100)])], problem_type=["破损"]))
    assert described(problems=table).frame["problems:破损"].tolist() == pytest.approx([0.5, 0.5])


def test_a_problem_without_a_type_is_kept():
    table = source("problems", frame([shapely.Point(10, 10)], problem_type=[None]))
    assert described(problems=table).frame["problems:未分类"].tolist() == [1.0, 0.0]


corner = st.tuples(st.integers(-30, 210), st.integers(-30, 110), st.integers(1, 60), st.integers(1, 60))


@settings(max_examples=25)
@given(st.lists(st.tuples(corner, st.none() | st.floats(0, 1e5)), min_size=1, max_size=12))
def test_what_blocks_hold_and_what_lies_outside_make_the_layer(drawn):
    shapes = [shapely.box(x, y, x + w, y + h) for (x, y, w, h), _ in drawn]
    table = source("buildings", buildings(shapes, floor_area=[value for _, value in drawn]))
    found = describe_blocks(blocks(), BlockTables(buildings=table))
    account = next(item for item in found.accounts if item.column == "floor_area")
    given_sum = sum(value for _, value in drawn if value is not None)
    assert account.total == pytest.approx(given_sum)
    assert account.in_blocks + account.outside == pytest.approx(given_sum, rel=1e-9, abs=1e-6)
    assert found.frame["floor_area"].sum() == pytest.approx(account.in_blocks)
    whole = shapely.within(np.array(shapes), shapely.box(0, 0, 200, 100)).all()
    if whole:
        assert account.outside == pytest.approx(0.0, abs=1e-6)


@settings(max_examples=15)
@given(st.randoms(use_true_random=False), st.lists(corner, min_size=2, max_size=8))
def test_the_order_of_buildings_changes_no_figure(random, corners):
    rows = [(shapely.box(x, y, x + w, y + h), float(n)) for n, (x, y, w, h) in enumerate(corners)]
    mixed = list(rows)
    random.shuffle(mixed)
    one, other = (
        of_buildings([shape for shape, _ in each], floor_area=[v for _, v in each], height=[v + 3 for _, v in each])
        for each in (rows, mixed)
    )
    for name in ("floor_area", "coverage", "height"):
        assert one[name].to_numpy(float) == pytest.approx(other[name].to_numpy(float), nan_ok=True)


def test_tables_of_a_city_name_their_sources(example_city):
    tables = tables_of_snapshot(example_city)
    assert tables.year == 2025
    assert set(tables.buildings.codes("floor_area")) == {0, Provenance.SYNTHETIC.code}
    assert len(tables.problems.frame) < len(example_city.layer("problem_points"))


def test_a_table_of_problems_without_types_is_refused(example_city):
    with pytest.raises(InputFault) as caught:
        tables_of_snapshot(example_city, problems=frame([shapely.Point(0, 0)], amount=[1]))
    assert caught.value.field == "problem_type"


def test_a_given_table_without_a_crs_is_refused(example_city):
    zones = gpd.GeoDataFrame({"name": ["一级"]}, geometry=[shapely.box(0, 0, 1, 1)])
    with pytest.raises(InputFault, match="no CRS"):
        tables_of_snapshot(example_city, price_zones=zones)
