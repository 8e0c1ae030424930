"""Reading the units of a planning institute: one area and one name each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely
from pyproj import CRS

from huancheng.evidence import InputFault
from huancheng.units.drawn.reading import read_given
from huancheng.units.drawn.shapes import areas_of

NAME_COLUMNS = ("name", "NAME", "Name", "unit", "名称", "单元名称", "单元编号", "label")
"""Columns a unit's name is looked for in, in this order; `label` is a text of a drawing inside the area."""


@dataclass(frozen=True)
class DrawnPlan:
    """Units as they were drawn.

    Parameters
    ----------
    frame
        `unit` (name, unique) and `geometry` in the city's CRS, in the order of the file.
    file
        Name of the file.
    joined
        Names that stand on several rows; their areas are one unit.
    """

    frame: gpd.GeoDataFrame
    file: str
    joined: tuple[str, ...]


def read_drawn(
    path: Path, crs: CRS, *, layer: str | None = None, source_crs: str | None = None, name: str | None = None
) -> DrawnPlan:
    """Read drawn units from shp, gpkg, dxf or any other file of features.

    Parameters
    ----------
    path
        The file.
    crs
        The city's CRS.
    layer, source_crs
        As for `read_given`.
    name
        Column of the units' names; by default the first of `NAME_COLUMNS` that is there.

    Raises
    ------
    InputFault
        If the file can't be read, a row is no area, or a unit has no name; the message names row and field.
    """
    areas = areas_of(read_given(path, crs, layer=layer, source_crs=source_crs, column=name), path.name)
    column = name or _name_column(areas)
    if not column:
        present = ", ".join(str(item) for item in areas.columns if item not in ("row", "geometry", "label"))
        cure = f"name it with `--name`; the columns are {present or 'none'}"
        raise InputFault("no column names the units", file=path.name, cure=cure)
    names = areas[column].astype("string").str.strip()
    nameless = names.isna() | (names == "")
    if nameless.any():
        row = str(areas.loc[nameless, "row"].iloc[0])
        raise InputFault("the unit has no name", file=path.name, row=row, field=column, cure="name every unit")
    joined = tuple(names[names.duplicated()].unique().tolist())
    first = names.drop_duplicates()
    shapes = [_one(areas.geometry[names == unit]) for unit in first]
    frame = gpd.GeoDataFrame({"unit": pd.Series(first.tolist(), dtype="string")}, geometry=shapes, crs=crs)
    return DrawnPlan(frame, path.name, joined)


def _name_column(areas: gpd.GeoDataFrame) -> str:
    """Return the column of names: one of the usual words, or a drawing's layers where each unit has its own."""
    usual = next((item for item in NAME_COLUMNS if item in areas.columns and areas[item].notna().any()), "")
    own_layer = "Layer" in areas.columns and areas["Layer"].is_unique
    return usual or ("Layer" if own_layer else "")


def _one(parts: gpd.GeoSeries) -> shapely.Geometry:
    return parts.iloc[0] if len(parts) == 1 else shapely.union_all(parts.to_numpy())
