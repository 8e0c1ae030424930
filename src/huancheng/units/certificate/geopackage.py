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
    with _fixed_date(drawing.as_of):
        for name, frame, title in (
            ("units", units, "更新单元"), ("blocks", blocks, "街块"), ("borders", _border_lines(drawing, borders), "单元边界"),
        ):  # fmt: skip
            if len(frame):
                pyogrio.write_dataframe(
                    frame, path, layer=name, driver="GPKG", promote_to_multi=True, append=path.exists(),
                    IDENTIFIER=title, SPATIAL_INDEX="YES",
                )  # fmt: skip


def _border_lines(drawing: UnitDrawing, table: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the borders between units as lines, with what they run along and why they lie there."""
    lines = drawing.borders
    outer = table[(table["unit_a"] != table["unit_b"]) & (table["length"] > 0)]
    shapes = {
        frozenset(pair): shapely.union_all(rows.to_numpy())
        for pair, rows in lines.geometry[~lines.geometry.is_empty].groupby([lines["a"], lines["b"]])
    }
    found = [shapes.get(frozenset(pair)) for pair in zip(outer["a"], outer["b"], strict=True)]
    there = np.array([shape is not None for shape in found], dtype=bool)
    columns = ["a", "b", "unit_a", "unit_b", "length", "along", "code", "reason"]
    geometry = [shape for shape in found if shape is not None]
    return gpd.GeoDataFrame(outer.loc[there, columns].reset_index(drop=True), geometry=geometry, crs=drawing.blocks.crs)


@contextmanager
def _fixed_date(day: str) -> Iterator[None]:
    """Have GDAL write the data's own day where it would write the clock's."""
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{day[:10] or '2000-01-01'}T00:00:00.000Z"})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
