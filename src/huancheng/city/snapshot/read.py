"""Reading a snapshot."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import fsspec
import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
from pydantic import ValidationError
from pyproj import CRS

from huancheng.city.schema import layer_schema
from huancheng.city.snapshot.manifest import SCHEMA_VERSION, Manifest
from huancheng.city.snapshot.repairs import Repair, repairs_from_csv
from huancheng.evidence import InputFault

if TYPE_CHECKING:
    from os import PathLike

    import numpy.typing as npt


class SnapshotError(InputFault):
    """A snapshot can't be read or written; the message names the folder or file and the cure."""


class Snapshot:
    """An immutable city snapshot.

    Geometry is in `crs`, a metric CRS; coded values are those of the layer schemas; a column that the source did not
    fill is there and empty.

    Parameters
    ----------
    location
        Folder or fsspec URL.

    Raises
    ------
    SnapshotError
        If there is no readable manifest of this format and version.
    """

    def __init__(self, location: str | PathLike[str]) -> None:
        self.location = str(location)
        self._filesystem, self._root = fsspec.core.url_to_fs(self.location)
        try:
            manifest = Manifest.model_validate_json(self._bytes("manifest.json"))
        except FileNotFoundError as error:
            cure = "build a snapshot with `huancheng city build` or `city generate`"
            raise SnapshotError("no manifest.json here", file=self.location, cure=cure) from error
        except ValidationError as error:
            message = f"this is no snapshot manifest: {error.errors()[0]['msg']}"
            file = f"{self.location}/manifest.json"
            raise SnapshotError(message, file=file, cure="build it anew") from error
        if manifest.schema_version != SCHEMA_VERSION:
            message = f"schema version {manifest.schema_version}, this program reads {SCHEMA_VERSION}"
            raise SnapshotError(message, file=self.location, cure="build it anew")
        self.manifest = manifest

    @cached_property
    def crs(self) -> CRS:
        """The metric CRS of every layer."""
        return CRS.from_user_input(self.manifest.crs)

    def has(self, name: str) -> bool:
        """Whether the snapshot holds any row of this layer."""
        record = self.manifest.layers.get(name)
        return record is not None and record.count > 0

    def layer(self, name: str, columns: Sequence[str] | None = None) -> gpd.GeoDataFrame:
        """Return a layer in the order it was written, with `id`, the asked columns (all by default) and `geometry`.

        A layer the snapshot does not hold comes back empty, with the columns its schema names. A column asked for by
        name that the schema names but the file lacks comes back empty.

        Raises
        ------
        KeyError
            If the schema has no such layer or column.
        SnapshotError
            If the file is gone.
        """
        schema = layer_schema(name)
        wanted = list(schema.columns) if columns is None else list(columns)
        for column in wanted:
            base = column.removesuffix("__provenance")
            if base not in schema.columns and base != "id":
                message = f"layer {name!r} has no column {column!r}; it has {', '.join(schema.columns)}"
                raise KeyError(message)
        wanted = [column for column in wanted if column != "id"]
        record = self.manifest.layers.get(name)
        if record is None:
            data: dict[str, Any] = {"id": pd.Series([], dtype="string")}
            for column in wanted:
                data[column] = pd.Series([], dtype=_dtype(name, column))
            return gpd.GeoDataFrame(data, geometry=gpd.GeoSeries([], crs=self.crs), crs=self.crs)
        return self._read(name, record.file, wanted)

    def _read(self, name: str, file: str, wanted: list[str]) -> gpd.GeoDataFrame:
        try:
            with self._filesystem.open(self._path(file), "rb") as stream:
                present = set(pq.read_schema(stream).names)
                stream.seek(0)
                columns = ["id", *[column for column in wanted if column in present], "geometry"]
                frame = gpd.read_parquet(stream, columns=columns)
        except FileNotFoundError as error:
            message = "the manifest names this file and it is missing"
            raise SnapshotError(
                message, file=f"{self.location}/{file}", cure="restore it or build the snapshot anew"
            ) from error
        for column in wanted:
            if column not in frame.columns:
                frame[column] = pd.Series(pd.NA, index=frame.index, dtype=_dtype(name, column))
            else:
                frame[column] = frame[column].astype(_dtype(name, column))
        frame["id"] = frame["id"].astype("string")
        return frame[["id", *wanted, "geometry"]]

    def raster(self, name: str) -> tuple[npt.NDArray[np.float32], Any]:
        """Return a raster as an array (rows, columns) with NaN where unknown, and its affine transform.

        Raises
        ------
        KeyError
            If the snapshot holds no such raster.
        """
        import rasterio
        from rasterio.io import MemoryFile

        record = self.manifest.rasters[name]
        with MemoryFile(self._bytes(record.file)) as memory, memory.open() as dataset:
            band = dataset.read(1, masked=True)
            return np.ma.filled(band.astype(np.float32), np.nan), rasterio.Affine(*dataset.transform[:6])

    def repairs(self) -> list[Repair]:
        """Return the rows repaired, refused or left outside on the way in."""
        return repairs_from_csv(self._bytes(self.manifest.repairs_file))

    def verify(self) -> list[str]:
        """Return a line for each file whose bytes are not those the manifest names; empty when all is well."""
        records = {item.file: item.sha256 for item in self.manifest.layers.values()}
        records |= {item.file: item.sha256 for item in self.manifest.rasters.values()}
        records[self.manifest.repairs_file] = self.manifest.repairs_sha256
        faults = []
        for file, expected in records.items():
            try:
                actual = hashlib.sha256(self._bytes(file)).hexdigest()
            except FileNotFoundError:
                faults.append(f"{file}: missing")
                continue
            if actual != expected:
                faults.append(f"{file}: bytes differ from the manifest")
        return faults

    def _path(self, file: str) -> str:
        return str(PurePosixPath(self._root) / file)

    def _bytes(self, file: str) -> bytes:
        with self._filesystem.open(self._path(file), "rb") as stream:
            data: bytes = stream.read()
        return data


def _dtype(layer: str, column: str) -> str:
    if column == "id":
        return "string"
    if column.endswith("__provenance"):
        return "UInt8"
    return layer_schema(layer).columns[column].pandas_dtype
