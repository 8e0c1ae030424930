"""Laws that hold for any input: rows in = kept + refused + outside; area in = area out; order does not matter."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS

from huancheng.city.build.coordinates import Projector
from huancheng.city.build.edge import clip
from huancheng.city.build.layer import BuiltLayer, build_block
from huancheng.city.build.mapping import LayerBlock, Place, RepairRules
from huancheng.city.build.merge import check_account, merge_blocks
from huancheng.city.readers import SourceTable
from huancheng.city.schema import Geometry
from huancheng.city.snapshot import Outcome

METRIC = CRS.from_epsg(4548)
CITY = shapely.box(0, 0, 100, 100)

numbers = st.integers(-20, 120).map(float)
points = st.tuples(numbers, numbers)
polygons = st.lists(points, min_size=3, max_size=6).map(shapely.Polygon)
shapes = st.one_of(
    polygons,
    points.map(shapely.Point),
    st.lists(points, min_size=2, max_size=4).map(shapely.LineString),
    st.lists(polygons, min_size=1, max_size=3).map(shapely.GeometryCollection),
    st.just(None),
    st.just(shapely.Polygon()),
    st.just(shapely.Point(np.inf, 3)),
)


def table_of(geometries, uses):
    labels = np.array([str(at) for at in range(len(geometries))], dtype=object)
    attributes = pd.DataFrame({"use": pd.array(uses, "string"), "key": [f"k{at % 3}" for at in range(len(uses))]})
    column = np.empty(len(geometries), dtype=object)
    column[:] = geometries
    return SourceTable("a.gpkg", "", attributes, column, METRIC, labels)


def block_of(layer, **more):
    columns = {"class": {"from": "use"}} if layer == "streets" else {}
    return LayerBlock.model_validate({"name": layer, "source": "s", "id": "key", "columns": columns, **more})


PROJECTOR = Projector(Place(), METRIC, METRIC, "a.gpkg")


@settings(max_examples=150)
@given(
    st.lists(st.tuples(shapes, st.sampled_from(["branch", "airway", None])), max_size=12),
    st.sampled_from(["buildings", "streets", "water"]),
    st.sampled_from(["centre", "cut", "none"]),
)
def test_every_row_is_kept_or_listed(rows, layer, how):
    table = table_of([shape for shape, _ in rows], [use for _, use in rows])
    part, repairs = build_block(block_of(layer, clip=how), table, PROJECTOR, CITY, RepairRules())
    built = merge_blocks([part], repairs)
    check_account(built, repairs)
    gone = [item for item in repairs if item.outcome is not Outcome.REPAIRED]
    assert len(built.frame) + len(gone) == len(rows)
    assert built.frame["id"].is_unique
    assert all(item.reason for item in repairs)
    kept = built.frame.geometry.to_numpy()
    assert shapely.is_valid(kept).all()
    assert (shapely.get_dimensions(kept) == (1 if layer == "streets" else 2)).all()
    if how == "cut":
        assert shapely.covers(CITY.buffer(1e-6), kept).all()


@given(st.lists(polygons.filter(lambda item: item.is_valid and item.area > 0), min_size=1, max_size=8))
def test_what_is_cut_off_and_what_is_kept_make_the_whole(several):
    column = np.array(several, dtype=object)
    clipped = clip(column, CITY, Geometry.POLYGON, "cut")
    outside = shapely.area(shapely.difference(column, CITY))
    kept = np.where(clipped.inside, shapely.area(clipped.shapes), 0.0)
    assert kept + outside == pytest.approx(shapely.area(column), abs=1e-6)


@given(st.permutations(range(6)))
def test_the_order_of_rows_changes_only_the_order_of_rows(order):
    boxes = [shapely.box(10 * at, 10, 10 * at + 5, 15) for at in range(6)]
    straight = table_of(boxes, ["x"] * 6)
    part, _ = build_block(block_of("buildings", id=None), straight, PROJECTOR, CITY, RepairRules())
    mixed = table_of([boxes[at] for at in order], ["x"] * 6)
    other, _ = build_block(block_of("buildings", id=None), mixed, PROJECTOR, CITY, RepairRules())
    assert sorted(shapely.to_wkt(part.frame.geometry)) == sorted(shapely.to_wkt(other.frame.geometry))


def test_a_row_that_vanishes_is_a_defect():
    frame = gpd.GeoDataFrame({"id": ["a"]}, geometry=[shapely.box(0, 0, 1, 1)], crs=METRIC)
    with pytest.raises(ArithmeticError, match="2 rows in, 1 kept and 0 listed"):
        check_account(BuiltLayer("buildings", frame, rows_in=2), [])


def test_only_slivers_refuse_a_row_and_some_slivers_are_dropped():
    large = shapely.box(0, 0, 10, 10)
    sliver = shapely.box(20, 20, 20.01, 20.01)
    collection = shapely.GeometryCollection([large, sliver])
    tiny = shapely.GeometryCollection([sliver])
    table = table_of([collection, tiny], ["x", "x"])
    part, repairs = build_block(block_of("water"), table, PROJECTOR, CITY, RepairRules())
    assert part.frame.geometry.area.tolist() == [100.0]
    assert "1 slivers dropped" in repairs[-1].reason
    assert any("only slivers are left" in item.reason for item in repairs)
