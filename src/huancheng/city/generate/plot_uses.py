"""What each plot is used for: quarters have a character, plots follow it, and every neighbourhood gets its services."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from huancheng.city.generate.arrays import Booleans, Floats, Integers
from huancheng.city.generate.fabric import Blocks, Plots
from huancheng.city.generate.lattice import Lattice, Strip


class PlotUse(IntEnum):
    """Use of a plot; the first eight have homes."""

    SLAB_1980 = 0
    SLAB_1990 = 1
    MIXED_2000 = 2
    TOWER_2010 = 3
    TOWER_2020 = 4
    WORK_UNIT = 5
    VILLAGE = 6
    OLD_TOWN = 7
    PRIMARY_SCHOOL = 8
    MIDDLE_SCHOOL = 9
    COLLEGE = 10
    HOSPITAL = 11
    MARKET = 12
    MALL = 13
    OFFICE = 14
    GOVERNMENT = 15
    CULTURE = 16
    SPORT = 17
    PARK = 18
    SQUARE = 19
    INDUSTRY = 20
    WAREHOUSE = 21
    UTILITY = 22
    STATION = 23
    VACANT = 24


HOMES = int(PlotUse.OLD_TOWN)
"""Uses up to this one have homes."""


class Character(IntEnum):
    """Character of a quarter."""

    CENTRE = 0
    INNER = 1
    MIDDLE = 2
    OUTER = 3
    INDUSTRY = 4
    CAMPUS = 5
    PARK = 6
    OLD_TOWN = 7


_U = PlotUse
_LARGE: dict[Character, dict[PlotUse, float]] = {
    Character.CENTRE: {
        _U.OFFICE: 0.22,
        _U.MALL: 0.2,
        _U.MIXED_2000: 0.2,
        _U.TOWER_2010: 0.18,
        _U.GOVERNMENT: 0.1,
        _U.SLAB_1990: 0.1,
    },
    Character.INNER: {
        _U.SLAB_1980: 0.26,
        _U.SLAB_1990: 0.2,
        _U.WORK_UNIT: 0.16,
        _U.MIXED_2000: 0.08,
        _U.TOWER_2010: 0.06,
        _U.INDUSTRY: 0.08,
        _U.OFFICE: 0.06,
        _U.MALL: 0.05,
        _U.PARK: 0.05,
    },
    Character.MIDDLE: {
        _U.SLAB_1990: 0.17,
        _U.MIXED_2000: 0.24,
        _U.TOWER_2010: 0.13,
        _U.WORK_UNIT: 0.06,
        _U.VILLAGE: 0.1,
        _U.INDUSTRY: 0.12,
        _U.OFFICE: 0.04,
        _U.PARK: 0.07,
        _U.COLLEGE: 0.04,
        _U.VACANT: 0.05,
    },
    Character.OUTER: {
        _U.MIXED_2000: 0.11,
        _U.TOWER_2010: 0.18,
        _U.TOWER_2020: 0.16,
        _U.VILLAGE: 0.16,
        _U.VACANT: 0.13,
        _U.INDUSTRY: 0.17,
        _U.PARK: 0.08,
        _U.COLLEGE: 0.05,
    },
    Character.INDUSTRY: {_U.INDUSTRY: 0.62, _U.WAREHOUSE: 0.22, _U.VACANT: 0.06, _U.UTILITY: 0.04, _U.SLAB_1990: 0.06},
    Character.CAMPUS: {_U.COLLEGE: 0.7, _U.TOWER_2010: 0.2, _U.SPORT: 0.1},
    Character.PARK: {_U.PARK: 0.8, _U.TOWER_2020: 0.2},
    Character.OLD_TOWN: {_U.OLD_TOWN: 0.93, _U.CULTURE: 0.07},
}
_SMALL: dict[Character, dict[PlotUse, float]] = {
    Character.CENTRE: {_U.OFFICE: 0.3, _U.MALL: 0.3, _U.SQUARE: 0.2, _U.CULTURE: 0.2},
    Character.INNER: {_U.WORK_UNIT: 0.4, _U.SLAB_1980: 0.3, _U.MALL: 0.15, _U.OFFICE: 0.15},
    Character.MIDDLE: {_U.VILLAGE: 0.18, _U.SLAB_1990: 0.3, _U.MALL: 0.17, _U.OFFICE: 0.15, _U.MIXED_2000: 0.2},
    Character.OUTER: {
        _U.VILLAGE: 0.24,
        _U.TOWER_2020: 0.3,
        _U.MALL: 0.16,
        _U.OFFICE: 0.1,
        _U.UTILITY: 0.08,
        _U.VACANT: 0.12,
    },
    Character.INDUSTRY: {_U.WAREHOUSE: 0.4, _U.INDUSTRY: 0.4, _U.UTILITY: 0.12, _U.VACANT: 0.08},
    Character.CAMPUS: {_U.COLLEGE: 0.5, _U.OFFICE: 0.3, _U.SPORT: 0.2},
    Character.PARK: {_U.PARK: 1.0},
    Character.OLD_TOWN: {_U.OLD_TOWN: 1.0},
}

_QUOTA = (
    (_U.PRIMARY_SCHOOL, 0.92),
    (_U.PARK, 0.85),
    (_U.MIDDLE_SCHOOL, 0.55),
    (_U.MARKET, 0.55),
    (_U.HOSPITAL, 0.16),
    (_U.PRIMARY_SCHOOL, 0.6),
    (_U.SPORT, 0.2),
    (_U.PARK, 0.5),
)
"""Uses given in this order to the cut-off plots of a superblock, each with the share of superblocks that get it."""


@dataclass(frozen=True)
class Uses:
    """Use of each plot and character of each quarter.

    Parameters
    ----------
    use
        `PlotUse` per plot.
    character
        `Character` per cell of the skeleton.
    """

    use: Integers
    character: Integers

    @property
    def homes(self) -> Booleans:
        """Which plots have homes."""
        return self.use <= HOMES


def assign_uses(lattice: Lattice, blocks: Blocks, plots: Plots, random: np.random.Generator) -> Uses:
    """Give every plot a use."""
    character = _characters(lattice, random)
    column, row = blocks.column[plots.block], blocks.row[plots.block]
    own = character[column, row]
    own[blocks.old[plots.block]] = Character.OLD_TOWN
    use = np.zeros(len(plots), np.int64)
    dice = random.random(len(plots))
    for kind in Character:
        for small, table in ((False, _LARGE[kind]), (True, _SMALL[kind])):
            rows = np.flatnonzero((own == kind) & (plots.small == small))
            steps = np.cumsum(list(table.values()))
            use[rows] = np.array(list(table), np.int64)[np.searchsorted(steps / steps[-1], dice[rows], side="right")]
    _give_services(lattice, blocks, plots, own, use, random)
    _give_landmarks(plots, own, use)
    _settle_cluster(lattice, column, plots, own, use)
    return Uses(use, character)


def _characters(lattice: Lattice, random: np.random.Generator) -> Integers:
    noisy: Floats = lattice.remoteness + random.normal(0, 0.06, lattice.remoteness.shape)
    character = np.full(lattice.active.shape, int(Character.OUTER), np.int64)
    character[noisy < 0.68] = Character.MIDDLE
    character[noisy < 0.36] = Character.INNER
    dice = random.random(lattice.active.shape)
    built = (lattice.columns == Strip.QUARTER)[:, None] & lattice.active
    rail = int(np.flatnonzero(lattice.rows == Strip.RAIL)[0])
    beyond = rail + 1 if rail > len(lattice.rows) // 2 else rail - 1
    by_rail = np.zeros_like(built)
    by_rail[:, beyond] = True
    character[by_rail & (dice < 0.62) & (noisy > 0.2)] = Character.INDUSTRY
    character[~by_rail & (noisy > 0.55) & (dice < 0.2)] = Character.INDUSTRY
    character[~by_rail & (noisy > 0.45) & (dice > 0.965)] = Character.CAMPUS
    character[~by_rail & (noisy > 0.3) & (dice > 0.92) & (dice < 0.955)] = Character.PARK
    character[lattice.cluster & True, :] = np.where(dice[lattice.cluster] < 0.6, Character.INDUSTRY, Character.OUTER)
    _one_of_each(lattice, character, by_rail)
    return character


def _one_of_each(lattice: Lattice, character: Integers, by_rail: Booleans) -> None:
    """Make sure of a centre beside the old town, some industry by the railway and a development zone's factories."""
    inside = lattice.in_old_town
    free = lattice.active & ~inside & ~by_rail & ~lattice.cluster[:, None]
    candidates = np.argwhere(free)
    order = np.argsort(lattice.remoteness[tuple(candidates.T)], kind="stable")
    count = max(1, round(0.02 * int(lattice.active.sum())))
    chosen = candidates[order[:count]]
    character[chosen[:, 0], chosen[:, 1]] = Character.CENTRE
    by = np.argwhere(by_rail & lattice.active & ~lattice.cluster[:, None])
    if len(by) and not (character[tuple(by.T)] == Character.INDUSTRY).any():
        character[tuple(by[0])] = Character.INDUSTRY
    far = np.argwhere(lattice.active & lattice.cluster[:, None])
    character[tuple(far[0])] = Character.INDUSTRY
    if len(far) > 1:
        character[tuple(far[-1])] = Character.OUTER


