"""Primary schools and the truth about places: enough by far, lacking altogether, or short by a known number."""

from __future__ import annotations

import numpy as np

from huancheng.city.generate.amenities import FacilityBook, Verdict
from huancheng.city.generate.arrays import Booleans, Floats, Integers, Objects
from huancheng.city.generate.fabric import Blocks, Plots
from huancheng.city.generate.limits import planted_limits
from huancheng.city.generate.people import Estates
from huancheng.city.generate.plot_uses import PlotUse, Uses
from huancheng.city.generate.rows import Layout, Rows
from huancheng.city.generate.serving import SLACK, Homes, near_pairs

GENEROUS = 1.15
"""Places of a school with enough for all it may have to take, as a multiple of their demand."""

SHORT = 0.6
"""Places of a school planted as too small, as a share of the demand of the estates it serves."""


def place_schools(
    book: FacilityBook,
    rows: Rows,
    blocks: Blocks,
    plots: Plots,
    uses: Uses,
    layout: Layout,
    estates: Estates,
    homes: Homes,
    known: Booleans,
    names: Objects,
    random: np.random.Generator,
) -> Verdict:
    """Place primary schools with their places and judge every estate.

    Parameters
    ----------
    known
        Estates whose number of residents will stand in the snapshot.
    names
        A name for each plot, from the street or quarter it lies in.
    """
    limits = planted_limits()
    limit, rate = limits.of("primary_school"), limits.of("places_per_thousand")
    school_plot = np.flatnonzero((uses.use == PlotUse.PRIMARY_SCHOOL) & layout.built)
    building = _northernmost(rows, school_plot)
    school_plot, building = school_plot[building >= 0], building[building >= 0]
    x, y = rows.middle_x[building], rows.middle_y[building]
    demand = estates.population * rate / 1000.0
    near_school, near_estate = near_pairs(homes, x, y, limits.margin.unserved * limit)
    bound = _bounds(rows, blocks, plots, layout, estates, homes, school_plot, building, near_school, near_estate)
    within = bound <= limits.margin.served * limit
    possible = np.bincount(near_school, demand[near_estate], len(x)).astype(np.float64)
    lone = np.bincount(near_estate, minlength=len(estates))[near_estate] == 1
    apart = np.ones(len(x), bool)
    apart[near_school[~(within & lone & known[near_estate])]] = False
    reached = np.bincount(near_school, minlength=len(x)) > 0
    short = apart & reached & (random.random(len(x)) < 0.85)
    capacity = np.ceil(np.maximum(possible * GENEROUS, 360) / 45) * 45
    capacity[short] = np.maximum(np.floor(possible[short] * SHORT / 5) * 5, 5)
    capacity = _clear_of_whole_numbers(capacity, short, demand, possible, near_school, near_estate)
    book.add(
        "primary_school",
        x,
        y,
        np.array([f"{name}小学" for name in names[school_plot]], dtype=object),
        area=np.round((plots.x1 - plots.x0)[school_plot] * (plots.y1 - plots.y0)[school_plot]),
        capacity=capacity,
        operator="公办",
        compliant=random.random(len(x)) < 0.95,
    )
    return _judge(demand, capacity, possible, short, within, known, near_school, near_estate)


def _judge(
    demand: Floats,
    capacity: Floats,
    possible: Floats,
    short: Booleans,
    within: Booleans,
    known: Booleans,
    near_school: Integers,
    near_estate: Integers,
) -> Verdict:
    count = len(demand)
    flagged = np.ones(count, bool)
    flagged[near_estate] = False
    flagged &= known & (demand > 0)
    gap = np.where(flagged, demand, 0.0)
    clear = np.zeros(count, bool)
    clear[near_estate[within & ~short[near_school]]] = True
    lacking = within & short[near_school]
    flagged[near_estate[lacking]] = True
    share = capacity / np.maximum(possible, 1e-9)
    gap[near_estate[lacking]] = (demand[near_estate] * (1 - share[near_school]))[lacking]
    verdict = Verdict.of(flagged, clear & known)
    amounts = {int(row): float(np.ceil(gap[row] - 1e-6)) for row in verdict.flagged}
    return Verdict(verdict.flagged, verdict.clear, verdict.unclear, amounts)


