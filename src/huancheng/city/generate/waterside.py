"""Canal, moat, ponds, their green banks; the railway; parks and squares."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import shapely

from huancheng.city.generate.arrays import Floats, Integers, Objects
from huancheng.city.generate.fabric import Fabric, Moat
from huancheng.city.generate.frame import Frame
from huancheng.city.generate.lattice import HALF_WIDTH, Lattice, StreetClass, Strip
from huancheng.city.generate.main_streets import REACH, ring_box
from huancheng.city.generate.plot_uses import PlotUse, Uses
from huancheng.city.generate.strokes import StrokeBook
from huancheng.city.generate.words import CANAL, LAKE, RAILWAY

_STEP = 25.0


@dataclass(frozen=True)
class Waterside:
    """Surfaces and lines of water, banks and rails, in map coordinates.

    Parameters
    ----------
    water, water_names, water_kinds
        Surfaces.
    banks
        Green banks between the canal and the riverside streets.
    ways, way_names, way_kinds, way_covered
        Centre lines.
    rails, rail_level
        The railway in pieces with their level.
    rail_land
        Railway land through the city.
    """

    water: Objects
    water_names: Objects
    water_kinds: Objects
    banks: Objects
    ways: Objects
    way_names: Objects
    way_kinds: Objects
    way_covered: Integers
    rails: Objects
    rail_level: Integers
    rail_land: Objects


def lay_water(
    lattice: Lattice, fabric: Fabric, uses: Uses, frame: Frame, book: StrokeBook, random: np.random.Generator
) -> Waterside:
    """Draw water, banks and railway, and the paths along the canal."""
    column = int(np.flatnonzero(lattice.columns == Strip.CANAL)[0])
    bends = _Bends(lattice.x[column], lattice.x[column + 1], random)
    _, _, south, north = ring_box(lattice)
    stops = np.concatenate([[south - REACH], lattice.y, [north + REACH]])
    canal, banks, ways = [], [], []
    for low, high in itertools.pairwise(stops):
        y = np.linspace(low, high, max(2, int((high - low) / _STEP)))
        west, east = bends.banks(y)
        canal.append(_band(frame, west, east, y))
        ways.append(shapely.linestrings(frame.points((west + east) / 2, y)))
    active = lattice.active[column - 1] | lattice.active[min(column + 1, len(lattice.columns) - 1)]
    edge = HALF_WIDTH[lattice.x_class[column]], HALF_WIDTH[lattice.x_class[column + 1]]
    for row in np.flatnonzero(active):
        y = np.linspace(
            lattice.y[row] + 20, lattice.y[row + 1] - 20, max(2, int((lattice.y[row + 1] - lattice.y[row]) / _STEP))
        )
        west, east = bends.banks(y)
        banks.append(_band(frame, np.full(len(y), lattice.x[column] + edge[0]), west - 0.5, y))
        banks.append(_band(frame, east + 0.5, np.full(len(y), lattice.x[column + 1] - edge[1]), y))
        _bank_paths(book, lattice, column, int(row), edge)
    moat = _moat(fabric.moat, frame)
    ponds, pond_names = _ponds(fabric, uses, frame, random)
    rails, rail_level, rail_land = _railway(lattice, frame, random)
    ditch_y = stops[0] + np.linspace(200, REACH - 400, 3)
    ditches = frame.lines(np.full(3, lattice.x[0]), ditch_y, np.full(3, lattice.x[column] - 5), ditch_y + 30)
    names = [
        np.array([f"{CANAL}{n + 1}段" for n in range(len(canal))], dtype=object),
        np.array([LAKE], dtype=object),
        pond_names,
    ]
    kinds = [
        np.full(len(canal), "canal", dtype=object),
        np.array(["moat"], dtype=object),
        np.full(len(ponds), "pond", dtype=object),
    ]
    return Waterside(
        np.concatenate([np.array(canal, dtype=object), moat, ponds]),
        np.concatenate(names),
        np.concatenate(kinds),
        np.array(banks, dtype=object),
        np.concatenate([np.array(ways, dtype=object), ditches]),
        np.array([CANAL] * len(ways) + ["一干渠", "二干渠", "三干渠"], dtype=object),
        np.array(["canal"] * len(ways) + ["ditch"] * 3, dtype=object),
        np.array([0] * len(ways) + [0, 0, 1]),
        rails,
        rail_level,
        rail_land,
    )


class _Bends:
    """The canal's banks as smooth functions of how far north one is."""

    def __init__(self, west: float, east: float, random: np.random.Generator) -> None:
        self.middle = (west + east) / 2
        self.half = 0.17 * (east - west)
        self.sway = 0.11 * (east - west)
        self.waves = random.uniform(700, 2_400, 3)
        self.phases = random.uniform(0, 2 * np.pi, 3)

    def banks(self, y: Floats) -> tuple[Floats, Floats]:
        """Return the west and the east bank."""
        swing = (
            sum(np.sin(2 * np.pi * y / wave + phase) for wave, phase in zip(self.waves, self.phases, strict=True)) / 3
        )
        breath = 1 + 0.12 * np.sin(2 * np.pi * y / 410.0)
        centre = self.middle + self.sway * swing
        return centre - self.half * breath, centre + self.half * breath