def _give_services(
    lattice: Lattice, blocks: Blocks, plots: Plots, own: Integers, use: Integers, random: np.random.Generator
) -> None:
    """Give the cut-off plots of each superblock (2 × 2 quarters) to public uses, in random order."""
    lived_in = np.isin(own, [Character.INNER, Character.MIDDLE, Character.OUTER])
    rows = np.flatnonzero(plots.small & lived_in)
    quarter_column = np.cumsum(lattice.columns == Strip.QUARTER)[blocks.column[plots.block[rows]]] - 1
    quarter_row = np.cumsum(lattice.rows == Strip.QUARTER)[blocks.row[plots.block[rows]]] - 1
    superblock = quarter_column // 2 * 10_000 + quarter_row // 2
    order = np.lexsort([random.random(len(rows)), superblock])
    rows, superblock = rows[order], superblock[order]
    first = (
        np.flatnonzero(np.concatenate([[True], superblock[1:] != superblock[:-1]]))
        if len(rows)
        else np.empty(0, np.int64)
    )
    rank = np.arange(len(rows)) - np.repeat(first, np.diff(np.concatenate([first, [len(rows)]])))
    for position, (service, share) in enumerate(_QUOTA):
        given = rows[(rank == position) & (random.random(len(rows)) < share)]
        use[given] = service


