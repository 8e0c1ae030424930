"""Readers: any file a city office has, as rows and geometries, or a named reason why not.

Names load what they need on first use: who only decodes a text waits for no table and raster libraries.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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

_HOMES = {
    "raster": ("RasterSource", "read_raster"),
    "registry": ("is_raster", "read_table", "reader_for", "table_layers"),
    "table": ("ReadOptions", "RowFault", "SourceTable"),
}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
