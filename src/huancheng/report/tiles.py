"""Map tiles of a snapshot: the public layers in one PMTiles archive, the same bytes from the same snapshot."""

from __future__ import annotations

import importlib.util
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely

from huancheng.city.schema import AccessClass, Geometry, layer_schema
from huancheng.city.snapshot import Snapshot
from huancheng.evidence import InputFault
from huancheng.report.tile_archive import describe_archive
from huancheng.report.tile_layers import TileLayers, TileOverview, tile_layers

WEB_CRS = "EPSG:4326"
"""Tiles are addressed in Web Mercator (EPSG:3857); the tiler takes WGS 84 degrees and projects them itself."""


@dataclass(frozen=True)
class TileCount:
    """Features of one layer in the archive.

    Parameters
    ----------
    layer
        Name in the tiles; `<layer>_overview` for far zooms.
    features
        Features put in.
    left_out
        Features too small for the overview, or without a shape.
    min_zoom, max_zoom
        Zooms it is drawn at; closer ones reuse the last.
    """

    layer: str
    features: int
    left_out: int
    min_zoom: int
    max_zoom: int


def can_write_tiles() -> bool:
    """Whether the tiler has a build for this machine; on Linux on ARM it has none yet."""
    return importlib.util.find_spec("freestiler") is not None


def write_tiles(snapshot: Snapshot, path: Path, settings: TileLayers | None = None) -> list[TileCount]:
    """Write the public layers of a snapshot as one PMTiles archive and return what went in.

    Parameters
    ----------
    snapshot
        Opened snapshot.
    path
        File to write, ending in `.pmtiles`; an older archive there is replaced.
    settings
        Layers, zooms and columns; the packaged ones by default.

    Raises
    ------
    InputFault
        If the file name does not end in `.pmtiles`, the snapshot holds no public layer with a row, or the tiler has
        no build for this machine.
    """
    try:
        from freestiler import freestile, freestile_layer
    except ImportError as error:
        cure = "make the tiles on another machine from the same snapshot; their bytes are the same"
        raise InputFault("the tiler freestiler has no build for this machine", file=str(path), cure=cure) from error
    if path.suffix != ".pmtiles":
        raise InputFault("tiles are written as PMTiles", file=str(path), cure="end the file name in .pmtiles")
    settings = settings or tile_layers()
    layers: dict[str, Any] = {}
    counts: list[TileCount] = []
    for name in settings.layers:
        for count, frame in _layer_frames(snapshot, name, settings):
            counts.append(count)
            if count.features:
                layers[count.layer] = freestile_layer(frame, min_zoom=count.min_zoom, max_zoom=count.max_zoom)
    if not layers:
        cure = "build it with at least one public layer"
        raise InputFault("the snapshot holds no public layer to draw", file=snapshot.location, cure=cure)
    zooms = [zoom for count in counts for zoom in (count.min_zoom, count.max_zoom)]
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".tiles-", dir=path.parent) as folder:
        staged = Path(folder) / "city.pmtiles"
        freestile(layers, staged, min_zoom=min(zooms), max_zoom=max(zooms), quiet=True)
        manifest = snapshot.manifest
        describe_archive(staged, {
            "name": manifest.title, "attribution": manifest.attribution, "snapshot": manifest.digest,
            "as_of": manifest.as_of,
        })  # fmt: skip
        staged.replace(path)
    return counts


def _layer_frames(snapshot: Snapshot, name: str, settings: TileLayers) -> list[tuple[TileCount, gpd.GeoDataFrame]]:
    record = snapshot.manifest.layers.get(name)
    if record is None or record.count == 0 or record.access != AccessClass.PUBLIC:
        return []
    layer = settings.layers[name]
    frame = snapshot.layer(name, columns=layer.columns)
    drawn = frame.loc[frame.geometry.notna() & ~frame.geometry.is_empty]
    missing = len(frame) - len(drawn)
    full = TileCount(name, len(drawn), missing, layer.min_zoom, layer.max_zoom)
    frames = [(full, drawn.to_crs(WEB_CRS))]
    if layer.overview is not None:
        far = _generalised(drawn, layer.overview, layer_schema(name).geometry)
        count = TileCount(
            f"{name}_overview", len(far), len(frame) - len(far), layer.overview.min_zoom, layer.overview.max_zoom
        )
        frames.append((count, far.to_crs(WEB_CRS)))
    return frames


def _generalised(frame: gpd.GeoDataFrame, overview: TileOverview, geometry: Geometry) -> gpd.GeoDataFrame:
    shapes = frame.geometry.to_numpy()
    size = shapely.length(shapes) if geometry is Geometry.LINE else shapely.area(shapes)
    big = size >= overview.smallest
    simple = shapely.simplify(shapes[big], overview.tolerance)
    return gpd.GeoDataFrame(frame.loc[big].set_geometry(gpd.GeoSeries(simple, index=frame.index[big], crs=frame.crs)))
