"""Declared links over water and rail: which blocks they join, and which crossings nobody declared."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from huancheng.city.derive.faces import Floats
from huancheng.city.derive.linework import Geometries, Linework
from huancheng.city.derive.metric import is_true
from huancheng.city.overlay import NO_ZONE, points_in_zones
from huancheng.units.blocks.layers import BlockLayers
from huancheng.units.blocks.options import UnitBlockOptions
from huancheng.units.blocks.report import BridgeLink

_ASIDE = 4.0
"""Metres to the left and to the right of a link at which its blocks are looked for."""

_STEPS = 8
_LEAST_IN_WATER = 2.0
"""A street that dips into water for fewer metres runs along the bank."""


@dataclass(frozen=True)
class Links:
    """Declared links.

    Parameters
    ----------
    shapes
        Lines.
    sources
        Record each comes from.
    """

    shapes: Geometries
    sources: Geometries


def declared_links(layers: BlockLayers) -> Links:
    """Return streets on bridges and in tunnels, pieces joined end to end, and the links given beside them."""
    marked = layers.streets.loc[is_true(layers.streets, "bridge") | is_true(layers.streets, "tunnel")]
    pieces = shapely.force_2d(marked.geometry.to_numpy())
    names = _names(marked)
    whole = shapely.get_parts(shapely.line_merge(shapely.union_all(pieces))) if len(pieces) else pieces
    middle = shapely.line_interpolate_point(shapely.line_merge(pieces), 0.5, normalized=True)
    line, piece = shapely.STRtree(middle).query(whole, predicate="dwithin", distance=0.01)
    sources = np.array(
        [" ".join(sorted(names[piece[line == number]].tolist())) for number in range(len(whole))], dtype=object
    )
    if layers.bridges is not None and len(layers.bridges):
        given = shapely.line_merge(shapely.force_2d(layers.bridges.geometry.to_numpy()))
        whole = np.concatenate([whole, given])
        sources = np.concatenate([sources, _names(layers.bridges)])
    return Links(np.asarray(whole, dtype=object), sources)


def join_over_separators(
    links: Links,
    obstacles: dict[str, Geometries],
    blocks: gpd.GeoDataFrame,
    borders: gpd.GeoDataFrame,
    options: UnitBlockOptions,
) -> tuple[gpd.GeoDataFrame, tuple[BridgeLink, ...]]:
    """Mark borders that a link leads across, and add a border of no length where blocks face each other over water.

    Parameters
    ----------
    links
        Declared links.
    obstacles
        Water and rail by the word of `along`.
    blocks, borders
        Blocks and their borders.
    options
        How far ground is looked for.
    """
    shapes, ids = blocks.geometry.to_numpy(), blocks["id"].to_numpy(dtype=object)
    found, crossings = [], []
    for over, geometry in obstacles.items():
        line, obstacle = shapely.STRtree(geometry).query(links.shapes, predicate="intersects")
        for number in np.unique(line):
            for crossing in _crossings(links.shapes[number], geometry[np.sort(obstacle[line == number])]):
                found.append((over, links.sources[number], crossing))
                crossings.append(_lookouts(links.shapes[number], crossing, options.bridge_reach))
    if not found:
        return borders, ()
    spots = np.asarray(shapely.points(np.concatenate(crossings)), dtype=object)
    place = points_in_zones(spots, shapes).reshape(len(found), 2, 2, _STEPS)
    told, joined = [], []
    for (over, source, crossing), seen in zip(found, place, strict=True):
        pairs = _pairs(seen)
        middle = shapely.centroid(crossing)
        joins = tuple((str(ids[a]), str(ids[b])) for a, b in pairs)
        told.append(BridgeLink(str(source), over, round(middle.x, 1), round(middle.y, 1), joins))
        joined += [(a, b, over, crossing) for a, b in joins]
    # a river drawn as surface and as line is crossed once
    once = {(item.source, item.over, item.joins): item for item in reversed(told)}
    return _marked(borders, joined), tuple(reversed(once.values()))


def _crossings(line: shapely.Geometry, obstacles: Geometries) -> Geometries:
    """Return the stretches of a line in water, or the points at which it meets a line."""
    met = shapely.get_parts(shapely.union_all(shapely.intersection(line, obstacles)))
    wet = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(met[shapely.get_dimensions(met) == 1])))
    wet = wet[shapely.length(wet) > _LEAST_IN_WATER]
    return np.concatenate([met[shapely.get_dimensions(met) == 0], wet])


def _lookouts(line: shapely.Geometry, crossing: shapely.Geometry, reach: float) -> Floats:
    """Return points left and right of a link before and after its crossing, near ones first.

    Shape (2 ends × 2 sides × steps, 2).
    """
    ends = np.asarray(shapely.points(shapely.get_coordinates(crossing)), dtype=object)
    at = shapely.line_locate_point(np.array([line], dtype=object), ends)
    length = shapely.length(line)
    distance = reach * (np.arange(1, _STEPS + 1) / _STEPS) ** 2
    points = []
    for position, sign in ((at.min(), -1.0), (at.max(), 1.0)):
        along = position + sign * distance
        base = _places(line, np.clip(along, 0.0, length))
        around = np.clip([position - 1.0, position + 1.0], 0.0, length)
        before, after = _places(line, around)
        direction = after - before
        direction /= max(float(np.hypot(*direction)), 1e-9)
        beyond = (along - np.clip(along, 0.0, length))[:, None] * direction
        normal = np.array([-direction[1], direction[0]])
        points += [base + beyond + side * _ASIDE * normal for side in (1.0, -1.0)]
    return np.concatenate(points)


def _places(line: shapely.Geometry, distance: Floats) -> Floats:
    return shapely.get_coordinates(shapely.line_interpolate_point(np.array([line], dtype=object), distance))


def _pairs(seen: np.ndarray[tuple[int, int, int], np.dtype[np.int64]]) -> list[tuple[int, int]]:
    """Return the pairs of blocks that a link joins, from what was seen at (end, side, step)."""
    first = np.where((seen != NO_ZONE).any(axis=2), np.take_along_axis(
        seen, (seen != NO_ZONE).argmax(axis=2)[:, :, None], axis=2)[:, :, 0], NO_ZONE)  # fmt: skip
    pairs = {
        (int(min(before, after)), int(max(before, after)))
        for before, after in zip(first[0], first[1], strict=True)
        if NO_ZONE not in (before, after) and before != after
    }
    return sorted(pairs)


def _marked(borders: gpd.GeoDataFrame, joined: list[tuple[str, str, str, shapely.Geometry]]) -> gpd.GeoDataFrame:
    rows: dict[tuple[str, str, str], list[int]] = {}
    separating = borders.loc[borders["separator"]]
    for item in separating[["a", "b", "along"]].itertuples():
        rows.setdefault((item.a, item.b, item.along), []).append(item.Index)
    bridge = borders["bridge"].to_numpy(dtype=bool).copy()
    new: dict[tuple[str, str, str], shapely.Geometry] = {}
    for a, b, over, crossing in joined:
        if (a, b, over) in rows:
            bridge[borders.index.get_indexer(rows[a, b, over])] = True
        else:
            new.setdefault((a, b, over), crossing)
    marked = gpd.GeoDataFrame(borders.assign(bridge=bridge))
    if not new:
        return marked
    added = gpd.GeoDataFrame(
        {
            "a": pd.Series([key[0] for key in new], dtype="string"),
            "b": pd.Series([key[1] for key in new], dtype="string"),
            "length": 0.0, "along": pd.Series([key[2] for key in new], dtype="string"),
            "separator": True, "bridge": True, "road_class": pd.Series(pd.NA, index=range(len(new)), dtype="string"),
        },
        geometry=list(new.values()), crs=borders.crs,
    )  # fmt: skip
    return gpd.GeoDataFrame(pd.concat([marked, added], ignore_index=True), crs=borders.crs)


def undeclared_crossings(lines: Linework, obstacles: dict[str, Geometries]) -> tuple[str, ...]:
    """Return the ids of cutting streets that cross water or rail without a mark of bridge or tunnel."""
    streets = lines.streets.loc[~(is_true(lines.streets, "bridge") | is_true(lines.streets, "tunnel"))]
    shapes, names = streets["geometry"].to_numpy(), _names(streets)
    found: set[str] = set()
    for geometry in obstacles.values():
        street, obstacle = shapely.STRtree(geometry).query(shapes, predicate="crosses")
        wet = shapely.length(shapely.intersection(shapes[street], geometry[obstacle]))
        surface = shapely.get_dimensions(geometry)[obstacle] == 2  # noqa: PLR2004 - surfaces have two dimensions
        found |= set(names[street[~surface | (wet > _LEAST_IN_WATER)]].tolist())
    return tuple(sorted(found))


def _names(frame: pd.DataFrame) -> Geometries:
    names = frame["id"] if "id" in frame.columns else pd.Series(range(len(frame)), index=frame.index)
    return np.asarray(names.astype(str).to_numpy(dtype=object))