def _northernmost(rows: Rows, plots: Integers) -> Integers:
    """Return the northernmost teaching building of each plot, -1 where there is none."""
    order = np.lexsort([rows.x0, -rows.y0, rows.plot])
    plot = rows.plot[order]
    at = np.searchsorted(plot, plots)
    found = (at < len(plot)) & (plot[np.minimum(at, len(plot) - 1)] == plots)
    return np.where(found, order[np.minimum(at, len(plot) - 1)], -1)


def _bounds(
    rows: Rows,
    blocks: Blocks,
    plots: Plots,
    layout: Layout,
    estates: Estates,
    homes: Homes,
    school_plot: Integers,
    building: Integers,
    near_school: Integers,
    near_estate: Integers,
) -> Floats:
    """Return upper bounds of the walk of most residents from estates to schools, infinite where none is constructed.

    An estate's spine opens on the streets north and south of its block, the school's on the street to its north. Where
    both are the same straight street, the walk follows it. Within one quarter, and between quarters above each other,
    it changes over by a street from south to north: beside the estate's block, or on the quarter's side.
    """
    school, estate, place = school_plot[near_school], estates.plot[near_estate], building[near_school]
    own, other = plots.block[school], plots.block[estate]
    level = blocks.north[own]
    door = np.abs(rows.middle_x[place] - layout.spine[school]) + level - rows.middle_y[place]
    home = homes.along[near_estate] + homes.off[near_estate] + SLACK
    from_x, to_x = layout.spine[estate], layout.spine[school]
    same_column = blocks.column[own] == blocks.column[other]
    same_quarter = same_column & (blocks.row[own] == blocks.row[other])
    stacked = same_column & (np.abs(blocks.row[own] - blocks.row[other]) == 1) & ~blocks.old[own] & ~blocks.old[other]
    side_west, side_east = _quarter_sides(blocks)
    best = np.full(len(school), np.inf)
    ends = (
        (blocks.north[other], blocks.north[other] - homes.most_north[near_estate]),
        (blocks.south[other], homes.most_south[near_estate] - blocks.south[other]),
    )
    for gate, climb in ends:
        straight = np.where((gate == level) & same_column, np.abs(from_x - to_x), np.inf)
        by_block = _change_over(from_x, to_x, blocks.west[other], blocks.east[other]) + np.abs(gate - level)
        by_side = _change_over(from_x, to_x, side_west[other], side_east[other]) + np.abs(gate - level)
        street = np.minimum(straight, np.where(same_quarter, by_block, np.where(stacked, by_side, np.inf)))
        best = np.minimum(best, home + climb + street + door)
    return best


def _change_over(from_x: Floats, to_x: Floats, west: Floats, east: Floats) -> Floats:
    """Return how far one goes from west to east in all when changing streets on the better of two sides."""
    by_west, by_east = np.abs(from_x - west) + np.abs(west - to_x), np.abs(from_x - east) + np.abs(east - to_x)
    shorter: Floats = np.minimum(by_west, by_east)
    return shorter


def _quarter_sides(blocks: Blocks) -> tuple[Floats, Floats]:
    """Return the centre lines of the streets west and east of each block's quarter."""
    quarter = blocks.column * 1_000_000 + blocks.row
    _, group = np.unique(quarter, return_inverse=True)
    west, east = np.full(int(group.max()) + 1, np.inf), np.full(int(group.max()) + 1, -np.inf)
    np.minimum.at(west, group, blocks.west)
    np.maximum.at(east, group, blocks.east)
    return west[group], east[group]


def _clear_of_whole_numbers(
    capacity: Floats, short: Booleans, demand: Floats, possible: Floats, near_school: Integers, near_estate: Integers
) -> Floats:
    """Add places until no estate's gap lies so near a whole number that rounding up could depend on the arithmetic."""
    capacity = capacity.copy()
    for school in np.flatnonzero(short):
        wants = demand[near_estate[near_school == school]]
        for _ in range(40):
            gaps = wants * (1 - capacity[school] / possible[school])
            if (np.abs(gaps - np.rint(gaps)) > 0.01).all():
                break
            capacity[school] += 1
    return capacity
