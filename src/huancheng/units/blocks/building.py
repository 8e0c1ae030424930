"""Blocks from streets, railways, water and parcels, with their borders and the account of the ground."""

from __future__ import annotations

from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS

from huancheng.city.derive.faces import Flags, Integers, polygonize
from huancheng.city.derive.linework import Geometries, Linework, gather_lines
from huancheng.city.derive.metric import common_metric_crs
from huancheng.city.derive.sliver_merge import MergePlan, plan_merges
from huancheng.city.snapshot import Snapshot
from huancheng.evidence import InputFault
from huancheng.units.attributes import BlockTables, describe_blocks, tables_of_snapshot
from huancheng.units.blocks.borders import BorderPieces, border_table, classify
from huancheng.units.blocks.bridges import declared_links, join_over_separators, undeclared_crossings
from huancheng.units.blocks.collapsing import Ground, collapse, undivided
from huancheng.units.blocks.layers import BlockLayers, layers_of_snapshot
from huancheng.units.blocks.options import UnitBlockOptions
from huancheng.units.blocks.parcels import cut_parcels, parcel_lines
from huancheng.units.blocks.parts import connected_parts
from huancheng.units.blocks.report import BALANCE_TOLERANCE, BlocksReport, LeftOut, SliverMerge
from huancheng.units.blocks.sides import closed_to_merging
from huancheng.units.blocks.snapping import Snapped, snap_streets


@dataclass(frozen=True)
class Blocks:
    """The blocks of a city.

    Parameters
    ----------
    frame
        `id`, `area` (m2), `geometry` and the columns of `units.attributes`, from south to north.
    borders
        `a`, `b` (ids in the order of `frame`), `length` (m), `along` (road, rail, river, parcel, none), `separator`,
        `bridge`, `geometry`: one row for each pair and kind of border. A bridge over a surface of water joins two
        blocks that share no border: its length is 0.
    report
        Where the ground went, and everything that was changed.
    """

    frame: gpd.GeoDataFrame
    borders: gpd.GeoDataFrame
    report: BlocksReport


def build_blocks(
    source: Snapshot | BlockLayers, options: UnitBlockOptions | None = None, *, tables: BlockTables | None = None
) -> Blocks:
    """Cut the ground into blocks and describe them.

    Lines are noded on a millimetre grid together with shores and the edge of the scope; medians and islands are drawn
    together into the middle of their street; slivers join the neighbour with the longest shared border, never across
    a separator. Area in = blocks + water + left out. An id names the place (metres of a point inside).

    Parameters
    ----------
    source
        A city, or its layers.
    options
        Settings; the defaults are documented on `UnitBlockOptions`.
    tables
        Layers with figures; by default those of the city, and none where layers are given.

    Raises
    ------
    InputFault
        If a layer is missing or empty, or the layers are not in one metric CRS.
    ArithmeticError
        If the parts do not add up to the whole, which is a defect of ours.
    """
    options = options or UnitBlockOptions()
    if isinstance(source, Snapshot):
        layers, tables = layers_of_snapshot(source, options), tables or tables_of_snapshot(source)
    else:
        layers, tables = source, tables or BlockTables()
    layers = layers.without_small_water(options.minimum_water_area)
    names = ("scope", "streets", "railways", "water", "waterways", "parcels", "bridges", "buildings")
    crs = common_metric_crs({name: getattr(layers, name) for name in names})
    area = shapely.force_2d(shapely.union_all(layers.scope.geometry.to_numpy()))
    if shapely.area(area) <= 0:
        raise InputFault("the scope has no area", file="scope", cure="give the outline of the ground as a polygon")
    lines = gather_lines(area, layers.streets, layers.railways, layers.water, layers.waterways, options=options)
    parcels = np.empty(0, dtype=object) if layers.parcels is None else layers.parcels.geometry.to_numpy()
    snapped = Snapped(lines, 0, 0.0)
    if options.parcel_tolerance and len(parcels):
        snapped = snap_streets(lines, parcels, options.parcel_tolerance, options.grid)
    lines = snapped.lines
    wet = _surfaces(layers.water)
    faces = polygonize(lines.cutting, area, options.grid)
    if options.parcel_cut_area and len(parcels):
        inner = parcel_lines(faces[~_inside(faces, wet)], parcels, options.parcel_cut_area)
        lines = replace(lines, cutting=np.append(lines.cutting, inner))
        faces = polygonize(lines.cutting, area, options.grid)
    is_wet = _inside(faces, wet)
    ground = undivided(faces[~is_wet], float(shapely.area(faces[is_wet]).sum()), lines, options.grid)
    raw = len(ground.faces)
    if options.collapse:
        ground = collapse(ground, lines, area, wet=wet, buildings=layers.buildings, options=options)
    blocks = _assemble(ground, shapely.boundary(parcels), area, crs, options)
    obstacles = _obstacles(lines, wet, options)
    borders, bridges = join_over_separators(declared_links(layers), obstacles, blocks.frame, blocks.borders, options)
    report = replace(
        blocks.report, faces_raw=raw, snapped=(snapped.moved, round(snapped.farthest, 3)), bridges=bridges,
        undeclared_crossings=undeclared_crossings(lines, obstacles),
        parts=connected_parts(blocks.frame["id"], borders),
        cut_parcels=cut_parcels(layers.parcels, blocks.frame, options.smallest_part) if len(parcels) else (),
    )  # fmt: skip
    described = describe_blocks(blocks.frame, tables)
    return Blocks(described.frame, borders, replace(report, accounts=described.accounts))


