"""The land-use balance now and as planned; each column adds up to the unit's area (六(一))."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from huancheng.city.snapshot import Snapshot
from huancheng.evidence import Value
from huancheng.planning.knowing import Known
from huancheng.planning.unit_form import UnitForm
from huancheng.planning.unit_form.columns import USES
from huancheng.planning.unit_plan.ground import UnitGround
from huancheng.planning.unit_plan.indicators import declared

REST = "rest"
_SMALLEST = 0.005


@dataclass(frozen=True, slots=True)
class LandRow:
    """One use of land.

    Parameters
    ----------
    use, title
        Code and word; `rest` is what no layer or parcel speaks of (below zero where they overlap).
    now, planned
        Square metres.
    """

    use: str
    title: str
    now: Value
    planned: Value


@dataclass(frozen=True, slots=True)
class LandBalance:
    """All uses.

    Parameters
    ----------
    area
        Square metres of the unit.
    rows
        Uses that occur, in the schema's order, the rest last.
    note
        What the reader must know of the rest.
    """

    area: float
    rows: tuple[LandRow, ...]
    note: str = ""

    def total(self, column: str) -> float | None:
        """Return the sum of `now` or `planned`; None where a row is not known."""
        values = [getattr(row, column) for row in self.rows]
        return None if any(not value.is_known for value in values) else sum(value.amount for value in values)


def land_balance(snapshot: Snapshot, ground: UnitGround, form: UnitForm) -> LandBalance:
    """Return the balance; the rest makes each column add up, so that no ground is lost."""
    now = _sums(ground.land.groupby("use")["area"].sum().to_dict(), ground.area)
    planned: dict[str, float] = {}
    for parcel in form.parcels:
        planned[parcel.use] = planned.get(parcel.use, 0.0) + parcel.area
    planned = _sums(planned, ground.area)
    known = Known(snapshot, ("land_use", "use"))
    rows = []
    for use in (*USES, REST):
        one, other = now.get(use, 0.0), planned.get(use, 0.0)
        if abs(one) <= _SMALLEST and (abs(other) <= _SMALLEST or not form.parcels):
            continue
        rows.append(
            LandRow(
                use, USES.get(use, "其余用地"), known.value(one, "平方米"),
                declared(other if form.parcels else None, "平方米", form, "规划地块"),
            )
        )  # fmt: skip
    return LandBalance(ground.area, tuple(_closed(rows, ground.area, planned=bool(form.parcels))), _note(now, planned))


def _sums(areas: Mapping[Any, float], total: float) -> dict[str, float]:
    known = {use: float(area) for use, area in areas.items() if use in USES}
    return {**known, REST: total - sum(known.values())}


def _closed(rows: list[LandRow], area: float, *, planned: bool) -> list[LandRow]:
    """Put what was too small to show onto the largest row, so that the columns still add up."""
    if not rows:
        return rows
    for column in ("now", "planned") if planned else ("now",):
        short = area - sum(getattr(row, column).amount for row in rows)
        if abs(short) > 0:
            largest = max(range(len(rows)), key=lambda place: abs(getattr(rows[place], column).amount))
            value: Value = getattr(rows[largest], column)
            mended = Value(
                (value.amount or 0.0) + short, value.unit, value.as_of, value.scope, value.channel, value.source,
                value.provenance, note=value.note,
            )  # fmt: skip
            row = rows[largest]
            rows[largest] = LandRow(
                row.use, row.title, mended if column == "now" else row.now,
                mended if column == "planned" else row.planned,
            )  # fmt: skip
    return rows


def _note(now: Mapping[str, float], planned: Mapping[str, float]) -> str:
    words = []
    for column, areas in (("现状", now), ("规划", planned)):
        if areas[REST] < -1:
            words.append(f"{column}图斑或地块相互重叠或超出单元，超出 {-areas[REST]:,.0f} 平方米记为负的其余用地")
    return "；".join(words)
