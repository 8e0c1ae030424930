"""Random but valid shapes for the overlay tests."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely
from hypothesis import strategies as st

Geometries = npt.NDArray[np.object_]


def star(seed: int, centre: tuple[float, float], reach: float, hole: bool = False) -> shapely.Polygon:
    """A star-shaped polygon of 3 to 12 corners, never convex by design, with a hole on request."""
    random = np.random.default_rng(seed)
    corners = int(random.integers(3, 13))
    angle = np.sort(random.uniform(0, 2 * np.pi, corners))
    angle += np.arange(corners) * 1e-3
    far = random.uniform(0.3, 1.0, corners) * reach
    ring = np.column_stack([np.cos(angle) * far, np.sin(angle) * far]) + centre
    outline = shapely.make_valid(shapely.Polygon(ring))
    return outline.difference(shapely.Point(centre).buffer(reach / 8)) if hole else outline


@st.composite
def stars(draw: st.DrawFn, count: int = 12, reach: float = 30.0, extent: float = 200.0) -> Geometries:
    """An array of star-shaped polygons and multipolygons, some with holes, near a large easting and northing."""
    number = draw(st.integers(1, count))
    place = st.tuples(st.floats(0, extent), st.floats(0, extent))
    found = []
    for _ in range(number):
        x, y = draw(place)
        found.append(star(draw(st.integers(0, 10**6)), (40_500_000 + x, 4_030_000 + y), reach, draw(st.booleans())))
    return np.array(found, dtype=object)


def tiling(seed: int, side: int = 5, cell: float = 40.0) -> Geometries:
    """Crooked quadrilaterals that tile a square without gap or overlap, near a large easting and northing."""
    random = np.random.default_rng(seed)
    corner = np.stack(np.meshgrid(np.arange(side + 1.0), np.arange(side + 1.0)), axis=-1)
    corner[1:-1, 1:-1] += random.uniform(-0.3, 0.3, (side - 1, side - 1, 2))
    corner = corner * cell + (40_500_000, 4_030_000)
    rings = np.stack([corner[:-1, :-1], corner[:-1, 1:], corner[1:, 1:], corner[1:, :-1]], axis=2)
    return shapely.polygons(rings.reshape(side * side, 4, 2))
