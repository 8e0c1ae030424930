"""Main streets: the lines of the skeleton, their bridges and underpasses, the ring road and the roads out of town."""

from __future__ import annotations

import numpy as np

from huancheng.city.generate.arrays import Booleans, Floats, Integers
from huancheng.city.generate.lattice import Lattice, StreetClass, Strip
from huancheng.city.generate.strokes import StrokeBook

RING_DISTANCE = 420.0
"""From the outermost line of the main city to the ring road, in metres."""

CHAMFER = 300.0
"""How much of each corner of the ring road is cut off, in metres."""

REACH = 2_600.0
"""How far roads out of town are drawn beyond the ring, in metres."""


def add_main_streets(book: StrokeBook, lattice: Lattice, random: np.random.Generator, names: MainNames) -> None:
    """Add the streets on the skeleton's lines."""
    upright = _present(lattice.active, lattice.columns, lattice.rows, lattice.in_old_town)
    level = _present(lattice.active.T, lattice.rows, lattice.columns, lattice.in_old_town.T)
    _add_lines(book, lattice, upright, random, names.upright, vertical=True)
    _add_lines(book, lattice, level, random, names.level, vertical=False)
    _add_ring(book, lattice, upright, level, names)


class MainNames:
    """Rows of the name list for the lines of the skeleton, the ring road and the roads out of town."""

    def __init__(self, upright: Integers, level: Integers, ring: int, outward: int) -> None:
        self.upright = upright
        self.level = level
        self.ring = ring
        self.outward = outward


def _present(active: Booleans, across: Integers, along: Integers, old_town: Booleans) -> Booleans:
    """Which pieces of the lines between columns carry a street: shape (lines, strips along the line)."""
    lines = len(across) + 1
    present = np.zeros((lines, len(along)), bool)
    present[:-1] |= active
    present[1:] |= active
    inner = np.zeros_like(present)
    inner[1:-1] = old_town[:-1] & old_town[1:]
    present &= ~inner
    present[:, along != Strip.QUARTER] = False
    return present


def _add_lines(
    book: StrokeBook,
    lattice: Lattice,
    present: Booleans,
    random: np.random.Generator,
    names: Integers,
    *,
    vertical: bool,
) -> None:
    along = lattice.rows if vertical else lattice.columns
    position = lattice.x if vertical else lattice.y
    stops = lattice.y if vertical else lattice.x
    classes = lattice.x_class if vertical else lattice.y_class
    line, strip = np.nonzero(present)
    _add(book, classes[line], position[line], stops[strip], stops[strip + 1], 0, names[line], vertical=vertical)
    for barrier in np.flatnonzero((along == Strip.RAIL) | (along == Strip.CANAL)):
        if barrier == 0 or barrier == len(along) - 1:
            continue
        both = present[:, barrier - 1] & present[:, barrier + 1]
        crossing = both & ((classes == StreetClass.ARTERIAL) | (random.random(len(classes)) < 0.4))
        if not crossing.any() and both.any():
            crossing[np.flatnonzero(both)[0]] = True
        chosen = np.flatnonzero(crossing)
        bridge = np.full(len(chosen), 1)
        if along[barrier] == Strip.RAIL:
            bridge[random.random(len(chosen)) < 0.7] = -1
        _add(
            book,
            classes[chosen],
            position[chosen],
            stops[barrier],
            stops[barrier + 1],
            bridge,
            names[chosen],
            vertical=vertical,
        )


def _add(
    book: StrokeBook,
    classes: Integers,
    at: Floats,
    begin: Floats | float,
    end: Floats | float,
    level: Integers | int,
    names: Integers,
    *,
    vertical: bool,
) -> None:
    if vertical:
        book.add(classes, at, begin, at, end, level=level, name=names)
    else:
        book.add(classes, begin, at, end, at, level=level, name=names)


