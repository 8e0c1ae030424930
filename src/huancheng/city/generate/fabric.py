"""The fabric between the main streets: branches, blocks and plots as parallel arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from huancheng.city.generate.arrays import Booleans, Floats, Integers
from huancheng.city.generate.lattice import HALF_WIDTH, Lattice, StreetClass
from huancheng.city.generate.strokes import StrokeBook

SMALL_PLOT = (78.0, 112.0)
"""Width of a plot cut off for a school, a market, a park, in metres."""

MOAT_EDGE = 26.0
"""From the centre line of the street outside the old town to the moat, in metres."""


@dataclass(frozen=True)
class Blocks:
    """Blocks: ground inside the red lines of the streets around.

    Parameters
    ----------
    x0, y0, x1, y1
        Red lines.
    west, south, east, north
        Centre lines of the streets around.
    column, row
        Cell of the skeleton.
    old
        Whether the block lies inside the moat.
    """

    x0: Floats
    y0: Floats
    x1: Floats
    y1: Floats
    west: Floats
    south: Floats
    east: Floats
    north: Floats
    column: Integers
    row: Integers
    old: Booleans

    def __len__(self) -> int:
        return len(self.x0)


@dataclass(frozen=True)
class Plots:
    """Plots: a block cut from north to south into one to three.

    Parameters
    ----------
    x0, y0, x1, y1
        Sides.
    block
        Row of the block.
    small
        Whether the plot was cut off for a public use.
    """

    x0: Floats
    y0: Floats
    x1: Floats
    y1: Floats
    block: Integers
    small: Booleans

    def __len__(self) -> int:
        return len(self.x0)


@dataclass(frozen=True)
class Moat:
    """The old town's walls of water: outer and inner banks, and where the four gates cross.

    Parameters
    ----------
    outer, inner
        (x0, y0, x1, y1) of the banks.
    gate_x, gate_y
        Lines of the lanes that go out by the gates.
    """

    outer: tuple[float, float, float, float]
    inner: tuple[float, float, float, float]
    gate_x: float
    gate_y: float


@dataclass(frozen=True)
class Fabric:
    """Blocks, plots and the moat."""

    blocks: Blocks
    plots: Plots
    moat: Moat


def weave(lattice: Lattice, book: StrokeBook, random: np.random.Generator, branch_names: Integers) -> Fabric:
    """Cut every quarter into blocks and plots, and add the branch streets between them."""
    inside = lattice.in_old_town
    column, row = np.nonzero(lattice.active & ~inside)
    blocks = _quarter_blocks(lattice, column, row, book, random, branch_names)
    old_blocks, moat = _old_town(lattice, book, random, branch_names)
    together = Blocks(
        *(np.concatenate([getattr(blocks, name), getattr(old_blocks, name)]) for name in Blocks.__dataclass_fields__)
    )
    return Fabric(together, _cut(together, random), moat)


def _quarter_blocks(
    lattice: Lattice, column: Integers, row: Integers, book: StrokeBook, random: np.random.Generator, names: Integers
) -> Blocks:
    west, east = lattice.x[column], lattice.x[column + 1]
    south, north = lattice.y[row], lattice.y[row + 1]
    pattern = random.random(len(column))
    upright, level = pattern < 0.72, (pattern < 0.52) | (pattern > 0.76)
    middle_x = np.round(west + (east - west) * random.uniform(0.42, 0.58, len(column)))
    middle_y = np.round(south + (north - south) * random.uniform(0.42, 0.58, len(column)))
    name_x, name_y = random.choice(names, len(column)), random.choice(names, len(column))
    only_level = level & ~upright
    crossed = level & upright
    branch = StreetClass.BRANCH
    book.add(branch, middle_x[upright], south[upright], middle_x[upright], north[upright], name=name_x[upright])
    book.add(
        branch, west[only_level], middle_y[only_level], east[only_level], middle_y[only_level], name=name_y[only_level]
    )
    book.add(branch, west[crossed], middle_y[crossed], middle_x[crossed], middle_y[crossed], name=name_y[crossed])
    book.add(branch, middle_x[crossed], middle_y[crossed], east[crossed], middle_y[crossed], name=name_y[crossed])
    wide_x, wide_y = HALF_WIDTH[lattice.x_class], HALF_WIDTH[lattice.y_class]
    narrow = HALF_WIDTH[branch]
    parts = []
    for a in (0, 1):
        for b in (0, 1):
            there = np.flatnonzero((upright | (a == 0)) & (level | (b == 0)))
            c, r = column[there], row[there]
            half_x, half_y = upright[there], level[there]
            bw = west[there] if a == 0 else middle_x[there]
            be = np.where(half_x, middle_x[there], east[there]) if a == 0 else east[there]
            bs = south[there] if b == 0 else middle_y[there]
            bn = np.where(half_y, middle_y[there], north[there]) if b == 0 else north[there]
            inset_w = wide_x[c] if a == 0 else np.full(len(c), narrow)
            inset_e = np.where(half_x, narrow, wide_x[c + 1]) if a == 0 else wide_x[c + 1]
            inset_s = wide_y[r] if b == 0 else np.full(len(c), narrow)
            inset_n = np.where(half_y, narrow, wide_y[r + 1]) if b == 0 else wide_y[r + 1]
            parts.append(
                (bw + inset_w, bs + inset_s, be - inset_e, bn - inset_n, bw, bs, be, bn, c, r, np.zeros(len(c), bool))
            )
    return Blocks(*(np.concatenate(items) for items in zip(*parts, strict=True)))


def _old_town(lattice: Lattice, book: StrokeBook, random: np.random.Generator, names: Integers) -> tuple[Blocks, Moat]:
    c0, c1, r0, r1 = lattice.old_town
    west, east, south, north = lattice.x[c0], lattice.x[c1], lattice.y[r0], lattice.y[r1]
    width = 0.05 * min(east - west, north - south) + 6.0
    outer = (west + MOAT_EDGE, south + MOAT_EDGE, east - MOAT_EDGE, north - MOAT_EDGE)
    inner = (outer[0] + width, outer[1] + width, outer[2] - width, outer[3] - width)
    quay = 12.0
    xs = _lane_lines(inner[0] + quay, inner[2] - quay, random)
    ys = _lane_lines(inner[1] + quay, inner[3] - quay, random)
    if c1 - c0 > 1:  # a lane follows the border of the communities, so that no block lies in two
        xs[len(xs) // 2], ys[len(ys) // 2] = lattice.x[c0 + 1], lattice.y[r0 + 1]
    gate_x, gate_y = float(xs[len(xs) // 2]), float(ys[len(ys) // 2])
    branch = StreetClass.BRANCH
    name = int(random.choice(names))
    book.add(branch, xs, ys[0], xs, ys[-1], name=random.choice(names, len(xs)))
    begin, line = np.meshgrid(xs[:-1], ys, indexing="ij")
    finish, _ = np.meshgrid(xs[1:], ys, indexing="ij")
    row_names = np.broadcast_to(random.choice(names, len(ys)), line.shape)
    book.add(branch, begin.ravel(), line.ravel(), finish.ravel(), line.ravel(), name=row_names.ravel())
    book.add(branch, gate_x, np.array([south, ys[-1]]), gate_x, np.array([ys[0], north]), level=1, name=name)
    book.add(branch, np.array([west, xs[-1]]), gate_y, np.array([xs[0], east]), gate_y, level=1, name=name)
    half_x = np.where(xs == gate_x, 7.0, 4.5)
    half_y = np.where(ys == gate_y, 7.0, 4.5)
    i, j = (grid.ravel() for grid in np.meshgrid(np.arange(len(xs) - 1), np.arange(len(ys) - 1), indexing="ij"))
    blocks = Blocks(
        xs[i] + half_x[i],
        ys[j] + half_y[j],
        xs[i + 1] - half_x[i + 1],
        ys[j + 1] - half_y[j + 1],
        xs[i],
        ys[j],
        xs[i + 1],
        ys[j + 1],
        np.minimum(c0 + (xs[i] >= lattice.x[c0 + 1]), c1 - 1),
        np.minimum(r0 + (ys[j] >= lattice.y[r0 + 1]), r1 - 1),
        np.ones(len(i), bool),
    )
    return blocks, Moat(outer, inner, gate_x, gate_y)


def _lane_lines(begin: float, end: float, random: np.random.Generator) -> Floats:
    """Return lines of lanes 110 to 170 m apart, the first and the last on the given ends."""
    count = max(2, round((end - begin) / 140.0))
    lines = np.linspace(begin, end, count + 1)
    lines[1:-1] += random.uniform(-14, 14, count - 1)
    rounded: Floats = np.round(lines, 1)
    return rounded


def _cut(blocks: Blocks, random: np.random.Generator) -> Plots:
    """Cut blocks from north to south; old-town blocks stay whole."""
    width = blocks.x1 - blocks.x0
    dice, share = random.random(len(blocks)), random.uniform(*SMALL_PLOT, len(blocks))
    place = random.random(len(blocks))
    single = blocks.old | (width < 165) | ((width < 300) & (dice > 0.74))
    double = ~single & (width < 300)
    parts = [(np.flatnonzero(single), blocks.x0[single], blocks.x1[single], np.zeros(int(single.sum()), bool))]
    rows = np.flatnonzero(double)
    left = place[rows] < 0.5
    cut = np.round(np.where(left, blocks.x0[rows] + share[rows], blocks.x1[rows] - share[rows]), 1)
    parts += [(rows, blocks.x0[rows], cut, left), (rows, cut, blocks.x1[rows], ~left)]
    rows = np.flatnonzero(~single & ~double)
    first = np.round(blocks.x0[rows] + (width[rows] - share[rows]) * (0.35 + 0.3 * place[rows]), 1)
    second = np.round(first + share[rows], 1)
    no, yes = np.zeros(len(rows), bool), np.ones(len(rows), bool)
    parts += [(rows, blocks.x0[rows], first, no), (rows, first, second, yes), (rows, second, blocks.x1[rows], no)]
    block, x0, x1, small = (np.concatenate(items) for items in zip(*parts, strict=True))
    order = np.lexsort([x0, block])
    block = block[order]
    return Plots(x0[order], blocks.y0[block], x1[order], blocks.y1[block], block, small[order])
