"""OpenStreetMap extracts (.osm.pbf) through GDAL's OSM driver, all five sublayers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from pyproj import CRS

from huancheng.city.readers.headers import check_pbf
from huancheng.city.readers.osm_tags import TagIndex
from huancheng.city.readers.table import ReadOptions, RowFault, SourceTable
from huancheng.city.readers.vector import choose_layer, read_arrow, to_pandas
from huancheng.city.readers.wkb import parse_wkb
from huancheng.evidence import InputFault

_SUBLAYERS = {"points": "n", "lines": "w", "multilinestrings": "r", "multipolygons": "r", "other_relations": "r"}
"""Sublayers of the driver, with the letter of the OSM object its `osm_id` names."""

REFERENCE = "osm_ref"
"""Column added to every sublayer: n, w or r and the object's number."""


def osm_layers(path: Path) -> list[str]:
    """Return the sublayers every extract has.

    Raises
    ------
    InputFault
        If the file is no pbf or cut short.
    """
    check_pbf(path)
    return list(_SUBLAYERS)


def read_osm(path: Path, layer: str | None, options: ReadOptions) -> SourceTable:
    """Read one sublayer; tags beyond the driver's own columns are columns too.

    Raises
    ------
    InputFault
        If the file is no pbf, cut short, or the sublayer is not one of the five.
    """
    layer = choose_layer(path, layer, osm_layers(path))
    if options.encoding is not None:
        raise InputFault("an OSM extract is always UTF-8", file=path.name, field="encoding", cure="leave it out")
    _, table, notes = read_arrow(path, layer)
    geometry, rebuilt = parse_wkb(table.column("wkb_geometry").to_numpy(zero_copy_only=False))
    attributes, tags = _attributes(table.drop_columns(["wkb_geometry"]), layer)
    labels = attributes[REFERENCE].to_numpy(dtype=object)
    faults = tuple(RowFault(labels[position], "geometry", item.reason, position) for position, item in rebuilt.items())
    return SourceTable(path.name, layer, attributes, geometry, CRS.from_epsg(4326), labels, faults, notes, tags)


def _attributes(table: pa.Table, layer: str) -> tuple[pd.DataFrame, TagIndex]:
    tags = TagIndex(table.column("other_tags").to_pylist())
    frame = to_pandas(table.drop_columns(["other_tags"]))
    frame[REFERENCE] = _SUBLAYERS[layer] + frame["osm_id"]
    if "osm_way_id" in frame:
        frame[REFERENCE] = frame[REFERENCE].fillna("w" + frame["osm_way_id"])
    unnamed = frame[REFERENCE].isna().to_numpy()
    if unnamed.any():
        frame.loc[unnamed, REFERENCE] = [f"row {position + 1}" for position in np.flatnonzero(unnamed)]
    return frame, tags
