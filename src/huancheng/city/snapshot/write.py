"""Writing a snapshot: the same tables give the same bytes."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from huancheng.city.schema import layer_schema
from huancheng.city.snapshot.manifest import ColumnRecord, LayerRecord, Manifest, RasterRecord, SourceRecord
from huancheng.city.snapshot.read import Snapshot, SnapshotError
from huancheng.city.snapshot.repairs import Outcome, Repair, repairs_to_csv
from huancheng.evidence import Provenance

COORDINATE_DECIMALS = 3
"""Coordinates are kept to the millimetre, so that float noise never changes a hash."""


@dataclass(frozen=True)
class LayerTable:
    """One layer on its way into a snapshot.

    Parameters
    ----------
    name
        Layer name of the schema.
    frame
        `id`, any columns of the schema, and `geometry` in the snapshot's metric CRS.
    provenance
        For each column, one provenance for all known values, or one code per row (see `Provenance.code`).
    source
        Words that name the source.
    """

    name: str
    frame: gpd.GeoDataFrame
    provenance: Mapping[str, Provenance | npt.NDArray[np.uint8]] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True)
class RasterTable:
    """One raster on its way into a snapshot: array (rows, columns) in the snapshot's CRS, NaN where unknown."""

    name: str
    data: npt.NDArray[np.float32]
    transform: Any
    provenance: Provenance = Provenance.MEASURED
    source: str = ""


def write_snapshot(
    directory: Path,
    *,
    name: str,
    title: str,
    as_of: str,
    crs: str,
    layers: Sequence[LayerTable],
    rasters: Sequence[RasterTable] = (),
    sources: Sequence[SourceRecord] = (),
    repairs: Sequence[Repair] = (),
    city: Mapping[str, str | float | int] | None = None,
    attribution: str = "",
) -> Snapshot:
    """Write the tables as a snapshot folder and return it opened.

    The folder appears whole or not at all: it is written beside its place and moved there.

    Raises
    ------
    SnapshotError
        If the folder is already a snapshot (snapshots are immutable) or holds other files.
    ValueError
        If a table breaks its schema; the builder should have refused the row before.
    """
    directory = Path(directory)
    if directory.exists() and any(directory.iterdir()):
        cure = "a snapshot is never overwritten: name a new folder"
        raise SnapshotError("the folder already holds files", file=str(directory), cure=cure)
    directory.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".snapshot-", dir=directory.parent))
    try:
        counts = Counter((item.layer, item.outcome) for item in repairs)
        layer_records = {table.name: _write_layer(staging, table, crs, counts) for table in layers}
        raster_records = {table.name: _write_raster(staging, table, crs) for table in rasters}
        listing = repairs_to_csv(repairs)
        (staging / "repairs.csv").write_bytes(listing)
        manifest = Manifest(
            name=name, title=title, as_of=as_of, crs=crs, attribution=attribution, city=dict(city or {}),
            sources=list(sources), layers=layer_records, rasters=raster_records,
            repairs_sha256=hashlib.sha256(listing).hexdigest(),
        )  # fmt: skip
        digest = hashlib.sha256(manifest.model_dump_json().encode()).hexdigest()
        manifest = manifest.model_copy(update={"digest": digest})
        (staging / "manifest.json").write_text(
            manifest.model_dump_json(indent=1) + "\n", encoding="utf-8", newline="\n"
        )
        if directory.exists():
            directory.rmdir()
        staging.chmod(0o755)
        staging.rename(directory)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise
    return Snapshot(directory)


