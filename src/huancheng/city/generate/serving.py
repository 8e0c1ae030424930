"""Who is served and who is not, by construction: facilities at known places on an estate's own lanes.

A home stands on a lane of its estate, every lane meets the spine, and a facility stands on a lane too. So the path from
a home to the facility is at most: out to the lane, along it to the spine, along the spine, along the other lane, in to
the facility. The sum of the greatest of each is an upper bound for every home of the estate. That nobody is served
is shown by the straight line, which no path can beat.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from huancheng.city.generate.arrays import Booleans, Floats, Integers
from huancheng.city.generate.people import Estates, People
from huancheng.city.generate.rows import Layout, Rows

SLACK = 3.0
"""Added to every upper bound against rounding, in metres."""

MOST = 0.6
"""Share of residents spoken of as most of an estate."""

DOOR = 2.0
"""From the outer walls to the point at which a facility in a building is recorded, in metres."""


@dataclass(frozen=True)
class Homes:
    """Where the homes of each estate stand, as far as bounds need it.

    Parameters
    ----------
    west, south, east, north
        Box about the footprints of all buildings with residents.
    along, off
        Greatest distance along a lane to the spine, greatest distance from the middle of a building to its lane.
    first, last
        Southernmost and northernmost lane that has homes.
    most_north, most_south
        Lane at or north of which, or at or south of which, `MOST` of the residents live.
    count
        Buildings with residents.
    """

    west: Floats
    south: Floats
    east: Floats
    north: Floats
    along: Floats
    off: Floats
    first: Floats
    last: Floats
    most_north: Floats
    most_south: Floats
    count: Integers


@dataclass(frozen=True)
class Sites:
    """Best site for a facility in each estate, and the bound it gives.

    Parameters
    ----------
    building
        Row of the building that houses it, -1 where there is none.
    x, y
        Its door: in the building's corner towards spine and lane.
    bound
        Upper bound of the walk from any home of the estate, in metres.
    """

    building: Integers
    x: Floats
    y: Floats
    bound: Floats


def measure_homes(rows: Rows, people: People, estates: Estates, layout: Layout) -> Homes:
    """Sum up where the homes of each estate stand."""
    lived_in = (people.population > 0) & ~np.isnan(rows.lane)
    lived_in &= estates.of_plot[rows.plot] >= 0
    take = np.flatnonzero(lived_in)
    estate = estates.of_plot[rows.plot[take]]
    size = len(estates)
    low, high = np.full(size, np.inf), np.full(size, -np.inf)
    west, south, first = low.copy(), low.copy(), low.copy()
    east, north, last, along, off = (high.copy() for _ in range(5))
    np.minimum.at(west, estate, rows.x0[take])
    np.minimum.at(south, estate, rows.y0[take])
    np.maximum.at(east, estate, rows.x1[take])
    np.maximum.at(north, estate, rows.y1[take])
    np.minimum.at(first, estate, rows.lane[take])
    np.maximum.at(last, estate, rows.lane[take])
    np.maximum.at(along, estate, np.abs(rows.middle_x - layout.spine[rows.plot])[take])
    np.maximum.at(off, estate, (rows.lane - rows.middle_y)[take])
    lane, residents = rows.lane[take], people.population[take].astype(np.float64)
    most_north = _lane_of_most(estate, -lane, residents, size) * -1.0
    most_south = _lane_of_most(estate, lane, residents, size)
    return Homes(
        west, south, east, north, along, off, first, last, most_north, most_south, np.bincount(estate, minlength=size)
    )


def _lane_of_most(estate: Integers, place: Floats, residents: Floats, size: int) -> Floats:
    """Return for each estate the least place up to which `MOST` of its residents live."""
    order = np.lexsort([place, estate])
    estate, place = estate[order], place[order]
    running = np.cumsum(residents[order])
    total = np.bincount(estate, residents[order], size)
    before = np.concatenate([[0.0], np.cumsum(total)[:-1]])
    enough = np.flatnonzero(running - before[estate] >= MOST * total[estate])
    lanes = np.full(size, np.inf)
    np.minimum.at(lanes, estate[enough], place[enough])
    return lanes


def choose_sites(rows: Rows, people: People, estates: Estates, layout: Layout, homes: Homes, taken: Booleans) -> Sites:
    """Choose in each estate the building beside the spine, in the middle, south or north, that gives the least bound.

    Parameters
    ----------
    taken
        Buildings that house something already.
    """
    size = len(estates)
    best = Sites(np.full(size, -1, np.int64), np.full(size, np.nan), np.full(size, np.nan), np.full(size, np.inf))
    free = np.flatnonzero((people.population > 0) & ~np.isnan(rows.lane) & (estates.of_plot[rows.plot] >= 0) & ~taken)
    estate = estates.of_plot[rows.plot[free]]
    spine, lane = layout.spine[rows.plot[free]], rows.lane[free]
    eastern = rows.middle_x[free] >= spine
    x = np.where(eastern, rows.x0[free] + DOOR, rows.x1[free] - DOOR)
    y = rows.y1[free] - DOOR
    aside, off = np.abs(x - spine), lane - y
    reach = np.maximum(homes.last[estate] - lane, lane - homes.first[estate])
    bound = homes.along[estate] + homes.off[estate] + reach + aside + off + SLACK
    order = np.lexsort([free, bound, estate])
    first = np.flatnonzero(np.concatenate([[True], np.diff(estate[order]) != 0])) if len(order) else order
    chosen = order[first]
    best.building[estate[chosen]] = free[chosen]
    best.x[estate[chosen]], best.y[estate[chosen]] = x[chosen], y[chosen]
    best.bound[estate[chosen]] = bound[chosen]
    return best


def clumps(estates: Estates, homes: Homes, length: float, share: float, random: np.random.Generator) -> Booleans:
    """Return estates that lie together in about `share` of the city: neighbourhoods `length` metres across."""
    x, y = (homes.west + homes.east) / 2, (homes.south + homes.north) / 2
    field = np.zeros(len(estates))
    for _ in range(6):
        angle, phase = random.uniform(0, 2 * np.pi, 2)
        wave = 2 * np.pi / (length * random.uniform(1.6, 3.2))
        field += np.sin(wave * (np.cos(angle) * x + np.sin(angle) * y) + phase)
    return field < np.quantile(field, share) if len(field) else np.zeros(0, bool)


def beyond(homes: Homes, x: Floats, y: Floats, distance: float) -> Booleans:
    """Return estates all of whose homes are farther than `distance` in a straight line from every point."""
    far = np.ones(len(homes.west), bool)
    if len(x):
        far[near_pairs(homes, x, y, distance)[1]] = False
    return far & (homes.count > 0)


def near_pairs(homes: Homes, x: Floats, y: Floats, distance: float) -> tuple[Integers, Integers]:
    """Return (point, estate) wherever the box about the homes comes within `distance` of the point."""
    tree = shapely.STRtree(shapely.box(homes.west, homes.south, homes.east, homes.north))
    point, estate = tree.query(shapely.points(x, y), predicate="dwithin", distance=distance)
    return point.astype(np.int64), estate.astype(np.int64)
