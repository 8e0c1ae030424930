"""A special plan as data: what it rests on, what it says, its units, and what blocks it (五(二))."""

from __future__ import annotations

from dataclasses import dataclass, field

import geopandas as gpd

from huancheng.checkup import CheckupRun
from huancheng.city.snapshot import Snapshot
from huancheng.evidence import InputFault
from huancheng.planning.areas import read_areas
from huancheng.planning.completeness import checked_areas
from huancheng.planning.consistency import PlanAgreement, compare
from huancheng.planning.plan_register import PlanKind, PlanRecord, PlanRegister, read_register
from huancheng.planning.special_plan.alternatives import PlanAlternative, read_alternative
from huancheng.planning.special_plan.findings import CheckupCited, PlanGoal, cite, goals_of
from huancheng.planning.special_plan.input import ReadInput, SpecialPlanInput
from huancheng.policy.book import PolicyBook

CENTRAL = "central"
CENTRAL_TITLE = "中心城区"
NEEDED = (PlanKind.MASTER, PlanKind.REGULATORY)
"""Upper plans a special plan rests on: the master plan, and with it the detailed plans."""


@dataclass(frozen=True, eq=False)
class SpecialPlan:
    """The whole plan.

    Parameters
    ----------
    words
        What people decided.
    jurisdiction
        Official name of whom it is for.
    checkups
        Versions of the check-ups cited.
    upper
        Upper plans cited.
    agreements
        Agreement of the key areas and units with them.
    key_areas
        Polygons with `id`, `name`, `direction`.
    goals
        Findings with the goals set against them.
    alternatives
        Divisions into units.
    blocked
        Why it may not go to review; empty where it may.
    """

    words: SpecialPlanInput
    jurisdiction: str
    checkups: tuple[CheckupCited, ...]
    upper: tuple[PlanRecord, ...]
    agreements: tuple[PlanAgreement, ...]
    key_areas: gpd.GeoDataFrame | None
    goals: tuple[PlanGoal, ...]
    alternatives: tuple[PlanAlternative, ...]
    blocked: tuple[str, ...] = field(default=())

    @property
    def adopted(self) -> PlanAlternative | None:
        """The division adopted, if any."""
        return next((item for item in self.alternatives if item.adopted), None)


def compose_special_plan(snapshot: Snapshot, book: PolicyBook, given: ReadInput) -> SpecialPlan:
    """Compose a special plan; what it lacks is listed in `blocked`, not hidden.

    Parameters
    ----------
    snapshot, book
        City and law.
    given
        What people decided, with the files it names.

    Raises
    ------
    InputFault
        If a file named can't be used, or a check-up is of another snapshot.
    """
    words, folder = given.words, given.folder
    runs = [CheckupRun.open(folder / name) for name in words.checkups]
    for run in runs:
        if run.meta["snapshot"].get("digest") != snapshot.manifest.digest:
            cure = "run the check-up on this snapshot, or give the snapshot it was run on"
            raise InputFault("the check-up is of another snapshot", file=str(run.folder), field="checkups", cure=cure)
    register = read_register(folder / words.register_file) if words.register_file else PlanRegister()
    jurisdiction = jurisdiction_title(book, words.jurisdiction)
    upper = register.binding(*NEEDED, PlanKind.SPECIAL, jurisdiction=words.jurisdiction)
    key_areas = _key_areas(snapshot, given)
    alternatives = tuple(
        read_alternative(item.title, folder / item.folder, adopted=item.title == words.adopted)
        for item in words.alternatives
    )
    agreements = _agreements(snapshot, given, register, upper, key_areas)
    plan = SpecialPlan(
        words, jurisdiction, tuple(cite(run) for run in runs), upper, agreements, key_areas, goals_of(runs, given),
        alternatives,
    )  # fmt: skip
    return SpecialPlan(**{**plan.__dict__, "blocked": _blocked(plan)})


def jurisdiction_title(book: PolicyBook, name: str) -> str:
    """Return the official name of a jurisdiction; `central` is the central city.

    Raises
    ------
    InputFault
        If the pack has none of that name.
    """
    return CENTRAL_TITLE if name in (CENTRAL, CENTRAL_TITLE) else book.jurisdiction(name).title


def _blocked(plan: SpecialPlan) -> tuple[str, ...]:
    """Return every reason for which the plan may not go to review."""
    kinds = {item.kind for item in plan.upper}
    reasons = []
    if not plan.checkups:
        reasons.append("没有引用已完成的城市体检")
    reasons += [f"没有引用已批准的{kind.label}" for kind in NEEDED if kind not in kinds]
    if plan.key_areas is None:
        reasons.append("没有重点区域图层")
    elif (plan.key_areas["direction"] == "").any():
        reasons.append("有重点区域没有更新方向")
    reasons += [
        f"没有{title}"
        for title, there in (("总体目标", plan.words.overall_goal), ("发展策略", plan.words.strategies))
        if not there
    ]
    if plan.adopted is None:
        reasons.append("没有采用的单元划定方案")
    elif plan.adopted.row["breaches"]:
        reasons.append(f"采用的单元划定方案有 {plan.adopted.row['breaches']} 项刚性规则未满足")
    silent = [goal.name for goal in plan.goals if not goal.answered]
    if silent:
        reasons.append(f"体检发现的 {len(silent)} 个问题没有对应目标")
    return tuple(reasons)


def _key_areas(snapshot: Snapshot, given: ReadInput) -> gpd.GeoDataFrame | None:
    if not given.words.key_areas:
        return None
    raw = read_areas(str(given.folder / given.words.key_areas), snapshot)
    if "direction" not in raw.columns:
        cure = "add a column `direction` with the direction of renewal of each"
        raise InputFault("the key areas have no directions", file=given.words.key_areas, field="direction", cure=cure)
    areas = checked_areas(raw, snapshot)
    return areas.assign(direction=raw["direction"].fillna("").astype(str).to_numpy())


def _agreements(
    snapshot: Snapshot, given: ReadInput, register: PlanRegister, upper: tuple[PlanRecord, ...],
    key_areas: gpd.GeoDataFrame | None,
) -> tuple[PlanAgreement, ...]:  # fmt: skip
    if key_areas is None:
        return ()
    folder = (given.folder / given.words.register_file).parent
    ground = key_areas.geometry.union_all()
    found = []
    for plan in upper:
        layer = read_areas(str(folder / plan.layer), snapshot).to_crs(snapshot.crs) if plan.layer else None
        if layer is not None:
            layer = layer[[layer.geometry.name]]
        opinion = register.opinion(given.words.title, plan.id)
        found.append(compare(ground, None, plan, layer, opinion=opinion))
    return tuple(found)
