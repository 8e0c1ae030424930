"""Rows that can't be taken as they stand: repaired or refused, and each one listed with row, field and reason."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pytest
import shapely

from huancheng.city.build import build_city
from huancheng.city.build.typed import to_type
from huancheng.city.schema import layer_schema
from huancheng.city.snapshot import Snapshot
from huancheng.geo import wgs84_to_bd09, wgs84_to_gcj02

X, Y = 115.981, 36.455
STEP = 0.0001


def in_degrees(*points):
    return [(X + STEP * x, Y + STEP * y) for x, y in points]


def frame_of(*shapes, **columns):
    return gpd.GeoDataFrame(columns or {"n": range(len(shapes))}, geometry=list(shapes), crs=4326)


def only(items):
    assert len(items) == 1, items
    return items[0]


BOW = shapely.Polygon(in_degrees((0, 0), (2, 2), (2, 0), (0, 2)))
SQUARE = shapely.Polygon(in_degrees((0, 0), (1, 0), (1, 1), (0, 1)))


def test_a_self_crossing_ring_is_made_valid(workshop):
    snapshot = workshop.build(workshop.buildings(workshop.gpkg("a.gpkg", frame_of(BOW))))
    item = only(workshop.listed(snapshot, "repaired"))
    assert item.row == "1"
    assert item.field == "geometry"
    assert "self-intersection" in item.reason
    assert "made valid" in item.reason
    assert shapely.is_valid(snapshot.layer("buildings").geometry).all()


def test_a_ring_that_goes_out_and_back_is_kept_as_a_square_of_unknown_area(workshop):
    flat = shapely.Polygon(in_degrees((0, 0), (1, 0), (0, 0)))
    snapshot = workshop.build(workshop.buildings(workshop.gpkg("a.gpkg", frame_of(flat))))
    assert "flat ring" in only(workshop.listed(snapshot, "repaired")).reason
    layer = snapshot.layer("buildings")
    assert layer.geometry.area.iloc[0] == pytest.approx(1.0, abs=0.01)
    assert layer["footprint_area"].isna().all()


def test_a_row_without_a_shape_is_refused(workshop):
    snapshot = workshop.build(workshop.buildings(workshop.gpkg("a.gpkg", frame_of(SQUARE, None))))
    item = only(workshop.listed(snapshot, "refused"))
    assert (item.row, item.reason) == ("2", "the row has no shape")


def test_an_infinite_coordinate_is_refused(workshop):
    shape = shapely.transform(SQUARE, lambda xy: np.where(xy == xy.max(), np.inf, xy))
    workshop.write("a.csv", f'wkt\n"{SQUARE.wkt}"\n"{shape.wkt}"\n')
    snapshot = workshop.build(workshop.buildings("a.csv", source='crs = "EPSG:4326"'))
    item = only(workshop.listed(snapshot, "refused"))
    assert item.row == "3"


def test_a_nan_in_a_geojson_is_refused(workshop):
    rings = [[[X, Y], [X + STEP, Y], [X, Y + STEP], [X, Y]], [["N", Y], [X + STEP, Y], [X, Y + STEP], ["N", Y]]]
    features = [
        f'{{"type":"Feature","properties":{{"n":1}},"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}'
        for ring in rings
    ]
    text = f'{{"type":"FeatureCollection","features":[{",".join(features)}]}}'.replace("'N'", "nan")
    workshop.write("a.geojson", text)
    snapshot = workshop.build(workshop.buildings("a.geojson"))
    item = only(workshop.listed(snapshot, "refused"))
    assert item.row == "2"
    assert snapshot.manifest.layers["buildings"].count == 1


def test_a_coordinate_off_the_globe_is_refused(workshop):
    far = shapely.transform(SQUARE, lambda xy: np.add(xy, [0, 80]))
    snapshot = workshop.build(workshop.buildings(workshop.gpkg("a.gpkg", frame_of(SQUARE, far))))
    assert "no place in 'WGS 84'" in only(workshop.listed(snapshot, "refused")).reason


def test_heights_are_dropped_and_said(workshop):
    solid = shapely.force_3d(SQUARE, 12.0)
    snapshot = workshop.build(workshop.buildings(workshop.gpkg("a.gpkg", frame_of(solid))))
    item = only(workshop.listed(snapshot, "repaired"))
    assert item.row == "all"
    assert "heights (Z)" in item.reason
    assert not shapely.has_z(snapshot.layer("buildings").geometry).any()


def test_measures_along_lines_are_dropped(workshop):
    measured = shapely.from_wkt(f"POLYGON M (({X} {Y} 1, {X + STEP} {Y} 2, {X} {Y + STEP} 3, {X} {Y} 1))")
    workshop.write("a.csv", f'wkt\n"{shapely.to_wkt(measured, output_dimension=4)}"\n')
    snapshot = workshop.build(workshop.buildings("a.csv", source='crs = "EPSG:4326"'))
    assert snapshot.manifest.layers["buildings"].count == 1


def test_a_mixed_shape_keeps_what_the_layer_holds(workshop):
    mixed = shapely.GeometryCollection([SQUARE, shapely.Point(X, Y), shapely.LineString(in_degrees((0, 0), (3, 3)))])
    snapshot = workshop.build(workshop.buildings(workshop.gpkg("a.gpkg", frame_of(mixed))))
    assert "polygons kept, 2 other parts dropped" in only(workshop.listed(snapshot, "repaired")).reason


def test_a_mixed_shape_with_nothing_for_the_layer_is_refused(workshop):
    mixed = shapely.GeometryCollection([shapely.Point(X, Y), shapely.LineString(in_degrees((0, 0), (3, 3)))])
    snapshot = workshop.build(workshop.buildings(workshop.gpkg("a.gpkg", frame_of(SQUARE, mixed))))
    assert "without polygons" in only(workshop.listed(snapshot, "refused")).reason


def test_points_and_lines_in_a_layer_of_polygons_are_refused(workshop):
    open_line = shapely.LineString(in_degrees((0, 0), (3, 3)))
    outline = shapely.LineString(SQUARE.exterior)
    frame = frame_of(SQUARE, shapely.Point(X, Y), open_line, outline)
    snapshot = workshop.build(workshop.buildings(workshop.gpkg("a.gpkg", frame)))
    reasons = [item.reason for item in workshop.listed(snapshot, "refused")]
    assert reasons[0] == "a point in a layer of polygons"
    assert reasons[1] == "a line in a layer of polygons"
    assert "set `close_lines = true`" in reasons[2]


def test_outlines_become_polygons_where_the_mapping_says_so(workshop):
    outline = shapely.LineString(SQUARE.exterior)
    name = workshop.gpkg("a.gpkg", frame_of(outline))
    snapshot = workshop.build(workshop.buildings(name, layer="close_lines = true"))
    assert "the polygon it encloses" in only(workshop.listed(snapshot, "repaired")).reason
    assert snapshot.manifest.layers["buildings"].count == 1


def test_polygons_in_a_layer_of_lines_are_refused(workshop):
    line = shapely.LineString(in_degrees((0, 0), (3, 3)))
    name = workshop.gpkg("a.gpkg", frame_of(line, SQUARE))
    text = workshop.buildings(name, columns='class = {constant = "branch"}').replace('"buildings"', '"streets"')
    snapshot = workshop.build(text)
    assert only(workshop.listed(snapshot, "refused", "streets")).reason == "a polygon in a layer of lines"


def test_a_line_of_no_length_is_refused(workshop):
    line = shapely.LineString(in_degrees((0, 0), (3, 3)))
    workshop.write("a.csv", f'wkt\n"{line.wkt}"\n"LINESTRING ({X} {Y}, {X} {Y})"\n')
    text = workshop.buildings("a.csv", source='crs = "EPSG:4326"', columns='class = {constant = "branch"}')
    snapshot = workshop.build(text.replace('"buildings"', '"streets"'))
    assert "nothing is left" in only(workshop.listed(snapshot, "refused", "streets")).reason


def test_several_points_in_one_row_give_the_first(workshop):
    name = workshop.gpkg("a.gpkg", frame_of(shapely.MultiPoint(in_degrees((0, 0), (2, 2)))))
    text = workshop.buildings(name, columns='class = {constant = "library"}').replace('"buildings"', '"facilities"')
    snapshot = workshop.build(text)
    assert "2 points in one row" in only(workshop.listed(snapshot, "repaired", "facilities")).reason


def test_double_ids_with_different_content_are_renamed(workshop):
    frame = workshop.squares(3, code=["A", "A", "A#2"])
    snapshot = workshop.build(workshop.buildings(workshop.gpkg("a.gpkg", frame), layer='id = "code"'))
    assert snapshot.layer("buildings")["id"].tolist() == ["A", "A#3", "A#2"]
    item = only(workshop.listed(snapshot, "repaired"))
    assert (item.row, item.field) == ("A", "id")


def test_a_row_like_an_earlier_one_is_refused_as_its_duplicate(workshop):
    frame = pd.concat([workshop.squares(2, code=["A", "B"]), workshop.squares(1, code=["A"])], ignore_index=True)
    snapshot = workshop.build(workshop.buildings(workshop.gpkg("a.gpkg", frame), layer='id = "code"'))
    assert snapshot.layer("buildings")["id"].tolist() == ["A", "B"]
    assert "the same shape and columns as 'A'" in only(workshop.listed(snapshot, "refused")).reason


def test_a_row_without_an_id_is_named_by_its_place(workshop):
    frame = workshop.squares(2, code=["A", " "])
    snapshot = workshop.build(workshop.buildings(workshop.gpkg("a.gpkg", frame), layer='id = "code"'))
    assert snapshot.layer("buildings")["id"].tolist() == ["A", "row-2"]
    assert only(workshop.listed(snapshot, "repaired")).field == "id"


WORDS = {
    "text where a number belongs": ("floors", "unknown", None, "'unknown' is no number; emptied"),
    "a number with its unit": ("height", "12 m", 12.0, "'12 m' was read as 12 m"),
    "a number in another unit": ("height", "1200cm", 12.0, "'1200cm' was read as 12 m"),
    "a Chinese unit": ("floors", "6层", 6, "'6层' was read as 6 floors"),
    "a unit of something else": ("height", "12 kg", None, "in no unit that can be turned into m"),
    "a decimal comma": ("height", "12,5", 12.5, "read with a decimal comma"),
    "thousands": ("floor_area", "12,345.5", 12345.5, "was read as 12345.5"),
    "half a floor": ("floors", "2.5", None, "no whole number; emptied"),
    "too many floors": ("floors", "2000", None, "'2000' is outside 1 to 200 floors; emptied"),
    "a height of nothing": ("height", "0", None, "outside 0.5 to 1000 m; emptied"),
    "an endless height": ("height", "inf", None, "no finite number"),
    "a date where a year belongs": ("year_built", "1998-05-03", 1998, "its year was taken"),
    "a decade": ("year_built", "1990s", None, "emptied"),
    "a year to come": ("year_built", "3024", None, "outside 1000 to 2100 year"),
    "a word beyond the codes": ("use", "castle", None, "'castle' is none of the codes of use; emptied"),
    "neither yes nor no": ("vacant", "perhaps", None, "neither yes nor no; emptied"),
    "a negative household": ("households", "-3", None, "outside 0 to any households"),
}


@pytest.fixture(scope="module")
def cells(tmp_path_factory):
    """One city with a row for each of the words, each in a column of its own; the first row says nothing."""
    folder = tmp_path_factory.mktemp("cells")
    columns = {column: [""] * (len(WORDS) + 1) for column, *_ in WORDS.values()}
    for row, (column, word, *_) in enumerate(WORDS.values(), start=1):
        columns[column][row] = word
    step = 0.0002
    shapes = [shapely.box(X + step * at, Y, X + step * at + STEP, Y + STEP) for at in range(len(WORDS) + 1)]
    gpd.GeoDataFrame(columns, geometry=shapes, crs=4326).to_file(folder / "a.gpkg", driver="GPKG")
    rules = "\n".join(f'{column} = "{column}"' for column in columns)
    head = '[city]\nname = "plain"\ntitle = "平原市"\nas_of = 2024-06-30\nextent = [115.98, 36.45, 115.99, 36.46]\n'
    layer = (
        f'[[source]]\nid = "s"\nfile = "a.gpkg"\n[[layer]]\nname = "buildings"\nsource = "s"\n[layer.columns]\n{rules}'
    )
    (folder / "mapping.toml").write_text(head + layer, "utf-8")
    return build_city(folder / "mapping.toml", folder / "out")


@pytest.mark.parametrize("name", WORDS)
def test_a_cell_that_does_not_fit_is_put_right_or_emptied_and_listed(cells, name):
    column, _, value, reason = WORDS[name]
    row = list(WORDS).index(name) + 2
    item = only([item for item in cells.repairs() if item.row == str(row)])
    assert item.field == column
    assert reason in item.reason
    column_cells = cells.layer("buildings")[column]
    assert pd.isna(column_cells.iloc[0])
    cell = column_cells.iloc[row - 1]
    assert pd.isna(cell) if value is None else cell == value


DATES = {
    "2020-02-03": "2020-02-03",
    "2020/2/3": "2020-02-03",
    "20200203": "2020-02-03",
    "2020年2月3日": "2020-02-03",
    "2020-02-30": None,
    "spring 2020": None,
    "2020-13-01": None,
}


@pytest.mark.parametrize("word", DATES)
def test_dates_are_read_in_the_usual_forms_and_refused_otherwise(word):
    typed = to_type(pd.Series([word], dtype="string"), layer_schema("parcels").columns["granted_on"])
    cell = typed.column.iloc[0]
    if DATES[word] is None:
        assert pd.isna(cell)
        assert "is no date; emptied" in only(typed.faults)[1]
    else:
        assert cell == DATES[word]
        assert not typed.faults


def test_a_word_the_mapping_does_not_translate_is_emptied_and_listed(workshop):
    file = workshop.gpkg("a.gpkg", workshop.squares(2, kind=["住宅", "不详"]))
    snapshot = workshop.build(
        workshop.buildings(file, columns='use = {from = "kind", codes = {"住宅" = "residential"}}')
    )
    assert "'不详' is not in the mapping's table of codes" in only(workshop.listed(snapshot, "repaired")).reason


def test_a_required_cell_that_is_missing_refuses_the_row(workshop):
    line = shapely.LineString(in_degrees((0, 0), (3, 3)))
    other = shapely.LineString(in_degrees((0, 0), (3, 4)))
    file = workshop.gpkg("a.gpkg", frame_of(line, other, kind=["branch", "airway"]))
    text = workshop.buildings(file, columns='class = "kind"').replace('"buildings"', '"streets"')
    snapshot = workshop.build(text)
    item = only(workshop.listed(snapshot, "refused", "streets"))
    assert (item.row, item.field) == ("2", "class")
    assert "'class' is required: 'airway' is none of the codes" in item.reason


def test_a_csv_line_with_too_many_cells_is_refused(workshop):
    workshop.write("a.csv", f'n,wkt\n1,"{SQUARE.wkt}"\n2,x,y,z\n')
    snapshot = workshop.build(workshop.buildings("a.csv", source='crs = "EPSG:4326"'))
    item = only(workshop.listed(snapshot, "refused"))
    assert (item.row, item.reason) == ("3", "the line has 4 cells, the header 2")


def test_a_csv_with_gb18030_names_is_read(workshop):
    workshop.write("a.csv", "名称;经度;纬度\n光岳楼;115.985;36.455\n东关;x;36.455\n", "gb18030")
    text = workshop.buildings("a.csv", columns='class = {constant = "museum"}\nname = "名称"')
    snapshot = workshop.build(text.replace('"buildings"', '"facilities"'))
    assert snapshot.layer("facilities")["name"].tolist() == ["光岳楼"]
    item = only(workshop.listed(snapshot, "refused", "facilities"))
    assert (item.row, item.reason) == ("3", "'x' is no coordinate")


def test_wkt_that_can_not_be_read_is_refused(workshop):
    workshop.write("a.csv", f'n,wkt\n1,"{SQUARE.wkt}"\n2,POLYGON ((oops\n')
    snapshot = workshop.build(workshop.buildings("a.csv", source='crs = "EPSG:4326"'))
    assert only(workshop.listed(snapshot, "refused")).reason == "the well-known text can't be read"


@pytest.mark.parametrize("encoding", ["GBK", "UTF-8"])
@pytest.mark.parametrize("page", [True, False])
def test_a_shapefile_with_chinese_names_is_read_with_and_without_its_code_page(workshop, encoding, page):
    names = ["光岳楼", "东昌府区", "山陕会馆"]
    workshop.squares(3, 名称=names).to_file(workshop.path("a.shp"), driver="ESRI Shapefile", encoding=encoding)
    if not page:
        workshop.path("a.cpg").unlink(missing_ok=True)
    snapshot = workshop.build(workshop.buildings("a.shp", columns='name = "名称"'))
    assert snapshot.layer("buildings")["name"].tolist() == names


def test_a_missing_prj_is_supplied_by_the_mapping(workshop):
    workshop.squares(2).to_crs(4548).to_file(workshop.path("a.shp"), driver="ESRI Shapefile")
    workshop.path("a.prj").unlink()
    snapshot = workshop.build(workshop.buildings("a.shp", source='crs = "EPSG:4548"'))
    assert snapshot.manifest.layers["buildings"].count == 2


def test_a_wrong_crs_is_overridden_by_the_mapping(workshop):
    frame = workshop.squares(2).to_crs(4548).set_crs(4326, allow_override=True)
    name = workshop.gpkg("a.gpkg", frame)
    snapshot = workshop.build(workshop.buildings(name, source='override_crs = "EPSG:4548"'))
    assert snapshot.manifest.layers["buildings"].count == 2


def test_merged_cells_of_a_sheet_give_their_value_to_every_row(workshop):
    book = openpyxl.Workbook()
    sheet = book.active
    rows = [("设施一览表", None, None, None), ("街道", "名称", "经度", "纬度")]
    rows += [("古楼", f"图书馆{at}", 115.985 + at / 1000, 36.455) for at in range(3)]
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("A3:A5")
    book.save(workshop.path("a.xlsx"))
    text = workshop.buildings("a.xlsx", columns='class = {constant = "library"}\nname = "名称"\noperator = "街道"')
    snapshot = workshop.build(text.replace('"buildings"', '"facilities"'))
    assert snapshot.layer("facilities")["operator"].tolist() == ["古楼"] * 3
    items = workshop.listed(snapshot, "repaired", "facilities")
    assert [item.row for item in items] == ["4", "5"]
    assert all("merged cell" in item.reason and item.field == "街道" for item in items)


def test_shifted_coordinates_are_put_back(workshop):
    for datum, shift in (("gcj02", wgs84_to_gcj02), ("bd09", wgs84_to_bd09)):
        x, y = shift([115.985], [36.455])
        workshop.write("a.csv", f"lon,lat\n{x[0]:.9f},{y[0]:.9f}\n")
        text = workshop.buildings("a.csv", source=f'datum = "{datum}"', columns='class = {constant = "library"}')
        snapshot = workshop.build(text.replace('"buildings"', '"facilities"'), out=datum)
        point = snapshot.layer("facilities").to_crs(4326).geometry.iloc[0]
        assert point.distance(shapely.Point(115.985, 36.455)) < 1e-7


def test_rows_outside_the_city_are_listed_as_such(workshop):
    frame = workshop.squares(3)
    frame.loc[2, "geometry"] = shapely.transform(SQUARE, lambda xy: np.add(xy, [1, 0]))
    snapshot = workshop.build(workshop.buildings(workshop.gpkg("a.gpkg", frame), layer='clip = "centre"'))
    assert only(workshop.listed(snapshot, "outside")).row == "3"
    assert snapshot.manifest.layers["buildings"].outside == 1


def test_what_crosses_the_edge_is_cut_and_the_cut_is_listed(workshop):
    across = shapely.box(115.989, 36.455, 115.991, 36.456)
    snapshot = workshop.build(workshop.buildings(workshop.gpkg("a.gpkg", frame_of(across))))
    assert "cut at the city's edge" in only(workshop.listed(snapshot, "repaired")).reason
    whole = gpd.GeoSeries([across], crs=4326).to_crs(snapshot.crs).area.iloc[0]
    assert snapshot.layer("buildings").geometry.area.sum() == pytest.approx(whole / 2, rel=1e-4)


def test_the_listing_survives_the_file(workshop):
    snapshot = workshop.build(workshop.buildings(workshop.gpkg("a.gpkg", frame_of(BOW))))
    assert Snapshot(workshop.path("out")).repairs() == snapshot.repairs()
    assert snapshot.verify() == []