def _surfaces(water: gpd.GeoDataFrame | None) -> Geometries:
    return np.empty(0, dtype=object) if water is None else water.geometry.to_numpy()


def _obstacles(lines: Linework, wet: Geometries, options: UnitBlockOptions) -> dict[str, Geometries]:
    """Return what only a declared link leads across, by the word of the border along it."""
    rail = lines.railways if "railways" in options.separators else np.empty(0, dtype=object)
    river = lines.waterways if "waterways" in options.separators else np.empty(0, dtype=object)
    return {"river": np.concatenate([wet, river]), "rail": rail}


def _inside(faces: Geometries, surfaces: Geometries) -> Flags:
    found = np.zeros(len(faces), bool)
    found[shapely.STRtree(surfaces).query(shapely.point_on_surface(faces), predicate="within")[0]] = True
    return found


def _merge_slivers(ground: Ground, closed: Flags, options: UnitBlockOptions) -> tuple[Geometries, Integers, MergePlan]:
    """Return the grounds of the owners, each face's ground, and which ground joins which."""
    shapes, number = _union_groups(ground.faces, ground.owner)
    first, second = number[ground.segments.first], number[ground.segments.second]
    between = first != second
    segments = replace(
        ground.segments, first=first[between], second=second[between], length=ground.segments.length[between],
        midpoint=ground.segments.midpoint[between], ends=ground.segments.ends[between],
    )  # fmt: skip
    plan = plan_merges(
        shapely.area(shapes), shapely.length(shapes), segments, closed[between],
        minimum_area=options.minimum_area, minimum_width=options.minimum_width,
    )  # fmt: skip
    return shapes, number, plan


