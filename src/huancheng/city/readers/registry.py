"""Which reader takes which file, and why others are refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from huancheng.city.readers.delimited import delimited_layers, read_delimited
from huancheng.city.readers.graphml import graphml_layers, read_graphml
from huancheng.city.readers.osm import osm_layers, read_osm
from huancheng.city.readers.parquet import parquet_layers, read_parquet
from huancheng.city.readers.table import ReadOptions, SourceTable
from huancheng.city.readers.vector import read_vector, vector_layers
from huancheng.city.readers.workbook import read_workbook, workbook_layers
from huancheng.evidence import InputFault


@dataclass(frozen=True)
class Reader:
    """A family of files: how to list its layers and read one."""

    layers: Callable[[Path], list[str]]
    read: Callable[[Path, str | None, ReadOptions], SourceTable]


_VECTOR = Reader(vector_layers, read_vector)
_DELIMITED = Reader(delimited_layers, read_delimited)
_PARQUET = Reader(parquet_layers, read_parquet)

READERS: dict[str, Reader] = {
    ".pbf": Reader(osm_layers, read_osm),
    ".shp": _VECTOR,
    ".dbf": _VECTOR,
    ".gpkg": _VECTOR,
    ".gdb": _VECTOR,
    ".geojson": _VECTOR,
    ".json": _VECTOR,
    ".fgb": _VECTOR,
    ".dxf": _VECTOR,
    ".parquet": _PARQUET,
    ".geoparquet": _PARQUET,
    ".csv": _DELIMITED,
    ".tsv": _DELIMITED,
    ".txt": _DELIMITED,
    ".xlsx": Reader(workbook_layers, read_workbook),
    ".graphml": Reader(graphml_layers, read_graphml),
}
"""Readers of tables and features, by suffix."""

RASTER_SUFFIXES = (".tif", ".tiff", ".hgt", ".hgt.zip")
"""Files that `read_raster` takes."""

REFUSED: dict[str, tuple[str, str]] = {
    ".inp": ("a SWMM model describes a drainage network, not a layer", "import it in the water room"),
    ".dwg": ("the DWG format is closed", "save the drawing as DXF (R2000 or later)"),
    ".mdb": ("a personal geodatabase needs Microsoft's driver", "export it as file geodatabase or GeoPackage"),
    ".xls": ("the old Excel format is not read", "save it as .xlsx"),
    ".shx": ("this is a part of a shapefile", "name the .shp"),
    ".prj": ("this is a part of a shapefile", "name the .shp"),
    ".cpg": ("this is a part of a shapefile", "name the .shp"),
    ".gal": ("a contiguity list names neighbours, not places", "name the polygon file it belongs to"),
    ".md": ("this is a text for people", "name a data file"),
    ".zip": ("an archive may hold anything", "unpack it and name the file inside (only .hgt.zip is read packed)"),
}
"""Files refused on purpose: reason and cure."""


def is_raster(path: Path) -> bool:
    """Tell whether `read_raster` takes the file."""
    return path.name.lower().endswith(RASTER_SUFFIXES)


def reader_for(path: Path) -> Reader:
    """Return the reader of a file.

    Raises
    ------
    InputFault
        If the file is not there, or of a kind that is not read; the message says why.
    """
    if not path.exists():
        cure = "check `file` in the mapping, or give `--data DIR`"
        raise InputFault("there is no such file", file=path.name, cure=cure)
    suffix = path.suffix.lower()
    if suffix in READERS:
        if path.is_dir() and suffix != ".gdb":
            raise InputFault("this is a folder", file=path.name, cure="name the file in it")
        return READERS[suffix]
    if is_raster(path):
        raise InputFault("a raster has cells, not features", file=path.name, cure="use it as the source of `terrain`")
    unknown = (f"files of kind {suffix or 'without suffix'} are not read", f"export it as one of {', '.join(READERS)}")
    reason, cure = REFUSED.get(suffix, unknown)
    raise InputFault(reason, file=path.name, cure=cure)


def read_table(path: Path, layer: str | None = None, options: ReadOptions | None = None) -> SourceTable:
    """Read one layer of any file of features or rows.

    Raises
    ------
    InputFault
        If it can't be read.
    """
    return reader_for(path).read(path, layer, options or ReadOptions())


def table_layers(path: Path) -> list[str]:
    """Return the layers of any file of features or rows.

    Raises
    ------
    InputFault
        If it can't be opened.
    """
    return reader_for(path).layers(path)
