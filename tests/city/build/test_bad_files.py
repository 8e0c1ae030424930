"""Files that can't be used: each ends with a message that names the file and the cure, and leaves no snapshot."""

from __future__ import annotations

import sqlite3
import struct
import zipfile
import zlib

import geopandas as gpd
import numpy as np
import openpyxl
import pytest
import rasterio
import shapely

CASES = {}


def case(*words, cure, file=None):
    """Register a maker of a broken input; the fault must name the file, hold the words, and tell the cure."""

    def register(make):
        CASES[make.__name__] = (make, words, cure, file)
        return make

    return register


def shapefile(workshop, name="a.shp", **columns):
    workshop.squares(3, **(columns or {"n": [1, 2, 3]})).to_file(workshop.path(name), driver="ESRI Shapefile")
    return name


def patch(path, offset, data):
    content = bytearray(path.read_bytes())
    content[offset : offset + len(data)] = data
    path.write_bytes(bytes(content))


@case("there is no such file", cure="--data DIR", file="nowhere.gpkg")
def a_file_that_is_not_there(workshop):
    return workshop.buildings("nowhere.gpkg")


@case("GeoPackage", "SQLite", cure="export the file again")
def a_geopackage_that_is_a_text(workshop):
    workshop.write("a.gpkg", "not a database")
    return workshop.buildings("a.gpkg")


