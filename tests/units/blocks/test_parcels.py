"""Parcels: streets follow them within a tolerance, and the ones a street cuts are listed."""

from __future__ import annotations

import pytest
import shapely

from huancheng.units.blocks import UnitBlockOptions
from tests.units.blocks.layout import NORTH, blocks_of, cross, layer, place, streets

ALONG = layer([shapely.box(0, 0, 200, 199.4), shapely.box(200, 0, 400, 199.4)])


def test_a_street_within_the_tolerance_is_drawn_along_the_parcels():
    blocks = blocks_of(streets=cross(), parcels=ALONG)
    moved, farthest = blocks.report.snapped
    assert moved >= 3
    assert farthest == pytest.approx(0.6)
    level = shapely.get_coordinates(blocks.borders.geometry.to_numpy())[:, 1] - NORTH
    assert level[(level > 150) & (level < 250)] == pytest.approx(199.4, abs=0.61)
    assert blocks.report.cut_parcels == ()
    assert blocks.report.imbalance < 1e-6


def test_without_tolerance_the_street_stays_and_cuts():
    parcel = layer([shapely.box(10, 150, 190, 200.4)])
    blocks = blocks_of(UnitBlockOptions(parcel_tolerance=0), streets=cross(), parcels=parcel)
    assert blocks.report.snapped == (0, 0.0)
    assert [item.parcel for item in blocks.report.cut_parcels] == ["X0"]


def test_a_street_that_ends_on_a_snapped_one_still_ends_there():
    lines = streets(("branch", [(-10, 200), (410, 200)]), ("branch", [(120, 200), (120, 410)]))
    blocks = blocks_of(streets=lines, parcels=ALONG)
    assert len(blocks.frame) == 3


@pytest.mark.requirement("5.2-10")
def test_a_parcel_cut_by_a_centre_line_is_listed_with_its_parts():
    parcel = layer([shapely.box(150, 50, 230, 100)])
    cut = blocks_of(streets=cross(), parcels=parcel).report.cut_parcels
    assert [(item.parcel, [area for _, area in item.parts], item.outside) for item in cut] == [
        ("X0", [pytest.approx(2500), pytest.approx(1500)], 0.0)
    ]


def test_a_part_outside_all_blocks_is_told():
    parcel = layer([shapely.box(-50, 150, 100, 250)])
    (cut,) = blocks_of(UnitBlockOptions(parcel_tolerance=0), streets=cross(), parcels=parcel).report.cut_parcels
    assert cut.outside == pytest.approx(5000)


def test_a_railway_never_moves():
    rail = layer([shapely.LineString([(-10, 200), (410, 200)])], kind=["rail"])
    blocks = blocks_of(streets=streets(("branch", [(200, -10), (200, 410)])), railways=rail, parcels=ALONG)
    along_rail = blocks.borders.loc[blocks.borders["along"] == "rail"].geometry.to_numpy()
    assert shapely.get_coordinates(along_rail)[:, 1] - NORTH == pytest.approx(200.0)
    assert shapely.distance(along_rail[0], place(shapely.Point(100, 200))) < 1e-6
