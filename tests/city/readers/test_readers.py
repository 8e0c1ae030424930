"""Each kind of file gives the same rows; what a format can't say is missing, not invented."""

from __future__ import annotations

import datetime as dt
import json

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
import rasterio
import shapely
from rasterio.errors import NotGeoreferencedWarning

from huancheng.city.readers import ReadOptions, is_raster, read_raster, read_table, reader_for, table_layers
from huancheng.city.readers.drawing_text import reread
from huancheng.city.readers.encoding import decode, shapefile_encoding
from huancheng.city.readers.osm_tags import TagIndex
from huancheng.evidence import InputFault

FRAME = gpd.GeoDataFrame(
    {"name": ["光岳楼", None, "古城"], "floors": pd.array([4, None, 2], "Int64"), "open": [True, False, True]},
    geometry=[shapely.Point(115.98, 36.45), shapely.Point(115.99, 36.46), shapely.Point(116.0, 36.47)],
    crs=4326,
)


DAY, MOMENT = dt.datetime.fromisoformat("2020-02-03"), dt.datetime.fromisoformat("2020-02-03T04:00")
"""A sheet knows no time zones."""


@pytest.fixture(params=["gpkg", "geojson", "fgb", "gdb", "shp", "parquet"])
def written(request, tmp_path):
    path = tmp_path / f"places.{request.param}"
    if request.param == "parquet":
        FRAME.to_parquet(path)
    else:
        names = {
            "gpkg": "GPKG",
            "geojson": "GeoJSON",
            "fgb": "FlatGeobuf",
            "gdb": "OpenFileGDB",
            "shp": "ESRI Shapefile",
        }
        extra = {"fgb": {"SPATIAL_INDEX": "NO"}, "gdb": {"TARGET_ARCGIS_VERSION": "ARCGIS_PRO_3_2_OR_LATER"}}
        options = extra.get(request.param, {})
        FRAME.to_file(path, driver=names[request.param], **options)
    return path


def test_a_layer_reads_the_same_from_every_format(written):
    table = read_table(written, table_layers(written)[0])
    assert table.column("name").tolist()[::2] == ["光岳楼", "古城"]
    assert table.column("name").isna().tolist() == [False, True, False]
    assert table.column("floors").isna().tolist() == [False, True, False]
    assert [int(number) for number in table.column("floors").dropna()] == [4, 2]
    assert table.crs.to_epsg() == 4326
    assert shapely.get_x(table.geometry) == pytest.approx([115.98, 115.99, 116.0])
    assert table.labels.tolist() == ["1", "2", "3"]


def test_a_drawing_reads_as_lines(tmp_path):
    path = tmp_path / "plan.dxf"
    with pytest.warns(UserWarning, match="crs"):
        gpd.GeoSeries([shapely.LineString([(0, 0), (9, 9)])]).to_file(path, driver="DXF")
    table = read_table(path)
    assert table.crs is None
    assert table.geometry[0].length == pytest.approx(162**0.5)


DRAWING = (
    "0\nSECTION\n2\nHEADER\n9\n$ACADVER\n1\nAC1015\n9\n$DWGCODEPAGE\n3\n{page}\n0\nENDSEC\n"
    "0\nSECTION\n2\nENTITIES\n0\nTEXT\n8\n{layer}\n10\n50\n20\n50\n40\n5\n1\n{text}\n0\nENDSEC\n0\nEOF\n"
)


@pytest.mark.parametrize(
    ("page", "encoding", "told"),
    [("ANSI_936", "gb18030", False), ("ANSI_1252", "gb18030", True), ("ANSI_1252", "utf-8", True)],
)
def test_words_of_a_drawing_are_chinese_whatever_code_page_it_names(tmp_path, page, encoding, told):
    path = tmp_path / "plan.dxf"
    path.write_bytes(DRAWING.format(page=page, layer="注记", text="望岳片区").encode(encoding))
    table = read_table(path)
    assert (table.column("Layer").tolist(), table.column("Text").tolist()) == (["注记"], ["望岳片区"])
    assert any("Chinese" in note for note in table.notes) is told


@pytest.mark.parametrize("text", ["Plaza Mayor nº 3", "Grüne Straße", "Plan A"])
def test_western_words_of_a_drawing_stay(tmp_path, text):
    path = tmp_path / "plan.dxf"
    path.write_bytes(DRAWING.format(page="ANSI_1252", layer="0", text=text).encode("cp1252"))
    table = read_table(path)
    assert table.column("Text").tolist() == [text]
    assert not table.notes


def test_letters_of_another_script_leave_a_drawing_as_it_is():
    frame = pd.DataFrame({"Text": pd.array(["Ωμέγα", "ÍûÔÀ"], dtype="string")})
    same, note = reread(frame)
    assert (same["Text"].tolist(), note) == (["Ωμέγα", "ÍûÔÀ"], None)


