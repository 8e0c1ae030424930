"""Dual carriageways and junctions drawn together: artefact faces are divided among the blocks around them."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from huancheng.city.derive.faces import Flags, Floats, Integers, SharedSegments, polygonize, shared_segments
from huancheng.city.derive.linework import Geometries, Linework
from huancheng.units.blocks.artefacts import NONE, find_artefacts, told
from huancheng.units.blocks.middle_lines import Sources, middle_lines, nearest_side, sources_on
from huancheng.units.blocks.options import UnitBlockOptions
from huancheng.units.blocks.report import Collapse
from huancheng.units.blocks.sides import Sides, closed_to_merging, sides_of, words_of


@dataclass(frozen=True)
class Ground:
    """Faces of ground, and to which original face each belongs.

    Parameters
    ----------
    faces
        Faces; more than there were where artefacts were divided.
    owner
        Number of the original face whose ground each now is; shape (faces,).
    segments
        Border pieces between the faces.
    sides
        What runs along these.
    street_class
        Class of the street along each piece, that of the collapsed street along a middle line; empty for none.
    area_water
        Square metres of the faces that are water.
    collapsed
        Entries of the report.
    """

    faces: Geometries
    owner: Integers
    segments: SharedSegments
    sides: Sides
    street_class: Geometries
    area_water: float
    collapsed: tuple[Collapse, ...]


def undivided(faces: Geometries, area_water: float, lines: Linework, grid: float) -> Ground:
    """Return faces as they are."""
    segments = shared_segments(faces, grid)
    sides = sides_of(segments, lines, grid)
    street_class = words_of(lines.streets, "class")[sides.street]
    return Ground(faces, np.arange(len(faces)), segments, sides, street_class, area_water, ())


def collapse(
    ground: Ground,
    lines: Linework,
    area: shapely.Geometry,
    *,
    wet: Geometries,
    buildings: gpd.GeoDataFrame | None,
    options: UnitBlockOptions,
) -> Ground:
    """Divide medians and islands among the faces around them.

    Artefacts that touch are one group. The ground of a group goes to the nearest face around it that no railway or
    shore cuts off; the middle lines are noded into the whole network, so that no ground is lost or counted twice. A
    group that nobody may take stays as it is.

    Parameters
    ----------
    ground
        Faces, undivided.
    lines, area
        Lines that cut, and the area they cut.
    wet
        Surfaces of water, whose faces are no ground.
    buildings
        Footprints, as far as there are any.
    options
        Limits.
    """
    artefacts = find_artefacts(
        ground.faces, ground.segments, ground.sides, lines.streets, buildings=buildings, options=options
    )
    hard = closed_to_merging(ground.sides, np.full(len(ground.segments.first), "", object), options.separators)
    group = _groups(artefacts.kind != NONE, ground.segments, hard)
    rims = _rims(ground.segments, group, hard, options.collapse_step)
    split = [middle_lines(rims[number], ground.faces[group == number]) for number in sorted(rims)]
    taken = np.isin(group, sorted(rims))
    if not taken.any():
        return ground
    faces = polygonize(np.concatenate([lines.cutting, *split]), area, options.grid)
    inside = shapely.point_on_surface(faces)
    dry = np.ones(len(faces), dtype=bool)
    dry[shapely.STRtree(wet).query(inside, predicate="within")[0]] = False
    area_water = float(shapely.area(faces[~dry]).sum())
    faces, inside = faces[dry], inside[dry]
    parent = _parents(inside, ground.faces)
    owner = _owners(shapely.get_coordinates(inside), parent, group, rims)
    segments = shared_segments(faces, options.grid)
    sides = sides_of(segments, lines, options.grid)
    closed = closed_to_merging(sides, np.full(len(segments.first), "", object), options.separators)
    owner = _rejoined(owner, taken[parent], segments, closed)
    street_class = words_of(lines.streets, "class")[sides.street]
    middle = (sides.street < 0) & ~sides.rail & ~sides.river & taken[parent[segments.first]]
    street_class[middle] = artefacts.street_class[parent[segments.first[middle]]]
    collapsed = told(artefacts, ground.faces, np.flatnonzero(taken), options)
    return Ground(faces, owner, segments, sides, street_class, area_water, collapsed)


def _groups(artefact: Flags, segments: SharedSegments, hard: Flags) -> Integers:
    """Return the number of each artefact's group; -1 for other faces."""
    count = len(artefact)
    joined = artefact[segments.first] & artefact[segments.second] & ~hard
    pairs = (np.ones(int(joined.sum()), dtype=np.int8), (segments.first[joined], segments.second[joined]))
    _, label = connected_components(coo_array(pairs, shape=(count, count)), directed=False)
    return np.where(artefact, label, -1).astype(np.int64)


