"""The terrain raster, brought into the snapshot's metric CRS."""

from __future__ import annotations

import math

import numpy as np
import rasterio.crs
from pyproj import CRS
from rasterio import Affine
from rasterio.warp import Resampling, reproject

from huancheng.city.build.coordinates import Bounds, parse_user_crs
from huancheng.city.build.mapping import RasterBlock, Source
from huancheng.city.readers import RasterSource
from huancheng.city.snapshot import RasterTable
from huancheng.evidence import InputFault

_LEAST_CELL = 0.01
_MERIDIAN = 40_007_863.0
"""Length of a meridian in metres."""


def build_raster(block: RasterBlock, place: Source, source: RasterSource, target: CRS, city: Bounds) -> RasterTable:
    """Return the raster over the city's bounds, bilinearly resampled.

    Raises
    ------
    InputFault
        If the raster names no CRS and none is declared, or nothing of it lies in the city.
    """
    text = place.override_crs or (None if source.crs is not None else place.crs)
    crs = source.crs if text is None else parse_user_crs(text, source.file, "crs")
    if crs is None:
        cure = 'declare it at the source in the mapping (`crs = "EPSG:…"`)'
        raise InputFault("the raster names no coordinate system", file=source.file, field="crs", cure=cure)
    size = block.cell_size or _own_cell_size(source, crs)
    west, north = math.floor(city[0] / size) * size, math.ceil(city[3] / size) * size
    columns, rows = math.ceil((city[2] - west) / size), math.ceil((north - city[1]) / size)
    transform = Affine(size, 0, west, 0, -size, north)
    out = np.full((max(rows, 1), max(columns, 1)), np.nan, dtype=np.float32)
    reproject(
        source.data, out,
        src_transform=source.transform, src_crs=rasterio.crs.CRS.from_wkt(crs.to_wkt()), src_nodata=np.nan,
        dst_transform=transform, dst_crs=rasterio.crs.CRS.from_wkt(target.to_wkt()), dst_nodata=np.nan,
        resampling=Resampling.bilinear, num_threads=1,
    )  # fmt: skip
    if not np.isfinite(out).any():
        cure = "check its coordinate system (`override_crs`), and that the tile is of this city"
        raise InputFault("no cell of the raster lies in the city", file=source.file, field="geometry", cure=cure)
    return RasterTable(block.name, out, transform, source=source.file)


def _own_cell_size(source: RasterSource, crs: CRS) -> float:
    step = abs(float(source.transform.e))
    if not crs.is_geographic:
        return max(round(step, 2), _LEAST_CELL)
    metres_per_degree = _MERIDIAN / 360
    return max(round(step * metres_per_degree, 0), 1.0)
