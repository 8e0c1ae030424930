"""The maps of a special plan: key areas, and each division into units."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from huancheng.city.snapshot import Snapshot
from huancheng.planning.special_plan import SpecialPlan
from huancheng.report import layout
from huancheng.report.drawing.shapes import fill, stroke
from huancheng.report.drawing.sheet import FULL, Extent, Frame, LegendEntry, Sheet, Sign
from huancheng.report.plan_papers import PlanMap

FRAME = Frame(FULL.width, 0.0, 0.9)
_TINTS = ("#f2c4ae", "#cfe3c4", "#cfdce4", "#ddd2e6", "#fbf0c4", "#f3d3dc", "#d9cbb8", "#b9d5e2")
_STREET, _WATER, _GREEN = "#d3d8dc", "#d3e4ec", "#dcebd5"
_MOST_NAMES = 60


def special_maps(snapshot: Snapshot, plan: SpecialPlan, approval: str = "") -> tuple[PlanMap, ...]:
    """Draw the maps; only public layers of the city lie under them."""
    found = []
    if plan.key_areas is not None and len(plan.key_areas):
        image = _key_areas(snapshot, plan.key_areas, plan.jurisdiction, approval)
        words = f"{plan.jurisdiction}城市更新重点区域及其更新方向"
        found.append(PlanMap("maps/1-key-areas.png", image, "重点区域及更新方向", words))
    for number, item in enumerate(plan.alternatives, start=1):
        units = item.units.to_crs(snapshot.crs)
        title = f"{item.title}：划定单元 {len(units)} 个" + ("（采用）" if item.adopted else "")
        image = _units(snapshot, units, title, approval)
        found.append(PlanMap(f"maps/2-units-{number}.png", image, title, f"{item.title}的更新单元范围"))
    return tuple(found)


def _key_areas(snapshot: Snapshot, areas: gpd.GeoDataFrame, who: str, approval: str) -> bytes:
    directions = list(dict.fromkeys(areas["direction"]))
    tints = {direction: _TINTS[place % len(_TINTS)] for place, direction in enumerate(directions)}
    legend = [LegendEntry(direction or "（方向未填）", tints[direction]) for direction in directions]
    sheet = _sheet(snapshot, areas, f"{who}重点区域", legend, approval)
    for direction, tint in tints.items():
        shapes = areas.geometry.to_numpy()[(areas["direction"] == direction).to_numpy()]
        fill(sheet.axes, shapes, tint, edge=layout.INK, width=0.8, alpha=0.85)
    _names(sheet, areas, 7.0)
    return sheet.png()


def _units(snapshot: Snapshot, units: gpd.GeoDataFrame, title: str, approval: str) -> bytes:
    legend = [LegendEntry("更新单元", _TINTS[2]), LegendEntry("单元边界", layout.TEAL, Sign.LINE)]
    sheet = _sheet(snapshot, units, title, legend, approval)
    shapes = units.geometry.to_numpy()
    fill(sheet.axes, shapes, _TINTS[2], alpha=0.55)
    stroke(sheet.axes, shapes, "#ffffff", 2.4)
    stroke(sheet.axes, shapes, layout.TEAL, 1.1)
    if len(units) <= _MOST_NAMES:
        _names(sheet, units, 5.8)
    return sheet.png()


def _sheet(snapshot: Snapshot, frame: gpd.GeoDataFrame, title: str, legend: list[LegendEntry], approval: str) -> Sheet:
    extent = Extent.around(shapely.total_bounds(frame.geometry.to_numpy()), FRAME, 0.06)
    sheet = Sheet(extent, title, legend, frame=FRAME, attribution=snapshot.manifest.attribution, approval=approval)
    for name, colour in (("green_space", _GREEN), ("water", _WATER)):
        fill(sheet.axes, _visible(snapshot, name, extent), colour)
    stroke(sheet.axes, _visible(snapshot, "streets", extent), _STREET, 0.5)
    return sheet


def _visible(snapshot: Snapshot, name: str, extent: Extent) -> np.ndarray:
    shapes: np.ndarray = snapshot.layer(name, []).geometry.to_numpy()
    return shapes[shapely.intersects(shapes, extent.box)] if len(shapes) else shapes


def _names(sheet: Sheet, frame: gpd.GeoDataFrame, size: float) -> None:
    points = shapely.point_on_surface(frame.geometry.to_numpy())
    for point, name in zip(points, frame["name"], strict=True):
        sheet.axes.text(
            point.x, point.y, str(name), size=size, ha="center", va="center", color=layout.INK, zorder=80,
            family=sheet.family,
        )  # fmt: skip
