"""Faces that are no place to build on: the ground between carriageways, the islands of junctions."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from huancheng.city.derive.faces import Floats, Integers, SharedSegments
from huancheng.city.derive.linework import Geometries
from huancheng.city.derive.metric import is_true
from huancheng.city.overlay import area_by_zone
from huancheng.units.blocks.options import UnitBlockOptions
from huancheng.units.blocks.report import Collapse
from huancheng.units.blocks.sides import Sides, largest_share, words_of

NONE, CARRIAGEWAY, JUNCTION = 0, 1, 2
KINDS = ("", "carriageway", "junction")

_ENCLOSED = 0.9
"""Share of an island's border that is street; the rest may be a crossing's loose end."""


@dataclass(frozen=True)
class Artefacts:
    """Which faces are artefacts of how streets are drawn, and why.

    Parameters
    ----------
    kind
        Number of `KINDS`; shape (faces,).
    width, shape
        Width in metres of the rectangle of equal area and perimeter, and face-artefact index; shape (faces,).
    street_class
        Class of the street along most of the border; shape (faces,).
    street
        The same with its name, where names agree more than classes do.
    share
        Share of the border that is of that street.
    """

    kind: Integers
    width: Floats
    shape: Floats
    street_class: Geometries
    street: Geometries
    share: Floats


def find_artefacts(
    faces: Geometries,
    segments: SharedSegments,
    sides: Sides,
    streets: pd.DataFrame,
    *,
    buildings: gpd.GeoDataFrame | None,
    options: UnitBlockOptions,
) -> Artefacts:
    """Tell medians and islands from ground.

    A median is narrow, long, and closed on both sides by one street (one class or one name). An island is small, of a
    low face-artefact index (ln of area × share of the smallest circle around it), and closed by main streets. Neither
    is built on.

    Parameters
    ----------
    faces, segments, sides, streets
        Faces, their border pieces, and what runs along these.
    buildings
        Footprints; where there are none, shape and streets alone decide.
    options
        Limits.
    """
    area, perimeter = shapely.area(faces), shapely.length(faces)
    half = perimeter / 2.0
    length = (half + np.sqrt(np.maximum(half**2 - 4.0 * area, 0.0))) / 2.0
    width = area / length
    circle = np.pi * shapely.minimum_bounding_radius(faces) ** 2
    shape = np.log(np.maximum(area * area / circle, 1e-9))
    count = len(faces)
    face = np.concatenate([segments.first, segments.second])
    metres = np.tile(segments.length, 2)
    along = np.tile(sides.street, 2)
    street_class, class_metres = largest_share(face, words_of(streets, "class")[along], metres, count)
    name, name_metres = largest_share(face, words_of(streets, "name")[along], metres, count)
    oneway = np.append(is_true(streets, "oneway").to_numpy(dtype=bool), [False])
    one_way_share = np.bincount(face, metres * oneway[along], count) / perimeter
    main = np.isin(words_of(streets, "class")[along].astype(str), options.carriageway_classes)
    main_share = np.bincount(face, metres * main, count) / perimeter
    same = np.maximum(class_metres, name_metres) / perimeter
    empty = _built_share(faces, area, buildings) <= options.building_share
    one_way = one_way_share >= options.carriageway_share
    divided = np.isin(street_class.astype(str), options.carriageway_classes) | one_way
    median = (
        empty & divided & (width <= options.carriageway_distance) & (same >= options.carriageway_share)
        & (length >= options.carriageway_elongation * width)
    )  # fmt: skip
    enclosed = empty & (np.bincount(face, metres * (along >= 0), count) / perimeter >= _ENCLOSED)
    small = (area <= options.junction_area) & (shape <= options.junction_shape)
    island = small & (main_share >= options.junction_share)
    disc = (area <= options.roundabout_area) & (4.0 * np.pi * area / perimeter**2 >= options.roundabout_shape)
    island = enclosed & (island | disc)
    kind = np.where(median, CARRIAGEWAY, np.where(island, JUNCTION, NONE))
    by_name = (name != "") & (name_metres >= class_metres)
    street = np.where(by_name, street_class + " " + name, street_class)
    return Artefacts(kind, width, shape, street_class, street, same)


def _built_share(faces: Geometries, area: Floats, buildings: gpd.GeoDataFrame | None) -> Floats:
    if buildings is None or len(buildings) == 0:
        return np.zeros(len(faces))
    return np.asarray(area_by_zone(buildings.geometry.to_numpy(), faces).area / area)


def told(artefacts: Artefacts, faces: Geometries, rows: Integers, options: UnitBlockOptions) -> tuple[Collapse, ...]:
    """Return the entries of the report for the faces that were collapsed."""
    inside = shapely.get_coordinates(shapely.point_on_surface(faces[rows])).round(1)
    area = shapely.area(faces[rows]).round(1)
    return tuple(
        Collapse(
            KINDS[artefacts.kind[row]], float(inside[place, 0]), float(inside[place, 1]), float(area[place]),
            round(float(artefacts.width[row]), 1), round(float(artefacts.shape[row]), 2), str(artefacts.street[row]),
            round(float(artefacts.share[row]), 3), _reason(artefacts, int(row), options),
        )
        for place, row in enumerate(rows)
    )  # fmt: skip


def _reason(artefacts: Artefacts, row: int, options: UnitBlockOptions) -> str:
    if artefacts.kind[row] == CARRIAGEWAY:
        return (
            f"{artefacts.width[row]:.0f} m between parallel lines of {artefacts.street[row]}"
            f" (at most {options.carriageway_distance:g} m), {artefacts.share[row]:.0%} of the border"
        )
    return (
        f"island of a junction: face-artefact index {artefacts.shape[row]:.2f} (at most {options.junction_shape:g}),"
        f" closed by main streets"
    )
