"""The result folder of a measurement: tables for a spreadsheet, layers for a map, one document for a program."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyogrio

from huancheng.city.snapshot import Snapshot
from huancheng.evidence import State
from huancheng.planning.completeness.gaps import FacilityDemand, Gap
from huancheng.planning.completeness.measuring import Completeness
from huancheng.planning.completeness.norms import FacilityNorm
from huancheng.planning.completeness.scorecard import Verdict
from huancheng.planning.tables import new_folder, write_json, write_table
from huancheng.policy.book import PolicyBook

_LINKS = {"walkable": "可步行", "detour": "绕行", "missing": "缺联系"}
_VERDICTS = {Verdict.MET: "达标", Verdict.SHORT: "不达标", Verdict.NEEDS_DATA: "待核实"}


def write_completeness(found: Completeness, snapshot: Snapshot, book: PolicyBook, folder: Path) -> dict[str, Any]:
    """Write the folder and return its document.

    Raises
    ------
    InputFault
        If the folder holds files.
    """
    new_folder(folder)
    _norms(found, folder / "norms.csv")
    _gaps(found, folder / "gaps.csv")
    _residents(found, folder / "residents.csv")
    _shared(found, folder / "shared.csv")
    _parks(found, folder / "parks.csv")
    _cards(found, folder / "scorecard.csv")
    _layers(found, folder / "gaps.gpkg")
    document = summary(found, snapshot, book)
    write_json(folder / "gaps.json", document)
    return document


def summary(found: Completeness, snapshot: Snapshot, book: PolicyBook) -> dict[str, Any]:
    """Return the measurement in numbers, with where its rules come from."""
    manifest = snapshot.manifest
    return {
        "format": "huancheng-gaps",
        "version": 1,
        "snapshot": {name: getattr(manifest, name) for name in ("name", "title", "as_of", "digest")},
        "pack": {"id": book.pack.id, "version": book.pack.manifest.version, "digest": book.pack.digest},
        "basis": found.rules.basis.value,
        "certainty": found.rules.certainty.value,
        "tolerated_share": found.rules.tolerated_share,
        "areas": len(found.areas),
        "residents": {
            "layer": found.reach.homes.layer,
            "provenance": found.reach.homes.provenance.value,
            "city": round(float(found.reach.homes.persons.sum()), 3),
        },
        "types": [_type_dict(found, norm) for norm in found.norms],
        "shared_facilities": len(found.shared),
        "park_living_pairs": dict(sorted(Counter(pair.link for pair in found.parks.pairs).items())),
        "scorecards": dict(sorted(Counter(card.verdict.value for card in found.cards).items())),
    }


def _type_dict(found: Completeness, norm: FacilityNorm) -> dict[str, Any]:
    gaps = [gap for gap in found.gaps if gap.norm.id == norm.id]
    known = [gap for gap in gaps if gap.state is State.KNOWN]
    state = "known" if known else gaps[0].state.value if gaps else "missing"
    document: dict[str, Any] = {"id": norm.id, "title": norm.title, "walk": norm.walk, "walk_from": str(norm.walk_mark)}
    if not known:
        return document | {"state": state, "note": gaps[0].note if gaps else ""}
    return document | {
        "state": state,
        "residents": round(sum(gap.residents for gap in known), 3),
        "inside": round(sum(gap.inside for gap in known), 3),
        "outside": round(sum(gap.outside for gap in known), 3),
        "beyond": round(sum(gap.beyond for gap in known), 3),
        "areas_with_a_gap": sum(gap.demand is not None for gap in known),
    }


def _norms(found: Completeness, path: Path) -> None:
    columns = (
        "设施", "步行距离（米）", "距离出处", "一处服务人数", "人数出处", "建筑面积（平方米）",
        "用地面积（平方米）", "面积出处",
    )  # fmt: skip
    rows = [
        (norm.title, norm.walk, norm.walk_mark, _pair(norm.persons), norm.persons_mark, _pair(norm.floor_area),
         _pair(norm.land_area), norm.area_mark)
        for norm in found.norms
    ]  # fmt: skip
    write_table(path, columns, rows)


GAP_COLUMNS = (
    "范围", "名称", "设施", "状态", "居民", "本范围内可达", "范围外可达", "超出步行距离", "超出占比", "需新增处数",
    "建筑面积下限", "建筑面积上限", "用地面积下限", "用地面积上限", "面积出处", "说明",
)  # fmt: skip


def _gaps(found: Completeness, path: Path) -> None:
    write_table(path, GAP_COLUMNS, [gap_row(gap) for gap in found.gaps])


def _residents(found: Completeness, path: Path) -> None:
    """Write what drawing units reads: residents and those beyond, per block and type; what is not known is left out."""
    rows = ((gap.area, gap.norm.id, gap.residents, gap.beyond) for gap in found.gaps if gap.state is State.KNOWN)
    write_table(path, ("block", "facility", "residents", "beyond"), rows)


def gap_row(gap: Gap) -> tuple[Any, ...]:
    """Return one row of the table of gaps."""
    head = (gap.area, gap.area_name, gap.norm.title)
    if gap.state is not State.KNOWN:
        word = "缺数据" if gap.state is State.MISSING else "不适用"
        return (*head, word, gap.residents, *[None] * 10, gap.note)
    demand = gap.demand or FacilityDemand(0, None, None, "")
    return (
        *head, "已知", gap.residents, gap.inside, gap.outside, gap.beyond, gap.beyond_share, demand.facilities,
        *(demand.floor_area or (None, None)), *(demand.land_area or (None, None)), demand.mark, gap.note,
    )  # fmt: skip


def _shared(found: Completeness, path: Path) -> None:
    columns = ("设施类型", "设施", "名称", "受益范围", "范围名称", "服务居民", "分摊比例", "共建共享协议")
    rows = [
        (item.norm.title, item.facility, item.name, part.area, part.area_name, part.residents, round(part.share, 6),
         item.agreement)
        for item in found.shared
        for part in item.beneficiaries
    ]  # fmt: skip
    write_table(path, columns, rows)


def _parks(found: Completeness, path: Path) -> None:
    columns = ("园区", "生活区", "直线距离（米）", "步行距离（米）", "联系", "可共享设施")
    rows = [
        (pair.park, pair.living, pair.straight, pair.walk, _LINKS[pair.link],
         "、".join(f"{item.title}{item.count}处" for item in pair.shared))
        for pair in found.parks.pairs
    ]  # fmt: skip
    write_table(path, columns, rows)


def _cards(found: Completeness, path: Path) -> None:
    columns = ("范围", "名称", "序号", "类别", "项目", "判定", "数值", "单位", "要求", "必达", "出处", "说明", "总判定")
    rows = [
        (card.area, card.area_name, item.number, item.category, item.title, _VERDICTS[item.verdict],
         item.figure.amount, item.figure.unit, item.needed, "是" if item.required else "否", item.mark,
         item.figure.note, _VERDICTS[card.verdict])
        for card in found.cards
        for item in card.items
    ]  # fmt: skip
    write_table(path, columns, rows)


def _layers(found: Completeness, path: Path) -> None:
    shares: dict[str, dict[str, float | None]] = {norm.id: {} for norm in found.norms}
    for gap in found.gaps:
        shares[gap.norm.id][gap.area] = gap.beyond_share
    areas = found.areas.copy()
    for name, by_area in shares.items():
        areas[f"beyond_{name}"] = areas["id"].map(by_area).astype("float64")
    layers: list[tuple[str, gpd.GeoDataFrame]] = [("areas", areas)]
    layers += [("parks", found.parks.parks), ("living_areas", found.parks.living)]
    for name, frame in layers:
        if len(frame):
            pyogrio.write_dataframe(frame, path, layer=name, driver="GPKG", promote_to_multi=True, append=path.exists())


def _pair(pair: tuple[float, float] | None) -> str:
    if pair is None:
        return ""
    return f"{pair[0]:g}" if pair[0] == pair[1] else f"{pair[0]:g}–{pair[1]:g}"
