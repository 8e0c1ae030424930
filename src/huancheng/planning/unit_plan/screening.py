"""Screening against lines that protect (二(五)): water, historic areas, the development boundary; green that is lost.

The layers are the natural-resources bureau's. Where the snapshot has none, nothing is said to be clear.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import geopandas as gpd
import shapely

from huancheng.city.schema import layer_schema
from huancheng.city.snapshot import Snapshot
from huancheng.planning.consistency import PlanAgreement
from huancheng.planning.unit_plan.land_balance import LandBalance

HAIR = 1.0
"""Square metres that may be the tolerance of a survey."""

OPEN_USES = ("water", "green")
"""Uses of planned parcels that water may lie in."""


class Screened(StrEnum):
    """What a screening found."""

    CLEAR = "clear"
    TOUCHES = "touches"
    NEEDS_DATA = "needs_data"

    @property
    def label(self) -> str:
        """The word an officer reads."""
        return {"clear": "不涉及", "touches": "涉及", "needs_data": "资料不足"}[self.value]


@dataclass(frozen=True, slots=True)
class Screening:
    """One line.

    Parameters
    ----------
    id, title
        The line.
    state
        What was found.
    area
        Square metres of the unit it concerns.
    note
        Where, and what follows.
    """

    id: str
    title: str
    state: Screened
    area: float
    note: str


@dataclass(frozen=True, slots=True)
class GreenLoss:
    """Green ground the plan takes away, and why; `area` is None where it isn't known."""

    area: float | None
    reason: str

    @property
    def unexplained(self) -> bool:
        """Whether green is lost and nothing says why."""
        return self.area is not None and self.area > HAIR and not self.reason


def screen(
    snapshot: Snapshot, boundary: shapely.Geometry, parcels: gpd.GeoDataFrame | None,
    agreements: Sequence[PlanAgreement],
) -> tuple[Screening, ...]:  # fmt: skip
    """Hold a unit against the lines.

    Parameters
    ----------
    snapshot, boundary
        The city and the unit's ground in its CRS.
    parcels
        Planned parcels with `use`; None where there are no shapes.
    agreements
        Agreement with upper plans: recorded opinions of the bureau are named.
    """
    return (
        _water(snapshot, boundary, parcels), _historic(snapshot, boundary), _development(snapshot, boundary),
        _ecological(agreements),
    )  # fmt: skip


def green_loss(land: LandBalance, reason: str) -> GreenLoss:
    """Return the green ground lost by the plan; below zero where it is won."""
    if land.total("planned") is None:
        return GreenLoss(None, reason)
    green = [row for row in land.rows if row.use == "green"]
    lost = sum((row.now.amount or 0.0) - (row.planned.amount or 0.0) for row in green)
    return GreenLoss(lost, reason)


def _water(snapshot: Snapshot, boundary: shapely.Geometry, parcels: gpd.GeoDataFrame | None) -> Screening:
    name, title = "water", "水域（蓝线）"
    if not snapshot.has("water"):
        return _unknown(name, title, "water")
    wet = _inside(snapshot.layer("water", ["name"]), boundary)
    area = _area(wet)
    if area <= HAIR:
        return Screening(name, title, Screened.CLEAR, 0.0, "")
    if parcels is None:
        note = "单元内有水域；没有规划地块图层，不能核对是否占用"
        return Screening(name, title, Screened.NEEDS_DATA, area, note)
    built = parcels[~parcels["use"].isin(OPEN_USES)]
    taken = shapely.area(shapely.intersection(built.geometry.to_numpy(), shapely.union_all(wet.geometry.to_numpy())))
    on = [str(parcel) for parcel, share in zip(built["id"], taken, strict=True) if share > HAIR]
    if not on:
        return Screening(name, title, Screened.CLEAR, area, "水域在绿地、水域地块内，未被占用")
    return Screening(name, title, Screened.TOUCHES, float(taken.sum()), f"地块{'、'.join(on)}占用水域，须调整或说明")


def _historic(snapshot: Snapshot, boundary: shapely.Geometry) -> Screening:
    name, title = "historic", "历史文化保护范围（紫线）"
    if not snapshot.has("heritage_zones"):
        return _unknown(name, title, "heritage_zones")
    zones = _inside(snapshot.layer("heritage_zones", ["name", "kind"]), boundary)
    if _area(zones) <= HAIR:
        return Screening(name, title, Screened.CLEAR, 0.0, "")
    kind = layer_schema("heritage_zones").columns["kind"]
    words = dict.fromkeys(
        f"{place or ''}{kind.label(code)}" for place, code in zip(zones["name"], zones["kind"], strict=True)
    )
    return Screening(name, title, Screened.TOUCHES, _area(zones), f"{'、'.join(words)}；须征求文物、名城主管部门意见")


def _development(snapshot: Snapshot, boundary: shapely.Geometry) -> Screening:
    name, title = "development", "城镇开发边界"
    if not snapshot.has("development_boundary"):
        return _unknown(name, title, "development_boundary")
    inside = shapely.union_all(snapshot.layer("development_boundary", []).geometry.to_numpy())
    outside = float(shapely.area(shapely.difference(boundary, inside)))
    if outside <= HAIR:
        return Screening(name, title, Screened.CLEAR, 0.0, "")
    return Screening(name, title, Screened.TOUCHES, outside, "单元有部分在城镇开发边界以外，不在更新范围内")


def _ecological(agreements: Sequence[PlanAgreement]) -> Screening:
    """Say who has to be asked: the ecological red line is no layer of ours."""
    said = [item.opinion.number for item in agreements if item.opinion is not None]
    heard = f"已有意见：{'、'.join(said)}" if said else "尚无意见"
    note = f"生态保护红线不在本系统，以自然资源部门书面意见为准；{heard}"
    return Screening("ecological", "生态保护红线", Screened.NEEDS_DATA, 0.0, note)


def _inside(frame: gpd.GeoDataFrame, boundary: shapely.Geometry) -> gpd.GeoDataFrame:
    touching = frame[frame.intersects(boundary)]
    return touching.assign(geometry=touching.intersection(boundary))


def _area(frame: gpd.GeoDataFrame) -> float:
    return float(shapely.area(shapely.union_all(frame.geometry.to_numpy())))


def _unknown(name: str, title: str, layer: str) -> Screening:
    return Screening(name, title, Screened.NEEDS_DATA, 0.0, f"快照没有{layer_schema(layer).title}图层")
