"""Units of a planning institute: read as drawn or refused with the row, then snapped or kept on blocks."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from huancheng.evidence import InputFault
from huancheng.units.blocks import Blocks
from huancheng.units.drawn import DrawnPlan, Fitted, fit_units, read_drawn
from tests.units.blocks.layout import CRS, at, blocks_of, cross, layer, place

WEST, EAST = shapely.box(-5, -5, 192, 405), shapely.box(206, -5, 405, 405)


def drawing(*shapes: shapely.Geometry, names: list[str | None] | None = None) -> gpd.GeoDataFrame:
    words = names or [f"单元{number}" for number in range(len(shapes))]
    return gpd.GeoDataFrame({"name": words}, geometry=[place(shape) for shape in shapes], crs=CRS)


def written(folder: Path, frame: gpd.GeoDataFrame, suffix: str = "gpkg") -> Path:
    path = folder / f"units.{suffix}"
    if suffix == "dxf":
        frame.drop(columns="name").to_file(path, driver="DXF")
    else:
        frame.to_file(path, encoding="utf-8") if suffix == "shp" else frame.to_file(path)
    return path


def plan(*shapes: shapely.Geometry, names: list[str] | None = None) -> DrawnPlan:
    frame = drawing(*shapes, names=names).rename(columns={"name": "unit"})
    return DrawnPlan(frame, "units.gpkg", ())


@pytest.fixture(scope="module")
def blocks() -> Blocks:
    return blocks_of(streets=cross())


@pytest.mark.parametrize("suffix", ["gpkg", "shp", "geojson"])
def test_units_come_from_any_file_an_institute_sends(tmp_path, suffix):
    frame = drawing(WEST, EAST)
    frame = frame.to_crs(4490) if suffix == "geojson" else frame
    read = read_drawn(written(tmp_path, frame, suffix), layer([WEST]).crs)
    assert read.frame["unit"].tolist() == ["单元0", "单元1"]
    assert read.frame.geometry.area.to_numpy() == pytest.approx([WEST.area, EAST.area], rel=1e-4)


def test_closed_polylines_of_a_drawing_are_areas_named_by_their_layer(tmp_path):
    outlines = gpd.GeoDataFrame(
        {"Layer": ["UNIT-1", "UNIT-2"]}, geometry=[place(shape).exterior for shape in (WEST, EAST)], crs=CRS
    )
    path = tmp_path / "units.dxf"
    outlines.to_file(path, driver="DXF")
    read = read_drawn(path, layer([WEST]).crs, source_crs=CRS)
    assert read.frame["unit"].tolist() == ["UNIT-1", "UNIT-2"]


def test_a_drawing_without_a_crs_is_refused_with_the_cure(tmp_path):
    path = written(tmp_path, drawing(WEST), "dxf")
    with pytest.raises(InputFault, match="names no CRS") as caught:
        read_drawn(path, layer([WEST]).crs)
    assert "--crs" in caught.value.cure


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        (shapely.Polygon([(0, 0), (100, 100), (100, 0), (0, 100)]), "Self-intersection"),
        (shapely.LineString([(0, 0), (100, 0), (100, 100)]), "the outline is open: its ends are 141.42 m apart"),
        (shapely.MultiLineString([[(0, 0), (9, 0)], [(50, 50), (60, 60)]]), "in pieces"),
    ],
)
def test_a_row_that_is_no_area_is_refused_by_its_number(tmp_path, shape, message):
    path = written(tmp_path, drawing(WEST, shape), "gpkg")
    with pytest.raises(InputFault, match=message) as caught:
        read_drawn(path, layer([WEST]).crs)
    assert (caught.value.file, caught.value.row, caught.value.field) == ("units.gpkg", "2", "geometry")


def test_a_unit_without_a_name_is_refused_by_its_row(tmp_path):
    with pytest.raises(InputFault, match="has no name") as caught:
        read_drawn(written(tmp_path, drawing(WEST, EAST, names=["甲", None])), layer([WEST]).crs)
    assert (caught.value.row, caught.value.field) == ("2", "name")


def test_a_file_without_a_column_of_names_lists_the_ones_it_has(tmp_path):
    path = written(tmp_path, drawing(WEST).rename(columns={"name": "code"}))
    with pytest.raises(InputFault, match="no column names the units") as caught:
        read_drawn(path, layer([WEST]).crs)
    assert "code" in caught.value.cure
    assert read_drawn(path, layer([WEST]).crs, name="code").frame["unit"].tolist() == ["单元0"]


def test_points_alone_are_no_units(tmp_path):
    with pytest.raises(InputFault, match="holds no areas"):
        read_drawn(written(tmp_path, drawing(shapely.Point(1, 1))), layer([WEST]).crs)


def test_areas_of_one_name_are_one_unit_and_listed(tmp_path):
    read = read_drawn(written(tmp_path, drawing(WEST, EAST, names=["甲", "甲"])), layer([WEST]).crs)
    assert (len(read.frame), read.joined) == (1, ("甲",))


def test_a_block_snaps_to_the_unit_that_holds_most_of_it(blocks: Blocks):
    fitted = fit_units(plan(WEST, EAST), blocks, "snapped")
    assert fitted.assignment[at(blocks, 100, 100)] == "单元0"
    assert fitted.assignment[at(blocks, 300, 300)] == "单元1"


def test_what_snapping_gains_and_loses_is_told_by_unit(blocks: Blocks):
    (west, _) = fit_units(plan(WEST, EAST), blocks, "snapped").account.changes
    assert (west.drawn, west.fitted) == (pytest.approx(WEST.area), pytest.approx(80_000))
    assert west.gained == pytest.approx(8 * 400)
    assert west.lost == west.outside == pytest.approx(WEST.area - 192 * 400)


def test_a_block_of_which_no_unit_holds_half_is_in_none(blocks: Blocks):
    corner = shapely.box(0, 0, 140, 140)
    with pytest.raises(InputFault, match="no unit holds half"):
        fit_units(plan(corner), blocks, "snapped")
    fitted = fit_units(plan(corner, EAST), blocks, "snapped")
    assert at(blocks, 100, 100) not in fitted.assignment


def kept(blocks: Blocks, *shapes: shapely.Geometry) -> Fitted:
    return fit_units(plan(*shapes), blocks, "kept")


def test_kept_units_have_the_shape_they_were_drawn_in(blocks: Blocks):
    inside = shapely.box(50, 50, 350, 250)
    fitted = kept(blocks, inside)
    frame = fitted.blocks.frame
    mine = frame.loc[frame["id"].isin(list(fitted.assignment))]
    assert shapely.symmetric_difference(mine.union_all(), place(inside)).area < 1.0
    assert frame["area"].sum() == pytest.approx(blocks.frame["area"].sum(), rel=1e-9)
    (change,) = fitted.account.changes
    assert (change.gained, change.lost) == (pytest.approx(0, abs=0.1), pytest.approx(0, abs=0.1))


def test_a_cut_block_is_named_after_its_block_and_its_unit(blocks: Blocks):
    frame = kept(blocks, shapely.box(50, 50, 350, 250)).blocks.frame
    first = at(blocks, 100, 100)
    assert {f"{first}/单元0", f"{first}/-"} <= set(frame["id"])


def test_old_borders_keep_what_runs_along_them_and_the_pen_follows_nothing():
    rail = layer([shapely.LineString([(-10, 200), (410, 200)])], kind=["rail"])
    ground = blocks_of(streets=cross(), railways=rail)
    borders = kept(ground, shapely.box(50, 50, 350, 250)).blocks.borders
    assert set(borders["along"]) == {"rail", "road", "none"}
    assert borders.loc[borders["along"] == "rail", "separator"].all()
    assert not borders.loc[borders["along"] == "none", "separator"].any()
    pen = borders.loc[borders["along"] == "none", "length"].sum()
    assert pen == pytest.approx(2 * 300 + 2 * 200)


def test_a_bridge_over_water_still_joins_the_pieces_at_its_ends():
    river = layer([shapely.box(-10, 190, 410, 220)], kind=["river"])
    link = layer([shapely.LineString([(100, 185), (100, 225)])])
    ground = blocks_of(streets=cross(), water=river, bridges=link)
    borders = kept(ground, shapely.box(50, 50, 150, 350)).blocks.borders
    (bridge,) = borders.loc[borders["bridge"]].itertuples()
    assert bridge.a.endswith("/单元0")
    assert bridge.b.endswith("/单元0")


def test_overlaps_belong_to_the_unit_drawn_first_and_are_listed(blocks: Blocks):
    fitted = kept(blocks, shapely.box(0, 0, 210, 400), shapely.box(190, 0, 400, 400))
    assert fitted.account.overlaps == (("单元0", "单元1", pytest.approx(8_000)),)
    held = {change.unit: change.fitted for change in fitted.account.changes}
    assert held == {"单元0": pytest.approx(84_000), "单元1": pytest.approx(76_000)}


def test_narrow_strips_and_holes_between_units_are_gaps(blocks: Blocks):
    ring = shapely.difference(shapely.box(0, 0, 196, 400), shapely.box(50, 50, 80, 80))
    gaps = fit_units(plan(ring, shapely.box(200, 0, 400, 400)), blocks, "snapped").account.gaps
    assert sorted(size for _, _, size in gaps) == [pytest.approx(900), pytest.approx(1600)]


def test_wide_ground_between_units_was_left_out_on_purpose(blocks: Blocks):
    assert fit_units(plan(WEST, EAST), blocks, "snapped").account.gaps == ()


def test_cut_blocks_are_listed_with_their_parts(blocks: Blocks):
    cut = dict(fit_units(plan(shapely.box(0, 0, 250, 200)), blocks, "snapped").account.cut_blocks)
    assert cut == {at(blocks, 300, 100): (("单元0", pytest.approx(10_000)), ("", pytest.approx(30_000)))}


def test_units_drawn_in_another_place_are_refused_with_the_distance(blocks: Blocks):
    away = shapely.box(90_000, 0, 90_100, 100)
    with pytest.raises(InputFault, match="the units lie 90 km from the blocks") as caught:
        fit_units(plan(away), blocks, "snapped")
    assert "CRS" in caught.value.cure


def test_the_account_and_the_drawing_go_into_files(blocks: Blocks):
    files = fit_units(plan(WEST, EAST), blocks, "snapped").files()
    assert set(files) == {"import.json", "as_drawn.geojson"}
    assert "单元1" in files["as_drawn.geojson"].decode()


def test_every_square_metre_of_cut_blocks_has_figures(example_city, example_blocks):
    from huancheng.units.attributes import tables_of_snapshot

    west, south, east, north = example_blocks.frame.total_bounds
    unit = shapely.box(west + 700, south + 300, east - 900, north - 400)
    frame = gpd.GeoDataFrame({"unit": ["甲"]}, geometry=[unit], crs=example_blocks.frame.crs)
    fitted = fit_units(DrawnPlan(frame, "x", ()), example_blocks, "kept", tables_of_snapshot(example_city))
    for name in ("floor_area", "population"):
        tables = (example_blocks.frame, fitted.blocks.frame)
        before, after = (np.nansum(table[name].to_numpy(float)) for table in tables)
        assert after == pytest.approx(before, rel=1e-9), name
