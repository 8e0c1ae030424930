"""Reading where a plan or key area lies from a layer somebody brought."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from django.utils.translation import gettext as _

from huancheng.evidence import InputFault
from huancheng.platform.files.domain.store import Taken, open_stored
from huancheng.platform.planning.models.place import Ground

if TYPE_CHECKING:
    import shapely

GEOGRAPHIC = 4490
"""EPSG code of CGCS2000 longitude and latitude."""

SUFFIXES = {"gpkg": ".gpkg", "shapefile": ".zip", "geojson": ".geojson"}
"""Formats that say where they lie, and the ending a reader knows them by."""

MOST_SHAPES = 20_000
"""Features of a layer beyond which it is no coverage."""


@dataclass(frozen=True, slots=True)
class ReadGround:
    """A shape read from a file.

    Parameters
    ----------
    geometry
        WKB in CGCS2000 longitude and latitude.
    bounds
        West, south, east, north.
    name
        Name of the file.
    """

    geometry: bytes
    bounds: tuple[float, float, float, float]
    name: str

    def lay_on(self, ground: Ground) -> None:
        """Write the shape and the box around it into a row."""
        ground.geometry = self.geometry
        ground.west, ground.south, ground.east, ground.north = self.bounds


def read_ground(taken: Taken) -> ReadGround:
    """Read the areas of a layer as one shape.

    Parameters
    ----------
    taken
        A file that was looked at and kept.

    Raises
    ------
    InputFault
        If it is no layer of areas, holds several layers, or does not say in which coordinates it is.
    """
    suffix = SUFFIXES.get(taken.stored.format)
    if suffix is None:
        raise InputFault(
            _("“%s”不是图层") % taken.name, field="layer", cure=_("请上传 GeoPackage、shp（打成 zip）或 GeoJSON")
        )
    with tempfile.TemporaryDirectory(prefix="huancheng-ground-") as folder:
        with open_stored(taken.stored) as source:
            path = layer_at(source, Path(folder), suffix)
        shape = _shape_of(path, taken.name)
    return ground_of(shape, taken.name)


def layer_at(source: BinaryIO, folder: Path, suffix: str) -> Path:
    """Put a layer down in a folder and return the file a reader opens; a zip of a shapefile is unpacked.

    Raises
    ------
    InputFault
        If a zip holds several layers.
    """
    path = folder / f"layer{suffix}"
    with path.open("wb") as copy:
        shutil.copyfileobj(source, copy)
    return _unpacked(path) if suffix == ".zip" else path


def drawn_ground(drawn: dict[str, Any]) -> ReadGround:
    """Return a polygon somebody drew on the map, told as GeoJSON in longitude and latitude.

    Raises
    ------
    InputFault
        If it is no area on the earth.
    """
    import shapely
    from shapely.geometry import shape

    wrong = InputFault(_("画的范围不是一个面"), field="layer", cure=_("请在地图上至少点三处，再闭合"))
    try:
        area = shapely.make_valid(shape(drawn))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, shapely.errors.ShapelyError) as error:
        raise wrong from error
    if area.geom_type not in {"Polygon", "MultiPolygon"} or area.area == 0 or not _on_earth(area):
        raise wrong
    return ground_of(area, "")


def ground_of(shape: shapely.Geometry, name: str) -> ReadGround:
    """Return a shape in longitude and latitude as a row holds it."""
    import shapely

    west, south, east, north = (float(side) for side in shapely.bounds(shape))
    return ReadGround(shapely.to_wkb(shape), (west, south, east, north), name[:200])


def _unpacked(path: Path) -> Path:
    """Unpack a zip of one shapefile; what may lie in it was checked when it was taken in."""
    folder = path.parent / "shapefile"
    folder.mkdir()
    with zipfile.ZipFile(path) as packed:
        for entry in packed.infolist():
            if entry.is_dir():
                continue
            name = Path(entry.filename).name
            with packed.open(entry) as source, (folder / name.lower()).open("wb") as copy:
                shutil.copyfileobj(source, copy)
    layers = sorted(folder.glob("*.shp"))
    if len(layers) != 1:
        raise InputFault(_("压缩包里有%d个图层") % len(layers), field="layer", cure=_("请只放一个图层"))
    return layers[0]


def _shape_of(path: Path, name: str) -> shapely.Geometry:
    import numpy as np
    import shapely

    from huancheng.city.readers import read_table

    try:
        table = read_table(path)
    except InputFault as fault:
        raise InputFault(
            _("“%(name)s”读不出来：%(why)s") % {"name": name, "why": fault.message},
            field="layer", cure=_("请在制图软件中重新导出，文件里只留一个图层"),
        ) from fault  # fmt: skip
    if table.geometry is None or len(table.geometry) == 0:
        raise InputFault(_("“%s”里没有图形") % name, field="layer", cure=_("请选有面的图层"))
    if len(table.geometry) > MOST_SHAPES:
        raise InputFault(_("“%s”的图形过多") % name, field="layer", cure=_("请先合并成范围面"))
    if table.crs is None:
        raise InputFault(_("“%s”没有坐标系") % name, field="layer", cure=_("请连同 .prj 一起上传，或导出为 GeoPackage"))
    shapes = shapely.make_valid(shapely.force_2d(np.asarray(table.geometry, dtype=object)))
    areas = [part for part in shapely.get_parts(shapes) if part.geom_type in {"Polygon", "MultiPolygon"}]
    if not areas:
        raise InputFault(_("“%s”里没有面") % name, field="layer", cure=_("请上传范围面，不是点或线"))
    return in_degrees(shapely.union_all(areas), table.crs.to_wkt())


def in_degrees(shape: shapely.Geometry, crs: str) -> shapely.Geometry:
    """Return a shape in CGCS2000 longitude and latitude."""
    import numpy as np
    import shapely
    from pyproj import Transformer

    moved = Transformer.from_crs(crs, GEOGRAPHIC, always_xy=True)
    turned = shapely.transform(shape, lambda xy: np.column_stack(moved.transform(xy[:, 0], xy[:, 1])))
    if not _on_earth(turned):
        raise InputFault(_("图形不在地球表面上"), field="layer", cure=_("请检查图层的坐标系"))
    return turned


def _on_earth(shape: shapely.Geometry) -> bool:
    import shapely

    west, south, east, north = shapely.bounds(shape)
    return bool(-180 <= west <= east <= 180 and -90 <= south <= north <= 90)  # noqa: PLR2004 - the whole earth
