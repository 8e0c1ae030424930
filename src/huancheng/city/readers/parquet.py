"""GeoParquet files."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from pyproj import CRS
from pyproj.exceptions import CRSError

from huancheng.city.readers.table import ReadOptions, RowFault, SourceTable
from huancheng.city.readers.vector import plain_error, to_pandas
from huancheng.city.readers.wkb import BrokenShapeError, parse_wkb
from huancheng.evidence import InputFault

_CURE = "write it again as GeoParquet with the geometry encoded as WKB"


def parquet_layers(path: Path) -> list[str]:
    """Return the one layer a parquet file has."""
    return [path.stem]


def read_parquet(path: Path, layer: str | None, options: ReadOptions) -> SourceTable:
    """Read a parquet file; without GeoParquet metadata it is a table without places.

    Raises
    ------
    InputFault
        If the file is damaged or its geometry is not encoded as WKB.
    """
    del layer, options
    try:
        table = pq.read_table(path)
        described = json.loads((table.schema.metadata or {}).get(b"geo", b"{}"))
    except (pa.ArrowException, OSError, ValueError) as error:
        message = f"the parquet file can't be read: {plain_error(error, path)}"
        raise InputFault(message, file=path.name, cure=_CURE) from error
    name = described.get("primary_column", "")
    labels = np.array([str(number) for number in range(1, table.num_rows + 1)], dtype=object)
    if name not in table.column_names:
        return SourceTable(path.name, "", to_pandas(table), None, None, labels)
    column = described["columns"][name]
    if column.get("encoding") != "WKB":
        message = f"the geometry is encoded as {column.get('encoding')!r}"
        raise InputFault(message, file=path.name, field=name, cure=_CURE)
    try:
        geometry, rebuilt = parse_wkb(table.column(name).to_numpy(zero_copy_only=False))
    except (BrokenShapeError, ValueError) as error:
        raise InputFault(str(error), file=path.name, field=name, cure=_CURE) from error
    faults = tuple(RowFault(labels[at], name, item.reason, at) for at, item in rebuilt.items())
    return SourceTable(
        path.name, "", to_pandas(table.drop_columns([name])), geometry, _crs(column, path), labels, faults
    )


def _crs(column: dict[str, object], path: Path) -> CRS | None:
    if "crs" not in column:
        return CRS.from_string("OGC:CRS84")
    if column["crs"] is None:
        return None
    try:
        return CRS.from_user_input(column["crs"])
    except CRSError as error:
        cure = 'declare the right one in the mapping (`crs = "EPSG:…"`)'
        raise InputFault("the coordinate system in the file is unknown", file=path.name, cure=cure) from error
