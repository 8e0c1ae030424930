"""Kindergartens, nurseries and elderly care: placed in estates, left out of whole neighbourhoods."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from huancheng.city.generate.amenities import FacilityBook, Verdict, with_suffix
from huancheng.city.generate.arrays import Booleans, Floats, Integers
from huancheng.city.generate.limits import planted_limits
from huancheng.city.generate.people import Estates
from huancheng.city.generate.rows import Layout, Rows
from huancheng.city.generate.serving import Homes, Sites, beyond, clumps

KINDERGARTEN_SIZE = (34.0, 13.0)
"""Length and depth of a kindergarten, in metres."""


def pick(
    kind: str,
    estates: Estates,
    homes: Homes,
    sites: Sites,
    lacking: float,
    remote: Booleans,
    random: np.random.Generator,
) -> Integers:
    """Return the estates that get a facility of a class: those that it can serve, outside neighbourhoods left without.

    Parameters
    ----------
    lacking
        Share of the estates in neighbourhoods left without.
    remote
        Estates left without wherever they lie.
    """
    limits = planted_limits()
    limit = limits.of(kind)
    without = clumps(estates, homes, 4.0 * limit, lacking, random) | remote
    able = (sites.bound <= limits.margin.served * limit) & (homes.count >= 3)
    return np.flatnonzero(able & ~without)


def judge(kind: str, homes: Homes, sites: Sites, given: Integers, x: Floats, y: Floats) -> Verdict:
    """Sort the estates by what was built: served by their own facility, beyond every facility, or neither."""
    limits = planted_limits()
    limit = limits.of(kind)
    served = np.zeros(len(homes.count), bool)
    served[given] = sites.bound[given] <= limits.margin.served * limit
    return Verdict.of(beyond(homes, x, y, limits.margin.unserved * limit), served)


def make_kindergartens(rows: Rows, layout: Layout, buildings: Integers) -> Rows:
    """Turn buildings into kindergartens: smaller, of three floors, with a yard where the rest of the house was."""
    x0, x1, y0 = rows.x0.copy(), rows.x1.copy(), rows.y0.copy()
    use, floors, height = rows.use.copy(), rows.floors.copy(), rows.floor_height.copy()
    length = np.minimum(KINDERGARTEN_SIZE[0], (x1 - x0)[buildings])
    depth = np.minimum(KINDERGARTEN_SIZE[1], (rows.y1 - y0)[buildings])
    east_of_spine = (rows.middle_x >= layout.spine[rows.plot])[buildings]
    x0[buildings] = np.where(east_of_spine, x0[buildings], np.round(x1[buildings] - length, 2))
    x1[buildings] = np.round(x0[buildings] + length, 2)
    y0[buildings] = np.round(rows.y1[buildings] - depth, 2)
    use[buildings], floors[buildings], height[buildings] = 2, 3, 3.6
    return replace(rows, x0=x0, x1=x1, y0=y0, use=use, floors=floors, floor_height=height)


def open_kindergartens(
    book: FacilityBook, rows: Rows, estates: Estates, given: Integers, sites: Sites, random: np.random.Generator
) -> None:
    """Add kindergartens at the doors of their buildings, with places for four in a hundred residents."""
    buildings = sites.building[given]
    floor = np.round((rows.footprint * rows.floors)[buildings])
    places = np.clip(np.rint(estates.population[given] * 0.04 / 30) * 30, 90, 540)
    book.add(
        "kindergarten",
        sites.x[given],
        sites.y[given],
        with_suffix(estates.name[given], "幼儿园"),
        area=floor,
        capacity=places,
        operator="普惠性",
        compliant=random.random(len(buildings)) < 0.93,
    )


def open_rooms(
    book: FacilityBook, kind: str, estates: Estates, given: Integers, sites: Sites, random: np.random.Generator
) -> None:
    """Add nurseries or elderly-care rooms on the ground floor of a residential building."""
    suffix, low, high, each = {"nursery": ("托育园", 220, 480, 8.0), "elderly_care": ("日间照料中心", 300, 900, 28.0)}[
        kind
    ]
    area = np.round(random.uniform(low, high, len(given)))
    book.add(
        kind,
        sites.x[given],
        sites.y[given],
        with_suffix(estates.name[given], suffix),
        area=area,
        capacity=np.floor(area / each),
        operator="社区",
        compliant=random.random(len(given)) < 0.9,
    )


def taken_by(count: int, buildings: Integers) -> Booleans:
    """Return a mask of buildings that house a facility."""
    taken = np.zeros(count, bool)
    taken[buildings] = True
    return taken
