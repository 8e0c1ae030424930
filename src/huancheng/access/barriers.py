"""Railways and water: what a street can't cross without a bridge or a tunnel.

A street that is neither bridge nor tunnel is cut where it crosses a railway that is neither either and lies on its
level, unless both share a vertex there (a level crossing), and where it runs through drawn water. Every cut is listed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from huancheng.access.lengths import Flags, Integers
from huancheng.access.travel_modes import BarrierDefaults


@dataclass(frozen=True)
class Cut:
    """A street cut by a barrier.

    Parameters
    ----------
    street, barrier
        Identifiers in the streets layer and in the barrier's layer.
    layer
        Layer of the barrier.
    length
        Metres of street taken out.
    """

    street: str
    barrier: str
    layer: Literal["railways", "water"]
    length: float


def flag(frame: pd.DataFrame, column: str) -> Flags:
    """Return a column of truth values; False where it is unknown or absent."""
    if column not in frame:
        return np.zeros(len(frame), bool)
    return np.asarray(frame[column].astype("boolean").fillna(value=False), dtype=bool)


def level(frame: pd.DataFrame) -> Integers:
    """Return the vertical order of each row; 0 where it is unknown or absent."""
    if "layer_level" not in frame:
        return np.zeros(len(frame), np.int32)
    return np.asarray(frame["layer_level"].astype("Int64").fillna(0), dtype=np.int32)


def cut_streets(
    streets: gpd.GeoDataFrame, railways: gpd.GeoDataFrame, water: gpd.GeoDataFrame, rule: BarrierDefaults, snap: float
) -> tuple[gpd.GeoDataFrame, tuple[Cut, ...]]:
    """Cut streets at railways and water.

    Parameters
    ----------
    streets
        Line strings with `id`, and `bridge`, `tunnel`, `layer_level` where known.
    railways
        Lines with `id`, `kind`, `bridge`, `tunnel`, `layer_level`.
    water
        Polygons with `id`.
    rule
        What blocks, and how much of a street it takes.
    snap
        Width in metres of the cell within which two vertices are one.

    Returns
    -------
    tuple
        Streets with what is left of their geometry (maybe empty, maybe several parts), and the cuts in order of street
        and barrier.
    """
    exempt = flag(streets, "bridge") | flag(streets, "tunnel")
    lines = streets.geometry.to_numpy()
    kinds = railways["kind"] if "kind" in railways else pd.Series(pd.NA, index=railways.index, dtype="string")
    blocking = np.where(kinds.isna(), rule.unknown_railway, kinds.isin(rule.railways))
    rails = railways[blocking & ~flag(railways, "bridge") & ~flag(railways, "tunnel")]
    taken: dict[int, list[shapely.Geometry]] = {}
    cuts = [
        *_cuts_by_rail(streets, rails, exempt=exempt, rule=rule, snap=snap, taken=taken),
        *_cuts_by_water(streets, water, exempt=exempt, rule=rule, taken=taken),
    ]
    left = lines.copy()
    for street, shapes in taken.items():
        left[street] = shapely.difference(lines[street], shapely.union_all(shapes))
    cuts.sort(key=lambda cut: (cut.street, cut.layer, cut.barrier))
    return streets.set_geometry(gpd.GeoSeries(left, index=streets.index, crs=streets.crs)), tuple(cuts)


def _cuts_by_rail(
    streets: gpd.GeoDataFrame,
    rails: gpd.GeoDataFrame,
    *,
    exempt: Flags,
    rule: BarrierDefaults,
    snap: float,
    taken: dict[int, list[shapely.Geometry]],
) -> list[Cut]:
    lines, tracks = streets.geometry.to_numpy(), rails.geometry.to_numpy()
    street_level, rail_level = level(streets), level(rails)
    cuts = []
    for track, street in shapely.STRtree(lines).query(tracks, predicate="intersects").T:
        if exempt[street] or street_level[street] != rail_level[track]:
            continue
        crossing = shapely.intersection(lines[street], tracks[track])
        unshared = shapely.difference(crossing, _shared_vertices(lines[street], tracks[track]).buffer(snap))
        if unshared.is_empty:
            continue
        shape = unshared.buffer(rule.railway_half_width)
        taken.setdefault(int(street), []).append(shape)
        length = shapely.intersection(lines[street], shape).length
        cuts.append(Cut(str(streets["id"].iloc[street]), str(rails["id"].iloc[track]), "railways", length))
    return cuts


def _cuts_by_water(
    streets: gpd.GeoDataFrame,
    water: gpd.GeoDataFrame,
    *,
    exempt: Flags,
    rule: BarrierDefaults,
    taken: dict[int, list[shapely.Geometry]],
) -> list[Cut]:
    lines, surfaces = streets.geometry.to_numpy(), water.geometry.to_numpy()
    cuts = []
    for surface, street in shapely.STRtree(lines).query(surfaces, predicate="intersects").T:
        if exempt[street]:
            continue
        length = shapely.intersection(lines[street], surfaces[surface]).length
        if length <= rule.water_tolerance:
            continue
        taken.setdefault(int(street), []).append(surfaces[surface])
        cuts.append(Cut(str(streets["id"].iloc[street]), str(water["id"].iloc[surface]), "water", length))
    return cuts


def _shared_vertices(one: shapely.Geometry, other: shapely.Geometry) -> shapely.MultiPoint:
    vertices = set(map(tuple, shapely.get_coordinates(one).tolist()))
    return shapely.MultiPoint([v for v in map(tuple, shapely.get_coordinates(other).tolist()) if v in vertices])
