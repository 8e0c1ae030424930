"""Divisions and managed areas laid over the scope as one partition, so that every total is the sum of its parts.

The scope is cut into *atoms*: pieces that lie in one county, one street, one community and one managed area, or outside
any. A feature that counts as one thing belongs to the atom its point lies in; lines and land are cut at the atoms'
borders. Sums over any zoning, with the remainder outside it, therefore give the total.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from huancheng.checkup.context.cutting import SLIVER
from huancheng.checkup.context.scope import Scope, polygon_parts
from huancheng.city.snapshot import Snapshot

ZONE_KINDS = ("county", "managed_area", "street", "community")
"""Zonings a figure is broken down by, in the order they are written."""

OVERLAP = 1.0
"""Zones that share less ground than this (m²) only touch."""

AREA_TOLERANCE = 1e-6
"""Relative area that may be lost when the scope is cut."""


@dataclass(frozen=True)
class Zones:
    """The zones of one kind, disjoint.

    Parameters
    ----------
    kind
        One of `ZONE_KINDS`.
    ids, names
        Identifier and official name of each zone.
    polygons
        One shape for each zone; where zones overlap, the smaller one keeps the ground.
    whole_area
        Area of each zone in square metres before it was cut to the scope.
    """

    kind: str
    ids: npt.NDArray[Any]
    names: npt.NDArray[Any]
    polygons: npt.NDArray[Any]
    whole_area: npt.NDArray[np.float64]

    def __len__(self) -> int:
        """Return the number of zones."""
        return len(self.ids)


@dataclass(frozen=True)
class Atoms:
    """The scope in pieces.

    Parameters
    ----------
    polygons
        Disjoint polygons that fill the scope.
    zones
        Zones by kind.
    codes
        For each kind, the position of the zone each atom lies in, or -1 outside any.
    """

    polygons: npt.NDArray[Any]
    zones: dict[str, Zones]
    codes: dict[str, npt.NDArray[np.int32]]

    def place(self, points: npt.NDArray[Any]) -> npt.NDArray[np.int32]:
        """Return the atom each point lies in, or -1; a point on a border goes to the first atom."""
        found = np.full(len(points), len(self.polygons), np.int32)
        tree = shapely.STRtree(points)
        atoms, hits = tree.query(self.polygons, predicate="intersects")
        np.minimum.at(found, hits, atoms.astype(np.int32))
        found[found == len(self.polygons)] = -1
        return found


def find_zones(snapshot: Snapshot) -> dict[str, Zones]:
    """Return the divisions by level and the managed areas in force on the day the snapshot speaks of."""
    divisions = snapshot.layer("divisions", ["name", "level"])
    zones = {}
    for kind in ZONE_KINDS:
        if kind == "managed_area":
            frame = snapshot.layer("managed_areas", ["name", "effective_from", "effective_to"])
            as_of = snapshot.manifest.as_of
            started = (frame["effective_from"].fillna("") <= as_of).to_numpy(bool)
            running = (frame["effective_to"].fillna("9999") >= as_of).to_numpy(bool)
            frame = frame[started & running]
        else:
            frame = divisions[(divisions["level"] == kind).to_numpy(bool, na_value=False)]
        ids = frame["id"].to_numpy(object)
        names = frame["name"].fillna("").to_numpy(object)
        zones[kind] = _disjoint(kind, ids, names, frame.geometry.to_numpy())
    return zones


def _disjoint(kind: str, ids: npt.NDArray[Any], names: npt.NDArray[Any], shapes: npt.NDArray[Any]) -> Zones:
    """Take from each zone the ground of smaller zones that overlap it (a development zone inside a district)."""
    shapes = shapely.make_valid(shapes)
    areas = shapely.area(shapes)
    result = shapes.copy()
    if len(shapes):
        first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
        once = first < second
        first, second = first[once], second[once]
        overlapping = shapely.area(shapely.intersection(shapes[first], shapes[second])) > OVERLAP
        for one, other in zip(first[overlapping], second[overlapping], strict=True):
            small, large = sorted((one, other), key=lambda position: (areas[position], str(ids[position])))
            result[large] = shapely.difference(result[large], shapes[small])
    return Zones(kind, ids, names, result, areas)


def build_atoms(scope: Scope, zones: dict[str, Zones]) -> Atoms:
    """Cut the scope along every zoning.

    Raises
    ------
    RuntimeError
        If the pieces don't add up to the scope: a defect of ours.
    """
    polygons = scope.polygons
    codes: dict[str, npt.NDArray[np.int32]] = {}
    for kind, layer in zones.items():
        polygons, owner, zone = _split(polygons, layer.polygons)
        codes = {earlier: values[owner] for earlier, values in codes.items()}
        codes[kind] = zone
    covered = float(shapely.area(polygons).sum())
    if abs(covered - scope.area) > AREA_TOLERANCE * max(scope.area, 1.0):
        message = f"the atoms cover {covered:.3f} m² of the scope's {scope.area:.3f} m²"
        raise RuntimeError(message)
    return Atoms(polygons, zones, codes)


def _split(
    polygons: npt.NDArray[Any], zones: npt.NDArray[Any]
) -> tuple[npt.NDArray[Any], npt.NDArray[np.intp], npt.NDArray[np.int32]]:
    """Cut polygons by disjoint zones; return pieces, the polygon each comes from, and its zone (-1 for the rest)."""
    if not len(zones):
        return polygons, np.arange(len(polygons)), np.full(len(polygons), -1, np.int32)
    owner, zone = shapely.STRtree(zones).query(polygons, predicate="intersects")
    pieces = shapely.intersection(polygons[owner], zones[zone])
    rest = polygons.copy()
    for position in np.unique(owner):
        rest[position] = shapely.difference(polygons[position], shapely.union_all(zones[zone[owner == position]]))
    shapes = np.concatenate([pieces, rest])
    owners = np.concatenate([owner, np.arange(len(polygons))])
    codes = np.concatenate([zone, np.full(len(polygons), -1)]).astype(np.int32)
    parts, position = polygon_parts(shapes)
    kept = shapely.area(parts) > SLIVER
    return parts[kept], owners[position[kept]], codes[position[kept]]
