"""Readers: any file a city office has, as rows and geometries, or a named reason why not."""

from huancheng.city.readers.raster import RasterSource, read_raster
from huancheng.city.readers.registry import is_raster, read_table, reader_for, table_layers
from huancheng.city.readers.table import ReadOptions, RowFault, SourceTable

__all__ = [
    "RasterSource",
    "ReadOptions",
    "RowFault",
    "SourceTable",
    "is_raster",
    "read_raster",
    "read_table",
    "reader_for",
    "table_layers",
]
