"""Residential land where no land-use survey covers the estates."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from huancheng.city.build.layer import BuiltLayer
from huancheng.city.build.shapes import collect, parts_of_kind
from huancheng.city.schema import Geometry, layer_schema
from huancheng.evidence import Provenance

LEAST_AREA = 1.0
"""Square metres below which what is left of an estate is no land."""


def with_residential_land(estates: BuiltLayer, land_use: BuiltLayer | None) -> BuiltLayer:
    """Return the land use with the ground of the estates that it does not cover yet, as residential and derived.

    Parameters
    ----------
    estates
        Estates; they do not overlap.
    land_use
        What a source gives; None where none does. Its rows stay as they are.
    """
    grounds = estates.frame.geometry.to_numpy()
    if land_use is not None and len(land_use.frame):
        grounds = shapely.difference(grounds, shapely.union_all(land_use.frame.geometry.to_numpy()))
    pieces = [collect(parts_of_kind(ground, Geometry.POLYGON), Geometry.POLYGON) for ground in grounds]
    keep = [at for at, piece in enumerate(pieces) if piece is not None and shapely.area(piece) >= LEAST_AREA]
    rows = estates.frame.iloc[keep]
    added = gpd.GeoDataFrame(
        {"id": "estate-" + rows["id"].astype("string"), "use": "residential", "name": rows.get("name")},
        geometry=[pieces[at] for at in keep],
        crs=estates.frame.crs,
    )
    parts = [added] if land_use is None else [land_use.frame, added]
    frame = gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), geometry="geometry", crs=estates.frame.crs)
    codes = {}
    for column, schema in layer_schema("land_use").columns.items():
        if column not in frame:
            continue
        frame[column] = frame[column].astype(schema.pandas_dtype)
        derived = np.where(frame[column].notna().to_numpy()[-len(added) :], Provenance.DERIVED.code, 0).astype(np.uint8)
        given = [] if land_use is None else [land_use.codes.get(column, np.zeros(len(land_use.frame), np.uint8))]
        codes[column] = np.concatenate([*given, derived[: len(added)]]).astype(np.uint8)
    source = "derived from estates" if land_use is None else f"{land_use.source}; derived from estates"
    token = set() if land_use is None else land_use.token
    return BuiltLayer("land_use", frame, codes, source, token, 0 if land_use is None else land_use.rows_in)
