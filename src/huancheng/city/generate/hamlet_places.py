"""Where hamlets stand beyond the ring road, and the tracks that lead there."""

from __future__ import annotations

import numpy as np

from huancheng.city.generate.arrays import Floats, Integers
from huancheng.city.generate.lattice import StreetClass, Strip
from huancheng.city.generate.main_streets import CHAMFER
from huancheng.city.generate.strokes import StrokeBook

ROWS, COLUMNS, STEP_X, STEP_Y = 5, 9, 17.0, 16.0
"""Houses from south to north and west to east, and how far apart they stand in metres."""


def hamlet_corners(
    site_x: Floats, columns: Integers, x_class: Integers, box: tuple[float, float, float, float]
) -> Floats:
    """Return the south-west corners of hamlets, shape (n, 2): beside the roads out of town, north of the ring."""
    west, east, _, north = box
    arterial = np.flatnonzero(x_class[:-1] == StreetClass.ARTERIAL)
    fit = arterial[
        (columns[arterial] == Strip.QUARTER) & (site_x[arterial] > west + CHAMFER) & (site_x[arterial] < east - CHAMFER)
    ]
    return np.stack([site_x[fit] + 60.0, np.full(len(fit), north + 900.0) + 35.0 * (np.arange(len(fit)) % 7)], axis=1)


def add_tracks(book: StrokeBook, corners: Floats) -> None:
    """Join each hamlet to the road beside it by a track along its south."""
    x, y = corners[:, 0], corners[:, 1]
    book.add(StreetClass.TRACK, x - 60.0, y - 8.0, x + COLUMNS * STEP_X, y - 8.0)
