"""The manifest of a snapshot: what it holds, where it came from, and how much of it is known how."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION = 1


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceRecord(_Record):
    """One input file."""

    name: str
    sha256: str = ""
    licence: str = ""
    attribution: str = ""


class ColumnRecord(_Record):
    """How much of a column is known, and how."""

    known: int
    known_share: float
    provenance: dict[str, float] = Field(default_factory=dict)
    """Share of each provenance among the known values; sums to 1 where anything is known."""


class LayerRecord(_Record):
    """One layer file."""

    file: str
    sha256: str
    access: str
    geometry: str
    count: int
    repaired: int = 0
    refused: int = 0
    outside: int = 0
    source: str = ""
    columns: dict[str, ColumnRecord] = Field(default_factory=dict)


class RasterRecord(_Record):
    """One raster file, in the snapshot's CRS."""

    file: str
    sha256: str
    access: str
    width: int
    height: int
    cell_size: float
    known_share: float
    source: str = ""
    provenance: str = "measured"


class Manifest(_Record):
    """What `manifest.json` holds. No clock time: the same input gives the same bytes."""

    format: str = "huancheng-snapshot"
    schema_version: int = SCHEMA_VERSION
    name: str
    title: str
    as_of: str
    crs: str
    attribution: str = ""
    city: dict[str, str | float | int] = Field(default_factory=dict)
    """Facts of the whole city that no layer holds: official population, city size class, administrative rank."""
    sources: list[SourceRecord] = Field(default_factory=list)
    layers: dict[str, LayerRecord] = Field(default_factory=dict)
    rasters: dict[str, RasterRecord] = Field(default_factory=dict)
    repairs_file: str = "repairs.csv"
    repairs_sha256: str = ""
    digest: str = ""
    """SHA-256 over the manifest without this field: names the snapshot."""
