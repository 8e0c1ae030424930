"""The buildings layer."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np

from huancheng.city.generate.arrays import Booleans, Integers, Objects
from huancheng.city.generate.columns import booleans, coded, gap, ids, integers, numbers, texts
from huancheng.city.generate.condition import GRADES, BuildingCondition
from huancheng.city.generate.fabric import Plots
from huancheng.city.generate.frame import CRS, Frame
from huancheng.city.generate.people import Estates, People
from huancheng.city.generate.plot_uses import PlotUse, Uses
from huancheng.city.generate.rows import Rows
from huancheng.city.generate.templates import BUILDING_USES

STRUCTURES = ("reinforced_concrete", "brick_concrete", "brick_timber", "steel", "earth", "other")
HERITAGE = (
    "none",
    "relic_national",
    "relic_provincial",
    "relic_city",
    "historic_building",
    "traditional",
    "genuine_remain",
    "candidate",
)
TITLES = ("registered", "unregistered", "illegal", "disputed")


@dataclass(frozen=True)
class HeritageTruth:
    """Counts that follow from what was listed.

    Parameters
    ----------
    historic
        Historic buildings.
    plaques
        Historic buildings with plaque and file.
    empty
        Historic buildings not in use.
    """

    historic: int
    plaques: int
    empty: int


def building_table(
    rows: Rows,
    people: People,
    condition: BuildingCondition,
    estates: Estates,
    plots: Plots,
    uses: Uses,
    frame: Frame,
    random: np.random.Generator,
) -> tuple[gpd.GeoDataFrame, HeritageTruth]:
    """Return the buildings layer and the truth about listed buildings."""
    count = len(rows)
    use = uses.use[rows.plot]
    heritage = _heritage(use, people.year, random)
    historic = heritage == HERITAGE.index("historic_building")
    plaque = historic & (random.random(count) < 0.7)
    empty = random.random(count) < np.where(historic, 0.18, 0.035)
    title = np.where(
        use == PlotUse.VILLAGE,
        random.choice(4, count, p=[0.52, 0.36, 0.09, 0.03]),
        random.choice(4, count, p=[0.95, 0.03, 0.012, 0.008]),
    )
    illegal = (title == 2) | (random.random(count) < 0.006)
    lived_in = people.population > 0
    estate = estates.of_plot[rows.plot]
    plan_area = np.round(rows.footprint, 1)
    table = gpd.GeoDataFrame(
        {
            "id": ids("B", count),
            "name": texts(_names(rows, estates, estate, lived_in), (estate < 0) | ~lived_in | gap(count, 0.3, random)),
            "use": coded(BUILDING_USES, rows.use, condition.use_missing),
            "floors": integers(rows.floors, gap(count, 0.05, random)),
            "height": numbers(condition.height, condition.height_missing),
            "year_built": integers(people.year, condition.year_missing),
            "structure": coded(STRUCTURES, _structure(rows, people, use, random), gap(count, 0.07, random)),
            "footprint_area": numbers(plan_area),
            "floor_area": numbers(people.floor_area, gap(count, 0.03, random)),
            "safety_grade": coded(GRADES, condition.grade, condition.grade_missing),
            "heritage_status": coded(HERITAGE, heritage, gap(count, 0.04, random) & (heritage == 0)),
            "households": integers(people.households, ~lived_in),
            "population": numbers(people.population.astype(float), ~lived_in),
            "title_status": coded(TITLES, title, gap(count, 0.06, random)),
            "estate_id": texts(ids("E", len(estates))[np.maximum(estate, 0)], estate < 0),
            "block_id": texts(ids("L", int(plots.block.max()) + 1)[plots.block[rows.plot]], gap(count, 0.01, random)),
            **{name: booleans(flag.value, flag.missing) for name, flag in condition.faults.items()},
            "incomplete_homes": integers(condition.incomplete_homes, condition.incomplete_missing),
            "fire_monitoring": booleans(condition.fire_monitoring.value, condition.fire_monitoring.missing),
            "illegal": booleans(illegal, gap(count, 0.03, random)),
            "vacant": booleans(empty, gap(count, 0.06, random) & ~historic),
            "plaque": booleans(plaque, ~historic),
        },
        geometry=frame.boxes(rows.x0, rows.y0, rows.x1, rows.y1),
        crs=CRS,
    )
    return table, HeritageTruth(int(historic.sum()), int(plaque.sum()), int((historic & empty).sum()))


def _names(rows: Rows, estates: Estates, estate: Integers, lived_in: Booleans) -> Objects:
    """Return `小区N号楼`, counted within each estate from the south-west."""
    plot = rows.plot
    order = np.lexsort([rows.x0, rows.y0, ~lived_in, plot])
    first = np.flatnonzero(np.concatenate([[True], np.diff(plot[order]) != 0]))
    rank = np.empty(len(rows), np.int64)
    rank[order] = np.arange(len(rows)) - np.repeat(first, np.diff(np.append(first, len(rows)))) + 1
    tails = np.array([f"{n}号楼" for n in range(int(rank.max()) + 1)], dtype=object)
    names: Objects = estates.name[np.maximum(estate, 0)] + tails[rank]
    return names


def _structure(rows: Rows, people: People, use: Integers, random: np.random.Generator) -> Integers:
    low_old = np.isin(use, [PlotUse.OLD_TOWN, PlotUse.VILLAGE]) & (people.year < 1980)
    sheds = np.isin(use, [PlotUse.INDUSTRY, PlotUse.WAREHOUSE]) & (people.year > 1998)
    brick = (rows.floors <= 7) & (people.year < 2005)
    structure = np.select([low_old, sheds, brick | (use == PlotUse.VILLAGE)], [2, 3, 1], 0)
    dice = random.random(len(rows))
    structure = np.where(low_old & (dice < 0.06), 4, structure)
    return np.where(dice > 0.985, 5, structure)


def _heritage(use: Integers, year: Integers, random: np.random.Generator) -> Integers:
    """List some houses of the old town; every status occurs."""
    status = np.zeros(len(use), np.int64)
    old = np.flatnonzero((use == PlotUse.OLD_TOWN) & (year < 1960))
    old = old if len(old) >= 40 else np.flatnonzero(use == PlotUse.OLD_TOWN)
    picked = random.permutation(old)
    number = {
        1: 1,
        2: 2,
        3: 4,
        4: max(12, len(old) // 25),
        5: len(old) // 6,
        6: max(2, len(old) // 60),
        7: max(2, len(old) // 40),
    }
    start = 0
    for kind, wanted in number.items():
        status[picked[start : start + wanted]] = kind
        start += wanted
    return status
