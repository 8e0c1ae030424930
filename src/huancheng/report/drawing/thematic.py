"""Maps of one indicator: the features it flags, or its count by area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke

from huancheng.report import layout
from huancheng.report.drawing.classes import NOTHING, UNKNOWN, Classes, classify
from huancheng.report.drawing.ground import Ground
from huancheng.report.drawing.shapes import fill, stroke
from huancheng.report.drawing.sheet import LegendEntry, Sheet, Sign
from huancheng.report.numerals import format_number

_MOST_DOTS = 1500
"""Beyond so many features dots hide one another; counts on a grid tell more."""
_GRID_CELLS = 40
"""Cells across the sheet."""
_DARK = 2
"""Classes from the top whose colour takes white words."""
_SMALL = 0.008
"""Share of the sheet's width below which an area also gets a dot, so that it is seen."""


@dataclass(frozen=True, slots=True)
class AreaCounts:
    """A count for each area of a division level: areas, one value each (NaN where unknown), and names to print.

    Parameters
    ----------
    shapes
        Area polygons in the snapshot's CRS.
    amounts
        The stored value of each area.
    names
        Name of each area; empty where there is none.
    """

    shapes: npt.NDArray[np.object_] = field(repr=False)
    amounts: npt.NDArray[np.float64]
    names: Sequence[str]


def feature_map(
    ground: Ground, title: str, layer: str, features: pd.DataFrame, noun: str, *, approval: str = ""
) -> bytes:
    """Return a PNG that shows the flagged features of a layer on the quiet city.

    Parameters
    ----------
    ground
        The city.
    title
        Words above the map.
    layer
        Layer of the snapshot the features lie in.
    features
        `feature_id`, and `x`, `y` in the snapshot's CRS: a piece of land that is no feature of the layer is drawn as
        a dot there.
    noun
        What a flagged feature is called in the legend.
    approval
        Map-approval number, if given.
    """
    features = features.drop_duplicates("feature_id")
    frame = ground.frame(layer)
    chosen = frame["id"].isin(features["feature_id"]).to_numpy()
    shapes = frame.geometry.to_numpy()[chosen]
    pieces = features[~features["feature_id"].isin(frame["id"][chosen])]
    points = shapely.points(pieces["x"].to_numpy(np.float64), pieces["y"].to_numpy(np.float64))
    kinds = set(shapely.get_type_id(shapes).tolist())
    count = f"{noun}（{len(features):,}）"
    if kinds & {shapely.GeometryType.LINESTRING, shapely.GeometryType.MULTILINESTRING}:
        sheet = ground.sheet(title, [LegendEntry(count, layout.VERMILION, Sign.LINE)], approval)
        stroke(sheet.axes, shapes, layout.VERMILION, 1.6)
        return sheet.png(128)
    if layer == "buildings" or not kinds or kinds & {shapely.GeometryType.POINT, shapely.GeometryType.MULTIPOINT}:
        return _dots(ground, title, np.concatenate([shapely.centroid(shapes), points]), count, approval)
    return _areas(ground, title, shapes, count, approval)


def _areas(ground: Ground, title: str, shapes: npt.NDArray[np.object_], words: str, approval: str) -> bytes:
    sheet = ground.sheet(title, [LegendEntry(words, layout.VERMILION)], approval)
    fill(sheet.axes, shapes, layout.VERMILION, edge=layout.VERMILION, width=0.5, alpha=0.72)
    bounds = shapely.bounds(shapes)
    extents = np.maximum(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1])
    centres = shapely.centroid(shapes[extents < _SMALL * sheet.extent.width])
    sheet.axes.scatter(
        shapely.get_x(centres), shapely.get_y(centres), s=9, c=layout.VERMILION, linewidths=0.3, edgecolors="#ffffff"
    )
    return sheet.png(128)


