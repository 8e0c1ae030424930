"""Blocks (街区): the ground enclosed by streets, railways and water."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS

from huancheng.city.derive.block_options import BlockOptions
from huancheng.city.derive.faces import Flags, near_lines, polygonize, shared_segments
from huancheng.city.derive.linework import Geometries, gather_lines
from huancheng.city.derive.metric import common_metric_crs
from huancheng.city.derive.sliver_merge import MergePlan, plan_merges
from huancheng.evidence import InputFault

BALANCE_TOLERANCE = 1e-6
"""Area in and area out may differ by this share: rounding on the noding grid, nothing else."""


@dataclass(frozen=True)
class BlockReport:
    """Where the ground went. Areas in square metres.

    Parameters
    ----------
    area_in
        Area of the boundary.
    area_blocks, area_water, area_left_out
        Its parts: blocks; water surfaces; slivers locked between separators and, where a maximum is set, open country.
    faces
        Faces enclosed before merging, water not counted.
    merged
        Faces that joined a neighbour.
    locked_slivers
        Groups of faces left out because every border is a separator, water or the city's edge.
    open_country
        Faces left out because they exceed the maximum area.
    closed_by_boundary
        Blocks that only the city's edge closes on some side.
    """

    area_in: float
    area_blocks: float
    area_water: float
    area_left_out: float
    faces: int
    blocks: int
    merged: int
    locked_slivers: int
    open_country: int
    closed_by_boundary: int

    @property
    def imbalance(self) -> float:
        """Share of the area in that the parts miss or exceed."""
        return abs(self.area_blocks + self.area_water + self.area_left_out - self.area_in) / self.area_in


@dataclass(frozen=True)
class BlockResult:
    """Blocks with the account of the ground.

    Parameters
    ----------
    frame
        `id`, `area` (m2) and `geometry`, from south to north.
    report
        Where the ground went.
    """

    frame: gpd.GeoDataFrame
    report: BlockReport


def derive_blocks(
    boundary: gpd.GeoDataFrame,
    streets: gpd.GeoDataFrame,
    railways: gpd.GeoDataFrame | None = None,
    water: gpd.GeoDataFrame | None = None,
    waterways: gpd.GeoDataFrame | None = None,
    *,
    options: BlockOptions | None = None,
) -> BlockResult:
    """Cut the city into blocks.

    Lines are noded on a millimetre grid together with shores and the city's edge; the faces between them are water or
    ground; slivers and tiny faces join the neighbour with the longest shared border. Area in = blocks + water + left
    out. An id names the place (metres of a point inside), so that a block keeps it while the rest of the city changes.

    Parameters
    ----------
    boundary
        Polygons of the city, in a metric CRS that all layers share.
    streets
        Lines with `class`, optionally `tunnel`.
    railways, waterways
        Lines with `kind`, optionally `tunnel`.
    water
        Surfaces.
    options
        Settings; the defaults are documented on `BlockOptions`.

    Returns
    -------
    BlockResult
        Blocks (provenance derived) and the account.

    Raises
    ------
    InputFault
        If the boundary is empty or the layers are not in one metric CRS.
    ArithmeticError
        If the parts do not add up to the whole, which is a defect of ours.
    """
    options = options or BlockOptions()
    crs = common_metric_crs(
        {"boundary": boundary, "streets": streets, "railways": railways, "water": water, "waterways": waterways}
    )
    area = shapely.force_2d(shapely.union_all(boundary.geometry.to_numpy()))
    if shapely.area(area) <= 0:
        raise InputFault("the boundary has no area", file="boundary", cure="give the outline of the city as a polygon")
    lines = gather_lines(area, streets, railways, water, waterways, options=options)
    faces = polygonize(lines.cutting, area, options.grid)
    wet = _in_water(faces, water)
    ground = faces[~wet]
    segments = shared_segments(ground, options.grid)
    plan = plan_merges(
        shapely.area(ground), shapely.length(ground), segments,
        near_lines(segments.midpoint, lines.separators, 3.0 * options.grid),
        minimum_area=options.minimum_area, minimum_width=options.minimum_width,
    )  # fmt: skip
    edge_faces = ground[segments.outer & _touches(ground, area, options.grid)]
    area_water = float(shapely.area(faces[wet]).sum())
    return _assemble(ground, plan, edge_faces, area=area, area_water=area_water, crs=crs, options=options)


def _in_water(faces: Geometries, water: gpd.GeoDataFrame | None) -> Flags:
    wet = np.zeros(len(faces), bool)
    if water is not None and len(water):
        tree = shapely.STRtree(water.geometry.to_numpy())
        wet[tree.query(shapely.point_on_surface(faces), predicate="within")[0]] = True
    return wet


def _touches(faces: Geometries, area: shapely.Geometry, grid: float) -> Flags:
    edge = shapely.boundary(area)
    shapely.prepare(edge)
    return np.asarray(shapely.dwithin(edge, faces, 2.0 * grid), dtype=bool)


def _assemble(
    ground: Geometries,
    plan: MergePlan,
    edge_faces: Geometries,
    *,
    area: shapely.Geometry,
    area_water: float,
    crs: CRS,
    options: BlockOptions,
) -> BlockResult:
    shapes = _union_groups(ground[~plan.stuck], plan.group[~plan.stuck])
    size = shapely.area(shapes)
    open_country = size > options.maximum_area if options.maximum_area else np.zeros(len(shapes), bool)
    frame = _block_frame(shapes[~open_country], crs)
    inside_edge = shapely.STRtree(frame.geometry.to_numpy()).query(shapely.point_on_surface(edge_faces), "within")[1]
    report = BlockReport(
        area_in=float(shapely.area(area)),
        area_blocks=float(frame["area"].sum()),
        area_water=area_water,
        area_left_out=float(size[open_country].sum() + shapely.area(ground[plan.stuck]).sum()),
        faces=len(ground), blocks=len(frame), merged=plan.merged,
        locked_slivers=len(np.unique(plan.group[plan.stuck])),
        open_country=int(open_country.sum()), closed_by_boundary=len(np.unique(inside_edge)),
    )  # fmt: skip
    if report.imbalance > BALANCE_TOLERANCE:
        message = f"blocks, water and left-out ground miss the city's area by {report.imbalance:.2e}"
        raise ArithmeticError(message)
    return BlockResult(frame, report)


def _union_groups(faces: Geometries, group: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Geometries:
    _, first, number, size = np.unique(group, return_index=True, return_inverse=True, return_counts=True)
    shapes = faces[first].copy()
    members = np.split(np.argsort(number, kind="stable"), np.cumsum(size)[:-1])
    for position in np.flatnonzero(size > 1):
        shapes[position] = shapely.coverage_union_all(faces[members[position]])
    return shapes


def _block_frame(shapes: Geometries, crs: CRS) -> gpd.GeoDataFrame:
    shapes = shapely.normalize(shapes)
    inside = shapely.point_on_surface(shapes)
    east, north = shapely.get_x(inside), shapely.get_y(inside)
    order = np.lexsort((east, north))
    place = pd.Series([f"B{x:.0f}-{y:.0f}" for x, y in zip(east[order], north[order], strict=True)], dtype="string")
    repeat = place.groupby(place).cumcount()
    ids = place.where(repeat == 0, place + "-" + repeat.astype("string"))
    return gpd.GeoDataFrame({"id": ids, "area": shapely.area(shapes[order])}, geometry=shapes[order], crs=crs)
