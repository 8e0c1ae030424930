"""A layer given beside the snapshot, by the readers of the city room, in the city's CRS."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from pyproj import CRS

from huancheng.city.readers import read_table
from huancheng.evidence import InputFault


def read_given(
    path: Path, crs: CRS, *, layer: str | None = None, source_crs: str | None = None, column: str | None = None
) -> gpd.GeoDataFrame:
    """Read features of a file into the CRS of a city.

    Parameters
    ----------
    path
        Any file of features the city room reads.
    crs
        CRS to bring them to.
    layer
        Layer of the file, where it holds several.
    source_crs
        CRS of the file, where it does not say (DXF, a shapefile without .prj).
    column
        Column that must be there.

    Raises
    ------
    InputFault
        If the file can't be read, has no features, no CRS, a broken feature, or lacks the column.
    """
    table = read_table(path, layer)
    file = table.name
    if table.geometry is None or len(table.geometry) == 0:
        raise InputFault("the file holds no features", file=file, cure="name a layer with geometry")
    if column is not None and column not in table.attributes.columns:
        cure = f"the columns are {', '.join(map(str, table.attributes.columns)) or 'none'}"
        raise InputFault("the column is not there", file=file, field=column, cure=cure)
    declared = source_crs or table.crs
    if declared is None:
        raise InputFault("the file names no CRS", file=file, cure="name it with `--crs EPSG:…`")
    shapes = shapely.force_2d(np.asarray(table.geometry, dtype=object))
    for row in np.flatnonzero(shapely.is_missing(shapes) | shapely.is_empty(shapes)):
        cure = "draw it or delete the row"
        raise InputFault("the feature has no shape", file=file, row=str(table.labels[row]), field="geometry", cure=cure)
    frame = gpd.GeoDataFrame(table.attributes.copy(), geometry=shapes, crs=CRS.from_user_input(declared))
    frame.insert(0, "row", [str(label) for label in table.labels])
    return frame.to_crs(crs)
