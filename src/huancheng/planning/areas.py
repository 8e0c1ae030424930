"""Reading the areas asked about: units from a result folder, any file of polygons, or a layer of the snapshot."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pyogrio
import shapely
from pyogrio.errors import DataSourceError

from huancheng.city.snapshot import Snapshot
from huancheng.evidence import InputFault

LAYERS = ("estates", "blocks", "parcels", "managed_areas")
"""Layers of a snapshot that may be asked about by name."""

RESULTS = (("units.gpkg", "units"), ("blocks.gpkg", None))
"""Files of polygons that result folders of other commands hold, and the layer wanted."""


def read_areas(given: str, snapshot: Snapshot) -> gpd.GeoDataFrame:
    """Return areas with `id` and `name`, as far as the source has them.

    Parameters
    ----------
    given
        A layer's name (`estates`, `blocks`), a folder of drawn units or blocks, or a file of polygons (with `#layer`
        after a GeoPackage's path where it holds several).
    snapshot
        The city.

    Raises
    ------
    InputFault
        If it can't be read or holds no polygons.
    """
    if given in LAYERS:
        if not snapshot.has(given):
            raise InputFault(f"the snapshot has no {given}", file=snapshot.location, cure="give a file of areas")
        frame = snapshot.layer(given)
        return frame if "name" in frame.columns else frame.assign(name=frame["id"])
    name, _, layer = given.partition("#")
    path = Path(name)
    if path.is_dir():
        file, usual = next((pair for pair in RESULTS if (path / pair[0]).is_file()), RESULTS[0])
        path, layer = path / file, layer or usual or ""
    return read_polygons(path, layer or None)


def read_polygons(path: Path, layer: str | None = None) -> gpd.GeoDataFrame:
    """Return the polygons of a file; the first column of `id`, `unit`, `code` names them, else their position.

    Raises
    ------
    InputFault
        If the file can't be read or holds anything but polygons.
    """
    if not path.is_file():
        raise InputFault("there is no such file", file=str(path), cure="check the path")
    try:
        frame = pyogrio.read_dataframe(path, layer=layer)
    except (DataSourceError, ValueError) as error:
        cure = "give a GeoPackage, GeoJSON or Shapefile of polygons"
        raise InputFault(f"the file can't be read: {error}", file=path.name, cure=cure) from error
    if not isinstance(frame, gpd.GeoDataFrame) or not len(frame):
        raise InputFault("the file holds no shapes", file=path.name, cure="give a file of polygons")
    if (shapely.get_dimensions(frame.geometry.to_numpy()) != 2).any():  # noqa: PLR2004 - polygons
        raise InputFault("the file holds shapes that are no polygons", file=path.name, cure="keep only polygons in it")
    if "id" not in frame.columns:
        source = next((name for name in ("unit", "code", "name") if name in frame.columns), None)
        frame["id"] = frame[source].astype(str) if source else [f"{number}" for number in range(1, len(frame) + 1)]
    if "name" not in frame.columns:
        frame["name"] = frame["id"].astype(str)
    return frame
