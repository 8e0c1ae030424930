"""The ground: a plain that falls gently, with a few hollows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from huancheng.city.generate.amenities import Verdict
from huancheng.city.generate.arrays import Floats, Integers
from huancheng.city.generate.fabric import Blocks
from huancheng.city.generate.frame import EAST, NORTH, Frame
from huancheng.city.generate.limits import planted_limits

FALL = 1 / 4_000
"""Fall of the plain to the north-east."""

_SHARE, _SHALLOW = 0.07, 0.08


@dataclass(frozen=True)
class Ground:
    """Ground heights on cells of the map, north up.

    Parameters
    ----------
    heights
        Array (rows, columns) in metres, NaN where not surveyed.
    west, north
        Corner of the raster in map coordinates.
    cell
        Side of a cell in metres.
    """

    heights: npt.NDArray[np.float32]
    west: float
    north: float
    cell: float


def shape_ground(blocks: Blocks, frame: Frame, cell: float, random: np.random.Generator) -> tuple[Ground, Verdict]:
    """Lay the plain and dig hollows in some blocks: deep ones that pond, shallow ones that don't.

    Whatever is not dug differs from an even slope by less than a centimetre, so that no other block has a hollow near
    the limit.
    """
    width, depth = blocks.x1 - blocks.x0, blocks.y1 - blocks.y0
    radius = np.minimum(0.4 * np.minimum(width, depth), 120.0)
    room = radius > 4 * cell
    dice = random.random(len(blocks))
    deep = room & (dice < _SHARE)
    if room.any() and not deep.any():
        deep[np.flatnonzero(room)[0]] = True
    shallow = room & ~deep & (dice < _SHARE + _SHALLOW)
    limit = planted_limits().of("hollow")
    bowl = np.where(deep, random.uniform(2.2, 4.0, len(blocks)), random.uniform(0.3, 0.6, len(blocks))) * limit
    corners = frame.points(
        np.array([blocks.west.min(), blocks.east.max()])[[0, 1, 1, 0]],
        np.array([blocks.south.min(), blocks.north.max()])[[0, 0, 1, 1]],
    )
    west, south = np.floor((corners.min(axis=0) - 400) / 100) * 100
    east, north = np.ceil((corners.max(axis=0) + 400) / 100) * 100
    columns, rows = int((east - west) / cell), int((north - south) / cell)
    x = (west + (np.arange(columns) + 0.5) * cell).astype(np.float64)
    y = (north - (np.arange(rows) + 0.5) * cell).astype(np.float64)
    heights = _plain(x, y, random)
    _dig(heights, blocks, frame, np.flatnonzero(deep | shallow), radius, bowl, (west, north, cell))
    heights[: max(1, rows // 60), : max(1, columns // 40)] = np.nan
    verdict = Verdict.of(deep, ~deep)
    return Ground(np.round(heights, 3).astype(np.float32), float(west), float(north), cell), verdict


def _plain(x: Floats, y: Floats, random: np.random.Generator) -> Floats:
    heights: Floats = 32.0 - FALL * (0.6 * (x - EAST)[None, :] + 0.8 * (y - NORTH)[:, None])
    wave = random.uniform(900, 1_500, 2)
    heights += 0.008 * np.sin(x / wave[0])[None, :] * np.cos(y / wave[1])[:, None]
    return heights


def _dig(
    heights: Floats,
    blocks: Blocks,
    frame: Frame,
    chosen: Integers,
    radius: Floats,
    bowl: Floats,
    place: tuple[float, float, float],
) -> None:
    """Take a smooth bowl out of the ground of each chosen block."""
    west, north, cell = place
    middle = frame.points((blocks.x0 + blocks.x1) / 2, (blocks.y0 + blocks.y1) / 2)
    for block in chosen:
        reach = int(np.ceil(radius[block] / cell)) + 1
        column, row = int((middle[block, 0] - west) / cell), int((north - middle[block, 1]) / cell)
        rows, columns = np.arange(row - reach, row + reach + 1), np.arange(column - reach, column + reach + 1)
        dx = west + (columns + 0.5) * cell - middle[block, 0]
        dy = north - (rows + 0.5) * cell - middle[block, 1]
        away = np.minimum(np.hypot(dx[None, :], dy[:, None]) / radius[block], 1.0)
        heights[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] -= bowl[block] * np.cos(away * np.pi / 2) ** 2