def _assemble(
    ground: Ground, parcel_edges: Geometries, area: shapely.Geometry, crs: CRS, options: UnitBlockOptions
) -> Blocks:
    closed = closed_to_merging(ground.sides, ground.street_class, options.separators)
    grounds, of_face, plan = _merge_slivers(ground, closed, options)
    group = np.where(plan.stuck, -1, plan.group)
    shapes, number = _union_groups(ground.faces, group[of_face])
    frame, number = _block_frame(shapes, number, crs)
    ids = frame["id"].to_numpy(dtype=object)
    pieces = _pieces(ground, number, closed, parcel_edges, options)
    block_of_ground = np.full(len(grounds), -1, dtype=np.int64)
    block_of_ground[of_face] = number
    inside = shapely.get_coordinates(shapely.point_on_surface(grounds)).round(1)
    size = shapely.area(grounds)
    merged = np.flatnonzero((plan.group != np.arange(len(grounds))) & ~plan.stuck)
    stuck = np.flatnonzero(plan.stuck)
    report = BlocksReport(
        area_in=float(shapely.area(area)), area_blocks=float(frame["area"].sum()),
        area_water=ground.area_water, area_left_out=float(size[stuck].sum()), faces_raw=len(ground.faces),
        blocks=len(frame), collapsed=ground.collapsed,
        slivers=tuple(
            SliverMerge(
                float(inside[row, 0]), float(inside[row, 1]), round(float(size[row]), 1), str(ids[block_of_ground[row]])
            )
            for row in merged
        ),
        left_out=tuple(
            LeftOut(float(inside[row, 0]), float(inside[row, 1]), round(float(size[row]), 1), "locked sliver")
            for row in stuck
        ),
        cut_parcels=(), bridges=(), undeclared_crossings=(), snapped=(0, 0.0), parts=(), accounts=(),
        multi_part=tuple(frame.loc[shapely.get_num_geometries(frame.geometry.to_numpy()) > 1, "id"]),
        options=options.model_dump(mode="json"),
    )  # fmt: skip
    if report.imbalance > BALANCE_TOLERANCE:
        message = f"blocks, water and left-out ground miss the area by {report.imbalance:.2e}"
        raise ArithmeticError(message)
    return Blocks(frame, border_table(pieces, ids, crs, options.shortest_border), report)


def _pieces(
    ground: Ground, number: Integers, closed: Flags, parcel_edges: Geometries, options: UnitBlockOptions
) -> BorderPieces:
    """Return the border pieces between blocks, the lower block first."""
    segments = ground.segments
    first, second = number[segments.first], number[segments.second]
    between = (first != second) & (first >= 0) & (second >= 0)
    along = classify(ground.sides, ground.street_class, segments.midpoint, parcel_edges, options.grid)
    return BorderPieces(
        np.minimum(first, second)[between], np.maximum(first, second)[between], segments.length[between],
        segments.ends[between], along[between], closed[between], ground.street_class[between],
    )  # fmt: skip


def _union_groups(faces: Geometries, group: Integers) -> tuple[Geometries, Integers]:
    """Return the union of each group, and for each face the number of its union; -1 stays -1."""
    number = np.full(len(group), -1, dtype=np.int64)
    kept = np.flatnonzero(group >= 0)
    _, first, inverse, size = np.unique(group[kept], return_index=True, return_inverse=True, return_counts=True)
    number[kept] = inverse
    shapes = faces[kept[first]].copy()
    members = np.split(kept[np.argsort(inverse, kind="stable")], np.cumsum(size)[:-1])
    for position in np.flatnonzero(size > 1):
        shapes[position] = shapely.coverage_union_all(faces[members[position]])
    return shapes, number


def _block_frame(shapes: Geometries, number: Integers, crs: CRS) -> tuple[gpd.GeoDataFrame, Integers]:
    """Return blocks from south to north with ids that name their place, and the numbers in that order."""
    shapes = shapely.normalize(shapes)
    inside = shapely.get_coordinates(shapely.point_on_surface(shapes))
    order = np.lexsort((inside[:, 0], inside[:, 1]))
    place = pd.Series([f"B{x:.0f}-{y:.0f}" for x, y in inside[order]], dtype="string")
    repeat = place.groupby(place).cumcount()
    ids = place.where(repeat == 0, place + "-" + repeat.astype("string"))
    frame = gpd.GeoDataFrame({"id": ids, "area": shapely.area(shapes[order])}, geometry=shapes[order], crs=crs)
    rank = np.empty(len(order) + 1, dtype=np.int64)
    rank[order] = np.arange(len(order))
    rank[-1] = -1
    return frame, rank[number]
