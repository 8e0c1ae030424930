"""Street strokes, and how they are cut into edges wherever another stroke ends on them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from huancheng.city.generate.arrays import Booleans, Floats, Integers
from huancheng.city.generate.lattice import StreetClass

_SHIFT = 2**31


@dataclass(frozen=True)
class Strokes:
    """Straight pieces of street as parallel arrays.

    Strokes never cross in their interiors; where they meet, one of them ends. Coordinates are drawing-board metres.

    Parameters
    ----------
    x0, y0, x1, y1
        Ends; west to east or south to north for those on the axes.
    street_class
        `StreetClass`.
    level
        0 on the ground, 1 on a bridge, -1 in a tunnel.
    name
        Row of the list of names, -1 for none.
    greenway
        Part of the greenway network.
    """

    x0: Floats
    y0: Floats
    x1: Floats
    y1: Floats
    street_class: Integers
    level: Integers
    name: Integers
    greenway: Booleans

    def __len__(self) -> int:
        return len(self.x0)

    def take(self, rows: Integers | Booleans) -> Strokes:
        """Return some of the strokes."""
        return Strokes(
            self.x0[rows],
            self.y0[rows],
            self.x1[rows],
            self.y1[rows],
            self.street_class[rows],
            self.level[rows],
            self.name[rows],
            self.greenway[rows],
        )


@dataclass
class StrokeBook:
    """Collects strokes from the rooms of the generator."""

    _parts: list[Strokes] = field(default_factory=list)

    def add(
        self,
        street_class: StreetClass | Integers,
        x0: Floats | float,
        y0: Floats | float,
        x1: Floats | float,
        y1: Floats | float,
        *,
        level: Integers | int = 0,
        name: Integers | int = -1,
        greenway: bool = False,
    ) -> None:
        """Add strokes; scalars are repeated to the common length."""
        parts = np.broadcast_arrays(
            np.atleast_1d(np.asarray(x0, float)), y0, x1, y1, np.asarray(street_class, np.int64), level, name, greenway
        )
        x_begin, y_begin, x_end, y_end = (np.array(part, float) for part in parts[:4])
        kinds, levels, names = (np.array(part, np.int64) for part in parts[4:7])
        self._parts.append(Strokes(x_begin, y_begin, x_end, y_end, kinds, levels, names, np.array(parts[7], bool)))

    def strokes(self) -> Strokes:
        """Return everything collected, in order."""
        names = ("x0", "y0", "x1", "y1", "street_class", "level", "name", "greenway")
        return Strokes(*(np.concatenate([getattr(part, name) for part in self._parts]) for name in names))


def cut_at_junctions(strokes: Strokes) -> tuple[Strokes, Integers]:
    """Cut every stroke on the ground where another one ends on it.

    Returns
    -------
    edges
        The pieces, in the order of the strokes they come from.
    origin
        Row of the stroke each piece comes from.
    """
    ends = np.concatenate([np.stack([strokes.x0, strokes.y0], 1), np.stack([strokes.x1, strokes.y1], 1)])
    points = np.unique(np.rint(ends * 1000).astype(np.int64), axis=0)
    rows_h, at_h = _on(points[:, 1], points[:, 0], strokes.y0, strokes.y1, strokes.x0, strokes.x1, strokes.level)
    rows_v, at_v = _on(points[:, 0], points[:, 1], strokes.x0, strokes.x1, strokes.y0, strokes.y1, strokes.level)
    count = np.arange(len(strokes))
    rows = np.concatenate([count, rows_h, rows_v, count])
    reach = np.hypot(strokes.x1 - strokes.x0, strokes.y1 - strokes.y0)
    along = np.concatenate([np.zeros(len(strokes)), at_h, at_v, reach])
    order = np.lexsort([along, rows])
    rows, along = rows[order], along[order]
    same = rows[1:] == rows[:-1]
    origin, begin, finish = rows[:-1][same], along[:-1][same], along[1:][same]
    base = strokes.take(origin)
    step_x = (base.x1 - base.x0) / reach[origin]
    step_y = (base.y1 - base.y0) / reach[origin]
    edges = Strokes(
        np.round(base.x0 + step_x * begin, 3),
        np.round(base.y0 + step_y * begin, 3),
        np.round(base.x0 + step_x * finish, 3),
        np.round(base.y0 + step_y * finish, 3),
        base.street_class,
        base.level,
        base.name,
        base.greenway,
    )
    return edges, origin


def _on(
    fixed: Integers, moving: Integers, low: Floats, high: Floats, begin: Floats, end: Floats, level: Integers
) -> tuple[Integers, Floats]:
    """Return (stroke, distance along it) for points strictly inside strokes of one axis.

    `fixed` and `moving` are the points' coordinates across and along the axis, in millimetres.
    """
    flat = np.flatnonzero((low == high) & (begin != end) & (level == 0))
    line = np.rint(low[flat] * 1000).astype(np.int64)
    start, stop = np.rint(begin[flat] * 1000).astype(np.int64), np.rint(end[flat] * 1000).astype(np.int64)
    key = (line << 32) + start + _SHIFT
    order = np.argsort(key, kind="stable")
    flat, line, start, stop, key = flat[order], line[order], start[order], stop[order], key[order]
    candidate = np.searchsorted(key, (fixed << 32) + moving + _SHIFT, side="right") - 1
    candidate = np.maximum(candidate, 0)
    if not len(flat):
        return np.empty(0, np.int64), np.empty(0)
    hit = (line[candidate] == fixed) & (start[candidate] < moving) & (moving < stop[candidate])
    chosen = candidate[hit]
    return flat[chosen], (moving[hit] - start[chosen]) / 1000.0
