"""Bridges: only what is declared leads across."""

from __future__ import annotations

import itertools

import shapely

from huancheng.units.blocks import UnitBlockOptions
from tests.units.blocks.layout import at, blocks_of, border, cross, layer, streets

RIVER = layer([shapely.box(-10, 190, 410, 220)], kind=["river"])
RAIL = layer([shapely.LineString([(-10, 200), (410, 200)])], kind=["rail"])


def over(mark: str) -> dict[str, object]:
    """A street from south to north whose middle part bears a mark."""
    levels = (-10, 180, 230, 410)
    rows = [("branch", [(200, low), (200, high)]) for low, high in itertools.pairwise(levels)]
    return {"streets": streets(*rows, **{mark: [False, True, False]})}


def test_a_bridge_joins_the_blocks_on_its_own_side_across_the_river():
    blocks = blocks_of(water=RIVER, **over("bridge"))
    for x in (100, 300):
        row = border(blocks, at(blocks, x, 100), at(blocks, x, 300)).iloc[0]
        assert (row["along"], row["length"]) == ("river", 0.0)
        assert row["separator"]
        assert row["bridge"]
    assert border(blocks, at(blocks, 100, 100), at(blocks, 300, 300)).empty
    assert len(blocks.report.parts) == 1


def test_a_bridge_is_listed_with_what_it_joins():
    report = blocks_of(water=RIVER, **over("bridge")).report
    assert [(item.source, item.over, len(item.joins)) for item in report.bridges] == [("X1", "river", 2)]


def test_a_street_that_crosses_water_without_a_mark_joins_nothing_and_is_listed():
    blocks = blocks_of(streets=cross(), water=layer([shapely.box(-10, 250, 410, 280)], kind=["river"]))
    assert blocks.report.undeclared_crossings == ("X1",)
    assert len(blocks.report.parts) == 2


def test_a_declared_link_joins_where_no_street_is_marked():
    link = layer([shapely.LineString([(100, 185), (100, 225)])])
    blocks = blocks_of(streets=cross(), water=RIVER, bridges=link)
    assert border(blocks, at(blocks, 100, 100), at(blocks, 100, 300))["bridge"].all()
    assert not border(blocks, at(blocks, 300, 100), at(blocks, 300, 300))["bridge"].any()


def test_an_underpass_bridges_the_railway_where_it_runs():
    blocks = blocks_of(railways=RAIL, **over("tunnel"))
    row = border(blocks, at(blocks, 100, 100), at(blocks, 100, 300)).iloc[0]
    assert row["separator"]
    assert row["bridge"]
    assert row["length"] > 0


def test_a_bridge_that_ends_in_the_water_joins_nothing():
    pier = layer([shapely.LineString([(100, 180), (100, 205)])])
    wide = layer([shapely.box(-10, 190, 410, 300)], kind=["lake"])
    blocks = blocks_of(streets=cross(), water=wide, bridges=pier)
    assert [item.joins for item in blocks.report.bridges] == [()]


def test_a_canal_drawn_as_a_line_is_crossed_by_bridge_only():
    canal = layer([shapely.LineString([(-10, 200), (410, 200)])], kind=["canal"])
    blocks = blocks_of(waterways=canal, **over("bridge"))
    row = border(blocks, at(blocks, 100, 100), at(blocks, 100, 300)).iloc[0]
    assert (row["along"], bool(row["separator"]), bool(row["bridge"])) == ("river", True, True)


def test_water_lines_that_do_not_separate_are_no_obstacle():
    canal = layer([shapely.LineString([(-10, 200), (410, 200)])], kind=["canal"])
    blocks = blocks_of(UnitBlockOptions(separators=("railways",)), waterways=canal, **over("bridge"))
    assert blocks.report.bridges == ()
    assert not blocks.borders["separator"].any()
