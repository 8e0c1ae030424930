"""The city-wide sheet: the central plan and the counties' plans joined, the missing ones named (五(二), 全市)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio

from huancheng.evidence import InputFault
from huancheng.planning.special_plan.folder import read_layer, read_special_plan
from huancheng.planning.special_plan.plan import CENTRAL, CENTRAL_TITLE
from huancheng.planning.tables import new_folder, write_json, write_table
from huancheng.policy.book import PolicyBook


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One jurisdiction that must have a plan, and its plan where it has one."""

    jurisdiction: str
    title: str
    plan: dict[str, Any] | None

    @property
    def missing(self) -> bool:
        """Whether there is no plan yet."""
        return self.plan is None


@dataclass(frozen=True, eq=False)
class CityWideSheet:
    """All plans of a city.

    Parameters
    ----------
    rows
        The central city first, then the others in the pack's order.
    key_areas, units
        All of them, each with its `jurisdiction`; None where no plan has any.
    """

    rows: tuple[SheetRow, ...]
    key_areas: gpd.GeoDataFrame | None
    units: gpd.GeoDataFrame | None

    @property
    def missing(self) -> tuple[str, ...]:
        """Jurisdictions without a plan."""
        return tuple(row.title for row in self.rows if row.missing)


def consolidate(book: PolicyBook, folders: Sequence[Path]) -> CityWideSheet:
    """Join special plans.

    Parameters
    ----------
    book
        Pack that says who must have a plan.
    folders
        Result folders of the plans there are.

    Raises
    ------
    InputFault
        If a folder holds no plan, two are for one jurisdiction, or one is for none of the pack's.
    """
    wanted = {CENTRAL: CENTRAL_TITLE}
    wanted |= {item.id: item.title for item in book.jurisdictions if not item.central}
    by_title = {title: name for name, title in wanted.items()}
    plans: dict[str, tuple[dict[str, Any], Path]] = {}
    for folder in folders:
        plan = read_special_plan(folder)
        name = by_title.get(plan["jurisdiction"]["title"])
        if name is None:
            message = f"{plan['jurisdiction']['title']} makes no special plan of its own"
            raise InputFault(message, file=str(folder), cure=f"plans are made by {'、'.join(by_title)}")
        if name in plans:
            message = f"there are two plans for {wanted[name]}"
            raise InputFault(message, file=str(folder), cure=f"leave out this one or {plans[name][1]}")
        plans[name] = (plan, folder)
    rows = tuple(SheetRow(name, title, plans[name][0] if name in plans else None) for name, title in wanted.items())
    there = [(wanted[name], folder) for name, (_, folder) in plans.items()]
    return CityWideSheet(rows, _joined(there, "key_areas"), _joined(there, "units"))


def _joined(there: Sequence[tuple[str, Path]], layer: str) -> gpd.GeoDataFrame | None:
    frames = [
        frame.assign(jurisdiction=title).to_crs("EPSG:4490")
        for title, folder in there
        if (frame := read_layer(folder, layer)) is not None
    ]
    if not frames:
        return None
    return gpd.GeoDataFrame(pd.concat(frames, ignore_index=True), geometry="geometry", crs="EPSG:4490")


def write_sheet(sheet: CityWideSheet, folder: Path) -> dict[str, Any]:
    """Write `city_wide.json`, `city_wide.csv` and `city_wide.gpkg`; return the document.

    Raises
    ------
    InputFault
        If the folder holds files.
    """
    new_folder(folder)
    plans = [(row, row.plan or {}) for row in sheet.rows]
    document = {
        "format": "huancheng-city-wide-sheet",
        "version": 1,
        "missing": list(sheet.missing),
        "plans": [
            {
                "jurisdiction": row.jurisdiction, "title": row.title, "plan": plan.get("title"), "missing": row.missing,
                "key_areas": len(plan.get("key_areas", [])), "units": len(plan.get("units", [])),
                "overall_goal": plan.get("overall_goal", ""), "strategies": plan.get("strategies", []),
                "blocked": plan.get("blocked", []),
            }
            for row, plan in plans
        ],
    }  # fmt: skip
    write_json(folder / "city_wide.json", document)
    write_table(
        folder / "city_wide.csv", ("辖区", "专项规划", "重点区域", "更新单元", "总体目标", "发展策略", "状态"),
        [
            (row.title, plan.get("title", ""), len(plan.get("key_areas", [])), len(plan.get("units", [])),
             plan.get("overall_goal", ""), "；".join(plan.get("strategies", [])),
             "缺" if row.missing else "、".join(plan["blocked"]) or "可报审")
            for row, plan in plans
        ],
    )  # fmt: skip
    for name, frame in (("key_areas", sheet.key_areas), ("units", sheet.units)):
        if frame is not None:
            path = folder / "city_wide.gpkg"
            pyogrio.write_dataframe(frame, path, layer=name, driver="GPKG", append=path.exists())
    return document
