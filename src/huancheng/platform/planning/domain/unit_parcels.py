"""Shapes of planned parcels: read from a layer by its content, kept in longitude and latitude with their ids."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from huancheng.evidence import InputFault
from huancheng.platform.files.domain.store import Taken, open_stored
from huancheng.platform.planning.domain.coverage import GEOGRAPHIC, MOST_SHAPES, SUFFIXES, layer_at

if TYPE_CHECKING:
    import geopandas as gpd
    from pyproj import CRS

LAYERS = {**SUFFIXES, "dxf": ".dxf"}
"""Formats a layer of parcels may have; a drawing says nothing of its coordinates and is taken to lie in the city's."""

ID_COLUMNS = ("id", "ID", "地块编号", "编号", "name", "名称", "code", "label")
"""Columns a parcel's id is looked for in, in this order; `label` is a text of a drawing inside the parcel."""

OWN_LAYER = "Layer"
"""A drawing's layers name the parcels where each has its own."""


def read_parcels(taken: Taken, city: CRS) -> dict[str, Any]:
    """Read the parcels of a layer.

    Parameters
    ----------
    taken
        A file that was looked at and kept.
    city
        CRS of the snapshot, in which a drawing lies.

    Returns
    -------
    dict
        `file`, `sha256` and `features` as GeoJSON with `id`.

    Raises
    ------
    InputFault
        If it is no layer of areas, or a parcel has no id or one that stands twice.
    """
    suffix = LAYERS.get(taken.stored.format)
    if suffix is None:
        cure = _("请上传 GeoPackage、shp（打成 zip）、GeoJSON 或 DXF")
        raise InputFault(_("“%s”不是图层") % taken.name, field="parcels", cure=cure)
    with tempfile.TemporaryDirectory(prefix="huancheng-parcels-") as folder:
        with open_stored(taken.stored) as source:
            path = layer_at(source, Path(folder), suffix)
        frame = _areas(path, taken.name, city)
    ids = _ids(frame, taken.name)
    features = [
        {"type": "Feature", "properties": {"id": key}, "geometry": json.loads(_geojson(shape))}
        for key, shape in zip(ids, frame.to_crs(GEOGRAPHIC).geometry, strict=True)
    ]
    return {"file": taken.name[:200], "sha256": taken.stored.sha256, "features": features}


def frame_of(parcels: dict[str, Any]) -> gpd.GeoDataFrame | None:
    """Return kept parcels as the planning room reads them; None where none are kept."""
    if not parcels.get("features"):
        return None
    import geopandas as gpd

    frame = gpd.GeoDataFrame.from_features(parcels["features"], crs=GEOGRAPHIC)
    return frame.assign(name=frame["id"])


def _areas(path: Path, name: str, city: CRS) -> gpd.GeoDataFrame:
    from huancheng.units.drawn.reading import read_given
    from huancheng.units.drawn.shapes import areas_of

    source = city.to_wkt() if path.suffix == ".dxf" else None
    try:
        frame = areas_of(read_given(path, city, source_crs=source), name)
    except InputFault as fault:
        raise InputFault(
            _("“%(name)s”读不出地块：%(why)s") % {"name": name, "why": str(fault)},
            field="parcels", cure=_("请只留一个图层，地块画成闭合的面，坐标系写在文件里"),
        ) from fault  # fmt: skip
    if len(frame) > MOST_SHAPES:
        raise InputFault(_("“%s”的图形过多") % name, field="parcels", cure=_("请只放本单元的地块"))
    return frame


def _ids(frame: gpd.GeoDataFrame, name: str) -> list[str]:
    """Return the parcels' ids, each once; a parcel of two parts must be one feature."""
    own = OWN_LAYER if OWN_LAYER in frame.columns and frame[OWN_LAYER].is_unique else ""
    column = next((item for item in ID_COLUMNS if item in frame.columns and frame[item].notna().any()), own)
    ids = frame[column].astype("string").str.strip().fillna("").tolist() if column else [""]
    if not all(ids):
        cure = _("请在图层里加一栏 id，或在图上每个地块内写编号，与工作簿的地块编号一致")
        raise InputFault(_("“%s”里有地块没有编号") % name, field="parcels", cure=cure)
    twice = next((key for key in ids if ids.count(key) > 1), "")
    if twice:
        told = {"name": name, "key": twice}
        raise InputFault(
            _("“%(name)s”里地块编号 %(key)s 重复") % told, field="parcels", cure=_("请合成一个面，或改正编号")
        )
    return ids


def _geojson(shape: Any) -> str:
    import shapely

    return str(shapely.to_geojson(shape))
