"""A hand-made city of three streets, and hand-made check-up results of it."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from shapely.affinity import translate

from huancheng.city.snapshot import LayerTable, Outcome, Repair, Snapshot, SourceRecord, write_snapshot
from huancheng.evidence import Provenance
from huancheng.report.results import VALUE_COLUMNS, Definition, SystemResults

CRS = "EPSG:4548"
LEFT, BOTTOM = 500_000, 4_030_000
STREETS = ("望岳街道", "堂邑街道", "柳园街道")


def box(x: float, y: float, width: float, height: float) -> shapely.Polygon:
    return shapely.box(LEFT + x, BOTTOM + y, LEFT + x + width, BOTTOM + y + height)


def layer(
    name: str, geometry: list[shapely.Geometry], provenance: Provenance = Provenance.MEASURED, /, **columns: list
) -> LayerTable:
    ids = [f"{name[:2].upper()}{position}" for position in range(len(geometry))]
    frame = gpd.GeoDataFrame({"id": ids, **columns}, geometry=geometry, crs=CRS)
    return LayerTable(name, frame, dict.fromkeys(columns, provenance), "toy.gpkg")


def toy_layers() -> list[LayerTable]:
    homes = [box(40 + 60 * column, 60 + 80 * row, 30, 14) for row in range(5) for column in range(20)]
    line = shapely.LineString([(LEFT, BOTTOM + 40), (LEFT + 1200, BOTTOM + 40)])
    return [
        layer("boundary", [box(-100, -100, 1400, 800)], name=["小城"]),
        layer("divisions", [box(400 * place, 0, 400, 500) for place in range(3)], name=list(STREETS),
              level=["street"] * 3),
        layer("built_up_area", [box(0, 0, 1200, 500)], name=["小城"]),
        layer("land_use", [box(0, 0, 900, 500), box(900, 0, 300, 500)], use=["residential", "industrial"]),
        layer("estates", [box(20 + 300 * place, 50, 260, 400) for place in range(4)], name=["甲", "乙", "丙", "丁"]),
        layer("buildings", homes, Provenance.IMPUTED, floors=[6] * len(homes), use=["residential"] * len(homes)),
        layer("streets", [line, translate(line, 0, 420)], **{"class": ["arterial", "residential"]}),
        layer("railways", [translate(line, 0, -80)], kind=["rail"]),
        layer("water", [box(600, 200, 100, 100).difference(box(630, 230, 30, 30))], kind=["lake"]),
        layer("green_space", [box(100, 100, 120, 90)], kind=["park"]),
        layer("facilities", [shapely.Point(LEFT + 300, BOTTOM + 300)], **{"class": ["kindergarten"]}),
        layer("flood_records", [shapely.Point(LEFT + 500, BOTTOM + 300)], name=["桥洞"]),
        layer("pipes", [line], kind=["storm"]),
    ]  # fmt: skip


@pytest.fixture(scope="session")
def toy_snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """A snapshot small enough to draw in no time, with public, internal and classified layers."""
    return write_snapshot(
        tmp_path_factory.mktemp("toy") / "snapshot", name="toy", title="小城", as_of="2025-12-31", crs=CRS,
        layers=toy_layers(),
        sources=[SourceRecord(name="toy.gpkg", licence="MIT", attribution="测绘队")],
        repairs=[Repair("buildings", "toy.gpkg", "7", "geometry", Outcome.REPAIRED, "ring closed")],
        city={"official_population": 12_345, "size_class": "small_2"}, attribution="测绘队",
    )  # fmt: skip


def row(indicator: str, **given: object) -> dict[str, object]:
    """A row of the value store: a known count of the whole city unless told otherwise."""
    usual = dict.fromkeys(VALUE_COLUMNS, "") | {
        "indicator": indicator, "name": f"指标{indicator}", "group": "住房", "unit": "栋", "scope_kind": "city",
        "scope_name": "建成区", "amount": 7.0, "state": "known", "provenance": "imputed", "numerator": 7.0,
        "denominator": None,
        "provenance_shares": json.dumps({"buildings.floors": {"imputed": 0.9, "unknown": 0.1}}), "as_of": "2025-12-31",
        "channel": "self", "source": "快照 toy：buildings", "operator": "count_flagged", "direction": "lower",
    }  # fmt: skip
    return usual | given


def toy_values() -> pd.DataFrame:
    rows = [
        row("T-01", name="存在隐患的住宅数量"),
        row("T-02", name="缺幼儿园的小区数量", unit="个", amount=0.0, numerator=0.0, group="小区"),
        row("T-03", name="步行道长度", unit="公里", amount=1.25, numerator=1.25, group="小区"),
        row("T-04", name="绿道覆盖率", unit="%", amount=41.5, numerator=83.0, denominator=200.0,
            denominator_name="居住用地面积", target="≥70", target_certainty="recalled", grade="不足",
            grade_certainty="proposed", group="城区",
            direction="higher"),
        row("T-05", name="道路网密度", unit="公里/平方公里", amount=8.4, target="≥8", target_certainty="read",
            grade="优良", grade_certainty="read", group="城区", direction="higher", provenance="measured"),
        row("T-06", name="污水集中收集率", unit="%", amount=None, state="missing", provenance="",
            provenance_shares="{}", note="须由责任部门申报", group="城区", numerator=None),
        row("T-07", name="轨道站点覆盖率", unit="%", amount=None, state="not_applicable", provenance="",
            provenance_shares="{}", note="本市没有轨道交通", group="城区", numerator=None),
    ]  # fmt: skip
    for place, amount in enumerate((4.0, 3.0, 0.0)):
        rows.append(row("T-01", scope_kind="street", scope_id=f"DI{place}", scope_name=STREETS[place], amount=amount))
    rows.append(row("T-01", scope_kind="estate", scope_id="ES0", scope_name="甲", amount=4.0))
    rows.append(
        row("T-01", scope_kind="estate", scope_id="ES1", scope_name="乙", amount=None, state="missing", provenance="")
    )
    return pd.DataFrame(rows)


def toy_features() -> pd.DataFrame:
    columns = (
        "indicator",
        "layer",
        "feature_id",
        "amount",
        "county",
        "managed_area",
        "street",
        "community",
        "estate",
        "name",
        "x",
        "y",
    )
    listed = [("T-01", "buildings", f"BU{position}", LEFT + 55 + 60 * position, BOTTOM + 67) for position in range(7)]
    listed += [
        ("T-03", "streets", "ST1", LEFT + 600, BOTTOM + 460),
        ("T-04", "land_use", "land-7", LEFT + 450, BOTTOM + 250),
    ]
    listed += [("T-04", "flood_records", "FL0", LEFT + 500, BOTTOM + 300)]
    rows = [(name, kind, feature, 1.0, "", "", "DI0", "", "ES0", "", x, y) for name, kind, feature, x, y in listed]
    return pd.DataFrame(rows, columns=columns)


def toy_problems() -> gpd.GeoDataFrame:
    point = shapely.Point(LEFT + 600, BOTTOM + 250)
    usual = {
        "level": "below", "unit": "栋", "reason": "7栋，大于0（规则 rule-below-count，proposed）",
        "certainty": "proposed",
        "action": "逐栋鉴定", "action_type": "限时解决", "responsible": "住房城乡建设局", "x": point.x, "y": point.y,
    }  # fmt: skip
    rows = [
        {"id": "T-01/city/", "indicator": "T-01", "indicator_name": "存在隐患的住宅数量", "group": "住房",
        "scope_kind": "city",
         "scope_id": "", "scope_name": "建成区", "problem": "住宅存在隐患", "count": 7.0, "value_text": "7栋", **usual},
        {"id": "T-01/street/DI0", "indicator": "T-01", "indicator_name": "存在隐患的住宅数量", "group": "住房",
        "scope_kind": "street",
         "scope_id": "DI0", "scope_name": STREETS[0], "problem": "住宅存在隐患", "count": 4.0, "value_text": "4栋",
         **usual},
    ]  # fmt: skip
    shapes = [point, shapely.MultiPoint([(LEFT + 55, BOTTOM + 67), (LEFT + 115, BOTTOM + 67)])]
    return gpd.GeoDataFrame(rows, geometry=shapes, crs=CRS)


def toy_actions() -> pd.DataFrame:
    areas = "；".join(f"{name}{amount}栋" for name, amount in zip((*STREETS, "沙镇"), (4, 3, 2, 1), strict=True))
    return pd.DataFrame(
        [{
            "id": "action/T-01", "problem_id": "T-01/city/", "indicator": "T-01",
            "indicator_name": "存在隐患的住宅数量",
            "group": "住房", "problem": "住宅存在隐患", "result": "7栋", "action": "逐栋鉴定",
            "action_type": "限时解决",
            "area": areas, "responsible": "住房城乡建设局", "certainty": "recalled",
        }]
    )  # fmt: skip


@pytest.fixture(scope="session")
def toy_results() -> SystemResults:
    """Results of a little indicator system: known, zero, missing and not applicable; graded well and badly."""
    definitions = {f"T-0{position}": Definition(f"含义{position}", "read", "某局", "full") for position in range(1, 8)}
    definitions["T-05"] = Definition("含义5", "recalled", "某局", "full")
    return SystemResults(
        "toy-2023", "小城指标体系（7项）", "层级", ("住房", "小区", "城区"), toy_values(), toy_features(),
        toy_problems(), toy_actions(),
        definitions, "某文件（待核）", {"small_2": "Ⅱ型小城市"}, {"scope": {"name": "建成区", "note": "",
        "area_km2": 0.6}},
    )  # fmt: skip


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder to write into."""
    return tmp_path / "out"
