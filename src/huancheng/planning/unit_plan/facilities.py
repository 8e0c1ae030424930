"""Public facilities before and after, and where the gaps that remain could be closed (二(一), 五(三), 六(三))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from huancheng.city.snapshot import Snapshot
from huancheng.evidence import InputFault, Provenance, State, Value
from huancheng.planning.completeness import CityReach, FacilityDemand, FacilityReach, Gap, find_gaps
from huancheng.planning.completeness.reach import walk_to
from huancheng.planning.completeness.supply import Supply, supply_of
from huancheng.planning.knowing import weakest
from huancheng.planning.siting import SitingResult, SitingWork, solve_siting
from huancheng.planning.siting.city import SitingOrder, city_siting, default_sites
from huancheng.planning.unit_form import PlannedFacility

LONGITUDE_LATITUDE = "EPSG:4490"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where a gap could be closed: sites chosen by the siting model, with its claim."""

    sites: tuple[tuple[str, float, float], ...]
    served: float
    status: str
    gap: float


@dataclass(frozen=True, slots=True)
class FacilityRow:
    """One type of facility before and after.

    Parameters
    ----------
    id, title, walk, walk_from
        The type, its walking limit and where that comes from.
    count_now, count_planned
        Facilities inside the unit.
    beyond_now, beyond_planned
        Residents of the unit beyond the limit.
    residents
        Residents of the unit.
    demand
        What the gap that remains asks for; None where there is none.
    proposal
        Sites for it; None where none was sought or found.
    projects
        Projects that provide the planned ones.
    note
        What the reader must know.
    """

    id: str
    title: str
    walk: float
    walk_from: str
    count_now: Value
    count_planned: Value
    residents: Value
    beyond_now: Value
    beyond_planned: Value
    demand: FacilityDemand | None
    proposal: Proposal | None
    projects: tuple[str, ...]
    note: str


def facility_rows(
    snapshot: Snapshot, reach: CityReach, unit: gpd.GeoDataFrame, planned: Sequence[PlannedFacility], *,
    tolerated_share: float, work: SitingWork | None = None,
) -> tuple[FacilityRow, ...]:  # fmt: skip
    """Return one row for each type the pack measures.

    Parameters
    ----------
    snapshot, reach
        The city and who reaches what.
    unit
        One polygon with `id` and `name` in the snapshot's CRS.
    planned
        Facilities of the form; those without a place are counted and not walked to.
    tolerated_share
        Share beyond the limit that asks for nothing.
    work
        Work for the proposals; None proposes nothing.
    """
    before = {gap.norm.id: gap for gap in find_gaps(reach, unit, tolerated_share)}
    later = CityReach(
        reach.graph, reach.homes, tuple(_with_planned(snapshot, reach, one, planned) for one in reach.types)
    )
    after = {gap.norm.id: gap for gap in find_gaps(later, unit, tolerated_share)}
    rows = []
    for one in reach.types:
        gap = after[one.norm.id]
        proposal = _propose(snapshot, later, gap, unit, work) if work and gap.demand else None
        pair = (before[one.norm.id], gap)
        rows.append(_row(reach, one, unit, pair, planned=planned, proposal=proposal))
    return tuple(rows)


def _with_planned(
    snapshot: Snapshot, reach: CityReach, one: FacilityReach, planned: Sequence[PlannedFacility]
) -> FacilityReach:
    """Return the reach of a type with the planned facilities that have a place added to those that stand."""
    placed = [item for item in _of_type(one, planned) if item.longitude is not None and item.latitude is not None]
    if not placed:
        return one
    points = gpd.points_from_xy(
        [item.longitude for item in placed], [item.latitude for item in placed], crs=LONGITUDE_LATITUDE
    ).to_crs(snapshot.crs)
    frame = gpd.GeoDataFrame(
        {
            "id": [f"规划{number}" for number in range(1, len(placed) + 1)],
            "name": [item.name for item in placed],
            "area": pd.array([item.floor_area for item in placed], dtype="Float64"),
        },
        geometry=points,
    )
    more, old = supply_of(frame), one.supply
    supply = Supply(
        old.ids + more.ids, old.names + more.names, np.concatenate([old.shapes, more.shapes]),
        np.concatenate([old.areas, more.areas]), np.concatenate([old.gates, more.gates]),
        np.concatenate([old.gate_of, more.gate_of + len(old)]),
    )  # fmt: skip
    return walk_to(reach.graph, reach.homes, one.norm, supply)


def _propose(
    snapshot: Snapshot, reach: CityReach, gap: Gap, unit: gpd.GeoDataFrame, work: SitingWork
) -> Proposal | None:
    try:
        sites = default_sites(snapshot, unit)
    except InputFault:
        return None
    count = min(gap.demand.facilities if gap.demand else 0, len(sites))
    made = city_siting(snapshot, SitingOrder(gap.norm, count), sites, unit, reach)
    result: SitingResult = solve_siting(made.problem, work)
    points = shapely.point_on_surface(made.sites.geometry.to_numpy()[list(result.sites)])
    ids = made.sites["id"].astype(str).to_numpy()[list(result.sites)]
    places = tuple((str(name), float(point.x), float(point.y)) for name, point in zip(ids, points, strict=True))
    served = made.residents - made.served - result.cost
    return Proposal(places, served, result.status, result.gap)


def _row(
    reach: CityReach, one: FacilityReach, unit: gpd.GeoDataFrame, gaps: tuple[Gap, Gap], *,
    planned: Sequence[PlannedFacility], proposal: Proposal | None,
) -> FacilityRow:  # fmt: skip
    before, after = gaps
    known = weakest([reach.homes.provenance])
    source = "建筑人口、道路、公共服务设施"

    def people(gap: Gap, amount: float) -> Value:
        if gap.state is State.MISSING:
            return Value.missing("人", gap.note)
        if gap.state is State.NOT_APPLICABLE:
            return Value.not_applicable("人", gap.note)
        return Value(amount, "人", source=source, provenance=known)

    here = int(shapely.intersects(one.supply.shapes, unit.geometry.iloc[0]).sum())
    listed = _of_type(one, planned)
    unplaced = sum(item.longitude is None for item in listed)
    notes = [before.note] + [f"{unplaced} 处规划设施没有位置，未计入步行量算"] * bool(unplaced)
    count = Value.missing("处", before.note) if one.supply.missing else Value(
        here, "处", source=source, provenance=Provenance.DERIVED
    )  # fmt: skip
    total = Value.missing("处", before.note) if one.supply.missing and not listed else Value(
        here + len(listed), "处", source="单元规划表", provenance=Provenance.DECLARED
    )  # fmt: skip
    return FacilityRow(
        one.norm.id, one.norm.title, one.norm.walk, str(one.norm.walk_mark), count, total,
        people(before, before.residents), people(before, before.beyond), people(after, after.beyond),
        after.demand, proposal, tuple(dict.fromkeys(item.project for item in listed if item.project)),
        "；".join(note for note in notes if note),
    )  # fmt: skip


def _of_type(one: FacilityReach, planned: Sequence[PlannedFacility]) -> list[PlannedFacility]:
    return [item for item in planned if item.type in (one.norm.id, one.norm.title)]
