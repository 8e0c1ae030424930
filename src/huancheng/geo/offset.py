"""WGS 84, GCJ-02 and BD-09: the shifted coordinates of Chinese web maps, both ways.

GCJ-02 adds a smooth shift of a few hundred metres to WGS 84 inside China; BD-09 shifts GCJ-02 once more. The forward
formulas are the publicly known ones; the inverses are found by fixed-point iteration, because no closed form exists.
All functions take and give degrees, arrays of any equal shape, and leave points outside China as they are.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import numpy.typing as npt

Degrees = npt.NDArray[np.float64]

_SEMI_MAJOR = 6378245.0
_ECCENTRICITY_SQUARED = 0.00669342162296594323
"""Krasovsky 1940, the ellipsoid the shift was defined on."""

_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271
"""Extent within which the shift applies."""

_BAIDU_ANGLE = np.pi * 3000.0 / 180.0
_BAIDU_LONGITUDE, _BAIDU_LATITUDE = 0.0065, 0.006

_TOLERANCE = 1e-11
"""Degrees; about a micrometre on the ground."""
_MOST_ITERATIONS = 30


class Datum(StrEnum):
    """The datum coordinates stand in."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


def _arrays(longitude: npt.ArrayLike, latitude: npt.ArrayLike) -> tuple[Degrees, Degrees]:
    return np.asarray(longitude, dtype=np.float64), np.asarray(latitude, dtype=np.float64)


def _shifted(longitude: Degrees, latitude: Degrees) -> npt.NDArray[np.bool_]:
    return np.asarray(
        (longitude >= _WEST) & (longitude <= _EAST) & (latitude >= _SOUTH) & (latitude <= _NORTH), dtype=np.bool_
    )


def _waves(value: Degrees, terms: tuple[tuple[float, float], ...]) -> Degrees:
    total = np.zeros_like(value)
    for amplitude, frequency in terms:
        total += amplitude * np.sin(value * frequency * np.pi)
    return total * 2.0 / 3.0


_FINE = ((20.0, 6.0), (20.0, 2.0))
_LATITUDE_WAVES = ((20.0, 1.0), (40.0, 1.0 / 3.0), (160.0, 1.0 / 12.0), (320.0, 1.0 / 30.0))
_LONGITUDE_WAVES = ((20.0, 1.0), (40.0, 1.0 / 3.0), (150.0, 1.0 / 12.0), (300.0, 1.0 / 30.0))


def _shift(longitude: Degrees, latitude: Degrees) -> tuple[Degrees, Degrees]:
    x, y = longitude - 105.0, latitude - 35.0
    root = np.sqrt(np.abs(x))
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north = north + _waves(x, _FINE) + _waves(y, _LATITUDE_WAVES)
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east = east + _waves(x, _FINE) + _waves(x, _LONGITUDE_WAVES)
    radians = np.radians(latitude)
    magic = 1.0 - _ECCENTRICITY_SQUARED * np.sin(radians) ** 2
    meridian = _SEMI_MAJOR * (1.0 - _ECCENTRICITY_SQUARED) / (magic * np.sqrt(magic))
    parallel = _SEMI_MAJOR / np.sqrt(magic) * np.cos(radians)
    return np.degrees(east / parallel), np.degrees(north / meridian)


def wgs84_to_gcj02(longitude: npt.ArrayLike, latitude: npt.ArrayLike) -> tuple[Degrees, Degrees]:
    """Shift WGS 84 degrees to GCJ-02 (高德, 腾讯)."""
    x, y = _arrays(longitude, latitude)
    inside = _shifted(x, y)
    east, north = _shift(x, y)
    return np.where(inside, x + east, x), np.where(inside, y + north, y)


def gcj02_to_wgs84(longitude: npt.ArrayLike, latitude: npt.ArrayLike) -> tuple[Degrees, Degrees]:
    """Take the GCJ-02 shift off again; a round trip is true to well under a millimetre."""
    x, y = _arrays(longitude, latitude)
    inside = _shifted(x, y)
    guess_x, guess_y = x.copy(), y.copy()
    for _ in range(_MOST_ITERATIONS):
        east, north = _shift(guess_x, guess_y)
        next_x, next_y = x - east, y - north
        moved = max(
            float(np.max(np.abs(next_x - guess_x), where=inside, initial=0.0)),
            float(np.max(np.abs(next_y - guess_y), where=inside, initial=0.0)),
        )
        guess_x, guess_y = next_x, next_y
        if moved < _TOLERANCE:
            break
    return np.where(inside, guess_x, x), np.where(inside, guess_y, y)


def gcj02_to_bd09(longitude: npt.ArrayLike, latitude: npt.ArrayLike) -> tuple[Degrees, Degrees]:
    """Shift GCJ-02 degrees to BD-09 (百度)."""
    x, y = _arrays(longitude, latitude)
    inside = _shifted(x, y)
    radius = np.hypot(x, y) + 0.00002 * np.sin(y * _BAIDU_ANGLE)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * _BAIDU_ANGLE)
    east, north = radius * np.cos(angle) + _BAIDU_LONGITUDE, radius * np.sin(angle) + _BAIDU_LATITUDE
    return np.where(inside, east, x), np.where(inside, north, y)


def bd09_to_gcj02(longitude: npt.ArrayLike, latitude: npt.ArrayLike) -> tuple[Degrees, Degrees]:
    """Take the BD-09 shift off again, by iteration."""
    x, y = _arrays(longitude, latitude)
    inside = _shifted(x, y)
    guess_x, guess_y = np.where(inside, x - _BAIDU_LONGITUDE, x), np.where(inside, y - _BAIDU_LATITUDE, y)
    for _ in range(_MOST_ITERATIONS):
        east, north = gcj02_to_bd09(guess_x, guess_y)
        step_x, step_y = np.where(inside, x - east, 0.0), np.where(inside, y - north, 0.0)
        guess_x, guess_y = guess_x + step_x, guess_y + step_y
        if max(float(np.max(np.abs(step_x), initial=0.0)), float(np.max(np.abs(step_y), initial=0.0))) < _TOLERANCE:
            break
    return guess_x, guess_y


def wgs84_to_bd09(longitude: npt.ArrayLike, latitude: npt.ArrayLike) -> tuple[Degrees, Degrees]:
    """Shift WGS 84 degrees to BD-09."""
    return gcj02_to_bd09(*wgs84_to_gcj02(longitude, latitude))


def bd09_to_wgs84(longitude: npt.ArrayLike, latitude: npt.ArrayLike) -> tuple[Degrees, Degrees]:
    """Take both shifts off BD-09 degrees."""
    return gcj02_to_wgs84(*bd09_to_gcj02(longitude, latitude))


def to_wgs84(datum: Datum, longitude: npt.ArrayLike, latitude: npt.ArrayLike) -> tuple[Degrees, Degrees]:
    """Return WGS 84 degrees of coordinates that stand in `datum`."""
    if datum is Datum.GCJ02:
        return gcj02_to_wgs84(longitude, latitude)
    if datum is Datum.BD09:
        return bd09_to_wgs84(longitude, latitude)
    return _arrays(longitude, latitude)
