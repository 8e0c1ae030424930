"""Problems by type, shared among blocks: a place by where it lies, a street by its length, a ground by its area."""

from __future__ import annotations

import numpy as np
import shapely

from huancheng.city.derive.linework import Geometries
from huancheng.city.overlay import NO_ZONE, PreparedZones, points_in_zones
from huancheng.units.attributes.columns import BlockColumn, ColumnAccount
from huancheng.units.attributes.sharing import Parts, parts_of, summed
from huancheng.units.attributes.tables import SourceLayer

PREFIX = "problems:"


def problem_columns(problems: SourceLayer, blocks: PreparedZones) -> tuple[list[BlockColumn], list[ColumnAccount]]:
    """Return one column for each type of problem: how many problems, cut ones counted in part on either side.

    Parameters
    ----------
    problems
        `problem_type` and a geometry of any kind; a row without a type counts as `未分类`.
    blocks
        Blocks.
    """
    shapes = problems.frame.geometry.to_numpy()
    types = problems.frame["problem_type"].astype("string").fillna("未分类").to_numpy(dtype=object)
    columns, accounts = [], []
    everywhere = np.ones(len(shapes), dtype=bool)
    parts = _parts(shapes, blocks)
    for name in sorted(set(types.tolist())):
        count = (types == name).astype(np.float64)
        column, account = summed(
            f"{PREFIX}{name}", problems, parts, count, column="problem_type", applicable=everywhere
        )
        columns.append(column)
        accounts.append(account)
    return columns, accounts


def _parts(shapes: Geometries, blocks: PreparedZones) -> Parts:
    dimension = shapely.get_dimensions(shapes)
    found = [_of_points(shapes, np.flatnonzero(dimension == 0), blocks)]
    found.append(_of_lines(shapes, np.flatnonzero(dimension == 1), blocks))
    ground = np.flatnonzero(dimension == 2)  # noqa: PLR2004 - surfaces have two dimensions
    if len(ground):
        parts = parts_of(shapes[ground], blocks)
        found.append((ground[parts.row], parts.block, parts.share))
    row, block, share = (np.concatenate(each) for each in zip(*found, strict=True))
    return Parts(row, block, share, share, len(shapes), len(blocks.shapes))


_Found = tuple[
    np.ndarray[tuple[int], np.dtype[np.int64]],
    np.ndarray[tuple[int], np.dtype[np.int64]],
    np.ndarray[tuple[int], np.dtype[np.float64]],
]


def _of_points(shapes: Geometries, rows: np.ndarray[tuple[int], np.dtype[np.int64]], blocks: PreparedZones) -> _Found:
    place = points_in_zones(shapely.point_on_surface(shapes[rows]), blocks.shapes)
    inside = place != NO_ZONE
    return rows[inside], place[inside], np.ones(int(inside.sum()))


def _of_lines(shapes: Geometries, rows: np.ndarray[tuple[int], np.dtype[np.int64]], blocks: PreparedZones) -> _Found:
    line, block = blocks.tree.query(shapes[rows], predicate="intersects")
    piece = shapely.length(shapely.intersection(shapes[rows][line], blocks.shapes[block]))
    own = shapely.length(shapes[rows])[line]
    # a line on the edge of two blocks is measured in both; it is shared out once
    held = np.bincount(line, piece / own, len(rows))
    share = piece / own / np.maximum(held, 1.0)[line]
    kept = share > 0
    return rows[line[kept]], block[kept].astype(np.int64), share[kept]
