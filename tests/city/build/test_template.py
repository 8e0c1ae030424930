"""The empty workbook holds every layer of the schema and, filled in, builds a city."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

from huancheng.city.build import build_city
from huancheng.city.build.template import write_template
from huancheng.city.schema import Geometry, layer_schemas
from huancheng.evidence import InputFault

TABLES = [schema for schema in layer_schemas().values() if schema.geometry is not Geometry.RASTER]
SQUARE = "POLYGON ((115.98 36.45, 115.99 36.45, 115.99 36.46, 115.98 36.46, 115.98 36.45))"
HOUSE = "POLYGON ((115.981 36.451, 115.982 36.451, 115.982 36.452, 115.981 36.452, 115.981 36.451))"


def fill(path, rows):
    workbook = openpyxl.load_workbook(path)
    for layer, row in rows.items():
        heads = [cell.value for cell in workbook[layer][1]]
        workbook[layer].append([row.get(head) for head in heads])
    workbook.save(path)


@pytest.mark.parametrize("schema", TABLES, ids=lambda schema: schema.name)
def test_every_layer_has_a_sheet_with_its_columns(schema, tmp_path):
    workbook, _ = write_template(tmp_path, [schema.name])
    heads = [cell.value for cell in openpyxl.load_workbook(workbook)[schema.name][1]]
    assert heads[: len(schema.columns) + 1] == ["id", *schema.columns]


def test_the_guide_explains_every_column_in_chinese_with_its_codes(tmp_path):
    workbook, _ = write_template(tmp_path)
    rows = list(openpyxl.load_workbook(workbook)["填写说明"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == sum(len(schema.columns) for schema in TABLES)
    use = next(row for row in rows if row[0].startswith("buildings") and row[1] == "use")
    assert use[2] == "用途"
    assert "residential 居住" in use[6]


def test_codes_are_offered_as_a_list(tmp_path):
    workbook, _ = write_template(tmp_path, ["transit_stops"])
    rules = openpyxl.load_workbook(workbook)["transit_stops"].data_validations.dataValidation
    assert [rule.formula1 for rule in rules] == ['"bus,rail,ferry"']


def test_what_is_filled_in_comes_out_of_the_snapshot(tmp_path):
    workbook, mapping = write_template(tmp_path / "t", ["boundary", "buildings", "facilities"])
    fill(
        workbook,
        {
            "boundary": {"id": "b", "name": "平原市", "wkt": SQUARE},
            "buildings": {
                "id": "h1", "use": "residential", "floors": 6, "illegal": False, "height": 18.5, "wkt": HOUSE,
            },
            "facilities": {
                "id": "f1", "class": "kindergarten", "name": "中心幼儿园", "longitude": 115.985, "latitude": 36.455,
            },
        },
    )  # fmt: skip
    snapshot = build_city(mapping, tmp_path / "s")
    house = snapshot.layer("buildings").iloc[0]
    assert (house["use"], house["floors"], house["height"], house["illegal"]) == ("residential", 6, 18.5, False)
    assert snapshot.layer("facilities")["class"].tolist() == ["kindergarten"]
    assert snapshot.repairs() == []


def test_dates_typed_as_dates_are_dates(tmp_path):
    workbook, mapping = write_template(tmp_path / "t", ["boundary", "flood_records"])
    fill(
        workbook,
        {
            "boundary": {"id": "b", "wkt": SQUARE},
            "flood_records": {
                "id": "p", "occurred_on": dt.date(2024, 7, 9), "depth": 0.4, "longitude": 115.985, "latitude": 36.455,
            },
        },
    )  # fmt: skip
    assert build_city(mapping, tmp_path / "s").layer("flood_records")["occurred_on"].tolist() == ["2024-07-09"]


def test_the_same_call_gives_the_same_bytes(tmp_path):
    first, second = (write_template(tmp_path / name)[0].read_bytes() for name in "ab")
    assert first == second


def test_what_was_filled_in_is_never_overwritten(tmp_path):
    write_template(tmp_path, ["boundary"])
    with pytest.raises(InputFault, match=r"layers\.xlsx.*already there"):
        write_template(tmp_path, ["boundary"])


@pytest.mark.parametrize(
    ("layer", "told"), [("castles", "there is no layer 'castles'"), ("terrain", r"is a raster.*GeoTIFF")]
)
def test_a_layer_without_a_table_is_refused(layer, told, tmp_path):
    with pytest.raises(InputFault, match=told):
        write_template(tmp_path, [layer])


def test_a_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "f").write_text("x", "utf-8")
    with pytest.raises(InputFault, match="can't be written"):
        write_template(tmp_path / "f", ["boundary"])
