"""A unit plan as data: every figure with its evidence, every part there or named as lacking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd

from huancheng.city.snapshot import Snapshot
from huancheng.evidence import InputFault
from huancheng.planning.areas import read_areas
from huancheng.planning.completeness import (
    CityReach,
    ParksAndLiving,
    Scorecard,
    SharedFacility,
    checked_areas,
    completeness_rules,
    facility_norms,
    find_gaps,
    measure_reach,
    pair_parks,
    score_communities,
    shared_facilities,
)
from huancheng.planning.consistency import PlanAgreement, compare
from huancheng.planning.plan_register import PlanKind, PlanRegister
from huancheng.planning.siting import SitingWork
from huancheng.planning.unit_form import PlannedFacility, UnitForm
from huancheng.planning.unit_plan.capacity import CapacityRow, carrying_capacity
from huancheng.planning.unit_plan.economics import FundingTable, rough_estimate
from huancheng.planning.unit_plan.facilities import FacilityRow, facility_rows
from huancheng.planning.unit_plan.ground import UnitGround, unit_ground
from huancheng.planning.unit_plan.indicators import Indicator, control_indicators
from huancheng.planning.unit_plan.land_balance import LandBalance, land_balance
from huancheng.planning.unit_plan.red_lines import RedLine, check_red_lines
from huancheng.planning.unit_plan.regulatory import RegulatoryChange, regulatory_change
from huancheng.planning.unit_plan.repair import Repair, propose_repair
from huancheng.planning.unit_plan.screening import GreenLoss, Screening, green_loss, screen
from huancheng.planning.unit_plan.sequence import SequenceStep, sequence
from huancheng.planning.unit_plan.shortfalls import Shortfall, shortfalls
from huancheng.policy.book import PolicyBook


@dataclass(frozen=True, slots=True)
class PlanPart:
    """One of the five parts the policy asks for, and what it still lacks."""

    title: str
    lacking: str

    @property
    def complete(self) -> bool:
        """Whether it may go to review."""
        return not self.lacking


@dataclass(frozen=True, eq=False)
class UnitPlan:
    """The whole plan.

    Parameters
    ----------
    unit
        One row with `id`, `name` and the boundary in the snapshot's CRS.
    form
        What was declared.
    ground
        What stands there.
    indicators, red_lines, repair, land, facilities, funding, steps, agreements, regulatory
        The parts.
    parcels
        Shapes of the planned parcels; None where none were given.
    shared
        Facilities this unit shares with others.
    parks
        Industrial parks and living areas of which one lies in the unit.
    card
        The complete-community scorecard.
    capacity
        What the unit carries, before and after.
    screening, green
        Lines that protect, and green ground the plan takes away.
    short
        Shortfalls with the projects that close them.
    """

    unit: gpd.GeoDataFrame
    form: UnitForm
    ground: UnitGround
    indicators: tuple[Indicator, ...]
    red_lines: tuple[RedLine, ...]
    repair: Repair | None
    land: LandBalance
    facilities: tuple[FacilityRow, ...]
    funding: FundingTable
    steps: tuple[SequenceStep, ...]
    agreements: tuple[PlanAgreement, ...]
    regulatory: RegulatoryChange
    parcels: gpd.GeoDataFrame | None
    shared: tuple[SharedFacility, ...]
    parks: ParksAndLiving
    card: Scorecard
    capacity: tuple[CapacityRow, ...]
    screening: tuple[Screening, ...]
    green: GreenLoss
    short: tuple[Shortfall, ...]

    @property
    def id(self) -> str:
        """Key of the unit."""
        return str(self.unit["id"].iloc[0])

    @property
    def name(self) -> str:
        """Name of the unit."""
        return self.form.about.get("name") or str(self.unit["name"].iloc[0])

    @property
    def exceptions(self) -> tuple[RedLine, ...]:
        """Lines for which an exception case must be gone through."""
        return tuple(line for line in self.red_lines if line.exception)

    @property
    def municipal(self) -> tuple[PlannedFacility, ...]:
        """Planned facilities the pack does not measure: pipes, substations, roads."""
        known = {word for row in self.facilities for word in (row.id, row.title)}
        return tuple(item for item in self.form.facilities if item.type not in known)

    @property
    def parts(self) -> tuple[PlanPart, ...]:
        """The five parts of 五(三) and what each lacks."""
        planned = [indicator.title for indicator in self.indicators if indicator.planned.state.value == "missing"]
        control = [f"{'、'.join(planned)}未填全"] * bool(planned) + ["绿地减少没有说明理由"] * self.green.unexplained
        laid_out = bool(self.form.facilities)
        return (
            PlanPart("发展定位", "" if self.form.about.get("positioning") else "发展定位未填"),
            PlanPart("规划控制指标", "；".join(control)),
            PlanPart("基础设施及公共服务设施布局", "" if laid_out else "设施布局表为空"),
            PlanPart(
                "经济分析及资金来源安排", self.funding.shortfall.note if not self.funding.shortfall.is_known else ""
            ),
            PlanPart("地块（项目）实施时序", _lacking_sequence(self.steps)),
        )


@dataclass(frozen=True, slots=True)
class PlanOrder:
    """What a unit plan is made of.

    Parameters
    ----------
    snapshot, book
        City and law.
    areas
        All units, as `read_areas` takes them.
    unit
        Id of the one planned.
    form
        What was filled in.
    parcels
        File of the planned parcels' shapes with `id`; None for none.
    register, register_folder
        Upper plans, and the folder their layers are named from.
    work
        For proposed sites.
    """

    snapshot: Snapshot
    book: PolicyBook
    areas: gpd.GeoDataFrame
    unit: str
    form: UnitForm
    parcels: gpd.GeoDataFrame | None = None
    register: PlanRegister = field(default_factory=PlanRegister)
    register_folder: Path = Path()
    work: SitingWork = field(default_factory=lambda: SitingWork(time_limit=20.0))


def compose_unit_plan(order: PlanOrder, reach: CityReach | None = None) -> UnitPlan:
    """Compose a unit plan.

    Parameters
    ----------
    order
        What it is made of.
    reach
        Who reaches what, where it was measured already.

    Raises
    ------
    InputFault
        If there is no such unit, or something given doesn't fit.
    """
    snapshot, book, form = order.snapshot, order.book, order.form
    areas = checked_areas(order.areas, snapshot)
    unit = pick_unit(areas, order.unit)
    boundary = unit.geometry.iloc[0]
    rules = completeness_rules(book)
    reach = reach or measure_reach(snapshot, facility_norms(book))
    ground = unit_ground(snapshot, boundary)
    existing = ground.total("floor_area")
    lines = check_red_lines(book, existing, form.projects)
    parcels = _shapes_of(order)
    agreements = _agreements(order, unit, parcels)
    gaps = find_gaps(reach, unit, rules.tolerated_share)
    card = score_communities(snapshot, reach, gaps, unit, book=book, rules=rules.community)[0]
    pairs = pair_parks(snapshot, reach.graph, rules.parks_and_living)
    land = land_balance(snapshot, ground, form)
    share = rules.tolerated_share
    facilities = facility_rows(snapshot, reach, unit, form.facilities, tolerated_share=share, work=order.work)
    return UnitPlan(
        unit, form, ground, control_indicators(snapshot, ground, form), lines,
        propose_repair(lines, existing, form.projects, ground), land, facilities,
        rough_estimate(form), sequence(form.projects, form.parcels, form.file), agreements,
        regulatory_change(agreements), parcels, _own_shared(reach, areas, order.unit), _near(pairs, unit), card,
        carrying_capacity(snapshot, ground, form, land=land, facilities=facilities),
        screen(snapshot, boundary, parcels, agreements), green_loss(land, form.about.get("green_reason", "")),
        shortfalls(snapshot, ground, form, facilities=facilities, tolerated_share=share),
    )  # fmt: skip


def pick_unit(areas: gpd.GeoDataFrame, name: str) -> gpd.GeoDataFrame:
    """Return the one row with this id or name.

    Raises
    ------
    InputFault
        If there is none.
    """
    chosen = areas[(areas["id"] == name) | (areas["name"] == name)]
    if not len(chosen):
        known = "、".join(areas["id"].head(8))
        raise InputFault(f"there is no unit {name!r}", field="unit", cure=f"use one of {known}…")
    return chosen.iloc[:1].reset_index(drop=True)


def _shapes_of(order: PlanOrder) -> gpd.GeoDataFrame | None:
    """Return the parcels' shapes with what the form says of each."""
    if order.parcels is None:
        return None
    shapes = checked_areas(order.parcels, order.snapshot)
    known = {parcel.id: parcel for parcel in order.form.parcels}
    strange = [name for name in known if name not in set(shapes["id"])]
    if strange:
        message = f"the layer of parcels has no {strange[0]!r}" + (
            f" (and {len(strange) - 1} more)" * (len(strange) > 1)
        )
        raise InputFault(message, file=f"{order.form.file}#规划地块", field="地块编号", cure="use the layer's ids")
    shapes = shapes[shapes["id"].isin(known)].reset_index(drop=True)
    for column in ("use", "far", "coverage", "height"):
        shapes[column] = [getattr(known[name], column) for name in shapes["id"]]
    return shapes


