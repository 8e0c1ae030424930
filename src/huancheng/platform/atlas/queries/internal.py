"""Internal layers: never in tiles, handed out piece by piece to those who may see them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from huancheng.city.schema import layer_schema
from huancheng.city.snapshot import Snapshot
from huancheng.platform.atlas.domain.extent import GEOGRAPHIC
from huancheng.platform.atlas.domain.folders import snapshot_folder
from huancheng.platform.atlas.models import SnapshotRecord
from huancheng.platform.atlas.queries.geojson import feature_of

MOST = 4000
"""Features handed out at once; a map that shows more of them shows none of them well."""

Box = tuple[float, float, float, float]


def layer_in(record: SnapshotRecord, layer: str, box: Box) -> dict[str, Any]:
    """Return the features of a layer that meet a box as GeoJSON.

    Parameters
    ----------
    record
        Snapshot.
    layer
        An internal layer; whether the person may see it is for the caller to ask first.
    box
        West, south, east, north in degrees.

    Returns
    -------
    dict
        A feature collection; with `too_many` instead of features where there are more than `MOST`.
    """
    frame, tree = _layer(record.digest, layer)
    found = np.sort(tree.query(shapely.box(*box), predicate="intersects"))
    if len(found) > MOST:
        return {"type": "FeatureCollection", "features": [], "too_many": len(found)}
    return {"type": "FeatureCollection", "features": [_feature(row) for row in frame.iloc[found].to_dict("records")]}


@lru_cache(maxsize=8)
def _layer(digest: str, layer: str) -> tuple[gpd.GeoDataFrame, shapely.STRtree]:
    """Read a layer once; a snapshot never changes, so what was read stays right."""
    short = [
        name for name, column in layer_schema(layer).columns.items() if column.type in {"code", "number", "boolean"}
    ]
    frame = Snapshot(snapshot_folder(digest)).layer(
        layer, ["name", *short] if "name" in layer_schema(layer).columns else short
    )
    frame = frame[frame.geometry.notna() & ~frame.geometry.is_empty].to_crs(GEOGRAPHIC).reset_index(drop=True)
    return frame, shapely.STRtree(frame.geometry.to_numpy())


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    shape = row.pop("geometry")
    plain = {name: value for name, value in row.items() if not pd.isna(value)}
    return feature_of(shape, plain)
