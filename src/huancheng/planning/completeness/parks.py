"""Industrial parks beside living areas: what they can share, and whether one can walk between them (六(一))."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from huancheng.access import UNREACHED, StreetGraph, nearest_of_classes, origin_destination_within, to_decimetres
from huancheng.city.schema import facility_catalogue
from huancheng.city.snapshot import Snapshot
from huancheng.planning.arrays import Rows, Shapes
from huancheng.planning.completeness.supply import facilities_of_classes
from huancheng.policy.provisions.completeness import ParkLivingRules

GATE_EVERY = 150.0
"""Metres between the places on an area's edge from which one walks."""

METRES = 10
"""Decimetres in a metre."""


@dataclass(frozen=True, slots=True)
class SharedClass:
    """A class of facility that both sides reach, and how many of it."""

    title: str
    count: int


@dataclass(frozen=True, slots=True)
class ParkLivingPair:
    """An industrial park and a living area near it.

    Parameters
    ----------
    park, living
        Ids; made of the position in the city, since the land carries no names.
    straight
        Metres between the two grounds.
    walk
        Metres from edge to edge on foot; None where there is no way within twice the limit.
    link
        `walkable`, `detour` (the way is too long for the distance) or `missing` (no way).
    shared
        Facilities both sides reach within the limit.
    """

    park: str
    living: str
    straight: float
    walk: float | None
    link: str
    shared: tuple[SharedClass, ...]


@dataclass(frozen=True, eq=False)
class ParksAndLiving:
    """The grounds found and the pairs they form."""

    parks: gpd.GeoDataFrame
    living: gpd.GeoDataFrame
    pairs: tuple[ParkLivingPair, ...]


def pair_parks(snapshot: Snapshot, graph: StreetGraph, rules: ParkLivingRules) -> ParksAndLiving:
    """Find industrial parks and living areas from land use, and pair those near each other."""
    land = snapshot.layer("land_use", ["use"])
    parks = _grounds(land, rules.park_uses, rules, "园区")
    living = _grounds(land, rules.living_uses, rules, "生活区")
    near = _near(parks, living, rules.neighbours_within)
    if not len(near):
        return ParksAndLiving(parks, living, ())
    walks = _walks(graph, parks, living, rules)
    shared = _shared(snapshot, graph, parks, living, rules)
    pairs = []
    for park, home in near:
        straight = float(shapely.distance(parks.geometry.iloc[park], living.geometry.iloc[home]))
        walk = walks.get((park, home))
        pairs.append(
            ParkLivingPair(
                parks["id"].iloc[park], living["id"].iloc[home], round(straight, 1), walk,
                _link(straight, walk, rules), shared.get((park, home), ()),
            )
        )  # fmt: skip
    return ParksAndLiving(parks, living, tuple(pairs))


def _grounds(land: gpd.GeoDataFrame, uses: tuple[str, ...], rules: ParkLivingRules, word: str) -> gpd.GeoDataFrame:
    """Join land of these uses across streets, and keep what is large enough; numbered from north-west."""
    shapes = land.geometry.to_numpy()[land["use"].isin(uses).to_numpy()]
    half = rules.join_within / 2
    wide = shapely.union_all(shapely.buffer(shapes, half, join_style="mitre"))
    joined = shapely.buffer(wide, -half, join_style="mitre")
    parts = shapely.get_parts(joined)
    parts = parts[shapely.area(parts) >= rules.least_area]
    centres = shapely.get_coordinates(shapely.centroid(parts))
    order = np.lexsort((centres[:, 0], -centres[:, 1])) if len(parts) else np.empty(0, np.int64)
    ids = [f"{word}{number:03d}" for number in range(1, len(parts) + 1)]
    return gpd.GeoDataFrame({"id": pd.Series(ids, dtype="string")}, geometry=parts[order], crs=land.crs)


def _near(parks: gpd.GeoDataFrame, living: gpd.GeoDataFrame, limit: float) -> list[tuple[int, int]]:
    if not len(parks) or not len(living):
        return []
    tree = shapely.STRtree(living.geometry.to_numpy())
    park, home = tree.query(parks.geometry.to_numpy(), predicate="dwithin", distance=limit)
    return sorted(zip(park.tolist(), home.tolist(), strict=True))


def _walks(
    graph: StreetGraph, parks: gpd.GeoDataFrame, living: gpd.GeoDataFrame, rules: ParkLivingRules
) -> dict[tuple[int, int], float]:
    """Return the shortest walk from edge to edge of every pair in reach."""
    starts, start_of = _gates(parks)
    ends, end_of = _gates(living)
    limit = int(to_decimetres([2 * rules.walk])[0])
    pairs = origin_destination_within(graph, graph.attach(starts), graph.attach(ends), limit)
    code = start_of[pairs.origin] * len(living) + end_of[pairs.target]
    codes, position = np.unique(code, return_inverse=True)
    best = np.full(len(codes), np.iinfo(np.int64).max)
    np.minimum.at(best, position, pairs.distance)
    keys = zip((codes // len(living)).tolist(), (codes % len(living)).tolist(), strict=True)
    return dict(zip(keys, (best / METRES).tolist(), strict=True))


def _link(straight: float, walk: float | None, rules: ParkLivingRules) -> str:
    if walk is None:
        return "missing"
    return "detour" if walk > rules.detour * max(straight, rules.join_within) and walk > rules.walk / 2 else "walkable"


def _shared(
    snapshot: Snapshot, graph: StreetGraph, parks: gpd.GeoDataFrame, living: gpd.GeoDataFrame, rules: ParkLivingRules
) -> dict[tuple[int, int], tuple[SharedClass, ...]]:
    """Count, for every pair, the facilities that both sides reach."""
    frame = facilities_of_classes(snapshot, rules.shared_classes)
    if not len(frame):
        return {}
    places, limit = graph.attach(frame.geometry.to_numpy()), int(to_decimetres([rules.walk])[0])
    sides = []
    for grounds in (parks, living):
        points, owner = _gates(grounds)
        targets = {str(row): graph.attach(points[owner == row]) for row in range(len(grounds))}
        sides.append(nearest_of_classes(graph, places, targets, limit) != UNREACHED)
    titles = [facility_catalogue()[name].title for name in frame["class"]]
    found = {}
    for park in range(len(parks)):
        for home in range(len(living)):
            both = np.flatnonzero(sides[0][:, park] & sides[1][:, home])
            if len(both):
                counts = pd.Series([titles[row] for row in both]).value_counts(sort=False)
                found[park, home] = tuple(SharedClass(str(title), int(count)) for title, count in counts.items())
    return found


def _gates(grounds: gpd.GeoDataFrame) -> tuple[Shapes, Rows]:
    edges = shapely.segmentize(shapely.boundary(grounds.geometry.to_numpy()), GATE_EVERY)
    points, owner = shapely.get_coordinates(edges, return_index=True)
    return np.asarray(shapely.points(points)), owner.astype(np.int64)