def choropleth(ground: Ground, title: str, areas: AreaCounts, unit: str, *, approval: str = "") -> bytes:
    """Return a PNG of a count by area in up to five classes, their breaks in the legend.

    Parameters
    ----------
    ground
        The city.
    title
        Words above the map.
    areas
        Areas with their stored values.
    unit
        Unit printed in the legend.
    approval
        Map-approval number, if given.
    """
    classes = classify(areas.amounts)
    index = classes.index(areas.amounts)
    legend = _class_legend(classes, index, unit)
    sheet = ground.sheet(title, legend, approval)
    for position, colour in [(-2, UNKNOWN), (-1, NOTHING), *enumerate(classes.colours())]:
        fill(sheet.axes, areas.shapes[index == position], colour, alpha=0.86)
    stroke(sheet.axes, areas.shapes, "#ffffff", 1.6)
    stroke(sheet.axes, areas.shapes, layout.MUTED, 0.5)
    _name_areas(sheet, areas, index >= len(classes.bounds) - _DARK, unit)
    return sheet.png()


def _class_legend(classes: Classes, index: npt.NDArray[np.int64], unit: str) -> list[LegendEntry]:
    legend = [
        LegendEntry(f"{words} {unit}", colour)
        for words, colour in zip(classes.labels(unit), classes.colours(), strict=True)
    ]
    if not (index >= 0).any():
        legend = []
    if (index == -1).any():
        legend.insert(0, LegendEntry("无", NOTHING))
    if (index == -2).any():  # noqa: PLR2004 - the class of unknown values
        legend.append(LegendEntry("范围外或缺数据", UNKNOWN, edge=layout.MUTED))
    return legend


def _name_areas(sheet: Sheet, areas: AreaCounts, dark: npt.NDArray[np.bool_], unit: str) -> None:
    points = shapely.point_on_surface(areas.shapes)
    rooms = np.sqrt(shapely.area(areas.shapes)) / sheet.extent.width
    for point, room, name, value, inverse in zip(points, rooms, areas.names, areas.amounts, dark, strict=True):
        if room < 0.07 or not name or not _within(sheet, point):  # noqa: PLR2004 - no room for words
            continue
        words = name if np.isnan(value) else f"{name}\n{format_number(float(value), unit)}"
        pale = layout.PAPER if inverse else layout.INK
        sheet.axes.text(
            point.x, point.y, words, size=5.8, ha="center", va="center", color=pale, zorder=80, family=sheet.family,
            linespacing=1.25, path_effects=[] if inverse else [withStroke(linewidth=1.4, foreground="#ffffffb0")],
        )  # fmt: skip


def _within(sheet: Sheet, point: shapely.Point) -> bool:
    extent = sheet.extent
    return extent.left < point.x < extent.right and extent.bottom < point.y < extent.top


def _dots(ground: Ground, title: str, points: npt.NDArray[np.object_], words: str, approval: str) -> bytes:
    if len(points) > _MOST_DOTS:
        return _density(ground, title, points, words, approval)
    sheet = ground.sheet(title, [LegendEntry(words, layout.VERMILION, Sign.DOT)], approval)
    size = float(np.clip(1500 / max(len(points), 1), 2.5, 14))
    sheet.axes.scatter(
        shapely.get_x(points),
        shapely.get_y(points),
        s=size,
        c=layout.VERMILION,
        linewidths=0.3,
        edgecolors="#ffffff",
        zorder=50,
    )
    return sheet.png(128)


def _density(ground: Ground, title: str, points: npt.NDArray[np.object_], words: str, approval: str) -> bytes:
    extent = ground.extent
    side = extent.width / _GRID_CELLS
    columns = np.floor((shapely.get_x(points) - extent.left) / side).astype(np.int64)
    rows = np.floor((shapely.get_y(points) - extent.bottom) / side).astype(np.int64)
    cells, counts = np.unique(np.stack([columns, rows], axis=1), axis=0, return_counts=True)
    classes = classify(counts.astype(np.float64))
    index = classes.index(counts.astype(np.float64))
    unit = "个/格"
    legend = [
        LegendEntry(f"{text} {unit}", tint) for text, tint in zip(classes.labels("个"), classes.colours(), strict=True)
    ]
    legend.append(LegendEntry(f"共{words}，每格边长 {round(side):,} 米", "none"))
    sheet = ground.sheet(title, legend, approval)
    for position, colour in enumerate(classes.colours()):
        squares = [
            Rectangle((extent.left + column * side, extent.bottom + row * side), side, side)
            for column, row in cells[index == position]
        ]
        sheet.axes.add_collection(
            PatchCollection(squares, facecolors=colour, edgecolors="#ffffff", linewidths=0.3, alpha=0.86)
        )
    return sheet.png()
