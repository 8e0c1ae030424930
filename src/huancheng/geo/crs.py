"""The metric coordinate system of a place: CGCS2000 Gauss–Krüger in China, UTM elsewhere."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pyproj import CRS

_FIRST_MERIDIAN, _LAST_MERIDIAN = 75, 135
_FIRST_ZONE_EPSG = 4534
"""EPSG 4534 to 4554: CGCS2000 / 3-degree Gauss–Kruger CM 75E to CM 135E, without the zone number in the easting."""

_LARGEST_LATITUDE = 84.0
_HALF_TURN = 180.0

_CHINA = (
    (79.4462, 49.2204, 96.3300, 42.8899),
    (109.6872, 54.1415, 135.0002, 39.3742),
    (73.1246, 42.8899, 124.143255, 29.5297),
    (82.9684, 29.5297, 97.0352, 26.7186),
    (97.0253, 29.5297, 124.367395, 20.414096),
    (107.975793, 20.414096, 111.744104, 17.871542),
)
"""Boxes (west, north, east, south) that hold China's ground and little else."""

_NEIGHBOURS = (
    (119.921265, 25.398623, 122.497559, 21.785006),
    (101.8652, 22.284, 106.665, 20.0988),
    (106.4525, 21.5422, 108.051, 20.4878),
    (109.0323, 55.8175, 119.127, 50.3257),
    (127.4568, 55.8175, 137.0227, 49.5574),
    (131.2662, 44.8922, 137.0227, 42.5692),
)
"""Boxes inside those above where the Chinese web-map shift and the national grid are not used."""


def in_china(longitude: float, latitude: float) -> bool:
    """Tell whether a WGS 84 point in degrees lies where CGCS2000 and the national grid are used (by coarse boxes)."""

    def inside(boxes: Sequence[tuple[float, float, float, float]]) -> bool:
        return any(west <= longitude <= east and south <= latitude <= north for west, north, east, south in boxes)

    return inside(_CHINA) and not inside(_NEIGHBOURS)


def gauss_kruger_crs(longitude: float) -> CRS:
    """Return CGCS2000 / 3-degree Gauss–Krüger of the zone nearest to a longitude in degrees.

    Raises
    ------
    ValueError
        If the longitude lies outside the grid (73.5 to 136.5 degrees east).
    """
    meridian = 3 * math.floor(longitude / 3 + 0.5)
    if not _FIRST_MERIDIAN <= meridian <= _LAST_MERIDIAN:
        message = f"longitude {longitude} lies outside the Gauss–Krüger zones of CGCS2000 (73.5 to 136.5 degrees east)"
        raise ValueError(message)
    return CRS.from_epsg(_FIRST_ZONE_EPSG + (meridian - _FIRST_MERIDIAN) // 3)


def utm_crs(longitude: float, latitude: float) -> CRS:
    """Return WGS 84 / UTM of a point in degrees, by longitude alone (without the exceptions of Norway and Svalbard).

    Raises
    ------
    ValueError
        If the point lies beyond 84 degrees north or south, or is no point on the globe.
    """
    if not (-_HALF_TURN <= longitude <= _HALF_TURN and -_LARGEST_LATITUDE <= latitude <= _LARGEST_LATITUDE):
        message = f"no UTM zone holds longitude {longitude}, latitude {latitude}"
        raise ValueError(message)
    zone = min(int((longitude + _HALF_TURN) // 6) + 1, 60)
    return CRS.from_epsg((32600 if latitude >= 0 else 32700) + zone)


def metric_crs_for(place: Sequence[float]) -> CRS:
    """Return the metric CRS in which a city is kept.

    Parameters
    ----------
    place
        A point (longitude, latitude) or bounds (west, south, east, north), WGS 84 degrees; the middle of the bounds
        decides.

    Raises
    ------
    ValueError
        If the place is not two or four finite numbers on the globe.
    """
    numbers = [float(number) for number in place]
    if len(numbers) not in (2, 4) or not all(map(math.isfinite, numbers)):
        message = f"a place is (longitude, latitude) or (west, south, east, north) in degrees, not {place!r}"
        raise ValueError(message)
    half = len(numbers) // 2
    longitude, latitude = (
        (numbers[0], numbers[1]) if half == 1 else ((numbers[0] + numbers[2]) / 2, (numbers[1] + numbers[3]) / 2)
    )
    return gauss_kruger_crs(longitude) if in_china(longitude, latitude) else utm_crs(longitude, latitude)
