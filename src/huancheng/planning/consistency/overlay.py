"""Whether planned ground agrees with a plan: an overlay with a tolerance, every conflict listed with its area."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from huancheng.planning.arrays import Shapes
from huancheng.planning.plan_register import BureauOpinion, Conclusion, PlanRecord

TOLERANCE = 2.0
"""Metres: registered lines and plan lines differ by so much without meaning anything (our default)."""

SMALLEST = 0.01
"""Square metres below which an overlap is float noise."""

_LIMITS = (("far", "far_max", "容积率"), ("coverage", "coverage_max", "建筑密度"), ("height", "height_max", "建筑高度"))


class Agreement(StrEnum):
    """What is known of a subject against a plan; what can't be compared is no agreement."""

    CONFORMS = "conforms"
    CONDITIONAL = "conditional"
    CONFLICTS = "conflicts"
    NEEDS_DATA = "needs_data"

    @property
    def label(self) -> str:
        """The word an officer reads."""
        return _WORDS[self]


_WORDS = {
    Agreement.CONFORMS: "符合",
    Agreement.CONDITIONAL: "有条件符合",
    Agreement.CONFLICTS: "不符合",
    Agreement.NEEDS_DATA: "资料不足",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where planned ground and a plan differ.

    Parameters
    ----------
    aspect
        用地性质, 容积率, 建筑密度, 建筑高度, or 规划覆盖.
    parcel
        Planned parcel; empty for the whole subject.
    planned, allowed
        What stands on each side.
    area
        Square metres concerned.
    within_tolerance
        Whether it is no wider than lines may differ: listed, but no conflict.
    """

    aspect: str
    parcel: str
    planned: str
    allowed: str
    area: float
    within_tolerance: bool


@dataclass(frozen=True, slots=True)
class PlanAgreement:
    """A subject against one plan.

    Parameters
    ----------
    plan
        The plan.
    overlay
        What our overlay finds.
    differences
        Its findings, the largest first.
    opinion
        The bureau's newest written opinion, if one is on record.
    note
        Why nothing could be compared.
    """

    plan: PlanRecord
    overlay: Agreement
    differences: tuple[Difference, ...]
    opinion: BureauOpinion | None
    note: str = ""

    @property
    def verdict(self) -> Agreement:
        """What holds: the bureau's opinion where there is one, else our overlay."""
        return Agreement(self.opinion.conclusion.value) if self.opinion else self.overlay

    @property
    def disagrees(self) -> bool:
        """Whether opinion and overlay say different things: worth a telephone call, not a correction."""
        if self.opinion is None or self.overlay is Agreement.NEEDS_DATA:
            return False
        return (self.opinion.conclusion is Conclusion.CONFLICTS) != (self.overlay is Agreement.CONFLICTS)


def compare(
    boundary: shapely.Geometry, parcels: gpd.GeoDataFrame | None, plan: PlanRecord, layer: gpd.GeoDataFrame | None,
    *, opinion: BureauOpinion | None = None, tolerance: float = TOLERANCE,
) -> PlanAgreement:  # fmt: skip
    """Compare planned ground with one plan.

    Parameters
    ----------
    boundary
        Ground of the unit.
    parcels
        Planned parcels with `id` and, as far as known, `use`, `far`, `coverage`, `height`; None where no shapes exist.
    plan, layer
        The plan and its polygons, with `use` and `far_max`, `coverage_max`, `height_max` as far as it has them.
    opinion
        The bureau's opinion, if any.
    tolerance
        Metres.
    """
    if layer is None or not len(layer):
        return PlanAgreement(plan, Agreement.NEEDS_DATA, (), opinion, "没有该规划的图层")
    found = _uncovered(boundary, layer.geometry.to_numpy(), tolerance)
    note = ""
    limits = [name for name in ("use", "far_max", "coverage_max", "height_max") if name in layer.columns]
    if parcels is not None and len(parcels) and limits:
        found += _against(parcels, layer, tolerance)
    elif limits:
        note = "没有规划地块的图形，只核对了规划覆盖"
    found.sort(key=lambda item: (-item.area, item.parcel, item.aspect))
    conflict = any(not item.within_tolerance for item in found)
    overlay = Agreement.CONFLICTS if conflict else Agreement.NEEDS_DATA if note else Agreement.CONFORMS
    return PlanAgreement(plan, overlay, tuple(found), opinion, note)


def _uncovered(boundary: shapely.Geometry, shapes: Shapes, tolerance: float) -> list[Difference]:
    rest = shapely.difference(boundary, shapely.union_all(shapes))
    area = float(shapely.area(rest))
    if area <= SMALLEST:
        return []
    return [Difference("规划覆盖", "", "在单元内", "规划范围之外", area, _thin(rest, tolerance))]


def _against(parcels: gpd.GeoDataFrame, layer: gpd.GeoDataFrame, tolerance: float) -> list[Difference]:
    ours, theirs = parcels.geometry.to_numpy(), layer.geometry.to_numpy()
    mine, other = shapely.STRtree(theirs).query(ours, predicate="intersects")
    pieces = shapely.intersection(ours[mine], theirs[other])
    found = []
    for row, column, piece in zip(mine.tolist(), other.tolist(), pieces, strict=True):
        area = float(shapely.area(piece))
        if area > SMALLEST:
            parcel, zone = parcels.iloc[row], layer.iloc[column]
            for aspect, planned, allowed in _conflicts(parcel, zone):
                thin = _thin(piece, tolerance)
                found.append(Difference(aspect, str(parcel["id"]), planned, allowed, area, thin))
    return found


def _conflicts(parcel: pd.Series[str], zone: pd.Series[str]) -> list[tuple[str, str, str]]:
    found = []
    use, allowed = _text(parcel, "use"), _text(zone, "use")
    if use and allowed and use not in allowed.replace("、", ",").split(","):
        found.append(("用地性质", use, allowed))
    for ours, theirs, words in _LIMITS:
        planned, most = _number(parcel, ours), _number(zone, theirs)
        if planned > most + 1e-9:
            found.append((words, f"{planned:g}", f"不大于 {most:g}"))
    return found


def _thin(shape: shapely.Geometry, tolerance: float) -> bool:
    """Whether a shape is nowhere wider than the tolerance."""
    return bool(shapely.is_empty(shapely.buffer(shape, -tolerance / 2)))


def _text(row: pd.Series[str], name: str) -> str:
    value = row.get(name)
    return "" if value is None or pd.isna(value) else str(value).strip()


def _number(row: pd.Series[str], name: str) -> float:
    value = row.get(name)
    return np.nan if value is None or pd.isna(value) else float(value)
