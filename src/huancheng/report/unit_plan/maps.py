"""The maps of a unit plan: the ground as it is, the plan, and the facilities with what they reach."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from huancheng.city.schema import layer_schema
from huancheng.city.snapshot import Snapshot
from huancheng.planning.unit_plan import UnitPlan
from huancheng.report import layout
from huancheng.report.drawing.shapes import fill, stroke
from huancheng.report.drawing.sheet import FULL, Extent, Frame, LegendEntry, Sheet, Sign
from huancheng.report.plan_papers import PlanMap

FRAME = Frame(FULL.width, 0.0, 0.95)
"""A unit's map and its table fit on one page."""

USE_TINTS = {
    "residential": "#fbf0c4", "village": "#efe2b6", "public_service": "#f3d3dc", "commercial": "#f2c4ae",
    "industrial": "#d9cbb8", "logistics": "#ddd2e6", "transport": "#e3e6e8", "utility": "#cfdce4", "green": "#cfe3c4",
    "agricultural": "#eef3de", "forest": "#bfd8b8", "special": "#dcd8d2", "vacant": "#f4f2ec", "water": "#b9d5e2",
}  # fmt: skip
"""Tints of land use, the hues planners know, as on the overview."""

_BUILDING, _STREET, _WATER, _GREEN = "#b9c0c6", "#d3d8dc", "#d3e4ec", "#dcebd5"
_PROPOSED = "#8a4fa3"


def unit_maps(snapshot: Snapshot, plan: UnitPlan, approval: str = "") -> tuple[PlanMap, ...]:
    """Draw the maps.

    Parameters
    ----------
    snapshot
        The city; only public layers are drawn.
    plan
        The unit plan.
    approval
        Map-approval number, if given.
    """
    drawer = _Drawer(snapshot, plan, approval)
    found = [
        PlanMap("maps/1-position.png", drawer.position(), "单元区位", f"{plan.name}在城市中的位置"),
        PlanMap("maps/2-existing.png", drawer.existing(), "土地利用现状", f"{plan.name}现状土地利用与建筑"),
    ]
    if plan.parcels is not None and len(plan.parcels):
        found.append(PlanMap("maps/3-planned.png", drawer.planned(), "规划地块", f"{plan.name}规划地块的用地性质"))
    found.append(
        PlanMap("maps/4-facilities.png", drawer.facilities(), "公共服务设施布局", f"{plan.name}现状与规划公共服务设施")
    )
    return tuple(found)