@case("the header claims", "bytes", cure="incomplete or damaged")
def a_geopackage_cut_short(workshop):
    workshop.gpkg("a.gpkg", workshop.squares(50))
    content = workshop.path("a.gpkg").read_bytes()
    workshop.write("a.gpkg", content[: len(content) // 2])
    return workshop.buildings("a.gpkg")


@case("the header claims 17,592,186,040,320 bytes", cure="incomplete or damaged")
def a_geopackage_that_claims_terabytes(workshop):
    workshop.gpkg("a.gpkg", workshop.squares(2))
    patch(workshop.path("a.gpkg"), 28, struct.pack(">I", 0xFFFFFFFF))
    return workshop.buildings("a.gpkg")


@case("required GeoPackage tables", cure="open and export it again")
def a_database_without_layers(workshop):
    connection = sqlite3.connect(workshop.path("a.gpkg"))
    connection.execute("create table plain (n integer)")
    connection.execute("drop table plain")
    connection.commit()
    connection.close()
    return workshop.buildings("a.gpkg")


@case("there is no layer 'houses'", cure="name one of a")
def a_sublayer_that_is_not_there(workshop):
    return workshop.buildings(workshop.gpkg("a.gpkg", workshop.squares(2)), layer='sublayer = "houses"')


@case("which layer?", cure="name one of first, second as `sublayer`")
def several_layers_and_none_named(workshop):
    frame = workshop.squares(2)
    frame.to_file(workshop.path("a.gpkg"), layer="first", driver="GPKG")
    frame.to_file(workshop.path("a.gpkg"), layer="second", driver="GPKG")
    return workshop.buildings("a.gpkg")


@case("not in the encoding named", cure='encoding = "gb18030"')
def a_shapefile_in_another_encoding_than_declared(workshop):
    frame = workshop.squares(3, name=["东昌府", "光岳楼", "古城"])
    frame.to_file(workshop.path("a.shp"), driver="ESRI Shapefile", encoding="GBK")
    return workshop.buildings("a.shp", source='encoding = "utf-8"')


@case("not in the encoding named", cure='encoding = "gb18030"')
def a_shapefile_with_column_names_in_another_encoding(workshop):
    frame = workshop.squares(3, 名称=["a", "b", "c"])
    frame.to_file(workshop.path("a.shp"), driver="ESRI Shapefile", encoding="GBK")
    return workshop.buildings("a.shp", source='encoding = "utf-8"')


@case("lacks its part a.dbf", cure="copy .shp, .shx, .dbf", file="a.shp")
def a_shapefile_without_its_table(workshop):
    name = shapefile(workshop)
    workshop.path("a.dbf").unlink()
    return workshop.buildings(name)


@case("lacks its part a.shx", cure="copy .shp, .shx, .dbf")
def a_shapefile_without_its_index(workshop):
    name = shapefile(workshop)
    workshop.path("a.shx").unlink()
    return workshop.buildings(name)


@case("names no coordinate system", cure="copy the .prj too")
def a_shapefile_without_prj(workshop):
    name = shapefile(workshop)
    workshop.path("a.prj").unlink()
    return workshop.buildings(name)


@case("the header claims 8,589,934,590 bytes", cure="incomplete or damaged", file="a.shp")
def a_shapefile_that_claims_gigabytes(workshop):
    name = shapefile(workshop)
    patch(workshop.path(name), 24, struct.pack(">I", 0xFFFFFFFF))
    return workshop.buildings(name)


@case("the header claims", cure="incomplete or damaged", file="a.dbf")
def a_dbf_that_claims_billions_of_rows(workshop):
    name = shapefile(workshop)
    patch(workshop.path("a.dbf"), 4, struct.pack("<I", 0xFFFFFFF0))
    return workshop.buildings(name)


@case("this is no shapefile", cure="export the file again")
def a_shapefile_that_is_a_text(workshop):
    name = shapefile(workshop)
    workshop.write(name, "x" * 200)
    return workshop.buildings(name)


@case("the header is cut short", cure="incomplete or damaged", file="a.dbf")
def a_dbf_cut_in_its_header(workshop):
    name = shapefile(workshop)
    workshop.write("a.dbf", b"\x03abc")
    return workshop.buildings(name)


@case("there is no encoding 'klingon'", cure="gb18030", file="a.cpg")
def a_cpg_with_an_unknown_encoding(workshop):
    name = shapefile(workshop)
    workshop.write("a.cpg", "klingon")
    return workshop.buildings(name)


@case("the .cpg says UTF-8, the names in the .dbf are not", cure='encoding = "gb18030"', file="a.cpg")
def a_cpg_that_lies(workshop):
    workshop.squares(3, 名称=["东昌府", "光岳楼", "古城"]).to_file(
        workshop.path("a.shp"), driver="ESRI Shapefile", encoding="GBK"
    )
    workshop.write("a.cpg", "UTF-8")
    return workshop.buildings("a.shp")


@case("no OSM pbf at byte 0", cure="export the file again")
def a_pbf_that_is_a_text(workshop):
    workshop.write("a.osm.pbf", "x" * 5000)
    return workshop.buildings("a.osm.pbf", layer='sublayer = "multipolygons"')


@case("the file is empty", cure="export the file again")
def an_empty_pbf(workshop):
    workshop.write("a.osm.pbf", b"")
    return workshop.buildings("a.osm.pbf", layer='sublayer = "multipolygons"')


def pbf(*blocks):
    """Blocks of an OSM pbf with valid frames."""
    out = b""
    for kind, payload in blocks:
        packed = zlib.compress(payload)
        blob = b"\x10" + _varint(len(payload)) + b"\x1a" + _varint(len(packed)) + packed
        header = b"\x0a" + bytes([len(kind)]) + kind + b"\x18" + _varint(len(blob))
        out += struct.pack(">I", len(header)) + header + blob
    return out


def _varint(number):
    out = b""
    while True:
        out += bytes([number & 0x7F | (0x80 if number > 0x7F else 0)])
        number >>= 7
        if not number:
            return out


@case("cut short: block 2 at byte", "lacks", cure="export the file again")
def a_pbf_cut_short(workshop):
    whole = pbf((b"OSMHeader", b"\x22\x0eOsmSchema-V0.6"), (b"OSMData", b"\x0a\x00" * 400))
    workshop.write("a.osm.pbf", whole[:-7])
    return workshop.buildings("a.osm.pbf", layer='sublayer = "multipolygons"')


@case("cut short or damaged at byte", "block 2", cure="export the file again")
def a_pbf_with_rubbish_after_the_first_block(workshop):
    workshop.write("a.osm.pbf", pbf((b"OSMHeader", b"\x22\x0eOsmSchema-V0.6")) + b"\xff" * 90)
    return workshop.buildings("a.osm.pbf", layer='sublayer = "multipolygons"')


@case("there is no layer 'buildings'", cure="points, lines, multilinestrings, multipolygons")
def a_pbf_sublayer_that_is_not_one(workshop):
    workshop.write("a.osm.pbf", pbf((b"OSMHeader", b"\x22\x0eOsmSchema-V0.6")))
    return workshop.buildings("a.osm.pbf", layer='sublayer = "buildings"')


@case("can't be", cure="export it again in the program it came from", file="a.geojson")
def a_geojson_cut_short(workshop):
    workshop.squares(30).to_file(workshop.path("a.geojson"), driver="GeoJSON")
    content = workshop.path("a.geojson").read_bytes()
    workshop.write("a.geojson", content[: len(content) // 2])
    return workshop.buildings("a.geojson")


@case("can't be opened", cure="export it again in the program")
def a_json_that_is_no_map(workshop):
    workshop.write("a.json", '{"hello": [1, 2, 3]}')
    return workshop.buildings("a.json")


@case("the file is empty", cure="a header line is the least")
def an_empty_csv(workshop):
    workshop.write("a.csv", "\n  \n")
    return workshop.buildings("a.csv")


@case("neither UTF-8 nor GB 18030", cure='encoding = "gb18030"')
def a_csv_in_no_known_encoding(workshop):
    workshop.write("a.csv", b"name,wkt\n\xff\xff\xfe,x\n")
    return workshop.buildings("a.csv")


@case("the text is not utf-8", cure='encoding = "gb18030"', file="a.csv")
def a_csv_in_another_encoding_than_declared(workshop):
    workshop.write("a.csv", "name,wkt\nOK,x\n光岳楼,x\n", "gbk")
    return workshop.buildings("a.csv", source='encoding = "utf-8"')


@case("there is no encoding 'utf-9'", cure='"utf-8"')
def an_encoding_nobody_knows(workshop):
    workshop.write("a.csv", "name,wkt\n")
    return workshop.buildings("a.csv", source='encoding = "utf-9"')


@case("the column 'name' is there twice", cure="header_row")
def a_csv_with_a_column_twice(workshop):
    workshop.write("a.csv", "name,name,wkt\na,b,c\n")
    return workshop.buildings("a.csv")


@case("column 2 has no name", cure="a name of its own")
def a_csv_with_a_nameless_column(workshop):
    workshop.write("a.csv", "name,,wkt\na,b,c\n")
    return workshop.buildings("a.csv")


@case("holds binary data", cure="true suffix")
def a_csv_that_is_binary(workshop):
    workshop.write("a.csv", b"name\x00\x01,wkt\n")
    return workshop.buildings("a.csv")


@case("the table holds no places", cure="`longitude`, `latitude` or `wkt`")
def a_table_without_places(workshop):
    workshop.write("a.csv", "name,floors\na,3\n")
    return workshop.buildings("a.csv")


@case("there is no column '东经'", cure="name one of name, lon, lat")
def a_longitude_column_that_is_not_there(workshop):
    workshop.write("a.csv", "name,lon,lat\na,115.98,36.45\n")
    return workshop.buildings("a.csv", source='longitude = "东经"\nlatitude = "lat"')


@case("longitude and latitude go together", cure="name both columns")
def a_longitude_without_latitude(workshop):
    workshop.write("a.csv", "name,lon,lat\na,115.98,36.45\n")
    return workshop.buildings("a.csv", source='longitude = "lon"')


@case("no readable zip archive", cure="export the file again")
def an_xlsx_that_is_a_text(workshop):
    workshop.write("a.xlsx", "hello")
    return workshop.buildings("a.xlsx")


@case("claims to unpack to", cure="used cells only")
def an_xlsx_that_is_a_bomb(workshop):
    with zipfile.ZipFile(workshop.path("a.xlsx"), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (80 << 20))
    return workshop.buildings("a.xlsx")


@case("the workbook can't be opened", cure="save it as .xlsx again")
def an_xlsx_that_is_another_archive(workshop):
    with zipfile.ZipFile(workshop.path("a.xlsx"), "w") as archive:
        archive.writestr("readme.txt", "hello")
    return workshop.buildings("a.xlsx")


@case("claims 1,048,576", "cells", cure="delete the empty rows")
def an_xlsx_with_a_cell_in_the_last_row(workshop):
    book = openpyxl.Workbook()
    book.active["A1"] = "name"
    book.active["XFD1048576"] = "x"
    book.save(workshop.path("a.xlsx"))
    return workshop.buildings("a.xlsx")


@case("which layer?", cure="name one of 楼栋, 说明")
def an_xlsx_with_two_sheets(workshop):
    book = openpyxl.Workbook()
    book.active.title = "楼栋"
    book.create_sheet("说明")
    book.save(workshop.path("a.xlsx"))
    return workshop.buildings("a.xlsx")


@case("the parquet file can't be read", cure="GeoParquet")
def a_parquet_cut_short(workshop):
    workshop.squares(20).to_parquet(workshop.path("a.parquet"))
    content = workshop.path("a.parquet").read_bytes()
    workshop.write("a.parquet", content[: len(content) // 2])
    return workshop.buildings("a.parquet")


@case("the geometry is encoded as 'polygon'", cure="encoded as WKB")
def a_parquet_in_another_encoding(workshop):
    workshop.squares(3).to_parquet(workshop.path("a.parquet"), geometry_encoding="geoarrow", schema_version="1.1.0")
    return workshop.buildings("a.parquet")


@case("no well-formed XML", cure="save_graphml")
def a_graphml_cut_short(workshop):
    workshop.write("a.graphml", "<graphml><graph><node id='1'>")
    return workshop.buildings("a.graphml")


@case("declares a document type", cure="save_graphml")
def a_graphml_with_an_entity_bomb(workshop):
    entities = '<!ENTITY a "ha"><!ENTITY b "&a;&a;">'
    workshop.write("a.graphml", f"<!DOCTYPE graphml [{entities}]><graphml>&b;</graphml>")
    return workshop.buildings("a.graphml")


@case("holds no graph", cure="save_graphml")
def a_graphml_without_a_graph(workshop):
    workshop.write("a.graphml", "<html></html>")
    return workshop.buildings("a.graphml")


@case("a SWMM model describes a drainage network", cure="water room")
def a_swmm_model(workshop):
    workshop.write("a.inp", "[TITLE]")
    return workshop.buildings("a.inp")


@case("the DWG format is closed", cure="save the drawing as DXF")
def a_dwg(workshop):
    workshop.write("a.dwg", "AC1032")
    return workshop.buildings("a.dwg")


@case("files of kind .docx are not read", cure="export it as one of")
def a_kind_nobody_reads(workshop):
    workshop.write("a.docx", "PK")
    return workshop.buildings("a.docx")


@case("a raster has cells, not features", cure="source of `terrain`")
def a_raster_as_a_layer(workshop):
    workshop.write("a.tif", "II*")
    return workshop.buildings("a.tif")


@case("this is a folder", cure="name the file in it")
def a_folder_instead_of_a_file(workshop):
    workshop.path("a.shp").mkdir()
    return workshop.buildings("a.shp")


def terrain(workshop, name, **source):
    lines = "\n".join(f'{key} = "{value}"' for key, value in source.items())
    shapes = workshop.buildings(workshop.gpkg("a.gpkg", workshop.squares(2)))
    return f'{shapes}\n[[source]]\nid = "t"\nfile = "{name}"\n{lines}\n[[raster]]\nsource = "t"\n'


def tiff(workshop, name, *, west=115.97, north=36.47, crs="EPSG:4326", size=(30, 30)):
    profile = {"driver": "GTiff", "dtype": "float32", "count": 1, "width": size[1], "height": size[0], "crs": crs}
    transform = rasterio.Affine(0.001, 0, west, 0, -0.001, north)
    with rasterio.open(workshop.path(name), "w", transform=transform, **profile) as dataset:
        dataset.write(np.ones(size, np.float32), 1)


@case("the raster can't be read", cure="GeoTIFF", file="t.tif")
def a_tiff_that_is_a_text(workshop):
    workshop.write("t.tif", "hello")
    return terrain(workshop, "t.tif")


@case("claims 60,000 × 60,000 cells", cure="cut it to the city", file="t.tif")
def a_tiff_that_claims_gigabytes(workshop):
    profile = {"driver": "GTiff", "dtype": "uint8", "count": 1, "width": 60000, "height": 60000, "crs": "EPSG:4326"}
    transform = rasterio.Affine(0.001, 0, 115, 0, -0.001, 37)
    with rasterio.open(workshop.path("t.tif"), "w", transform=transform, sparse_ok=True, tiled=True, **profile):
        pass
    return terrain(workshop, "t.tif")


@case("the raster names no coordinate system", cure="declare it", file="t.tif")
def a_tiff_without_crs(workshop):
    tiff(workshop, "t.tif", crs=None)
    return terrain(workshop, "t.tif")


@case("no cell of the raster lies in the city", cure="of this city", file="t.tif")
def a_tiff_of_another_city(workshop):
    tiff(workshop, "t.tif", west=10)
    return terrain(workshop, "t.tif")


@case("says no place", cure="N36E115.hgt")
def a_height_tile_with_a_nameless_inside(workshop):
    with zipfile.ZipFile(workshop.path("N36E115.hgt.zip"), "w") as archive:
        archive.writestr("heights.hgt", b"\x00" * 100)
    return terrain(workshop, "N36E115.hgt.zip")


@case("1201 or 3601 rows", cure="fetch the tile again")
def a_height_tile_cut_short(workshop):
    workshop.write("N36E115.hgt", b"\x00" * 1000)
    return terrain(workshop, "N36E115.hgt")


@case("holds 0 height tiles", cure="one .hgt per zip")
def a_height_archive_without_tile(workshop):
    with zipfile.ZipFile(workshop.path("x.hgt.zip"), "w") as archive:
        archive.writestr("readme.txt", "hello")
    return terrain(workshop, "x.hgt.zip")


@case("none of the shapes lies in the city", cure="the axes are swapped: set `swap_axes = true`")
def swapped_axes(workshop):
    frame = workshop.squares(3)
    frame.geometry = shapely.transform(frame.geometry.to_numpy(), lambda xy: xy[:, ::-1])
    return workshop.buildings(workshop.gpkg("a.gpkg", frame))


@case("none of the shapes lies in the city", "WGS 84", cure="the numbers are metres")
def metres_declared_as_degrees(workshop):
    frame = workshop.squares(3).to_crs(4548).set_crs(4326, allow_override=True)
    return workshop.buildings(workshop.gpkg("a.gpkg", frame))


@case("none of the shapes lies in the city", cure="the numbers are degrees")
def degrees_declared_as_metres(workshop):
    frame = workshop.squares(3).set_crs(4548, allow_override=True)
    return workshop.buildings(workshop.gpkg("a.gpkg", frame))


@case("none of the shapes lies in the city", cure="check the zone")
def an_easting_with_the_zone_number(workshop):
    frame = workshop.squares(3).to_crs(4527).set_crs(4548, allow_override=True)
    return workshop.buildings(workshop.gpkg("a.gpkg", frame))


@case("none of the shapes lies in the city", cure="of this city")
def a_file_of_another_city(workshop):
    frame = workshop.squares(3)
    frame.geometry = frame.geometry.translate(3, 3)
    return workshop.buildings(workshop.gpkg("a.gpkg", frame))


@case("gcj02 coordinates are degrees", cure="leave `datum` out")
def a_shifted_datum_in_metres(workshop):
    frame = workshop.squares(3).to_crs(4548)
    return workshop.buildings(workshop.gpkg("a.gpkg", frame), source='datum = "gcj02"')


@case("the file names 'WGS 84', the mapping", cure="override_crs")
def a_declared_crs_that_contradicts_the_file(workshop):
    return workshop.buildings(workshop.gpkg("a.gpkg", workshop.squares(3)), source='crs = "EPSG:4548"')


@case("'EPSG:123456' is unknown", cure="EPSG:4490")
def a_crs_nobody_knows(workshop):
    return workshop.buildings(workshop.gpkg("a.gpkg", workshop.squares(3)), source='override_crs = "EPSG:123456"')


@case("there is no column 'storeys'", cure="name one of n", file="a.gpkg:a")
def a_missing_column(workshop):
    return workshop.buildings(workshop.gpkg("a.gpkg", workshop.squares(3)), columns='floors = "storeys"')


@case("layer 'streets' needs the column 'class'", cure="'class' comes from")
def a_required_column_not_mapped(workshop):
    text = workshop.buildings(workshop.gpkg("a.gpkg", workshop.squares(3)))
    return text.replace('name = "buildings"', 'name = "streets"')


@pytest.mark.parametrize("name", CASES)
def test_is_refused_with_its_message(workshop, name):
    make, words, cure, file = CASES[name]
    fault = workshop.fails(make(workshop))
    for word in words:
        assert word in fault.message
    assert cure in fault.cure
    assert fault.file
    if file is not None:
        assert fault.file == file
    assert str(workshop.folder) not in str(fault)


def test_an_empty_layer_is_an_empty_layer(workshop):
    frame = gpd.GeoDataFrame({"n": []}, geometry=gpd.GeoSeries([], crs=4326), crs=4326)
    snapshot = workshop.build(workshop.buildings(workshop.gpkg("a.gpkg", frame)))
    assert snapshot.manifest.layers["buildings"].count == 0
    assert not workshop.listed(snapshot)
