"""A snapshot of a few shapes with layers of every class, and a check-up of one indicator: loaded in no time."""

from __future__ import annotations

import json
import shutil
import tempfile
from functools import cache
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely
from django.conf import settings
from django.utils import timezone

from huancheng.checkup.results.listing import ACTION_COLUMNS, PROBLEM_COLUMNS
from huancheng.checkup.results.store import RunTables, typed, write_run
from huancheng.checkup.results.tables import FEATURE_COLUMNS, NUMBERS, VALUE_COLUMNS
from huancheng.city.snapshot import LayerTable, Snapshot, write_snapshot
from huancheng.evidence import Provenance
from huancheng.platform.atlas.domain.folders import labels_file, snapshot_folder, tiles_file
from huancheng.platform.atlas.models import Place, SnapshotRecord
from huancheng.platform.audit.acting import PROGRAM
from huancheng.platform.checkups.domain.taking import take_run
from huancheng.platform.checkups.models import CheckupRunRecord

CRS = "EPSG:4548"
LEFT, BOTTOM = 500_000, 4_030_000
STREETS = ("望岳街道", "堂邑街道", "柳园街道")
TILES = bytes(range(256)) * 64
"""Stands for tiles where only serving them matters."""


def box(x: float, y: float, width: float, height: float) -> shapely.Polygon:
    return shapely.box(LEFT + x, BOTTOM + y, LEFT + x + width, BOTTOM + y + height)


def table(name: str, shapes: list[shapely.Geometry], provenance=Provenance.MEASURED, /, **columns: list) -> LayerTable:
    ids = [f"{name[:2].upper()}{place}" for place in range(len(shapes))]
    frame = gpd.GeoDataFrame({"id": ids, **columns}, geometry=shapes, crs=CRS)
    return LayerTable(name, frame, dict.fromkeys(columns, provenance), "little.gpkg")


def tables() -> list[LayerTable]:
    homes = [box(40 + 60 * place, 60, 30, 14) for place in range(20)]
    line = shapely.LineString([(LEFT, BOTTOM + 40), (LEFT + 1200, BOTTOM + 40)])
    mixed = table("buildings", homes, Provenance.IMPUTED, floors=[6] * 20, name=["甲楼", *["乙楼"] * 19],
                  year_built=[1990] * 10 + [None] * 10)  # fmt: skip
    return [
        table("boundary", [box(-100, -100, 1400, 800)], name=["小城"]),
        table("divisions", [box(400 * place, 0, 400, 500) for place in range(3)], name=list(STREETS),
              level=["street"] * 3),
        table("built_up_area", [box(0, 0, 1200, 500)], name=["小城"]),
        table("estates", [box(20, 50, 260, 400)], name=["和平里"]),
        mixed,
        table("streets", [line], name=["运河路"], **{"class": ["arterial"]}),
        table("facilities", [shapely.Point(LEFT + 300, BOTTOM + 300)], name=["和平小学"],
              **{"class": ["primary_school"]}),
        table("flood_records", [shapely.Point(LEFT + 500, BOTTOM + 300)], name=["内部桥洞"]),
        table("pipes", [line], kind=["storm"], material=["机密管材"]),
    ]  # fmt: skip


@cache
def snapshot() -> Snapshot:
    folder = Path(tempfile.mkdtemp(prefix="little-", dir=_home())) / "snapshot"
    return write_snapshot(
        folder, name="little", title="小城", as_of="2025-12-31", crs=CRS, layers=tables(), attribution="测绘队"
    )


def kept_snapshot(*, current: bool = True) -> SnapshotRecord:
    """Put the snapshot where the platform keeps it, with bytes in place of tiles, and return its record."""
    manifest = snapshot().manifest
    folder = snapshot_folder(manifest.digest)
    if not folder.is_dir():
        shutil.copytree(snapshot().location, folder)
    tiles_file(manifest.digest).write_bytes(TILES)
    labels_file(manifest.digest).write_text('{"type":"FeatureCollection","characters":"","features":[]}', "utf-8")
    layers = {name: {"count": item.count, "access": item.access} for name, item in manifest.layers.items()}
    record = SnapshotRecord.objects.create(
        digest=manifest.digest, name="little", title="小城", as_of="2025-12-31", crs=CRS, attribution="测绘队",
        state="ready", progress=100, current=current, layers=layers, west=117.0, south=36.39, east=117.02, north=36.4,
        tiles_digest="7" * 64, tiles_size=len(TILES), taken_at=timezone.now(),
    )  # fmt: skip
    Place.objects.create(snapshot=record, layer="estates", feature="ES0", name="和平里", kind="小区", rank=2,
                         west=117.0, south=36.39, east=117.01, north=36.4)  # fmt: skip
    return record