def _agreements(
    order: PlanOrder, unit: gpd.GeoDataFrame, parcels: gpd.GeoDataFrame | None
) -> tuple[PlanAgreement, ...]:
    found = []
    for plan in order.register.binding(PlanKind.MASTER, PlanKind.REGULATORY, PlanKind.SPECIAL):
        layer = None
        if plan.layer:
            layer = read_areas(str(order.register_folder / plan.layer), order.snapshot).to_crs(order.snapshot.crs)
        opinion = order.register.opinion(str(unit["id"].iloc[0]), plan.id)
        found.append(compare(unit.geometry.iloc[0], parcels, plan, layer, opinion=opinion))
    return tuple(found)


def _own_shared(reach: CityReach, areas: gpd.GeoDataFrame, unit: str) -> tuple[SharedFacility, ...]:
    return tuple(
        item for item in shared_facilities(reach, areas) if any(part.area == unit for part in item.beneficiaries)
    )


def _near(pairs: ParksAndLiving, unit: gpd.GeoDataFrame) -> ParksAndLiving:
    """Keep the pairs of which at least one side touches the unit."""
    inside = {
        str(name)
        for frame in (pairs.parks, pairs.living)
        for name in frame["id"][frame.intersects(unit.geometry.iloc[0])]
    }
    kept = tuple(pair for pair in pairs.pairs if pair.park in inside or pair.living in inside)
    return ParksAndLiving(pairs.parks, pairs.living, kept)


def _lacking_sequence(steps: Sequence[SequenceStep]) -> str:
    if not steps:
        return "更新项目表为空"
    unset = [step.project.id for step in steps if step.project.start is None]
    return f"{'、'.join(unset)}没有启动年份" if unset else ""
