"""From conditions strewn over the city to verdicts: flagged, clear, unclear, in the scope of the built-up area."""

from __future__ import annotations

import numpy as np
import shapely

from huancheng.city.generate.amenities import Verdict
from huancheng.city.generate.arrays import Booleans, Objects
from huancheng.city.generate.condition import BuildingCondition, EstateCondition, Tri
from huancheng.city.generate.limits import planted_limits
from huancheng.city.generate.people import DATA_YEAR, Estates, People
from huancheng.city.generate.rows import Rows
from huancheng.city.generate.truth import TruthBook, amounts_of

_EDGE = 40.0


def whole_inside(shapes: Objects, built_up: Objects) -> tuple[Booleans, Booleans]:
    """Return which shapes lie wholly inside the built-up area and which wholly outside; the rest is doubtful."""
    area = shapely.union_all(built_up)
    shapely.prepare(area)
    return shapely.contains_properly(area, shapes), shapely.disjoint(area, shapes)


def points_inside(shapes: Objects, built_up: Objects) -> tuple[Booleans, Booleans]:
    """Return which shapes' representative points lie well inside the built-up area, and which well outside."""
    area = shapely.union_all(built_up)
    points = shapely.point_on_surface(shapes)
    near = shapely.distance(points, shapely.boundary(area)) < _EDGE
    within = shapely.intersects(area, points)
    return within & ~near, ~within & ~near


def in_scope(flagged: Booleans, clear: Booleans, inside: Booleans, outside: Booleans) -> Verdict:
    """Sort rows: a fault outside the scope must not be found, a fault at its edge can't be told."""
    return Verdict.of(flagged & inside, (clear & inside) | outside)


def plant_buildings(truth: TruthBook, rows: Rows, people: People, condition: BuildingCondition, ids: Objects) -> None:
    """Write down the faults of buildings; every generated building lies well inside the built-up area.

    Where the use is unknown or a flag is missing on a home, the case is unclear. Buildings that are no homes are listed
    as clear where they bear the fault, so that a check-up that forgets to look at the use is caught.
    """
    homes = (rows.use == 0) & ~condition.use_missing
    others = (rows.use != 0) & ~condition.use_missing
    for column, flag in condition.faults.items():
        if column == "structural_hazard":
            continue
        key = f"residential_{column}"
        truth.add(key, _homes_only(homes, others, flag, condition.use_missing), ids)
    hazard = condition.faults["structural_hazard"]
    graded = ~condition.grade_missing
    poor = graded & (condition.grade >= 2)
    yes = hazard.yes | poor
    no = hazard.no & graded & ~poor
    either = Tri(yes, ~(yes | no))
    truth.add("residential_structural_hazard", _homes_only(homes, others, either, condition.use_missing), ids)
    homes_lacking = Tri(condition.incomplete_homes > 0, condition.incomplete_missing)
    verdict = _homes_only(homes, others, homes_lacking, condition.use_missing)
    amounts = amounts_of(homes & homes_lacking.yes, condition.incomplete_homes)
    truth.add("incomplete_homes", Verdict(verdict.flagged, verdict.clear, verdict.unclear, amounts), ids)
    _plant_tall_homes(truth, homes, people, condition, ids)


def _homes_only(homes: Booleans, others: Booleans, flag: Tri, use_missing: Booleans) -> Verdict:
    flagged, clear = homes & flag.yes, (homes & flag.no) | (others & flag.yes)
    unclear = (homes & flag.missing) | (use_missing & ~flag.no)
    return Verdict.of(flagged, clear, flagged | clear | unclear)


def _plant_tall_homes(
    truth: TruthBook, homes: Booleans, people: People, condition: BuildingCondition, ids: Objects
) -> None:
    limit = planted_limits().of("tall_home")
    tall = Tri(condition.height > limit, condition.height_missing)
    new = Tri(people.year == DATA_YEAR, condition.year_missing)
    flagged = homes & tall.yes & new.yes
    clear = homes & (tall.no | new.no)
    relevant = homes & (tall.value | new.value | tall.missing)
    truth.add("tall_new_home", Verdict.of(flagged, clear & relevant, relevant), ids)


def plant_estates(truth: TruthBook, estates: Estates, condition: EstateCondition, ids: Objects) -> None:
    """Write down what estates lack, from figures that stand in the snapshot."""
    limits = planted_limits()
    wanted = np.rint(estates.households * limits.of("parking_per_household")).astype(np.int64)
    gap = np.maximum(wanted - condition.parking, 0)
    known = ~condition.parking_missing & ~condition.households_missing
    _plant_gap(truth, "parking_gap", gap, known, ids)
    per_point = int(limits.of("spaces_per_charging_point"))
    gap = np.maximum(-(-condition.parking // per_point) - condition.charging, 0)
    _plant_gap(truth, "charging_gap", gap, ~condition.parking_missing & ~condition.charging_missing, ids)
    for column in ("ebike_charging", "waste_sorting", "property_management", "smart_ready"):
        flag = condition.flags[column]
        truth.add(f"estate_without_{column}", Verdict.of(flag.no, flag.yes), ids)
    small = condition.ground < limits.of("activity_ground")
    truth.add(
        "estate_without_activity_ground",
        Verdict.of(small & ~condition.ground_missing, ~small & ~condition.ground_missing),
        ids,
    )


def _plant_gap(truth: TruthBook, key: str, gap: object, known: Booleans, ids: Objects) -> None:
    amounts = np.asarray(gap)
    verdict = Verdict.of((amounts > 0) & known, (amounts == 0) & known)
    truth.add(
        key, Verdict(verdict.flagged, verdict.clear, verdict.unclear, amounts_of((amounts > 0) & known, amounts)), ids
    )


def plant_lines(
    truth: TruthBook, key: str, flag: Tri, shapes: Objects, built_up: Objects, ids: Objects, *, measured: bool
) -> None:
    """Write down flagged streets; `measured` adds each one's length in kilometres."""
    inside, outside = whole_inside(shapes, built_up)
    verdict = in_scope(flag.yes, flag.no, inside, outside)
    amounts = amounts_of(flag.yes & inside, shapely.length(shapes) / 1000.0) if measured else {}
    truth.add(key, Verdict(verdict.flagged, verdict.clear, verdict.unclear, amounts), ids)


def plant_water(truth: TruthBook, foul: Tri, shapes: Objects, built_up: Objects, ids: Objects) -> None:
    """Write down the black and odorous waters."""
    inside, outside = whole_inside(shapes, built_up)
    truth.add("black_odorous_water", in_scope(foul.yes, foul.no, inside, outside), ids)
