"""What a unit can carry, before and after (承载能力前后对照, 二(一)): for each resident, and within a walk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from huancheng.city.snapshot import Snapshot
from huancheng.evidence import Provenance, Value
from huancheng.planning.knowing import Known
from huancheng.planning.unit_form import UnitForm
from huancheng.planning.unit_plan.facilities import FacilityRow
from huancheng.planning.unit_plan.ground import UnitGround
from huancheng.planning.unit_plan.indicators import PERCENT, declared, planned_floor_area
from huancheng.planning.unit_plan.land_balance import LandBalance

_LAND = (("green_per_head", "人均绿地", "green"), ("public_per_head", "人均公共服务用地", "public_service"))
_SOURCE = "建筑人口、土地利用、单元规划表"


@dataclass(frozen=True, slots=True)
class CapacityRow:
    """One figure of what the unit carries."""

    id: str
    title: str
    now: Value
    planned: Value


def carrying_capacity(
    snapshot: Snapshot, ground: UnitGround, form: UnitForm, *, land: LandBalance, facilities: Sequence[FacilityRow]
) -> tuple[CapacityRow, ...]:
    """Return residents, floor area, green and public ground for each of them, ground for traffic, and walks.

    Parameters
    ----------
    snapshot, ground
        The city, and what stands in the unit.
    form
        Its `residents` are those planned for; without them nothing planned is counted by head.
    land
        Where green, public and traffic ground are taken from, now and planned alike.
    facilities
        Types of facility, with residents beyond a walk.
    """
    known = Known(snapshot, ("buildings", "population"))
    people = ground.total("population")
    now = Value.missing("人", "单元内建筑没有人口数据") if people is None else known.value(people, "人")
    planned = declared(float(form.about["residents"]) if "residents" in form.about else None, "人", form, "规划人口")
    existing = ground.total("floor_area")
    built = _known(existing, "平方米", "单元内建筑没有面积数据")
    later = _known(planned_floor_area(existing, form.projects), "平方米", "表中未填全：拆除、新增建筑面积")
    rows = [
        CapacityRow("residents", "常住人口", now, planned),
        CapacityRow("floor_per_head", "人均建筑面积", _share(built, now, "平方米"), _share(later, planned, "平方米")),
    ]
    for name, title, use in _LAND:
        before, after = (_land(land, use, column) for column in ("now", "planned"))
        rows.append(CapacityRow(name, title, _share(before, now, "平方米"), _share(after, planned, "平方米")))
    area = _known(land.area, "平方米", "")
    traffic = [_share(_land(land, "transport", column), area, "%", PERCENT) for column in ("now", "planned")]
    rows.append(CapacityRow("transport_share", "交通用地占比", *traffic))
    within = [_within(facilities, pick) for pick in (lambda row: row.beyond_now, lambda row: row.beyond_planned)]
    return (*rows, CapacityRow("within_walk", "公共服务设施步行可达率", *within))


def _known(amount: float | None, unit: str, lacking: str) -> Value:
    if amount is None:
        return Value.missing(unit, lacking)
    return Value(float(amount), unit, source=_SOURCE, provenance=Provenance.DERIVED)


def _land(land: LandBalance, use: str, column: str) -> Value:
    """Return the ground of a use; a use no row speaks of has none, as long as the column is known at all."""
    for row in land.rows:
        if row.use == use:
            value: Value = getattr(row, column)
            return value
    return _known(0.0 if land.total(column) is not None else None, "平方米", "表中未填：规划地块")


def _share(amount: Value, of: Value, unit: str, times: float = 1.0) -> Value:
    """Return one value over another; what either lacks, the share lacks too."""
    for value in (amount, of):
        if value.amount is None:
            return Value.missing(unit, value.note)
    if not of.amount:
        return Value.not_applicable(unit, "没有居民")
    return _known((amount.amount or 0.0) / of.amount * times, unit, "")


def _within(facilities: Sequence[FacilityRow], pick: Callable[[FacilityRow], Value]) -> Value:
    """Return the mean over types of the share of residents within a walk; types that aren't known are left out."""
    shares = [
        1 - (pick(row).amount or 0.0) / row.residents.amount
        for row in facilities
        if row.residents.amount and pick(row).amount is not None
    ]
    if not shares:
        return Value.missing("%", "没有可量算的设施")
    left_out = len(facilities) - len(shares)
    note = f"{left_out} 类设施没有数据，未计入" if left_out else ""
    mean = sum(shares) / len(shares) * PERCENT
    return Value(mean, "%", source="建筑人口、道路、公共服务设施", provenance=Provenance.DERIVED, note=note)
