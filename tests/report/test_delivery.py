"""What a check-up hands out: complete, the same each time, and nothing that is not for everyone's eyes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pyogrio
import pytest

from huancheng.city.snapshot import Snapshot
from huancheng.report.deliver import ReportFiles, write_report
from huancheng.report.geopackage import values_by_place, write_geopackage
from huancheng.report.geopackage_styles import style_of
from huancheng.report.options import ReportOptions
from huancheng.report.results import SystemResults


@pytest.fixture(scope="module")
def delivered(
    tmp_path_factory: pytest.TempPathFactory, toy_snapshot: Snapshot, toy_results: SystemResults
) -> list[ReportFiles]:
    return [write_report(toy_snapshot, [toy_results], tmp_path_factory.mktemp(name)) for name in ("one", "two")]


def files(given: ReportFiles) -> list[Path]:
    return [given.docx, given.pdf, *given.workbooks, *given.maps, given.geopackage]


def test_report_annexes_maps_and_geopackage_are_there(delivered: list[ReportFiles]) -> None:
    names = [path.name for path in files(delivered[0])]
    assert names[:2] == ["report.docx", "report.pdf"]
    assert {"indicators.xlsx", "areas.xlsx", "problems.xlsx", "actions.xlsx", "features.xlsx", "data.xlsx"} <= set(
        names
    )
    assert names[-1] == "city.gpkg"
    assert all(path.stat().st_size > 500 for path in files(delivered[0]))


def test_the_same_results_give_the_same_bytes(delivered: list[ReportFiles]) -> None:
    one, two = (files(given) for given in delivered)
    assert [path.name for path, other in zip(one, two, strict=True) if path.read_bytes() != other.read_bytes()] == []


def sheet_rows(given: ReportFiles, book: str, sheet: str) -> list[dict[str, object]]:
    page = openpyxl.load_workbook(given.docx.parent / "annexes" / book)[sheet]
    titles = [cell.value for cell in page[1]]
    return [dict(zip(titles, (cell.value for cell in row), strict=True)) for row in page.iter_rows(min_row=2)]


def test_the_indicator_annex_holds_the_stored_values_as_numbers(
    delivered: list[ReportFiles], toy_results: SystemResults
) -> None:
    found = sheet_rows(delivered[0], "indicators.xlsx", "2023指标表")
    assert [line["编号"] for line in found] == list(toy_results.city()["indicator"])
    by_id = {line["编号"]: line for line in found}
    assert by_id["T-04"]["数值"] == 41.5
    assert (by_id["T-02"]["数值"], by_id["T-02"]["状态"]) == (0, "已知")
    assert (by_id["T-06"]["数值"], by_id["T-06"]["状态"]) == (None, "缺数据")
    assert (by_id["T-07"]["数值"], by_id["T-07"]["状态"]) == (None, "不适用")
    assert by_id["T-04"]["目标依据"] == "凭记忆，待核"


def test_problems_actions_areas_and_features_are_listed_in_full(
    delivered: list[ReportFiles], toy_results: SystemResults
) -> None:
    assert len(sheet_rows(delivered[0], "problems.xlsx", "2023问题清单")) == len(toy_results.problems)
    assert len(sheet_rows(delivered[0], "actions.xlsx", "2023整治建议清单")) == len(toy_results.actions)
    assert [line["数值"] for line in sheet_rows(delivered[0], "areas.xlsx", "2023分区数值")] == [4, 3, 0]
    assert len(sheet_rows(delivered[0], "features.xlsx", "2023要素清单")) == len(toy_results.features)


def test_repairs_and_provenance_are_listed_row_by_row(delivered: list[ReportFiles]) -> None:
    repairs = sheet_rows(delivered[0], "data.xlsx", "修补与拒收")
    assert [(line["图层"], line["处理"], line["原因"]) for line in repairs] == [("buildings", "修补", "ring closed")]
    columns = {line["标识"]: line["来源构成"] for line in sheet_rows(delivered[0], "data.xlsx", "字段")}
    assert columns["buildings.floors"] == "插补 100%"


def layers(path: Path) -> set[str]:
    return set(pyogrio.list_layers(path)[:, 0])


def test_the_geopackage_holds_public_layers_problems_and_values(delivered: list[ReportFiles]) -> None:
    held = layers(delivered[0].geopackage)
    assert {
        "buildings",
        "streets",
        "estates",
        "problems_2023",
        "values_2023_street",
        "values_2023_estate",
        "indicators",
    } <= held
    assert not {"flood_records", "pipes"} & held


def test_internal_layers_come_on_request_and_classified_ones_never(tmp_path: Path, toy_snapshot: Snapshot) -> None:
    held = layers(write_geopackage(toy_snapshot, [], tmp_path / "a.gpkg", internal=True))
    assert "flood_records" in held
    assert "pipes" not in held


def test_values_by_place_are_the_stored_ones_and_unknown_is_empty_not_zero(
    toy_snapshot: Snapshot, toy_results: SystemResults
) -> None:
    streets = values_by_place(toy_snapshot, toy_results, "street")
    assert dict(zip(streets["name"], streets["T-01"], strict=True)) == {
        "望岳街道": 4.0,
        "堂邑街道": 3.0,
        "柳园街道": 0.0,
    }
    estates = values_by_place(toy_snapshot, toy_results, "estate").set_index("id")["T-01"]
    assert estates["ES0"] == 4.0
    assert estates[["ES1", "ES2"]].isna().all()
    assert values_by_place(toy_snapshot, toy_results, "county").empty


def test_geometry_survives_the_way_into_the_geopackage(delivered: list[ReportFiles], toy_snapshot: Snapshot) -> None:
    back = pyogrio.read_dataframe(delivered[0].geopackage, layer="buildings")
    assert back.area.sum() == pytest.approx(toy_snapshot.layer("buildings").area.sum())
    assert back.crs == toy_snapshot.crs
    problems = pyogrio.read_dataframe(delivered[0].geopackage, layer="problems_2023")
    assert [len(shape.geoms) for shape in problems.geometry] == [1, 2]


def test_every_drawn_layer_has_a_style_and_indicator_columns_their_names(delivered: list[ReportFiles]) -> None:
    with closing(sqlite3.connect(delivered[0].geopackage)) as base:
        styles = dict(base.execute("SELECT f_table_name, styleQML FROM layer_styles").fetchall())
        drawn = {row[0] for row in base.execute("SELECT table_name FROM gpkg_geometry_columns")}
        kept = base.execute(
            "SELECT id, state, amount FROM indicators WHERE id IN ('T-02', 'T-06') ORDER BY id"
        ).fetchall()
    assert set(styles) == drawn
    assert 'field="T-01" name="T-01 存在隐患的住宅数量"' in styles["values_2023_street"]
    assert kept == [("T-02", "known", 0.0), ("T-06", "missing", None)]


@pytest.mark.parametrize(
    ("geometry", "symbol"), [("MULTIPOLYGON", "fill"), ("MULTILINESTRING", "line"), ("MULTIPOINT", "marker")]
)
def test_a_style_is_sound_xml_for_its_geometry(geometry: str, symbol: str) -> None:
    root = ET.fromstring(style_of("problems_2023", geometry, {'a"b': "<名>"}).split(">", 1)[1])  # noqa: S314 - our own words
    assert root.find("renderer-v2/symbols/symbol").get("type") == symbol
    assert root.find("aliases/alias").attrib == {"field": 'a"b', "name": "<名>"}


def test_the_approval_number_reaches_the_maps_and_progress_is_told(
    tmp_path: Path, toy_snapshot: Snapshot, toy_results: SystemResults, delivered: list[ReportFiles]
) -> None:
    told: list[str] = []
    few = replace(toy_results, features=toy_results.features.iloc[:1])
    approved = write_report(toy_snapshot, [few], tmp_path, ReportOptions(approval="鲁S(2026)001号"), told.append)
    assert told == ["maps", "report", "annexes", "GeoPackage"]
    assert approved.maps[0].read_bytes() != delivered[0].maps[0].read_bytes()
