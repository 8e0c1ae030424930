"""Blocks out of lines: what cuts, what lies between, what is never lost."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from huancheng.evidence import InputFault
from huancheng.units.blocks import UnitBlockOptions
from tests.units.blocks.layout import at, blocks_of, border, cross, layer, scope, streets


def test_two_streets_make_four_blocks_whose_borders_run_along_the_road():
    blocks = blocks_of(streets=cross())
    assert len(blocks.frame) == 4
    row = border(blocks, at(blocks, 100, 100), at(blocks, 300, 100)).iloc[0]
    assert (row["along"], row["road_class"], row["length"]) == ("road", "branch", pytest.approx(200))
    assert not row["separator"]
    assert not row["bridge"]


def test_blocks_that_touch_at_a_corner_are_no_neighbours():
    blocks = blocks_of(streets=cross())
    assert border(blocks, at(blocks, 100, 100), at(blocks, 300, 300)).empty


def test_every_block_has_a_place_for_an_id_and_keeps_it_when_streets_change_elsewhere():
    before = blocks_of(streets=cross())
    more = streets(
        ("branch", [(-10, 200), (410, 200)]), ("branch", [(200, -10), (200, 410)]), ("branch", [(300, 190), (300, 410)])
    )
    after = blocks_of(streets=more)
    assert at(before, 100, 100) == at(after, 100, 100)
    assert before.frame["id"].is_unique


def test_a_railway_is_a_separator_and_its_sliver_joins_the_same_side():
    rail = layer([shapely.LineString([(-10, 200), (410, 200)])], kind=["rail"])
    thin = streets(("branch", [(200, -10), (200, 410)]), ("branch", [(-10, 205), (410, 205)]))
    blocks = blocks_of(streets=thin, railways=rail)
    assert len(blocks.frame) == 4
    row = border(blocks, at(blocks, 100, 100), at(blocks, 100, 300)).iloc[0]
    assert (row["along"], row["separator"]) == ("rail", True)
    assert {part.into for part in blocks.report.slivers} == {at(blocks, 100, 300), at(blocks, 300, 300)}


def test_a_sliver_between_two_railways_is_left_out_and_listed():
    rails = layer(
        [shapely.LineString([(-10, 200), (410, 200)]), shapely.LineString([(-10, 204), (410, 204)])], kind=["rail"] * 2
    )
    blocks = blocks_of(streets=streets(("branch", [(200, -10), (200, 100)])), railways=rails)
    assert [item.reason for item in blocks.report.left_out] == ["locked sliver"]
    assert blocks.report.area_left_out == pytest.approx(1600)
    assert blocks.report.imbalance < 1e-6


def test_a_street_class_named_as_separator_separates():
    blocks = blocks_of(UnitBlockOptions(separators=("arterial",)), streets=cross("arterial"))
    assert blocks.borders["separator"].all()
    assert len(blocks.report.parts) == 4


@pytest.mark.requirement("5.2-10")
def test_a_river_belongs_to_no_block_and_parts_the_ground():
    river = layer([shapely.box(-10, 190, 410, 220)], kind=["river"])
    blocks = blocks_of(streets=cross(), water=river)
    assert blocks.report.area_water == pytest.approx(400 * 30)
    assert border(blocks, at(blocks, 100, 100), at(blocks, 100, 300)).empty
    assert [len(part) for part in blocks.report.parts] == [2, 2]


def test_a_small_pond_stays_ground_of_its_block():
    pond = layer([shapely.box(100, 100, 120, 120)], kind=["pond"])
    assert blocks_of(streets=cross(), water=pond).report.area_water == 0.0
    kept = blocks_of(UnitBlockOptions(minimum_water_area=0), streets=cross(), water=pond)
    assert kept.report.area_water == pytest.approx(400)


def test_large_faces_are_cut_along_their_parcels_where_asked():
    parcels = layer([shapely.box(0, 0, 100, 200), shapely.box(100, 0, 200, 200)])
    lone = streets(("branch", [(-10, 200), (410, 200)]), ("branch", [(200, -10), (200, 410)]))
    blocks = blocks_of(UnitBlockOptions(parcel_cut_area=30_000.0), streets=lone, parcels=parcels)
    row = border(blocks, at(blocks, 50, 100), at(blocks, 150, 100)).iloc[0]
    assert (len(blocks.frame), row["along"], bool(row["separator"])) == (5, "parcel", False)


def test_an_empty_scope_is_refused():
    nothing = scope().iloc[:0]
    with pytest.raises(InputFault, match="the scope has no area"):
        blocks_of(streets=cross(), scope=nothing)


def test_layers_in_degrees_are_refused():
    with pytest.raises(InputFault, match="metres"):
        blocks_of(streets=cross().to_crs(4490), scope=scope().to_crs(4490))


line_ends = st.tuples(*(st.integers(-20, 420) for _ in range(4))).filter(lambda line: line[:2] != line[2:])
lines = st.lists(line_ends, min_size=1, max_size=9)


@settings(max_examples=25)
@given(lines, st.lists(st.tuples(st.integers(0, 350), st.integers(0, 350)), max_size=2))
def test_no_ground_is_lost_or_counted_twice(drawn, lakes):
    classes = ("arterial", "branch", "secondary")
    rows = [(classes[n % 3], [line[:2], line[2:]]) for n, line in enumerate(drawn)]
    water = layer([shapely.box(x, y, x + 50, y + 40) for x, y in lakes], kind=["lake"] * len(lakes)) if lakes else None
    blocks = blocks_of(streets=streets(*rows), water=water)
    assert blocks.report.imbalance < 1e-6
    shapes = blocks.frame.geometry.to_numpy()
    assert shapely.is_valid(shapes).all()
    assert shapely.area(shapely.union_all(shapes)) == pytest.approx(shapely.area(shapes).sum(), rel=1e-6)


@settings(max_examples=15)
@given(st.randoms(use_true_random=False), lines)
def test_the_order_of_streets_changes_nothing(random, drawn):
    rows = [("branch" if n % 2 else "arterial", [line[:2], line[2:]]) for n, line in enumerate(drawn)]
    mixed = list(rows)
    random.shuffle(mixed)
    one, other = blocks_of(streets=streets(*rows)), blocks_of(streets=streets(*mixed))
    assert one.frame["id"].tolist() == other.frame["id"].tolist()
    assert np.allclose(one.frame["area"], other.frame["area"])
    columns = ["a", "b", "along", "separator"]
    assert one.borders[columns].equals(other.borders[columns])
