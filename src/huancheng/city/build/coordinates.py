"""From a file's own coordinates into the metric system of the snapshot."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from huancheng.city.build.mapping import Place
from huancheng.evidence import InputFault
from huancheng.geo import Datum, to_wgs84

Geometries = npt.NDArray[np.object_]
Bounds = tuple[float, float, float, float]

_WGS84 = CRS.from_epsg(4326)
_LARGEST_LONGITUDE, _LARGEST_LATITUDE = 360.0, 90.0
_ZONED_EASTING = 1_000_000.0


def parse_user_crs(text: str, file: str, field: str) -> CRS:
    """Return the CRS a mapping names.

    Raises
    ------
    InputFault
        If nobody knows it.
    """
    try:
        return CRS.from_user_input(text)
    except CRSError as error:
        cure = "give an EPSG code, for example EPSG:4490 (CGCS2000) or EPSG:4326 (WGS 84)"
        raise InputFault(f"the coordinate system {text!r} is unknown", file=file, field=field, cure=cure) from error


def source_crs(place: Place, own: CRS | None, file: str) -> CRS:
    """Return the CRS to believe: overridden, the file's own, or declared.

    Raises
    ------
    InputFault
        If there is none, or the declared one contradicts the file's own.
    """
    if place.override_crs is not None:
        return parse_user_crs(place.override_crs, file, "override_crs")
    declared = None if place.crs is None else parse_user_crs(place.crs, file, "crs")
    if own is None and declared is None:
        cure = 'declare it at the source in the mapping (`crs = "EPSG:4490"`), or copy the .prj too'
        raise InputFault("the file names no coordinate system", file=file, field="crs", cure=cure)
    if own is not None and declared is not None and not own.equals(declared, ignore_axis_order=True):
        message = f"the file names {own.name!r}, the mapping {declared.name!r}"
        cure = "drop `crs` to believe the file, or say `override_crs` to believe the mapping"
        raise InputFault(message, file=file, field="crs", cure=cure)
    return own if declared is None else declared  # type: ignore[return-value]


@dataclass(frozen=True)
class Projector:
    """Takes shapes of one source into the metric CRS.

    Parameters
    ----------
    place
        What the mapping says of the coordinates.
    crs
        The CRS to believe.
    target
        The snapshot's metric CRS.
    file
        For messages.
    """

    place: Place
    crs: CRS
    target: CRS
    file: str

    def __post_init__(self) -> None:
        """Refuse a shifted datum on projected coordinates."""
        if self.place.datum is not Datum.WGS84 and not self.crs.is_geographic:
            message = f"{self.place.datum.value} coordinates are degrees, the file's are not"
            raise InputFault(message, file=self.file, field="datum", cure="leave `datum` out or name a geographic CRS")

    def _steps(self, xy: npt.NDArray[np.float64], target: CRS, *, swapped: bool) -> npt.NDArray[np.float64]:
        x, y = (xy[:, 1], xy[:, 0]) if swapped else (xy[:, 0], xy[:, 1])
        crs = self.crs
        if self.place.datum is not Datum.WGS84:
            x, y = to_wgs84(self.place.datum, x, y)
            crs = _WGS84
        if crs.equals(target, ignore_axis_order=True):
            return np.column_stack([x, y])
        try:
            return np.column_stack(Transformer.from_crs(crs, target, always_xy=True).transform(x, y))
        except ProjError:
            return np.full_like(xy, np.inf)

    def project(self, shapes: Geometries) -> Geometries:
        """Return the shapes in the metric CRS; coordinates it can't express become infinite."""
        return np.asarray(
            shapely.transform(shapes, lambda xy: self._steps(xy, self.target, swapped=self.place.swap_axes))
        )

    def possible(self, shapes: Geometries) -> npt.NDArray[np.bool_]:
        """Tell for each shape whether all its coordinates are finite and, for degrees, on the globe."""
        xy, owner = shapely.get_coordinates(shapes, return_index=True)
        with np.errstate(invalid="ignore"):
            wrong = ~np.isfinite(xy).all(axis=1)
            if self.crs.is_geographic:
                x, y = (xy[:, 1], xy[:, 0]) if self.place.swap_axes else (xy[:, 0], xy[:, 1])
                wrong |= (np.abs(x) > _LARGEST_LONGITUDE) | (np.abs(y) > _LARGEST_LATITUDE)
        good = np.ones(len(shapes), dtype=bool)
        good[owner[wrong]] = False
        return good

    def check_meets(self, shapes: Geometries, city: Bounds) -> None:
        """Refuse a source none of whose shapes comes near the city, and say what may have gone wrong.

        Parameters
        ----------
        shapes
            In the file's own coordinates.
        city
            Bounds of the city in the metric CRS.

        Raises
        ------
        InputFault
            If all lie elsewhere.
        """
        boxes = shapely.bounds(shapes)
        boxes = boxes[np.isfinite(boxes).all(axis=1)]
        if not len(boxes) or self._meets(boxes, city, swapped=self.place.swap_axes):
            return
        west, south, east, north = boxes[:, 0].min(), boxes[:, 1].min(), boxes[:, 2].max(), boxes[:, 3].max()
        extent = f"{west:.6g} to {east:.6g}, {south:.6g} to {north:.6g}"
        message = f"none of the shapes lies in the city; read as {self.crs.name!r} they span {extent}"
        raise InputFault(message, file=self.file, field="geometry", cure=self._cure(boxes, city))

    def _cure(self, boxes: npt.NDArray[np.float64], city: Bounds) -> str:
        if self._meets(boxes, city, swapped=not self.place.swap_axes):
            word = "false" if self.place.swap_axes else "true"
            return f"the axes are swapped: set `swap_axes = {word}` at the source"
        largest = float(np.abs(boxes).max())
        if not self.crs.is_geographic and largest <= _LARGEST_LONGITUDE:
            return 'the numbers are degrees: set `override_crs = "EPSG:4490"` at the source'
        if self.crs.is_geographic and largest > _LARGEST_LONGITUDE:
            return "the numbers are metres: set `override_crs` to the projected system they stand in"
        if largest > _ZONED_EASTING and not self.crs.is_geographic:
            return "check the zone: an easting with the zone number in front needs one of EPSG:4491 to 4533"
        return "check the coordinate system (`override_crs`), and that the file is of this city"

    def _meets(self, boxes: npt.NDArray[np.float64], city: Bounds, *, swapped: bool) -> bool:
        corners = np.concatenate([boxes[:, [0, 1]], boxes[:, [2, 3]]])
        with np.errstate(invalid="ignore"):
            x, y = self._steps(corners, self.target, swapped=swapped).T
        half = len(boxes)
        west, east = np.minimum(x[:half], x[half:]), np.maximum(x[:half], x[half:])
        south, north = np.minimum(y[:half], y[half:]), np.maximum(y[:half], y[half:])
        return bool(np.any((west <= city[2]) & (east >= city[0]) & (south <= city[3]) & (north >= city[1])))
