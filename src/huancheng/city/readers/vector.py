"""Vector files that GDAL reads: GeoPackage, file geodatabase, GeoJSON, shapefile, DXF, FlatGeobuf."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError
from pyproj import CRS
from pyproj.exceptions import CRSError

from huancheng.city.readers.drawing_text import reread
from huancheng.city.readers.encoding import shapefile_encoding
from huancheng.city.readers.headers import check_shapefile, check_sqlite
from huancheng.city.readers.table import ReadOptions, RowFault, SourceTable
from huancheng.city.readers.wkb import BrokenShapeError, parse_wkb
from huancheng.evidence import InputFault

_OTHER_ENCODING = "the text is not in the encoding named"
_NAME_ENCODING = 'name the right one in the mapping (`encoding = "gb18030"`)'
_DAMAGED = "open and export it again in the program it came from"


def vector_layers(path: Path) -> list[str]:
    """Return the names of the layers of a file.

    Raises
    ------
    InputFault
        If GDAL can't open the file.
    """
    check_before_opening(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return [str(row[0]) for row in pyogrio.list_layers(path)]
    except (DataSourceError, DataLayerError, OSError) as error:
        message = f"the file can't be opened: {plain_error(error, path)}"
        raise InputFault(message, file=path.name, cure=_DAMAGED) from error


def check_before_opening(path: Path) -> None:
    """Hold a file's header against its bytes before GDAL opens it."""
    suffix = path.suffix.lower()
    if suffix == ".gpkg":
        check_sqlite(path)
    elif suffix == ".shp":
        check_shapefile(path)
    elif suffix == ".dbf" and path.with_suffix(".shp").exists():
        check_shapefile(path.with_suffix(".shp"))


def read_vector(path: Path, layer: str | None, options: ReadOptions) -> SourceTable:
    """Read one layer.

    Raises
    ------
    InputFault
        If the file or layer can't be read; several layers and none named is a fault too.
    """
    layer = choose_layer(path, layer, vector_layers(path))
    encoding = options.encoding
    if encoding is None and path.suffix.lower() in (".shp", ".dbf"):
        encoding = shapefile_encoding(path)
    meta, table, notes = read_arrow(path, layer, encoding=encoding)
    name = meta["geometry_name"] or "wkb_geometry"
    geometry = rebuilt = None
    if name in table.column_names:
        try:
            geometry, rebuilt = parse_wkb(table.column(name).to_numpy(zero_copy_only=False))
        except BrokenShapeError as error:
            raise InputFault(str(error), file=path.name, field="geometry", cure=_DAMAGED) from error
        table = table.drop_columns([name])
    attributes = to_pandas(table)
    if path.suffix.lower() == ".dxf":
        attributes, note = reread(attributes)
        notes = (*notes, note) if note else notes
    labels = np.array([str(number) for number in range(1, len(attributes) + 1)], dtype=object)
    faults = tuple(
        RowFault(labels[position], "geometry", item.reason, position) for position, item in (rebuilt or {}).items()
    )
    single = path.suffix.lower() in (".shp", ".dbf", ".geojson", ".json", ".fgb")
    return SourceTable(
        path.name, "" if single else layer, attributes, geometry, parse_crs(meta["crs"], path), labels, faults, notes
    )


def choose_layer(path: Path, layer: str | None, present: list[str]) -> str:
    """Return the asked layer, or the only one.

    Raises
    ------
    InputFault
        If it is not there, or none is named and there are several.
    """
    if layer is None and len(present) == 1:
        return present[0]
    if layer in present:
        return layer
    message = "the file holds no layer" if not present else f"there is no layer {layer!r}" if layer else "which layer?"
    cure = f"name one of {', '.join(present)} as `sublayer`" if present else _DAMAGED
    raise InputFault(message, file=path.name, cure=cure)


def read_arrow(
    path: Path, layer: str, *, encoding: str | None = None
) -> tuple[dict[str, Any], pa.Table, tuple[str, ...]]:
    """Return GDAL's metadata, the Arrow table, and what the driver remarked.

    Raises
    ------
    InputFault
        If the layer can't be read to its end.
    """
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            # GDAL knows some encodings by their upper-case names only.
            meta, table = pyogrio.read_arrow(path, layer=layer, encoding=encoding and encoding.upper())
    except UnicodeDecodeError as error:
        raise InputFault(_OTHER_ENCODING, file=path.name, cure=_NAME_ENCODING) from error
    except (DataSourceError, DataLayerError, pa.ArrowException, RuntimeError, ValueError, OSError) as error:
        message = f"layer {layer!r} can't be read to its end: {plain_error(error, path)}"
        raise InputFault(message, file=path.name, cure=_DAMAGED) from error
    try:
        table.validate(full=True)
    except pa.ArrowInvalid as error:
        raise InputFault(_OTHER_ENCODING, file=path.name, cure=_NAME_ENCODING) from error
    return meta, table, tuple(sorted({plain_error(item.message, path) for item in caught}))


def to_pandas(table: pa.Table) -> pd.DataFrame:
    """Return attribute columns with types that know a missing value (whole numbers stay whole)."""

    def kind(field: pa.DataType) -> Any:
        if pa.types.is_integer(field):
            return pd.Int64Dtype()
        if pa.types.is_boolean(field):
            return pd.BooleanDtype()
        if pa.types.is_string(field) or pa.types.is_large_string(field):
            return pd.StringDtype()
        return None

    frame: pd.DataFrame = table.to_pandas(types_mapper=kind, date_as_object=True)
    return frame.reset_index(drop=True)


def parse_crs(text: str | None, path: Path) -> CRS | None:
    """Return the CRS a file names, None where it names none.

    Raises
    ------
    InputFault
        If it names one nobody knows.
    """
    if not text:
        return None
    try:
        return CRS.from_user_input(text)
    except CRSError as error:
        cure = 'declare the right one in the mapping (`crs = "EPSG:…"`)'
        raise InputFault(f"the coordinate system {text[:60]!r} is unknown", file=path.name, cure=cure) from error


def plain_error(error: object, path: Path) -> str:
    """Return a driver's words without the folder the file lies in, on one line."""
    return " ".join(str(error).replace(f"{path.parent}/", "").split())