def _give_landmarks(plots: Plots, own: Integers, use: Integers) -> None:
    """Make sure of a government seat, a cultural house, a hospital, a square and a station."""
    centre = np.flatnonzero(own == Character.CENTRE)
    for place, landmark in zip(centre, (_U.GOVERNMENT, _U.CULTURE, _U.MALL, _U.HOSPITAL, _U.OFFICE), strict=False):
        use[place] = landmark
    for needed in (
        _U.HOSPITAL,
        _U.MIDDLE_SCHOOL,
        _U.PRIMARY_SCHOOL,
        _U.PARK,
        _U.MARKET,
        _U.SPORT,
        _U.UTILITY,
        _U.VILLAGE,
        _U.SQUARE,
        _U.CULTURE,
        _U.COLLEGE,
        _U.VACANT,
    ):
        if not (use == needed).any():
            spare = np.flatnonzero(
                plots.small
                & np.isin(
                    use,
                    [
                        _U.OFFICE,
                        _U.MALL,
                        _U.WORK_UNIT,
                        _U.SLAB_1990,
                        _U.TOWER_2020,
                        _U.WAREHOUSE,
                        _U.MIXED_2000,
                        _U.SLAB_1980,
                    ],
                )
            )
            if len(spare):
                use[spare[len(spare) // 2]] = needed


def _settle_cluster(lattice: Lattice, column: Integers, plots: Plots, own: Integers, use: Integers) -> None:
    """Give the cluster's lived-in quarter one small primary school."""
    cluster = lattice.cluster[column] & (own == Character.OUTER)
    use[cluster & np.isin(use, [_U.PRIMARY_SCHOOL, _U.MIDDLE_SCHOOL])] = _U.MALL
    small = np.flatnonzero(cluster & plots.small)
    if len(small):
        use[small[0]] = _U.PRIMARY_SCHOOL
