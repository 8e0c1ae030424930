"""Places out of a table's columns: longitude and latitude, or well-known text."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely
from pyproj import CRS

from huancheng.city.readers.table import Geometries, ReadOptions, RowFault
from huancheng.evidence import InputFault

_LONGITUDE = ("lon", "longitude", "lng", "long", "经度", "x")
_LATITUDE = ("lat", "latitude", "纬度", "y")
_WKT = ("wkt", "geometry", "geom", "the_geom")


def places_of(
    frame: pd.DataFrame, labels: Geometries, options: ReadOptions, file: str
) -> tuple[Geometries | None, CRS | None, list[RowFault]]:
    """Return geometries, the CRS where the column names are those of degrees, and rows whose place can't be read.

    A row without a place keeps None; a table without columns of places returns None for all.

    Raises
    ------
    InputFault
        If a column the mapping names is not there, or only one of longitude and latitude is named.
    """
    wkt = _find(frame, options.wkt, _WKT, file)
    if wkt is not None and (options.wkt or _looks_like_wkt(frame[wkt])):
        return _from_wkt(frame[wkt], labels)
    if bool(options.longitude) != bool(options.latitude):
        raise InputFault("longitude and latitude go together", file=file, cure="name both columns in the mapping")
    east = _find(frame, options.longitude, _LONGITUDE, file)
    north = _find(frame, options.latitude, _LATITUDE, file)
    if east is None or north is None:
        return None, None, []
    crs = None if east.lower() == "x" else CRS.from_epsg(4326)
    geometry, faults = _from_pair(frame, east, north, labels)
    return geometry, crs, faults


def _find(frame: pd.DataFrame, named: str | None, usual: tuple[str, ...], file: str) -> str | None:
    if named is not None:
        if named not in frame.columns:
            cure = f"name one of {', '.join(map(str, frame.columns))}"
            raise InputFault(f"there is no column {named!r}", file=file, field=named, cure=cure)
        return named
    lower = {str(column).strip().lower(): str(column) for column in frame.columns}
    return next((lower[name] for name in usual if name in lower), None)


def _looks_like_wkt(column: pd.Series[str]) -> bool:
    known = column.dropna().astype(str)
    return bool(known.head(20).str.contains(r"^\s*[A-Z]+ ?Z?M? ?\(", regex=True).any())


def _from_wkt(column: pd.Series[str], labels: Geometries) -> tuple[Geometries, None, list[RowFault]]:
    texts = np.array([None if pd.isna(text) else str(text) for text in column], dtype=object)
    geometry = np.asarray(shapely.from_wkt(texts, on_invalid="ignore"))
    unread = np.array([text is not None for text in texts], dtype=bool) & shapely.is_missing(geometry)
    reason = "the well-known text can't be read"
    return geometry, None, [RowFault(labels[at], str(column.name), reason, int(at)) for at in np.flatnonzero(unread)]


def _from_pair(frame: pd.DataFrame, east: str, north: str, labels: Geometries) -> tuple[Geometries, list[RowFault]]:
    faults: list[RowFault] = []
    numbers = {}
    for name in (east, north):
        numbers[name] = pd.to_numeric(frame[name], errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
        unread = frame[name].notna().to_numpy() & ~np.isfinite(numbers[name])
        reason = "{!r} is no coordinate"
        faults += [
            RowFault(labels[at], name, reason.format(frame[name].iloc[at]), int(at)) for at in np.flatnonzero(unread)
        ]
    known = np.isfinite(numbers[east]) & np.isfinite(numbers[north])
    geometry = np.full(len(frame), None, dtype=object)
    geometry[known] = shapely.points(numbers[east][known], numbers[north][known])
    return geometry, faults
