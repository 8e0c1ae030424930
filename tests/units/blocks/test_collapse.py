"""Dual carriageways and junctions: one street, one line, every collapse listed."""

from __future__ import annotations

import pytest
import shapely

from huancheng.units.blocks import UnitBlockOptions
from tests.units.blocks.layout import EAST, NORTH, at, blocks_of, border, cross, divided, layer, place, streets


def test_two_carriageways_become_the_line_between_them():
    blocks = blocks_of(streets=divided(12.0))
    assert len(blocks.frame) == 4
    assert blocks.frame["area"].round(0).tolist() == [40_000.0] * 4
    row = border(blocks, at(blocks, 100, 100), at(blocks, 100, 300)).iloc[0]
    assert (row["along"], row["road_class"]) == ("road", "arterial")
    assert row.geometry.centroid.y == pytest.approx(NORTH + 200.0, abs=0.5)


def test_each_collapse_is_listed_with_place_and_reason():
    report = blocks_of(streets=divided(12.0)).report
    assert report.counts()["faces_raw"] == 6
    assert report.counts()["collapsed_carriageways"] == 2
    first = report.collapsed[0]
    assert (first.kind, first.street) == ("carriageway", "arterial")
    assert (first.x - EAST, first.y - NORTH) == (pytest.approx(100, abs=100), pytest.approx(200, abs=6))
    assert (first.width, first.area) == (pytest.approx(12, abs=0.1), pytest.approx(2400, rel=0.01))
    assert "12 m between parallel lines of arterial" in first.reason


def test_carriageways_are_kept_apart_on_request():
    blocks = blocks_of(UnitBlockOptions(collapse=False), streets=divided(12.0))
    assert (len(blocks.frame), blocks.report.collapsed) == (6, ())


def test_streets_farther_apart_than_the_distance_enclose_a_block():
    assert len(blocks_of(streets=divided(40.0)).frame) == 6


def test_a_narrow_row_of_houses_between_two_streets_is_a_block():
    houses = layer([shapely.box(x, 196, x + 12, 204) for x in range(10, 180, 20)])
    blocks = blocks_of(streets=divided(20.0), buildings=houses)
    assert at(blocks, 100, 200) != at(blocks, 100, 300)
    assert blocks.report.counts()["collapsed_carriageways"] == 1


def test_a_narrow_strip_between_different_streets_is_no_median():
    mixed = streets(("arterial", [(-10, 190), (410, 190)]), ("branch", [(-10, 210), (410, 210)]))
    assert blocks_of(streets=mixed).report.collapsed == ()


def test_residential_lanes_side_by_side_are_a_street_only_if_both_are_one_way():
    rows = (("residential", [(-10, 190), (410, 190)]), ("residential", [(410, 210), (-10, 210)]))
    assert blocks_of(streets=streets(*rows)).report.collapsed == ()
    both = streets(*rows, oneway=[True, True])
    assert blocks_of(streets=both).report.counts()["collapsed_carriageways"] == 1


def test_names_tell_one_street_where_classes_differ():
    rows = (("secondary", [(-10, 190), (410, 190)]), ("branch", [(410, 210), (-10, 210)]))
    named = streets(*rows, name=["东昌路", "东昌路"])
    assert "东昌路" in blocks_of(streets=named).report.collapsed[0].street


def test_the_islands_of_a_crossing_of_two_divided_streets_vanish():
    both = streets(
        ("arterial", [(-10, 190), (410, 190)]), ("arterial", [(410, 210), (-10, 210)]),
        ("arterial", [(190, -10), (190, 410)]), ("arterial", [(210, 410), (210, -10)]),
    )  # fmt: skip
    blocks = blocks_of(streets=both)
    assert blocks.report.counts()["collapsed_junctions"] == 1
    assert blocks.frame["area"].round(0).tolist() == [40_000.0] * 4
    assert border(blocks, at(blocks, 100, 100), at(blocks, 300, 300)).empty


def test_a_roundabout_is_part_of_its_junction():
    ring = list(shapely.Point(200, 200).buffer(30).exterior.coords)
    arms = [[(-10, 200), (170, 200)], [(230, 200), (410, 200)], [(200, -10), (200, 170)], [(200, 230), (200, 410)]]
    blocks = blocks_of(streets=streets(("residential", ring), *(("residential", arm) for arm in arms)))
    assert [item.kind for item in blocks.report.collapsed] == ["junction"]
    assert blocks.frame["area"].to_numpy() == pytest.approx([40_000.0] * 4, rel=0.01)


def test_a_railway_in_the_median_keeps_both_sides_apart():
    rail = layer([shapely.LineString([(-10, 200), (410, 200)])], kind=["rail"])
    blocks = blocks_of(streets=divided(14.0), railways=rail)
    row = border(blocks, at(blocks, 100, 100), at(blocks, 100, 300)).iloc[0]
    assert (len(blocks.frame), row["along"], bool(row["separator"])) == (4, "rail", True)


def test_a_divided_street_that_separates_is_drawn_together_and_separates_still():
    options = UnitBlockOptions(separators=("arterial",))
    blocks = blocks_of(options, streets=divided(12.0))
    row = border(blocks, at(blocks, 100, 100), at(blocks, 100, 300)).iloc[0]
    assert (len(blocks.frame), bool(row["separator"])) == (4, True)
    assert blocks.report.left_out == ()


def test_blocks_stay_in_one_piece_beside_a_bent_divided_street():
    bend = [(-10, 200), (180, 200), (200, 180), (200, -10)]
    outer = [(-10, 214), (186, 214), (214, 186), (214, -10)]
    blocks = blocks_of(streets=streets(("arterial", bend), ("arterial", outer)))
    assert len(blocks.frame) == 2
    assert blocks.report.multi_part == ()
    middle = blocks.borders.geometry.iloc[0]
    assert shapely.distance(middle, place(shapely.Point(100, 207))) < 1.0


def test_streets_that_carry_no_second_line_stay_where_they_are():
    blocks = blocks_of(streets=cross("arterial"))
    assert blocks.report.collapsed == ()
    assert shapely.union_all(blocks.borders.geometry.to_numpy()).bounds[0] == pytest.approx(EAST)
