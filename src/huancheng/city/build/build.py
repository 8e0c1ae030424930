"""From a mapping to a snapshot."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from pyproj import CRS, Transformer
from shapely.geometry.base import BaseGeometry

from huancheng.city.build.coordinates import Bounds, Projector, parse_user_crs, source_crs
from huancheng.city.build.deriving import derive_missing
from huancheng.city.build.layer import BuiltLayer, build_block, geometry_of
from huancheng.city.build.load import load_mapping
from huancheng.city.build.mapping import LayerBlock, Mapping, Source
from huancheng.city.build.merge import check_account, merge_blocks
from huancheng.city.build.terrain import build_raster
from huancheng.city.readers import ReadOptions, SourceTable, read_raster, read_table
from huancheng.city.schema import layer_schemas
from huancheng.city.snapshot import (
    LayerTable,
    Outcome,
    RasterTable,
    Repair,
    Snapshot,
    SnapshotError,
    SourceRecord,
    write_snapshot,
)
from huancheng.evidence import InputFault, Provenance
from huancheng.geo import metric_crs_for

_WGS84 = CRS.from_epsg(4326)
_PIECE = 1 << 20


def build_city(
    mapping_file: Path, out: Path, *, data: Path | None = None, say: Callable[[str], None] = lambda _: None
) -> Snapshot:
    """Build a snapshot and return it opened.

    Parameters
    ----------
    mapping_file
        The mapping (TOML).
    out
        Folder of the snapshot; must be new or empty.
    data
        Folder the mapping's file paths are relative to; the mapping's own folder where none is given.
    say
        Told what is being done, for a progress display.

    Raises
    ------
    InputFault
        If the mapping or a file can't be used.
    SnapshotError
        If the folder already holds files.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        cure = "a snapshot is never overwritten: name a new folder"
        raise SnapshotError("the folder already holds files", file=str(out), cure=cure)
    return _Builder(load_mapping(mapping_file), data or mapping_file.parent, say, mapping_file.name).build(out)


