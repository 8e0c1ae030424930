"""The city's skeleton: main roads, quarters between them, corridors of canal and railway, the cluster beyond."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from huancheng.city.generate.arrays import Booleans, Floats, Integers
from huancheng.city.generate.randomness import Draws
from huancheng.city.generate.sizes import SizePlan


class Strip(IntEnum):
    """What lies between two neighbouring lines of the skeleton."""

    QUARTER = 0
    CANAL = 1
    GAP = 2
    RAIL = 3


class StreetClass(IntEnum):
    """Classes of the streets layer, in the order of its domain."""

    EXPRESSWAY = 0
    ARTERIAL = 1
    SECONDARY = 2
    BRANCH = 3
    RESIDENTIAL = 4
    SERVICE = 5
    PEDESTRIAN = 6
    CYCLEWAY = 7
    TRACK = 8


HALF_WIDTH = np.array([25.0, 20.0, 15.0, 9.0, 4.0, 3.0, 2.0, 2.0, 2.0])
"""Half of the width between the red lines, by street class, in metres."""


@dataclass(frozen=True)
class Lattice:
    """The skeleton of the city.

    Parameters
    ----------
    x, y
        Lines from west to east and from south to north, in metres from the old town's centre.
    columns, rows
        Kind of the strip (`Strip`) after each line but the last.
    active
        Which cells (column, row) are built up, shape (columns, rows).
    cluster
        Which columns belong to the detached cluster.
    x_class, y_class
        Street class of each line.
    old_town
        First and last column and row (half open) of the old town.
    remoteness
        Distance of each cell from the old town, 1 at the edge of the main city.
    """

    x: Floats
    y: Floats
    columns: Integers
    rows: Integers
    active: Booleans
    cluster: Booleans
    x_class: Integers
    y_class: Integers
    old_town: tuple[int, int, int, int]
    remoteness: Floats

    @property
    def in_old_town(self) -> Booleans:
        """Which cells belong to the old town, shape (columns, rows)."""
        inside = np.zeros_like(self.active)
        c0, c1, r0, r1 = self.old_town
        inside[c0:c1, r0:r1] = True
        return inside


def lay_out(plan: SizePlan, draws: Draws) -> Lattice:
    """Draw the skeleton of a city."""
    random = draws.topic("lattice")
    town = plan.old_town
    first = (plan.columns - town) // 2
    first += int(random.integers(0, 2)) if plan.columns > town + 2 else 0
    bottom = (plan.rows - town) // 2
    columns, widths, cluster, first = _columns(plan, random, first)
    rows, heights = _rows(plan, random, bottom)
    x, y = np.concatenate([[0.0], np.cumsum(widths)]), np.concatenate([[0.0], np.cumsum(heights)])
    quarter_columns = np.flatnonzero((columns == Strip.QUARTER) & ~cluster)
    quarter_rows = np.flatnonzero(rows == Strip.QUARTER)
    c0, r0 = int(quarter_columns[first]), int(quarter_rows[bottom])
    c1, r1 = c0 + town, r0 + town
    x -= round((x[c0] + x[c1]) / 2)
    y -= round((y[r0] + y[r1]) / 2)
    remoteness = _remoteness(x, y, columns, cluster)
    active = _active(plan, random, columns, rows, cluster, remoteness)
    active[c0:c1, r0:r1] = True
    return Lattice(
        x, y, columns, rows, active, cluster, _classes(columns), _classes(rows), (c0, c1, r0, r1), remoteness
    )


def _columns(plan: SizePlan, random: np.random.Generator, first: int) -> tuple[Integers, Floats, Booleans, int]:
    east_of_town = bool(random.integers(0, 2))
    kinds = [int(Strip.QUARTER)] * plan.columns
    kinds.insert(first + plan.old_town if east_of_town else first, int(Strip.CANAL))
    extra = [int(Strip.GAP)] + [int(Strip.QUARTER)] * plan.cluster_columns
    member = [False] * len(kinds) + [False] + [True] * plan.cluster_columns
    kinds += extra
    if random.integers(0, 2):
        kinds.reverse()
        member.reverse()
        first = plan.columns - first - plan.old_town
    columns = np.array(kinds, np.int64)
    widths = np.round(random.uniform(430, 570, len(kinds)))
    widths[columns == Strip.CANAL] = round(float(random.uniform(110, 150)))
    widths[columns == Strip.GAP] = round(float(random.uniform(1_700, 2_300)))
    return columns, widths, np.array(member, bool), first


def _rows(plan: SizePlan, random: np.random.Generator, bottom: int) -> tuple[Integers, Floats]:
    kinds = [int(Strip.QUARTER)] * plan.rows
    north = bool(random.integers(0, 2))
    above = max(1, (plan.rows - bottom - plan.old_town) // 2)
    below = max(1, bottom // 2)
    kinds.insert(plan.rows - above if north else below, int(Strip.RAIL))
    rows = np.array(kinds, np.int64)
    heights = np.round(random.uniform(430, 570, len(kinds)))
    heights[rows == Strip.RAIL] = round(float(random.uniform(60, 80)))
    return rows, heights


def _classes(strips: Integers) -> Integers:
    """Every second line between quarters is an arterial; a corridor's second side is a branch."""
    classes = np.full(len(strips) + 1, StreetClass.SECONDARY, np.int64)
    quarters = 0
    for line in range(len(classes)):
        if line and strips[line - 1] == Strip.QUARTER:
            quarters += 1
        elif line and strips[line - 1] in (Strip.CANAL, Strip.RAIL):
            classes[line] = StreetClass.BRANCH
            continue
        if quarters % 2 == 0:
            classes[line] = StreetClass.ARTERIAL
    return classes


def _remoteness(x: Floats, y: Floats, columns: Integers, cluster: Booleans) -> Floats:
    middle_x, middle_y = (x[:-1] + x[1:]) / 2, (y[:-1] + y[1:]) / 2
    main = ~cluster & (columns != Strip.GAP)
    reach_x = np.abs(np.concatenate([x[:-1][main], x[1:][main]])).max()
    reach_y = np.abs(y).max()
    across, up = np.abs(middle_x) / reach_x, np.abs(middle_y) / reach_y
    norm: Floats = (across[:, None] ** 2.6 + up[None, :] ** 2.6) ** (1 / 2.6)
    return norm


def _active(
    plan: SizePlan,
    random: np.random.Generator,
    columns: Integers,
    rows: Integers,
    cluster: Booleans,
    remoteness: Floats,
) -> Booleans:
    quarter = (columns == Strip.QUARTER)[:, None] & (rows == Strip.QUARTER)[None, :]
    main = quarter & ~cluster[:, None]
    if plan.rounded:
        waves = random.uniform(0.02, 0.07, 3), random.uniform(0, 2 * np.pi, 3)
        across, up = np.meshgrid(np.linspace(-1, 1, len(columns)), np.linspace(-1, 1, len(rows)), indexing="ij")
        angle = np.arctan2(up, across)
        wobble = sum(size * np.sin((k + 2) * angle + phase) for k, (size, phase) in enumerate(zip(*waves, strict=True)))
        main &= remoteness < 0.97 + wobble
    quarter_rows = np.flatnonzero(rows == Strip.QUARTER)
    start = int(random.integers(0, plan.rows - plan.cluster_rows + 1)) // 2 * 2
    chosen = np.isin(np.arange(len(rows)), quarter_rows[start : start + plan.cluster_rows])
    active: Booleans = main | (quarter & cluster[:, None] & chosen[None, :])
    return active