def _band(frame: Frame, west: Floats, east: Floats, y: Floats) -> object:
    ring = frame.points(np.concatenate([west, east[::-1]]), np.concatenate([y, y[::-1]]))
    return shapely.polygons(ring)


def _bank_paths(book: StrokeBook, lattice: Lattice, column: int, row: int, edge: tuple[float, float]) -> None:
    """Add a footpath on the west bank and a cycle track on the east bank, each from one junction to the next."""
    low, high = float(lattice.y[row]) + 32, float(lattice.y[row + 1]) - 32
    for side, inset, kind in ((0, edge[0] + 7, StreetClass.PEDESTRIAN), (1, -(edge[1] + 7), StreetClass.CYCLEWAY)):
        if not lattice.active[column - 1 if side == 0 else column + 1, row]:
            continue
        street = float(lattice.x[column + side])
        path = street + inset
        begin, end = min(street, path), max(street, path)
        book.add(kind, path, low, path, high, greenway=True)
        book.add(kind, begin, np.array([low, high]), end, np.array([low, high]), greenway=True)


def _moat(moat: Moat, frame: Frame) -> Objects:
    outer = tuple(np.array([value]) for value in moat.outer)
    inner = tuple(np.array([value]) for value in moat.inner)
    return frame.frames(outer, inner)


def _ponds(fabric: Fabric, uses: Uses, frame: Frame, random: np.random.Generator) -> tuple[Objects, Objects]:
    """Draw a pond in the south of half of the larger parks."""
    plots = fabric.plots
    park = np.flatnonzero((uses.use == PlotUse.PARK) & (plots.x1 - plots.x0 > 60))
    park = park[random.random(len(park)) < 0.6]
    if not len(park):
        return np.empty(0, dtype=object), np.empty(0, dtype=object)
    angle = np.linspace(0, 2 * np.pi, 25)[:-1]
    x, y = (plots.x0[park] + plots.x1[park]) / 2, plots.y0[park] + 0.34 * (plots.y1[park] - plots.y0[park])
    wide, deep = 0.3 * (plots.x1 - plots.x0)[park], 0.16 * (plots.y1 - plots.y0)[park]
    ripple = 1 + 0.16 * np.sin(3 * angle + random.uniform(0, 6, (len(park), 1))) - 0.1 * np.sin(2 * angle)
    ring_x = x[:, None] + wide[:, None] * ripple * np.cos(angle)
    ring_y = y[:, None] + deep[:, None] * ripple * np.sin(angle)
    ponds = np.asarray(shapely.polygons(frame.points(ring_x, ring_y)), dtype=object)
    return ponds, np.array([f"公园水塘{n + 1}" for n in range(len(park))], dtype=object)


def _railway(lattice: Lattice, frame: Frame, random: np.random.Generator) -> tuple[Objects, Integers, Objects]:
    row = int(np.flatnonzero(lattice.rows == Strip.RAIL)[0])
    canal = int(np.flatnonzero(lattice.columns == Strip.CANAL)[0])
    low, high = float(lattice.y[row]), float(lattice.y[row + 1])
    reach = REACH + 900.0
    stops = np.concatenate([[lattice.x[0] - reach], lattice.x, [lattice.x[-1] + reach]])
    sway, wave, phase = 0.12 * (high - low), random.uniform(2_500, 5_000), random.uniform(0, 6)
    pieces = []
    for begin, end in itertools.pairwise(stops):
        x = np.linspace(begin, end, max(2, int((end - begin) / 60.0)))
        pieces.append(
            shapely.linestrings(frame.points(x, (low + high) / 2 + sway * np.sin(2 * np.pi * x / wave + phase)))
        )
    level = np.zeros(len(pieces), np.int64)
    level[canal + 1] = 1
    inside = np.flatnonzero(
        (lattice.columns == Strip.QUARTER) & (lattice.active[:, row - 1] & lattice.active[:, row + 1])
    )
    land = frame.boxes(
        lattice.x[inside], np.full(len(inside), low + 15), lattice.x[inside + 1], np.full(len(inside), high - 15)
    )
    return np.array(pieces, dtype=object), level, land


def railway_name() -> str:
    """Return the railway's name."""
    return RAILWAY
