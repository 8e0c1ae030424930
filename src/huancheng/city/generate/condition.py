"""The condition of buildings, estates and streets: faults strewn at believable rates, with believable gaps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from huancheng.city.generate.arrays import Booleans, Floats, Integers
from huancheng.city.generate.columns import gap
from huancheng.city.generate.limits import planted_limits
from huancheng.city.generate.people import DATA_YEAR, Estates, People
from huancheng.city.generate.rows import Rows

GRADES = ("A", "B", "C", "D")

BUILDING_FAULTS: dict[str, tuple[float, float, float]] = {
    "structural_hazard": (0.11, 0.01, 0.03),
    "gas_hazard": (0.13, 0.02, 0.05),
    "corridor_hazard": (0.18, 0.04, 0.04),
    "envelope_hazard": (0.16, 0.05, 0.04),
    "pipe_damage": (0.22, 0.03, 0.06),
    "needs_elderly_retrofit": (0.34, 0.04, 0.05),
    "water_quality_fail": (0.06, 0.01, 0.08),
    "needs_energy_retrofit": (0.55, 0.0, 0.04),
    "needs_digital_retrofit": (0.26, 0.06, 0.05),
}
"""Share of residential buildings with each fault before and from 2000, and share not surveyed."""


@dataclass(frozen=True)
class Tri:
    """A yes-or-no column with gaps."""

    value: Booleans
    missing: Booleans

    @property
    def yes(self) -> Booleans:
        """Known to be so."""
        return self.value & ~self.missing

    @property
    def no(self) -> Booleans:
        """Known not to be so."""
        return ~self.value & ~self.missing


@dataclass(frozen=True)
class BuildingCondition:
    """Faults and gaps of buildings, row by row.

    Parameters
    ----------
    faults
        The flag columns.
    grade, grade_missing
        Position in `GRADES` under JGJ 125.
    incomplete_homes, incomplete_missing
        Homes without a kitchen or bathroom of their own.
    height, height_missing
        In metres.
    year_missing, use_missing
        Gaps in year and use.
    fire_monitoring
        Smart fire monitoring of high-rises.
    high_rise
        Which buildings are high-rises; none is near the line.
    """

    faults: dict[str, Tri]
    grade: Integers
    grade_missing: Booleans
    incomplete_homes: Integers
    incomplete_missing: Booleans
    height: Floats
    height_missing: Booleans
    year_missing: Booleans
    use_missing: Booleans
    fire_monitoring: Tri
    high_rise: Booleans


def inspect_buildings(rows: Rows, people: People, random: np.random.Generator) -> BuildingCondition:
    """Strew faults over the buildings."""
    count = len(rows)
    homes = rows.use == 0
    old = people.year < 2000
    faults = {}
    for name, (before, since, unknown) in BUILDING_FAULTS.items():
        share = np.where(old, before, since)
        value = homes & (random.random(count) < share)
        faults[name] = Tri(value, gap(count, unknown, random) | (~homes & (random.random(count) < 0.9)))
    age = DATA_YEAR - people.year
    worn = random.random(count) * np.clip(age / 45.0, 0.05, 1.3)
    grade = np.digitize(worn, [0.45, 0.93, 1.08]).astype(np.int64)
    grade[~faults["structural_hazard"].value & (grade == 3)] = 2
    kitchenless = homes & (people.year < 1992) & (random.random(count) < 0.09)
    incomplete = np.where(kitchenless, np.maximum(1, np.rint(people.households * random.uniform(0.15, 0.8, count))), 0)
    height = np.round(rows.floors * rows.floor_height + random.choice([0.45, 0.6, 0.9], count), 1)
    high_rise = rows.floors >= 11
    monitored = high_rise & (random.random(count) < np.where(people.year >= 2015, 0.72, 0.28))
    return BuildingCondition(
        faults,
        grade,
        ~(random.random(count) < np.where(old, 0.42, 0.18)),
        incomplete.astype(np.int64),
        gap(count, 0.04, random) | ~homes,
        height,
        gap(count, 0.06, random) & ~high_rise,
        gap(count, 0.04, random),
        gap(count, 0.012, random) & ~homes & ~high_rise,
        Tri(monitored, ~high_rise),
        high_rise,
    )


def raise_towers(rows: Rows, people: People, random: np.random.Generator) -> tuple[Rows, People]:
    """Let a few homes of the year of the data stand taller than the limit, and keep all others of that year below."""
    limit = planted_limits().of("tall_home")
    towers = (rows.use == 0) & (rows.floors >= 15)
    year = people.year.copy()
    if towers.any() and not (year[towers] == DATA_YEAR).any():
        newest = np.flatnonzero(towers)
        year[newest[np.argmax(year[newest])]] = DATA_YEAR
    new = towers & (year == DATA_YEAR)
    tall = new & (random.random(len(rows)) < 0.3)
    if new.any() and not tall.any():
        tall[np.flatnonzero(new)[0]] = True
    high = int(np.ceil(limit * 1.12 / 3.0))
    low = int(np.floor(limit * 0.9 / 3.0))
    floors = np.where(
        tall, high + random.integers(0, 3, len(rows)), np.where(new, np.minimum(rows.floors, low), rows.floors)
    )
    changed = Rows(rows.x0, rows.y0, rows.x1, rows.y1, rows.plot, rows.lane, rows.use, floors, rows.floor_height)
    factor = floors / rows.floors
    lived_in = people.households > 0
    return changed, People(
        year,
        np.round(changed.footprint * floors, 1),
        np.where(lived_in, np.maximum(1, np.rint(people.households * factor)), 0).astype(np.int64),
        np.where(lived_in, np.maximum(2, np.rint(people.population * factor)), 0).astype(np.int64),
    )


@dataclass(frozen=True)
class EstateCondition:
    """Provisions of estates; each with its gaps.

    Parameters
    ----------
    parking, charging
        Spaces and charging points, with what is missing.
    ground
        Activity ground in m², with what is missing.
    flags
        The yes-or-no columns.
    households_missing, population_missing, year_missing
        Gaps.
    """

    parking: Integers
    parking_missing: Booleans
    charging: Integers
    charging_missing: Booleans
    ground: Floats
    ground_missing: Booleans
    flags: dict[str, Tri]
    households_missing: Booleans
    population_missing: Booleans
    year_missing: Booleans


_PARKING = ((1990, 0.25), (2000, 0.45), (2010, 0.85), (2100, 1.25))


def inspect_estates(estates: Estates, random: np.random.Generator) -> EstateCondition:
    """Give estates their parking, charging points and grounds."""
    count = len(estates)
    ratio = np.select([estates.year < before for before, _ in _PARKING], [share for _, share in _PARKING], 1.0)
    parking = np.rint(estates.households * ratio * random.uniform(0.8, 1.2, count)).astype(np.int64)
    per_point = int(planted_limits().of("spaces_per_charging_point"))
    wanted = -(-parking // per_point)
    enough = random.random(count) < np.where(estates.year >= 2010, 0.7, 0.25)
    charging = np.where(
        enough, wanted + random.integers(0, 6, count), np.floor(wanted * random.uniform(0, 0.8, count))
    ).astype(np.int64)
    least = planted_limits().of("activity_ground")
    poor = random.random(count) < np.where(estates.year < 1995, 0.35, 0.06)
    ground = np.round(
        np.where(poor, random.uniform(0, 0.75 * least, count), random.uniform(1.3 * least, 12 * least, count))
    )
    modern = np.clip((estates.year - 1975) / 50.0, 0.02, 1.0)
    shares = {
        "ebike_charging": 0.55 + 0.4 * modern,
        "waste_sorting": 0.7 + 0.25 * modern,
        "property_management": 0.3 + 0.68 * modern,
        "smart_ready": 0.05 + 0.7 * modern,
    }
    flags = {name: Tri(random.random(count) < share, gap(count, 0.03, random)) for name, share in shares.items()}
    flags["renovated"] = Tri((estates.year < 2000) & (random.random(count) < 0.35), gap(count, 0.03, random))
    gaps = [gap(count, share, random) for share in (0.04, 0.05, 0.05, 0.02, 0.02, 0.04)]
    return EstateCondition(parking, gaps[0], charging, gaps[1], ground, gaps[2], flags, gaps[3], gaps[4], gaps[5])
