"""Areas and lengths on the ellipsoid, free of any projection's stretch."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS, Geod, Transformer

_GEOGRAPHIC = CRS.from_epsg(4490)
"""CGCS2000 longitude and latitude."""

_WIDEST_PLANE = 3.0
"""Extent in degrees up to which straight edges of an equal-area plane stand for geodesics (error under 1e-6)."""


def _geodesic() -> Geod:
    return Geod(ellps="GRS80")


def _degrees(geometries: npt.NDArray[np.object_], crs: CRS | str) -> npt.NDArray[np.object_]:
    source = CRS.from_user_input(crs)
    flat = shapely.force_2d(geometries)
    if source.is_geographic:
        return np.asarray(flat)
    transformer = Transformer.from_crs(source, _GEOGRAPHIC, always_xy=True)
    return np.asarray(shapely.transform(flat, lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))))


def ellipsoidal_area(geometries: npt.ArrayLike, crs: CRS | str = _GEOGRAPHIC) -> npt.NDArray[np.float64]:
    """Return the area of each geometry on the GRS 80 ellipsoid.

    City-sized input is measured in an equal-area plane around its middle (all rings at once); wider input ring by
    ring along geodesics.

    Parameters
    ----------
    geometries
        Shapely geometries, shape (n,); lines and points have area 0, a missing geometry NaN.
    crs
        Their coordinate system.

    Returns
    -------
    Square metres, shape (n,).
    """
    shapes = np.atleast_1d(np.asarray(geometries, dtype=object))
    degrees = _degrees(shapes, crs)
    if shapely.is_missing(degrees).all() or shapely.is_empty(degrees).all():
        return np.where(shapely.is_missing(degrees), np.nan, 0.0)
    west, south, east, north = shapely.total_bounds(degrees)
    if max(east - west, north - south) > _WIDEST_PLANE:
        return _geodesic_area(degrees)
    plane = CRS.from_dict({
        "proj": "laea", "lat_0": (south + north) / 2, "lon_0": (west + east) / 2, "ellps": "GRS80", "units": "m",
    })  # fmt: skip
    transformer = Transformer.from_crs(_GEOGRAPHIC, plane, always_xy=True)
    flat = shapely.transform(degrees, lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1])))
    return np.asarray(shapely.area(flat), dtype=np.float64)


def _geodesic_area(degrees: npt.NDArray[np.object_]) -> npt.NDArray[np.float64]:
    geodesic = _geodesic()
    areas = np.zeros(len(degrees))
    areas[shapely.is_missing(degrees)] = np.nan
    parts, owner = shapely.get_parts(degrees, return_index=True)
    polygons = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    for polygon, row in zip(shapely.orient_polygons(parts[polygons]), owner[polygons], strict=True):
        areas[row] += abs(geodesic.geometry_area_perimeter(polygon)[0])
    return areas


def ellipsoidal_length(geometries: npt.ArrayLike, crs: CRS | str = _GEOGRAPHIC) -> npt.NDArray[np.float64]:
    """Return the length of each line, or the perimeter of each polygon, along geodesics of the GRS 80 ellipsoid.

    Parameters
    ----------
    geometries
        Shapely geometries, shape (n,); points have length 0, a missing geometry NaN.
    crs
        Their coordinate system.

    Returns
    -------
    Metres, shape (n,).
    """
    shapes = np.atleast_1d(np.asarray(geometries, dtype=object))
    degrees = _degrees(shapes, crs)
    parts, owner = shapely.get_parts(degrees, return_index=True)
    polygons = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    rings, ring_owner = shapely.get_rings(parts[polygons], return_index=True)
    straight = ~polygons & (shapely.get_dimensions(parts) == 1)
    lines = np.concatenate([parts[straight], rings])
    line_owner = np.concatenate([owner[straight], owner[polygons][ring_owner]])
    xy, line = shapely.get_coordinates(lines, return_index=True)
    follows = line[1:] == line[:-1]
    start, end = xy[:-1][follows], xy[1:][follows]
    _, _, metres = _geodesic().inv(start[:, 0], start[:, 1], end[:, 0], end[:, 1])
    lengths = np.bincount(line_owner[line[1:][follows]], weights=metres, minlength=len(shapes)).astype(np.float64)
    lengths[shapely.is_missing(degrees)] = np.nan
    return lengths
