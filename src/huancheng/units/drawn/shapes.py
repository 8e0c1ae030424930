"""Areas out of what planners draw: polygons, closed polylines, outlines left in pieces."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from huancheng.city.derive.linework import Geometries
from huancheng.evidence import InputFault

_POLYGONS = (3, 6)
_LINES = (1, 2, 5)
_POINTS = (0, 4)
_CLOSE = 0.05
"""Metres by which the ends of an outline may miss each other."""


def areas_of(features: gpd.GeoDataFrame, file: str) -> gpd.GeoDataFrame:
    """Return features as polygons, with the words that stand inside them.

    A closed polyline is an area. Texts and points are no areas; their words (`Text`) become a name where the area has
    none. An open polyline is refused, as nobody can know where it was meant to close.

    Parameters
    ----------
    features
        Rows with `row` and `geometry` in a metric CRS.
    file
        Name of the file, for messages.

    Raises
    ------
    InputFault
        If a row is no area, crosses itself or has no extent; the message names it.
    """
    shapes = features.geometry.to_numpy()
    kind = shapely.get_type_id(shapes)
    drawn = features.loc[~np.isin(kind, _POINTS)]
    if len(drawn) == 0:
        raise InputFault("the file holds no areas", file=file, cure="draw each unit as a closed outline")
    areas = np.array(
        [_area(shape, str(row), file) for shape, row in zip(drawn.geometry, drawn["row"], strict=True)], dtype=object
    )
    labels = features.loc[np.isin(kind, _POINTS)]
    words = pd.Series(_labels(areas, labels), index=drawn.index, dtype="string")
    plain = pd.DataFrame(drawn.drop(columns="geometry")).assign(label=words).reset_index(drop=True)
    return gpd.GeoDataFrame(plain, geometry=areas, crs=features.crs)


def _area(shape: BaseGeometry, row: str, file: str) -> BaseGeometry:
    kind = int(shapely.get_type_id(shape))
    if kind in _LINES:
        shape = _closed(shape, row, file)
    elif kind not in _POLYGONS:
        raise InputFault("this is no area", file=file, row=row, field="geometry", cure="draw a closed outline")
    if not shapely.is_valid(shape):
        cure = "mend the outline where it crosses itself; nothing is guessed"
        raise InputFault(explain_validity(shape), file=file, row=row, field="geometry", cure=cure)
    if shapely.area(shape) <= 0:
        raise InputFault("the area is empty", file=file, row=row, field="geometry", cure="draw it or delete the row")
    return shape


def _closed(line: BaseGeometry, row: str, file: str) -> BaseGeometry:
    merged = shapely.line_merge(line)
    if shapely.get_type_id(merged) == _LINES[0]:
        points = shapely.get_coordinates(merged)
        gap = float(np.hypot(*(points[0] - points[-1])))
        if gap <= _CLOSE and len(points) > 3:  # noqa: PLR2004 - a triangle's ring has four points
            points[-1] = points[0]
            return shapely.Polygon(points)
        message = f"the outline is open: its ends are {gap:.2f} m apart"
    else:
        message = "the outline is in pieces that don't meet"
    raise InputFault(message, file=file, row=row, field="geometry", cure="close the polyline in the drawing")


def _labels(areas: Geometries, texts: gpd.GeoDataFrame) -> list[str | None]:
    """Return for each area the words inside it, if they are the only ones."""
    if "Text" not in texts.columns or len(texts) == 0:
        return [None] * len(areas)
    words = texts["Text"].astype("string").str.strip()
    place, area = shapely.STRtree(areas).query(texts.geometry.to_numpy(), predicate="within")
    found: dict[int, set[str]] = {}
    for number, text in zip(area.tolist(), words.iloc[place], strict=True):
        if pd.notna(text) and text:
            found.setdefault(number, set()).add(text)
    return [next(iter(found[row])) if len(found.get(row, ())) == 1 else None for row in range(len(areas))]
