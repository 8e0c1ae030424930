"""Sums of footprint area, plain and weighted, per zone, chunk by chunk in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

import numpy as np
import shapely

from huancheng.city.overlay.edges import Floats, Geometries, Integers
from huancheng.city.overlay.pieces import intersection_areas
from huancheng.city.overlay.zones import prepare_zones

CHUNK_ROWS = 20_000
"""Footprints held at a time: about 25 MB."""

Chunk = tuple[Geometries, Floats]
"""Footprints, and weights of shape (footprints, weights)."""


@dataclass(frozen=True)
class ZoneAreas:
    """What lies in each zone, and what lies in none.

    Parameters
    ----------
    area
        Square metres of footprint per zone; shape (zones,).
    weighted
        Area × weight per zone (floor area where the weight is floors); shape (zones, weights).
    pieces
        Number of footprint parts per zone; shape (zones,).
    total_area, total_weighted
        The same over all footprints, in zones or not; scalar and shape (weights,).
    """

    area: Floats
    weighted: Floats
    pieces: Integers
    total_area: float
    total_weighted: Floats

    @property
    def outside_area(self) -> float:
        """Square metres of footprint outside every zone; meaningful where zones do not overlap."""
        return self.total_area - float(self.area.sum())


def area_by_zone(footprints: Geometries, zones: Geometries, weights: Floats | None = None) -> ZoneAreas:
    """Sum footprint area and area × weight per zone.

    Parameters
    ----------
    footprints
        Valid polygons or multipolygons; shape (n,).
    zones
        Polygons or multipolygons in the same metric CRS; shape (zones,).
    weights
        One or more weights per footprint, none missing; shape (n,) or (n, weights).

    Raises
    ------
    ValueError
        If a geometry is no polygon, or a weight is missing.
    """
    columns = np.empty((len(footprints), 0)) if weights is None else np.asarray(weights, dtype=np.float64)
    columns = columns.reshape(len(footprints), -1) if columns.ndim == 1 else columns
    starts = range(0, len(footprints), CHUNK_ROWS)
    chunks = ((footprints[start : start + CHUNK_ROWS], columns[start : start + CHUNK_ROWS]) for start in starts)
    return sum_chunks(chunks, zones, columns.shape[1])


def sum_chunks(chunks: Iterable[Chunk], zones: Geometries, weight_count: int) -> ZoneAreas:
    """Sum footprint area and area × weight per zone over chunks that come one at a time.

    Parameters
    ----------
    chunks
        Footprints with weights; only one chunk is held at a time.
    zones
        Polygons or multipolygons in the same metric CRS.
    weight_count
        Number of weights per footprint.

    Raises
    ------
    ValueError
        If a geometry is no polygon, or a weight is missing.
    """
    prepared = prepare_zones(zones)
    area, pieces_per_zone = np.zeros(len(zones)), np.zeros(len(zones), np.int64)
    weighted, total_weighted = np.zeros((len(zones), weight_count)), np.zeros(weight_count)
    total_area = 0.0
    for footprints, weights in chunks:
        if not np.isfinite(weights).all():
            message = "a weight is missing; fill it in or leave its footprint out, and say which"
            raise ValueError(message)
        own = np.nan_to_num(shapely.area(footprints))
        total_area += float(own.sum())
        total_weighted += own @ weights
        pieces = intersection_areas(footprints, prepared)
        area += np.bincount(pieces.zone, pieces.area, len(zones))
        pieces_per_zone += np.bincount(pieces.zone, minlength=len(zones))
        for number in range(weight_count):
            product = pieces.area * weights[pieces.footprint, number]
            weighted[:, number] += np.bincount(pieces.zone, product, len(zones))
    return ZoneAreas(area, weighted, pieces_per_zone, total_area, total_weighted)


def geoparquet_chunks(stream: IO[bytes] | str, weights: list[str], rows: int = CHUNK_ROWS) -> Iterable[Chunk]:
    """Yield footprints and weights of a GeoParquet file (geometry column `geometry`, WKB), `rows` at a time.

    Parameters
    ----------
    stream
        Open file or path.
    weights
        Columns to read as weights; a missing value comes as NaN.
    rows
        Footprints per chunk.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    # Read in small buffers and on one thread: what Arrow reads ahead would be most of the memory.
    file = pq.ParquetFile(stream, pre_buffer=False, buffer_size=1 << 16)
    for batch in file.iter_batches(batch_size=rows, columns=["geometry", *weights], use_threads=False):
        footprints = shapely.from_wkb(batch.column("geometry").to_numpy(zero_copy_only=False))
        columns = [batch.column(name).cast(pa.float64()).to_numpy(zero_copy_only=False) for name in weights]
        yield footprints, np.column_stack(columns) if columns else np.empty((len(footprints), 0))