def _rims(segments: SharedSegments, group: Integers, hard: Flags, step: float) -> dict[int, Sources]:
    """Return the points on the rim of each group that has a neighbour who may take its ground."""
    one, other = group[segments.first], group[segments.second]
    rim = ~hard & ((one < 0) != (other < 0))
    if not rim.any():
        return {}
    inner = np.maximum(one, other)[rim]
    side = np.where(one < 0, segments.first, segments.second)[rim]
    order = np.argsort(inner, kind="stable")
    numbers, start = np.unique(inner[order], return_index=True)
    rows = np.split(order, start[1:])
    ends = segments.ends[rim]
    return {int(number): sources_on(ends[row], side[row], step) for number, row in zip(numbers, rows, strict=True)}


def _parents(inside: Geometries, faces: Geometries) -> Integers:
    """Return for each point the face it lies in, or where rounding put it outside all the nearest one."""
    tree = shapely.STRtree(faces)
    parent = np.full(len(inside), -1, dtype=np.int64)
    point, face = tree.query(inside, predicate="within")
    parent[point] = face
    lost = np.flatnonzero(parent < 0)
    parent[lost] = tree.nearest(inside[lost])
    return parent


def _owners(points: Floats, parent: Integers, group: Integers, rims: dict[int, Sources]) -> Integers:
    owner = parent.copy()
    of_group = group[parent]
    rows = np.flatnonzero(np.isin(of_group, sorted(rims)))
    order = rows[np.argsort(of_group[rows], kind="stable")]
    numbers, start = np.unique(of_group[order], return_index=True)
    for number, members in zip(numbers.tolist(), np.split(order, start[1:]), strict=True):
        owner[members] = nearest_side(rims[number], points[members])
    return owner


def _rejoined(owner: Integers, divided: Flags, segments: SharedSegments, closed: Flags) -> Integers:
    """Give pieces that hang on no ground of their owner to the neighbour with the longest border.

    A nearest side may lie across a bend; its block must not gain ground it does not touch.
    """
    owner = owner.copy()
    open_ = ~closed & (segments.first != segments.second)
    first, second, length = segments.first[open_], segments.second[open_], segments.length[open_]
    while True:
        same = owner[first] == owner[second]
        pairs = (np.ones(int(same.sum()), dtype=np.int8), (first[same], second[same]))
        _, label = connected_components(coo_array(pairs, shape=(len(owner), len(owner))), directed=False)
        rooted = np.zeros(label.max() + 1, dtype=bool)
        rooted[label[~divided]] = True
        hanging = ~rooted[label]
        reach = hanging[first] != hanging[second]
        if not reach.any():
            return owner
        loose = np.where(hanging[first], first, second)[reach]
        target = owner[np.where(hanging[first], second, first)[reach]]
        key, position = np.unique(np.column_stack([label[loose], target]), axis=0, return_inverse=True)
        metres = np.bincount(position.ravel(), length[reach])
        order = np.lexsort((-key[:, 1], metres))
        best = np.full(label.max() + 1, -1, dtype=np.int64)
        best[key[order, 0]] = key[order, 1]
        moved = hanging & (best[label] >= 0)
        owner[moved] = best[label[moved]]
