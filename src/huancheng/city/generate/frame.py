"""From the drawing board to the map: the city is laid out on axes of its own and turned as a whole."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from huancheng.city.generate.arrays import Floats, Objects

CRS = "EPSG:4548"
"""CGCS2000, three-degree Gauss–Krüger zone of central meridian 117°E, no zone number in the easting."""

EAST, NORTH = 470_000.0, 4_100_000.0
"""Where the old town's centre is put: a plain without any city of this name."""

STEEPEST_TURN = np.radians(5.0)


@dataclass(frozen=True, slots=True)
class Frame:
    """A turn about the city's centre and a shift to map coordinates; lengths and areas stay as drawn.

    Parameters
    ----------
    turn
        Angle in radians, counter-clockwise.
    """

    turn: float

    def points(self, x: Floats, y: Floats) -> Floats:
        """Return map coordinates, shape (..., 2), of drawing-board coordinates in metres, to the millimetre."""
        cosine, sine = np.cos(self.turn), np.sin(self.turn)
        east = EAST + cosine * x - sine * y
        north = NORTH + sine * x + cosine * y
        return np.round(np.stack([east, north], axis=-1), 3)

    def board(self, east: Floats, north: Floats) -> tuple[Floats, Floats]:
        """Return drawing-board coordinates of map coordinates."""
        cosine, sine = np.cos(self.turn), np.sin(self.turn)
        return cosine * (east - EAST) + sine * (north - NORTH), cosine * (north - NORTH) - sine * (east - EAST)

    def boxes(self, x0: Floats, y0: Floats, x1: Floats, y1: Floats) -> Objects:
        """Return rectangles as polygons, counter-clockwise from the south-west corner."""
        xs = np.stack([x0, x1, x1, x0, x0], axis=-1)
        ys = np.stack([y0, y0, y1, y1, y0], axis=-1)
        polygons: Objects = np.asarray(shapely.polygons(self.points(xs, ys)), dtype=object)
        return polygons

    def frames(self, outer: tuple[Floats, ...], inner: tuple[Floats, ...]) -> Objects:
        """Return rectangles with a rectangular hole; both given as (x0, y0, x1, y1)."""
        shells = shapely.linearrings(self._ring(*outer))
        holes = shapely.linearrings(self._ring(*inner))
        polygons: Objects = np.asarray(shapely.polygons(shells, np.asarray(holes)[:, None]), dtype=object)
        return polygons

    def _ring(self, x0: Floats, y0: Floats, x1: Floats, y1: Floats) -> Floats:
        return self.points(np.stack([x0, x1, x1, x0, x0], -1), np.stack([y0, y0, y1, y1, y0], -1))

    def lines(self, x0: Floats, y0: Floats, x1: Floats, y1: Floats) -> Objects:
        """Return straight lines."""
        coordinates = self.points(np.stack([x0, x1], -1), np.stack([y0, y1], -1))
        lines: Objects = np.asarray(shapely.linestrings(coordinates), dtype=object)
        return lines

    def moved(self, shape: shapely.Geometry) -> shapely.Geometry:
        """Return a shape drawn on the board in map coordinates."""
        points = shapely.get_coordinates(shape)
        return shapely.set_coordinates(shape, self.points(points[:, 0], points[:, 1]))

    def places(self, x: Floats, y: Floats) -> Objects:
        """Return points."""
        places: Objects = np.asarray(shapely.points(self.points(x, y)), dtype=object)
        return places