def _add_ring(book: StrokeBook, lattice: Lattice, upright: Booleans, level: Booleans, names: MainNames) -> None:
    """Draw the ring expressway about the main city, and arterials out to it and beyond."""
    west, east, south, north = ring_box(lattice)
    cut = CHAMFER
    _split(book, lattice, south, west + cut, east - cut, names.ring, vertical=False)
    _split(book, lattice, north, west + cut, east - cut, names.ring, vertical=False)
    _split(book, lattice, west, south + cut, north - cut, names.ring, vertical=True)
    _split(book, lattice, east, south + cut, north - cut, names.ring, vertical=True)
    corners = (
        (west, south + cut, west + cut, south),
        (east - cut, south, east, south + cut),
        (east, north - cut, east - cut, north),
        (west + cut, north, west, north - cut),
    )
    for corner in corners:
        book.add(StreetClass.EXPRESSWAY, *corner, name=names.ring)
    _outward(
        book,
        lattice,
        upright,
        lattice.x,
        lattice.y,
        lattice.x_class,
        (south, north),
        (west, east),
        names,
        vertical=True,
    )
    _outward(
        book, lattice, level, lattice.y, lattice.x, lattice.y_class, (west, east), (south, north), names, vertical=False
    )


def ring_box(lattice: Lattice) -> tuple[float, float, float, float]:
    """Return west, east, south and north of the ring road, in drawing-board metres."""
    main = lattice.active & ~lattice.cluster[:, None]
    columns, rows = np.flatnonzero(main.any(axis=1)), np.flatnonzero(main.any(axis=0))
    return (
        float(lattice.x[columns[0]] - RING_DISTANCE),
        float(lattice.x[columns[-1] + 1] + RING_DISTANCE),
        float(lattice.y[rows[0]] - RING_DISTANCE),
        float(lattice.y[rows[-1] + 1] + RING_DISTANCE),
    )


def _split(
    book: StrokeBook, lattice: Lattice, at: float, begin: float, end: float, name: int, *, vertical: bool
) -> None:
    """Add one side of the ring, on a bridge where it passes the canal or the railway."""
    strips = lattice.rows if vertical else lattice.columns
    stops = lattice.y if vertical else lattice.x
    barrier = int(np.flatnonzero((strips == Strip.RAIL) | (strips == Strip.CANAL))[0])
    low, high = float(stops[barrier]), float(stops[barrier + 1])
    pieces = ((begin, low, 0), (low, high, 1), (high, end, 0))
    for start, stop, piece_level in pieces:
        ends = (at, start, at, stop) if vertical else (start, at, stop, at)
        book.add(StreetClass.EXPRESSWAY, *ends, level=piece_level, name=name)


def _outward(
    book: StrokeBook,
    lattice: Lattice,
    present: Booleans,
    position: Floats,
    stops: Floats,
    classes: Integers,
    sides: tuple[float, float],
    span: tuple[float, float],
    names: MainNames,
    *,
    vertical: bool,
) -> None:
    """Carry arterials from the city's edge to the ring and beyond; one of them goes on to the cluster."""
    cluster_strips = np.zeros(present.shape[1], bool) if vertical else lattice.cluster
    cluster_lines = lattice.cluster if vertical else np.zeros(len(position) - 1, bool)
    for line in np.flatnonzero(classes == StreetClass.ARTERIAL):
        own = np.flatnonzero(present[line] & ~cluster_strips)
        beside = bool(cluster_lines[max(int(line) - 1, 0)] and cluster_lines[min(int(line), len(cluster_lines) - 1)])
        if not len(own) or beside or not span[0] + CHAMFER < position[line] < span[1] - CHAMFER:
            continue
        far = np.flatnonzero(present[line] & cluster_strips)
        for side, edge, outward in ((sides[0], stops[own[0]], -1.0), (sides[1], stops[own[-1] + 1], 1.0)):
            if abs(side - edge) < 1.0:
                continue
            _piece(book, position[line], edge, side, names.outward, vertical=vertical)
            goal = side + outward * REACH
            if len(far):
                near = stops[far[0]] if outward > 0 else stops[far[-1] + 1]
                if (near - side) * outward > 0:
                    goal = float(near)
            _piece(book, position[line], side, goal, names.outward, vertical=vertical)


def _piece(book: StrokeBook, at: float, begin: float, end: float, name: int, *, vertical: bool) -> None:
    begin, end = min(begin, end), max(begin, end)
    ends = (at, begin, at, end) if vertical else (begin, at, end, at)
    book.add(StreetClass.ARTERIAL, *ends, name=name)