def test_a_parquet_without_places_is_a_table(tmp_path):
    pd.DataFrame({"name": ["a"]}).to_parquet(tmp_path / "a.parquet")
    table = read_table(tmp_path / "a.parquet")
    assert table.geometry is None
    assert list(table.columns()) == ["name"]


def test_a_parquet_says_its_crs_or_none_or_the_default(tmp_path):
    FRAME.set_crs(4490, allow_override=True).to_parquet(tmp_path / "a.parquet")
    assert read_table(tmp_path / "a.parquet").crs.to_epsg() == 4490
    FRAME.set_crs(None, allow_override=True).to_parquet(tmp_path / "b.parquet")
    assert read_table(tmp_path / "b.parquet").crs is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_delimited_file_is_read_whatever_its_encoding_and_delimiter(tmp_path, encoding, delimiter):
    path = tmp_path / "a.csv"
    rows = [["名称", "lon", "lat"], ["光岳楼", "115.98", "36.45"], ["", "", ""], ["古城", "", ""]]
    path.write_bytes("\r\n".join(delimiter.join(row) for row in rows).encode(encoding))
    table = read_table(path)
    assert table.column("名称").tolist() == ["光岳楼", "古城"]
    assert table.labels.tolist() == ["2", "4"]
    assert table.geometry[1] is None
    assert table.crs.to_epsg() == 4326


def test_x_and_y_name_no_crs(tmp_path):
    (tmp_path / "a.csv").write_text("x,y\n500000,4036000\n", "utf-8")
    assert read_table(tmp_path / "a.csv").crs is None


def test_a_very_long_polygon_fits_in_a_cell(tmp_path):
    ring = shapely.Point(0, 0).buffer(1, quad_segs=5000)
    (tmp_path / "a.csv").write_text(f'id,wkt\n1,"{ring.wkt}"\n', "utf-8")
    assert shapely.get_num_coordinates(read_table(tmp_path / "a.csv").geometry[0]) == 20001


def test_a_header_below_a_title_is_found_or_named(tmp_path):
    (tmp_path / "a.csv").write_text("一览表\nname,lon,lat\na,115.98,36.45\n", "utf-8")
    table = read_table(tmp_path / "a.csv", None, ReadOptions(header_row=2))
    assert table.column("name").tolist() == ["a"]
    with pytest.raises(InputFault, match="no header line"):
        read_table(tmp_path / "a.csv", None, ReadOptions(header_row=9))