def run_folder(folder: Path, *, streets: int = 3, digest: str = "") -> Path:
    """Write a check-up of one indicator over some streets."""
    amounts = [12.0, 0.0, None][:streets]
    rows = [_value("city", "", "建成区", 12.0)]
    rows += [_value("street", f"DI{place}", STREETS[place], amount) for place, amount in enumerate(amounts)]
    rows.append(_value("city", "", "建成区", None, indicator="T-02", name="缺数据的指标"))
    point = shapely.MultiPoint([(LEFT + 55, BOTTOM + 67), (LEFT + 115, BOTTOM + 67)])
    problems = gpd.GeoDataFrame(
        [_problem("city", "", "建成区"), _problem("street", "DI0", STREETS[0])],
        geometry=[point.centroid, point],
        crs=CRS,
    )[[*PROBLEM_COLUMNS, "geometry"]]
    features = pd.DataFrame(
        [("T-01", "buildings", f"BU{place}", 1.0, "", "", "DI0", "", "ES0", "甲楼", LEFT + 55.0, BOTTOM + 67.0)
         for place in range(12)], columns=list(FEATURE_COLUMNS),
    )  # fmt: skip
    actions = pd.DataFrame([dict.fromkeys(ACTION_COLUMNS, "") | {
        "id": "action/T-01", "problem_id": "T-01/city/", "indicator": "T-01", "group": "住房",
        "problem": "住宅存在隐患", "action": "逐栋鉴定", "result": "12栋", "responsible": "住房城乡建设局",
    }])  # fmt: skip
    write_run(
        folder,
        RunTables(typed(pd.DataFrame(rows)[list(VALUE_COLUMNS)], NUMBERS), features, problems, actions, _meta(digest)),
    )
    return folder


def kept_run(**how) -> CheckupRunRecord:
    """Take a check-up of the little city into the register."""
    with tempfile.TemporaryDirectory(dir=_home()) as folder:
        written = run_folder(Path(folder) / "run", digest=snapshot().manifest.digest, **how)
        return take_run(written, PROGRAM)[0]


def _value(kind: str, scope: str, place: str, amount: float | None, **more: object) -> dict[str, object]:
    state = "missing" if amount is None else "known"
    usual = dict.fromkeys(VALUE_COLUMNS, "") | {
        "indicator": "T-01", "name": "存在隐患的住宅数量", "group": "住房", "unit": "栋", "scope_kind": kind,
        "scope_id": scope, "scope_name": place, "amount": amount, "state": state,
        "provenance": "imputed" if amount is not None else "", "provenance_shares": "{}", "numerator": amount,
        "denominator": None, "as_of": "2025-12-31", "channel": "self", "source": "快照 little：建筑",
        "target": "=0" if kind == "city" else "", "target_certainty": "implied", "direction": "lower",
    }  # fmt: skip
    return usual | more


def _problem(kind: str, scope: str, name: str) -> dict[str, object]:
    return dict.fromkeys(PROBLEM_COLUMNS, "") | {
        "id": f"T-01/{kind}/{scope}", "indicator": "T-01", "indicator_name": "存在隐患的住宅数量", "group": "住房",
        "level": "below", "scope_kind": kind, "scope_id": scope, "scope_name": name, "problem": "住宅存在隐患",
        "count": 12.0, "unit": "栋", "value_text": "12栋", "reason": "大于0", "action": "逐栋鉴定",
        "responsible": "住房城乡建设局", "x": LEFT + 55.0, "y": BOTTOM + 67.0,
    }  # fmt: skip


def _meta(digest: str) -> dict[str, object]:
    states = {"known": 1, "missing": 1}
    return {
        "snapshot": {"title": "小城", "as_of": "2025-12-31", "crs": CRS, "digest": digest or "0" * 64},
        "pack": {"id": "national", "version": "2026.1"},
        "system": {"id": "toy", "title": "小城指标体系", "groups": [{"name": "住房"}]},
        "scope": {"name": "建成区"},
        "counts": {"known": 1, "missing": 1, "not_applicable": 0},
        "provenance": {"imputed": 1},
        "aspects": [{"group": "住房", "grade": "", "states": states}],
        "aspect_rule": {"id": "toy"},
    }  # fmt: skip


def _home() -> str:
    Path(settings.HOME).mkdir(parents=True, exist_ok=True)
    return str(settings.HOME)


def as_json(response) -> dict:
    return json.loads(b"".join(response) if response.streaming else response.content)