def _write_layer(staging: Path, table: LayerTable, crs: str, counts: Counter[tuple[str, Outcome]]) -> LayerRecord:
    schema = layer_schema(table.name)
    frame = table.frame
    unknown = set(frame.columns) - set(schema.columns) - {"id", "geometry"}
    if unknown:
        message = f"layer {table.name!r}: columns {sorted(unknown)} are not in the schema"
        raise ValueError(message)
    if frame["id"].isna().any() or frame["id"].duplicated().any():
        message = f"layer {table.name!r}: ids must be there and unique"
        raise ValueError(message)
    data: dict[str, Any] = {"id": frame["id"].astype("string")}
    records: dict[str, ColumnRecord] = {}
    for column, column_schema in schema.columns.items():
        if column not in frame.columns:
            continue
        data[column] = frame[column].astype(column_schema.pandas_dtype)
        codes = _codes(table, column, data[column])
        records[column] = _column_record(codes)
        if len(np.unique(codes[codes > 0])) > 1:
            data[f"{column}__provenance"] = pd.Series(codes, index=frame.index, dtype="UInt8")
    out = gpd.GeoDataFrame(data, geometry=_rounded(frame.geometry.to_numpy()), crs=crs).reset_index(drop=True)
    path = staging / f"{table.name}.parquet"
    out.to_parquet(path, index=False, compression="zstd", schema_version="1.1.0", write_covering_bbox=False)
    return LayerRecord(
        file=path.name, sha256=_sha256(path), access=schema.access.value, geometry=schema.geometry.value,
        count=len(out), repaired=counts[table.name, Outcome.REPAIRED], refused=counts[table.name, Outcome.REFUSED],
        outside=counts[table.name, Outcome.OUTSIDE], source=table.source, columns=records,
    )  # fmt: skip


def _rounded(shapes: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    rounded = np.asarray(shapely.transform(shapes, lambda xy: np.round(xy, COORDINATE_DECIMALS) + 0.0))
    broken = np.flatnonzero(shapely.is_valid(shapes) & ~shapely.is_valid(rounded))
    if len(broken):
        snapped = shapely.set_precision(shapes[broken], 10.0**-COORDINATE_DECIMALS)
        rounded[broken] = np.where(shapely.is_empty(snapped), shapes[broken], snapped)
    return rounded


def _codes(table: LayerTable, column: str, values: pd.Series[Any]) -> npt.NDArray[np.uint8]:
    known = values.notna().to_numpy()
    given = table.provenance.get(column)
    if given is None:
        if known.any():
            message = f"layer {table.name!r}: column {column!r} has values but no provenance"
            raise ValueError(message)
        return np.zeros(len(values), np.uint8)
    codes = (
        np.full(len(values), given.code, np.uint8)
        if isinstance(given, Provenance)
        else np.asarray(given, np.uint8).copy()
    )
    codes[~known] = 0
    if (codes[known] == 0).any():
        message = f"layer {table.name!r}: column {column!r} has known values without provenance"
        raise ValueError(message)
    return codes


def _column_record(codes: npt.NDArray[np.uint8]) -> ColumnRecord:
    known = int((codes > 0).sum())
    shares = {}
    for member in Provenance:
        count = int((codes == member.code).sum())
        if count:
            shares[member.value] = round(count / known, 6)
    return ColumnRecord(known=known, known_share=round(known / len(codes), 6) if len(codes) else 0.0, provenance=shares)


def _write_raster(staging: Path, table: RasterTable, crs: str) -> RasterRecord:
    from rasterio.io import MemoryFile

    path = staging / f"{table.name}.tif"
    height, width = table.data.shape
    profile = {
        "driver": "GTiff", "dtype": "float32", "count": 1, "height": height, "width": width, "crs": crs,
        "transform": table.transform, "nodata": float("nan"), "compress": "deflate", "predictor": 3, "tiled": True,
    }  # fmt: skip
    with MemoryFile() as memory:
        with memory.open(**profile) as dataset:
            dataset.write(table.data.astype(np.float32), 1)
        path.write_bytes(memory.read())
    return RasterRecord(
        file=path.name, sha256=_sha256(path), access=layer_schema(table.name).access.value, width=width, height=height,
        cell_size=round(abs(float(table.transform[0])), 6), known_share=round(float(np.isfinite(table.data).mean()), 6),
        source=table.source, provenance=table.provenance.value,
    )  # fmt: skip


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