def test_cells_of_a_workbook_come_as_they_are_meant(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [
        ("name", "floors", "day", "moment", "share"),
        ("a", 6.0, DAY, MOMENT, 0.5),
    ]:
        sheet.append(row)
    sheet.append((None, None, None, None, None))
    book.save(tmp_path / "a.xlsx")
    table = read_table(tmp_path / "a.xlsx")
    assert table.attributes.iloc[0].tolist() == ["a", "6", "2020-02-03", "2020-02-03 04:00:00", "0.5"]
    assert len(table) == 1
    assert table_layers(tmp_path / "a.xlsx") == ["Sheet"]


def test_tags_of_openstreetmap_are_columns():
    index = TagIndex(['"height"=>"12","name:zh"=>"说\\"光\\\\岳楼"', None, '"height"=>"3"'])
    assert list(index.keys()) == ["height", "name:zh"]
    assert index.values_of("height").tolist() == ["12", None, "3"]
    assert index.values_of("name:zh").tolist() == ['说"光\\岳楼', None, None]
    assert index.values_of("nothing").tolist() == [None, None, None]


def test_an_unknown_column_is_told_with_those_there_are(tmp_path):
    FRAME.to_file(tmp_path / "a.gpkg", driver="GPKG")
    with pytest.raises(InputFault, match="no column 'storeys'") as caught:
        read_table(tmp_path / "a.gpkg").column("storeys")
    assert "name, floors, open" in caught.value.cure


@pytest.mark.parametrize(
    ("page", "expected"), [("936", "gb18030"), ("UTF-8", "UTF-8"), ("ANSI 1252", "1252"), ("1252", "cp1252")]
)
def test_the_code_page_beside_a_shapefile_is_believed(tmp_path, page, expected):
    FRAME[["geometry"]].assign(n=1).to_file(tmp_path / "a.shp", driver="ESRI Shapefile")
    (tmp_path / "a.cpg").write_text(page, "ascii")
    assert shapefile_encoding(tmp_path / "a.shp") == expected


@pytest.mark.parametrize(("byte", "expected"), [(0x4D, "gb18030"), (0x03, "cp1252"), (0x00, "utf-8")])
def test_the_language_byte_of_a_table_is_believed(tmp_path, byte, expected):
    FRAME[["geometry"]].assign(n=1).to_file(tmp_path / "a.shp", driver="ESRI Shapefile")
    (tmp_path / "a.cpg").unlink()
    content = bytearray((tmp_path / "a.dbf").read_bytes())
    content[29] = byte
    (tmp_path / "a.dbf").write_bytes(bytes(content))
    assert shapefile_encoding(tmp_path / "a.shp") == expected


def test_bytes_that_fit_no_chinese_encoding_are_western(tmp_path):
    FRAME[["geometry"]].assign(n=["Café", "b", "c"]).to_file(
        tmp_path / "a.shp", driver="ESRI Shapefile", encoding="ISO-8859-1"
    )
    (tmp_path / "a.cpg").unlink()
    content = bytearray((tmp_path / "a.dbf").read_bytes())
    content[29] = 0
    (tmp_path / "a.dbf").write_bytes(bytes(content))
    assert read_table(tmp_path / "a.shp").column("n").iloc[0] == "Café"


def test_a_text_is_decoded_by_its_mark_or_by_what_fits():
    assert decode("光岳楼".encode("gbk"), file="a") == "光岳楼"
    assert decode("光岳楼".encode("utf-16"), file="a") == "光岳楼"


def test_a_raster_reads_with_gaps_as_unknown(tmp_path):
    profile = {
        "driver": "GTiff",
        "dtype": "int16",
        "count": 1,
        "width": 3,
        "height": 2,
        "crs": "EPSG:4548",
        "nodata": -1,
    }
    with rasterio.open(
        tmp_path / "t.tif", "w", transform=rasterio.Affine(10, 0, 500, 0, -10, 900), **profile
    ) as dataset:
        dataset.write(np.array([[1, 2, -1], [4, 5, 6]], np.int16), 1)
    source = read_raster(tmp_path / "t.tif")
    assert np.isnan(source.data[0, 2])
    assert source.data[1].tolist() == [4, 5, 6]
    assert is_raster(tmp_path / "N36E115.hgt.zip")
    assert not is_raster(tmp_path / "a.zip")


def test_a_raster_without_a_place_is_refused(tmp_path):
    profile = {"driver": "GTiff", "dtype": "uint8", "count": 1, "width": 3, "height": 2}
    with pytest.warns(NotGeoreferencedWarning), rasterio.open(tmp_path / "t.tif", "w", **profile) as dataset:
        dataset.write(np.zeros((2, 3), np.uint8), 1)
    with pytest.raises(InputFault, match="no place on the ground"):
        read_raster(tmp_path / "t.tif")


def test_an_archive_is_refused_unless_it_is_a_height_tile(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"PK")
    with pytest.raises(InputFault, match="an archive may hold anything"):
        reader_for(tmp_path / "a.zip")


def test_edges_without_shape_are_straight_and_broken_ones_are_named(tmp_path):
    nodes = "".join(
        f'<node id="{at}"><data key="x">{115.98 + at / 100}</data><data key="y">36.45</data></node>' for at in (0, 1)
    )
    keys = '<key id="x" attr.name="x"/><key id="y" attr.name="y"/>'
    edges = '<edge source="0" target="1"/><edge source="0" target="9"/>'
    text = f'<graphml>{keys}<graph>{nodes}<node id="7"/>{edges}</graph></graphml>'
    (tmp_path / "a.graphml").write_text(text, "utf-8")
    table = read_table(tmp_path / "a.graphml")
    assert table.geometry[0].length == pytest.approx(0.01)
    assert [fault.row for fault in table.faults] == ["2"]
    assert read_table(tmp_path / "a.graphml", "nodes").geometry[2] is None
    assert table.crs is None


def test_an_extract_is_always_utf8(shared_data):
    path = shared_data / "monaco-mc/monaco_20231225.osm.pbf"
    with pytest.raises(InputFault, match="always UTF-8"):
        read_table(path, "points", ReadOptions(encoding="gbk"))


def test_a_quotation_mark_that_is_not_closed_is_told_with_its_line(tmp_path):
    (tmp_path / "a.csv").write_text('n,wkt\n1,x\n2,"y\n3,z\n', "utf-8")
    with pytest.raises(InputFault, match="quotation mark that is never closed; 2 lines") as caught:
        read_table(tmp_path / "a.csv")
    assert caught.value.row == "3"
    assert "close it" in caught.value.cure


def test_a_parquet_with_an_unknown_crs_is_refused(tmp_path):
    FRAME.to_parquet(tmp_path / "a.parquet")
    table = pq.read_table(tmp_path / "a.parquet")
    described = json.loads(table.schema.metadata[b"geo"])
    described["columns"]["geometry"]["crs"] = "EPSG:123456"
    pq.write_table(table.replace_schema_metadata({b"geo": json.dumps(described)}), tmp_path / "a.parquet")
    with pytest.raises(InputFault, match="coordinate system in the file is unknown"):
        read_table(tmp_path / "a.parquet")
    described["columns"]["geometry"].pop("crs")
    pq.write_table(table.replace_schema_metadata({b"geo": json.dumps(described)}), tmp_path / "a.parquet")
    assert read_table(tmp_path / "a.parquet").crs.to_string() == "OGC:CRS84"