class _Drawer:
    """One unit on the city's ground."""

    def __init__(self, snapshot: Snapshot, plan: UnitPlan, approval: str) -> None:
        self._snapshot, self._plan, self._approval = snapshot, plan, approval
        self._unit = plan.unit.geometry.to_numpy()
        self._extent = Extent.around(shapely.total_bounds(self._unit), FRAME, 0.12)
        self._titles = layer_schema("land_use").columns["use"]

    def position(self) -> bytes:
        layer = next((name for name in ("built_up_area", "central_city", "boundary") if self._snapshot.has(name)), None)
        bounds = shapely.total_bounds(self._snapshot.layer(layer, []).geometry.to_numpy() if layer else self._unit)
        outer = np.concatenate([np.minimum(bounds[:2], self._unit[0].bounds[:2]),
                                np.maximum(bounds[2:], self._unit[0].bounds[2:])])  # fmt: skip
        extent = Extent.around(outer, FRAME)
        legend = [LegendEntry("更新单元", layout.VERMILION), LegendEntry("水域", _WATER), LegendEntry("绿地", _GREEN)]
        sheet = self._sheet("单元区位", legend, extent)
        self._base(sheet, extent, buildings=False)
        fill(sheet.axes, self._unit, layout.VERMILION, edge=layout.VERMILION, width=1.0, alpha=0.75)
        return sheet.png()

    def existing(self) -> bytes:
        land = self._snapshot.layer("land_use", ["use"])
        land = land[shapely.intersects(land.geometry.to_numpy(), self._extent.box)]
        return self._uses(land, "土地利用现状", buildings=True)

    def planned(self) -> bytes:
        parcels = self._plan.parcels
        return self._uses(parcels if parcels is not None else self._plan.unit, "规划地块", buildings=False)

    def _uses(self, land: gpd.GeoDataFrame, title: str, *, buildings: bool) -> bytes:
        present = [use for use in USE_TINTS if (land["use"] == use).any()]
        legend = [LegendEntry(self._titles.label(use), USE_TINTS[use]) for use in present]
        legend += [LegendEntry("建筑", "#8e979f")] if buildings else []
        sheet = self._sheet(title, [*legend, LegendEntry("单元范围", layout.VERMILION, Sign.LINE)], self._extent)
        if not buildings:
            self._base(sheet, self._extent, buildings=False)
        for use in present:
            shapes = land.geometry.to_numpy()[(land["use"] == use).to_numpy(bool, na_value=False)]
            fill(sheet.axes, shapes, USE_TINTS[use], edge="#ffffff", width=0.5)
        if buildings:
            fill(sheet.axes, self._visible("water"), USE_TINTS["water"])
            fill(sheet.axes, self._visible("buildings"), "#8e979f")
        else:
            self._label(sheet, land)
        self._outline(sheet)
        return sheet.png()

    def facilities(self) -> bytes:
        plan = self._plan
        standing = self._snapshot.layer("facilities", ["class"])
        measured = {name for row in plan.facilities for name in (row.id,)}
        points = standing.geometry.to_numpy()[standing["class"].isin(measured).to_numpy()]
        placed = [item for item in plan.form.facilities if item.longitude is not None]
        planned = gpd.points_from_xy(
            [item.longitude for item in placed], [item.latitude for item in placed], crs="EPSG:4490"
        ).to_crs(plan.unit.crs)
        by_site: dict[tuple[float, float], list[str]] = {}
        for row in plan.facilities:
            for _, x, y in row.proposal.sites if row.proposal else ():
                by_site.setdefault((x, y), []).append(row.title)
        legend = [LegendEntry("现状设施", layout.TEAL, Sign.DOT)]
        legend += [LegendEntry("规划设施", layout.VERMILION, Sign.DOT)] if placed else []
        legend += [LegendEntry("补缺建议选址（序号见表）", _PROPOSED, Sign.DOT)] if by_site else []
        sheet = self._sheet(
            "公共服务设施布局", [*legend, LegendEntry("单元范围", layout.VERMILION, Sign.LINE)], self._extent
        )
        self._base(sheet, self._extent, buildings=True)
        self._outline(sheet)
        self._dots(sheet, points, layout.TEAL, 16)
        self._dots(sheet, np.asarray(planned), layout.VERMILION, 42)
        for number, (x, y) in enumerate(by_site, start=1):
            sheet.axes.scatter([x], [y], s=90, c=_PROPOSED, linewidths=0.8, edgecolors="#ffffff", zorder=61)
            sheet.axes.text(x, y, str(number), size=6.5, ha="center", va="center", color="#ffffff", zorder=62,
                            family=sheet.family)  # fmt: skip
        return sheet.png()

    def _sheet(self, title: str, legend: Sequence[LegendEntry], extent: Extent) -> Sheet:
        words = f"{self._plan.name}{title}"
        attribution = self._snapshot.manifest.attribution
        return Sheet(extent, words, legend, frame=FRAME, attribution=attribution, approval=self._approval)

    def _base(self, sheet: Sheet, extent: Extent, *, buildings: bool) -> None:
        fill(sheet.axes, self._visible("green_space", extent), _GREEN)
        fill(sheet.axes, self._visible("water", extent), _WATER)
        stroke(sheet.axes, self._visible("streets", extent), _STREET, 0.7)
        if buildings:
            fill(sheet.axes, self._visible("buildings", extent), _BUILDING)

    def _visible(self, name: str, extent: Extent | None = None) -> Any:
        shapes = self._snapshot.layer(name, []).geometry.to_numpy()
        return shapes[shapely.intersects(shapes, (extent or self._extent).box)] if len(shapes) else shapes

    def _outline(self, sheet: Sheet) -> None:
        stroke(sheet.axes, self._unit, "#ffffff", 3.4)
        stroke(sheet.axes, self._unit, layout.VERMILION, 1.6)

    @staticmethod
    def _dots(sheet: Sheet, points: Any, colour: str, size: float) -> None:
        if len(points):
            sheet.axes.scatter(
                shapely.get_x(points), shapely.get_y(points), s=size, c=colour, linewidths=0.5, edgecolors="#ffffff",
                zorder=60,
            )  # fmt: skip

    def _label(self, sheet: Sheet, parcels: gpd.GeoDataFrame) -> None:
        points = shapely.point_on_surface(parcels.geometry.to_numpy())
        rows = zip(points, parcels["id"], parcels["far"], parcels["height"], strict=True)
        for point, name, far, height in rows:
            figures = [f"容积率 {far:g}" if far == far else "", f"限高 {height:g}" if height == height else ""]  # noqa: PLR0124 - NaN
            words = "\n".join([str(name), *[one for one in figures if one]])
            sheet.axes.text(point.x, point.y, words, size=5.6, ha="center", va="center", color=layout.INK, zorder=80,
                            family=sheet.family, linespacing=1.25)  # fmt: skip
