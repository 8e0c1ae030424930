"""The plan as a GeoPackage: units with their figures, blocks, borders with their reason."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from huancheng.units.certificate.drawing import UnitDrawing
from huancheng.units.certificate.figures import unit_frame
from huancheng.units.certificate.tables import unit_of_blocks
from huancheng.units.problem.ground import Words

_KNOWN_TYPES = {"UInt8": "Int16", "boolean": "bool"}


def write_geopackage(drawing: UnitDrawing, borders: pd.DataFrame, path: Path) -> None:
    """Write the layers `units`, `blocks` and `borders`; the same plan gives the same bytes.

    Parameters
    ----------
    drawing
        The plan.
    borders
        Its table of borders.
    path
        File to write.
    """
    units = unit_frame(drawing.ground, drawing.blocks, drawing.weights, drawing.unit, drawing.names)
    blocks = drawing.blocks.assign(unit=unit_of_blocks(drawing))
    for name in blocks.columns:
        if str(blocks[name].dtype) in _KNOWN_TYPES:
            blocks[name] = blocks[name].astype(_KNOWN_TYPES[str(blocks[name].dtype)])
    lines = _border_lines(drawing, borders)
    with _fixed_date(drawing.as_of):
        for name, frame, title in (
            ("units", units, "更新单元"),
            ("blocks", blocks, "街块"),
            ("borders", lines, "单元边界"),
        ):
            if len(frame):
                pyogrio.write_dataframe(
                    frame, path, layer=name, driver="GPKG", promote_to_multi=True, append=path.exists(),
                    IDENTIFIER=title, SPATIAL_INDEX="YES",
                )  # fmt: skip


def _border_lines(drawing: UnitDrawing, table: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the borders between units as lines, with what they run along and why they lie there."""
    outer = table[(table["unit_a"] != table["unit_b"]) & (table["length"] > 0)].reset_index(drop=True)
    shapes = drawing.blocks.geometry.to_numpy()
    ends = [outer[end].map(drawing.ground.number).to_numpy(dtype=np.int64) for end in ("a", "b")]
    shared = shapely.intersection(*(shapely.boundary(shapes[end]) for end in ends))
    lines = shapely.normalize(shapely.line_merge(_lines_only(shared)))
    columns = ["a", "b", "unit_a", "unit_b", "length", "along", "code", "reason"]
    there = ~shapely.is_empty(lines)
    return gpd.GeoDataFrame(outer.loc[there, columns], geometry=lines[there], crs=drawing.blocks.crs)


def _lines_only(shapes: Words) -> Words:
    """Return the lines of each shape: where two blocks also meet in a point, the point is left out."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    line = shapely.get_dimensions(parts) == 1
    pieces, homes = shapely.get_parts(parts[line], return_index=True)
    found = np.full(len(shapes), shapely.MultiLineString(), dtype=object)
    owners = owner[line][homes]
    if len(pieces):
        present = np.unique(owners)
        found[present] = np.asarray(shapely.multilinestrings(pieces, indices=owners))[present]
    return found


@contextmanager
def _fixed_date(day: str) -> Iterator[None]:
    """Have GDAL write the data's own day where it would write the clock's."""
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{day[:10] or '2000-01-01'}T00:00:00.000Z"})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