class _Builder:
    """Holds what is common to all layers of one build: files read once, CRS, boundary, the list of repairs."""

    def __init__(self, mapping: Mapping, folder: Path, say: Callable[[str], None], file: str) -> None:
        self._mapping = mapping
        self._folder = folder
        self._say = say
        self._file = file
        self._sources = {item.id: item for item in mapping.source}
        self._tables: dict[tuple[str, str | None], SourceTable] = {}
        self._projectors: dict[tuple[str, str | None], Projector] = {}
        self._repairs: list[Repair] = []
        self._listed: set[str] = set()
        self._ground: BaseGeometry | None = None
        self._crs: CRS | None = _chosen_grid(mapping, file)

    def build(self, out: Path) -> Snapshot:
        """Build every layer and write the snapshot."""
        layers = {"boundary": self._boundary()}
        self._ground = shapely.union_all(layers["boundary"].frame.geometry.to_numpy())
        shapely.prepare(self._ground)
        for name in dict.fromkeys(block.name for block in self._mapping.layer):
            if name != "boundary":
                self._say(name)
                layers[name] = self._layer(name)
        rasters = [self._raster(position) for position in range(len(self._mapping.raster))]
        derive_missing(self._mapping, layers, self._say)
        self._say("writing")
        return self._write(out, layers, rasters)

    def _boundary(self) -> BuiltLayer:
        city = self._mapping.city
        if any(block.name == "boundary" for block in self._mapping.layer):
            layer = self._layer("boundary")
            if not len(layer.frame):
                raise InputFault("the boundary holds no polygon", file=layer.source, cure="see the rows refused")
            return layer
        if city.extent is None:
            cure = 'add a [[layer]] with name = "boundary", or `extent` under [city]'
            raise InputFault("the mapping gives no boundary", file=self._file, field="city.extent", cure=cure)
        crs = self._metric_crs(city.extent)
        box = shapely.segmentize(shapely.box(*city.extent), 0.01)
        frame = gpd.GeoDataFrame({"id": ["extent"], "name": [city.title]}, geometry=[box], crs=_WGS84).to_crs(crs)
        codes = {"name": np.array([Provenance.DECLARED.code], np.uint8)}
        return BuiltLayer("boundary", frame, codes, "extent declared in the mapping")

    def _metric_crs(self, degrees: Bounds) -> CRS:
        if self._crs is None:
            self._crs = metric_crs_for(degrees)
        return self._crs

    def _layer(self, name: str) -> BuiltLayer:
        parts, repairs = [], []
        for block in self._mapping.layer:
            if block.name != name:
                continue
            for sublayer in block.sublayer:
                table = self._table(block.source, sublayer)
                projector = self._projector(block, sublayer, table)
                part, listed = build_block(block, table, projector, self._ground, self._mapping.repair)
                listed += self._unread(name, table, part)
                parts.append(part)
                repairs += listed
        layer = merge_blocks(parts, repairs)
        check_account(layer, repairs)
        self._repairs += repairs
        return layer

    def _unread(self, name: str, table: SourceTable, part: BuiltLayer) -> list[Repair]:
        """Return rows that could not be read, and remarks, under the first layer that takes from the table."""
        if table.name in self._listed:
            return []
        self._listed.add(table.name)
        listed = [
            Repair(name, table.name, fault.row, fault.field, Outcome.REFUSED, fault.reason)
            for fault in table.faults
            if fault.position is None
        ]
        part.rows_in += len(listed)
        remarks = [
            Repair(name, table.name, "all", "", Outcome.REPAIRED, f"the reader remarked: {note}")
            for note in table.notes
        ]
        return listed + remarks

    def _path(self, source: Source) -> Path:
        return self._folder / source.file

    def _table(self, source_id: str, sublayer: str | None) -> SourceTable:
        key = (source_id, sublayer)
        if key not in self._tables:
            source = self._sources[source_id]
            self._say(f"{Path(source.file).name} {sublayer or ''}".strip())
            options = ReadOptions(source.encoding, source.header_row, source.longitude, source.latitude, source.wkt)
            self._tables[key] = read_table(self._path(source), sublayer, options)
        return self._tables[key]

    def _projector(self, block: LayerBlock, sublayer: str | None, table: SourceTable) -> Projector:
        key = (block.source, sublayer)
        if key not in self._projectors:
            source = self._sources[block.source]
            shapes = geometry_of(table)
            crs = source_crs(source, table.crs, table.name)
            if self._crs is None:
                self._crs = self._crs_from(table, source, crs)
            projector = Projector(source, crs, self._crs, table.name)
            if self._ground is not None:
                projector.check_meets(shapes, self._ground.bounds)
            self._projectors[key] = projector
        return self._projectors[key]

    def _crs_from(self, table: SourceTable, source: Source, crs: CRS) -> CRS:
        shapes = geometry_of(table)
        if not np.isfinite(shapely.total_bounds(shapes)).all():
            raise InputFault(
                "the boundary holds no polygon", file=table.name, cure="name a file with the city's outline"
            )
        bounds = shapely.total_bounds(shapes)
        west, south, east, north = bounds[[1, 0, 3, 2]] if source.swap_axes else bounds
        corners = Transformer.from_crs(crs, _WGS84, always_xy=True).transform_bounds(west, south, east, north)
        try:
            return metric_crs_for(corners)
        except ValueError as error:
            cure = "check the boundary's coordinate system (`override_crs`) and order of axes (`swap_axes`)"
            raise InputFault(f"the boundary lies nowhere on the globe: {error}", file=table.name, cure=cure) from error

    def _raster(self, position: int) -> RasterTable:
        block = self._mapping.raster[position]
        source = self._sources[block.source]
        self._say(block.name)
        assert self._crs is not None and self._ground is not None  # noqa: S101, PT018 - the boundary comes first
        return build_raster(block, source, read_raster(self._path(source)), self._crs, self._ground.bounds)

    def _write(self, out: Path, layers: dict[str, BuiltLayer], rasters: list[RasterTable]) -> Snapshot:
        city = self._mapping.city
        assert self._crs is not None  # noqa: S101 - the boundary comes first
        tables = [
            LayerTable(name, layers[name].frame, dict(layers[name].codes), layers[name].source)
            for name in layer_schemas()
            if name in layers
        ]
        used = sorted(
            {block.source for block in self._mapping.layer} | {block.source for block in self._mapping.raster}
        )
        sources = [_record(self._sources[item], self._path(self._sources[item])) for item in used]
        words = [city.attribution, *(item.attribution for item in sources)]
        attribution = "; ".join(dict.fromkeys(word for word in words if word))
        authority = self._crs.to_authority()
        return write_snapshot(
            out, name=city.name, title=city.title, as_of=city.as_of.isoformat(),
            crs=":".join(authority) if authority else self._crs.to_wkt(),
            layers=tables, rasters=rasters, sources=sources, repairs=self._repairs,
            city=self._facts(), attribution=attribution,
        )  # fmt: skip

    def _facts(self) -> dict[str, str | float | int]:
        city = self._mapping.city
        facts: dict[str, str | float | int] = {}
        if city.population is not None:
            facts["population"] = city.population.total
            facts["population_source"] = city.population.source
            facts["population_year"] = city.population.year
        if city.size_class is not None:
            facts["size_class"] = city.size_class
        if city.rank is not None:
            facts["rank"] = city.rank
        return facts


def _record(source: Source, path: Path) -> SourceRecord:
    if path.is_dir():
        files = sorted(item for item in path.rglob("*") if item.is_file())
    elif path.suffix.lower() == ".shp":
        files = sorted(item for item in path.parent.glob(f"{path.stem}.*") if item.is_file())
    else:
        files = [path]
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as stream:
            while piece := stream.read(_PIECE):
                digest.update(piece)
    return SourceRecord(
        name=path.name, sha256=digest.hexdigest(), licence=source.licence, attribution=source.attribution
    )


def _chosen_grid(mapping: Mapping, file: str) -> CRS | None:
    if mapping.crs.metric is None:
        return None
    crs = parse_user_crs(mapping.crs.metric, file, "crs.metric")
    if not crs.is_projected or any(axis.unit_name != "metre" for axis in crs.axis_info):
        cure = "give a projected system in metres, or leave it out and it is chosen from the place"
        raise InputFault(f"{crs.name!r} is not in metres", file=file, field="crs.metric", cure=cure)
    return crs
