"""The facilities a city has, as places one can walk to."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from huancheng.city.snapshot import Snapshot
from huancheng.planning.arrays import Floats, Rows, Shapes
from huancheng.policy.provisions.completeness import MeasuredFacility

GATE_EVERY = 100.0
"""Metres between the places where one may enter a park: its gates are not known, its edge is."""

_KIND_COLUMN = {"green_space": "kind", "transit_stops": "kind"}


@dataclass(frozen=True, eq=False)
class Supply:
    """The facilities of one type.

    Parameters
    ----------
    ids, names
        One for each facility.
    shapes
        Point or ground of each.
    areas
        Square metres as recorded (floor or land, as the catalogue says); NaN where unknown.
    gates
        Points one may enter by.
    gate_of
        Facility each gate belongs to.
    missing
        Why nothing can be said; empty where the type is known.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    shapes: Shapes
    areas: Floats
    gates: Shapes
    gate_of: Rows
    missing: str = ""

    def __len__(self) -> int:
        """Return the number of facilities."""
        return len(self.ids)


def find_supply(snapshot: Snapshot, facility: MeasuredFacility) -> Supply:
    """Return the facilities of a type in the whole city.

    A type of which the whole city has none may just as well not have been recorded: that is missing, not a gap.
    """
    if not snapshot.has(facility.source):
        return _nothing(f"快照没有“{facility.source}”图层")
    frame = _members(snapshot, facility)
    if not len(frame):
        return _nothing("全市数据中没有一处该类设施，可能未录入，不能据此判为缺")
    return supply_of(frame)


def supply_of(frame: gpd.GeoDataFrame) -> Supply:
    """Return facilities from a frame with `id`, `name`, `area` and geometry."""
    shapes = frame.geometry.to_numpy()
    grounds = shapely.get_dimensions(shapes) == 2  # noqa: PLR2004 - polygons
    areas = frame["area"].to_numpy(np.float64, na_value=np.nan)
    areas = np.where(grounds, shapely.area(shapes), areas)
    gates, owner = shapes.copy(), np.arange(len(shapes))
    if grounds.any():
        edges = shapely.segmentize(shapely.boundary(shapes[grounds]), GATE_EVERY)
        points, part = shapely.get_coordinates(edges, return_index=True)
        gates = np.concatenate([shapes[~grounds], shapely.points(points)])
        owner = np.concatenate([owner[~grounds], owner[grounds][part]])
    names = tuple(str(name) for name in frame["name"].fillna(""))
    return Supply(tuple(frame["id"].astype(str)), names, shapes, areas, gates, owner.astype(np.int64))


def facilities_of_classes(snapshot: Snapshot, classes: tuple[str, ...]) -> gpd.GeoDataFrame:
    """Return the facilities of some classes with `id`, `class`, `name`, `area`, ordered by id."""
    frame = snapshot.layer("facilities", ["class", "name", "area"])
    return frame[frame["class"].isin(classes)].sort_values("id").reset_index(drop=True)


def _members(snapshot: Snapshot, facility: MeasuredFacility) -> gpd.GeoDataFrame:
    if facility.source == "facilities":
        return facilities_of_classes(snapshot, facility.classes)
    frame = snapshot.layer(facility.source, ["name", _KIND_COLUMN[facility.source]])
    frame = frame[frame["kind"].isin(facility.kinds)].sort_values("id").reset_index(drop=True)
    frame["area"] = np.nan
    return frame


def _nothing(why: str) -> Supply:
    empty = np.empty(0, object)
    return Supply((), (), empty, np.empty(0), empty, np.empty(0, np.int64), why)
