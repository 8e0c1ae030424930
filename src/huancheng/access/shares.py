"""Shares of people, homes or land within a distance."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from huancheng.access.lengths import Flags, Integers, Numbers

MOST_VERTICES = 256
"""Areas with more vertices are cut up before they are overlaid; the results are the same."""


def within(distance: Integers, limit: int) -> Flags:
    """Whether each distance is known and not above the limit.

    Parameters
    ----------
    distance
        Decimetres, any shape; `UNREACHED` where there is no way.
    limit
        Decimetres, inclusive.

    Returns
    -------
    Flags
        Same shape.
    """
    return (distance >= 0) & (distance <= limit)


def served_share(distance: Integers, weights: npt.ArrayLike, limit: int) -> Numbers:
    """Share of the weight (residents, homes, floor or land area) that has a target within the limit.

    Parameters
    ----------
    distance
        Decimetres of each origin, shape (origins,) or (origins, classes).
    weights
        Weight of each origin, finite and not negative.
    limit
        Decimetres, inclusive.

    Returns
    -------
    Numbers
        Share from 0 to 1 for each class (one number for one dimension); NaN where the weights sum to nothing.

    Raises
    ------
    ValueError
        If the weights don't fit the distances, or one is negative or not finite.
    """
    shares = served_share_by_group(distance, weights, limit, np.zeros(len(distance), np.int32), 1)
    return np.asarray(shares[0])


def served_share_by_group(
    distance: Integers, weights: npt.ArrayLike, limit: int, group: npt.ArrayLike, groups: int
) -> Numbers:
    """Share of the weight within the limit, group by group (estate, street, block).

    Parameters
    ----------
    distance, weights, limit
        As for `served_share`.
    group
        Number of each origin's group, from 0; -1 for none.
    groups
        Number of groups.

    Returns
    -------
    Numbers
        Shape (groups,) or (groups, classes); NaN where a group has no weight.

    Raises
    ------
    ValueError
        If the arrays don't fit, or a weight is negative or not finite.
    """
    weight, label = np.asarray(weights, np.float64), np.asarray(group)
    if weight.shape != (len(distance),) or label.shape != weight.shape:
        message = f"{len(distance)} distances need as many weights and groups, not {weight.shape} and {label.shape}"
        raise ValueError(message)
    if not np.isfinite(weight).all() or (weight < 0).any():
        message = "weights must be finite and not negative; give unknown ones a value or leave their origins out"
        raise ValueError(message)
    chosen = label >= 0
    served = within(distance, limit)[chosen]
    served = served[:, None] if distance.ndim == 1 else served
    weight, label = weight[chosen], label[chosen]
    total = np.bincount(label, weight, groups)
    parts = [np.bincount(label, weight * column, groups) for column in served.T]
    share = np.full((groups, len(parts)), np.nan)
    known = total > 0
    share[known] = np.column_stack(parts)[known] / total[known, None] if parts else np.empty((int(known.sum()), 0))
    return share[:, 0] if distance.ndim == 1 else share


def covered_area(areas: gpd.GeoSeries, catchments: gpd.GeoSeries) -> Numbers:
    """Area of each polygon that lies in any of the catchments.

    Parameters
    ----------
    areas
        Polygons in a metric CRS (residential land, blocks).
    catchments
        Polygons in the same CRS; where they overlap, ground counts once.

    Returns
    -------
    Numbers
        Square metres, one for each polygon.

    Raises
    ------
    ValueError
        If the CRS differ.
    """
    if areas.crs is not None and catchments.crs is not None and not areas.crs.equals(catchments.crs):
        message = f"the areas are in {areas.crs.name}, the catchments in {catchments.crs.name}; reproject one of them"
        raise ValueError(message)
    shapes = areas.to_numpy()
    ground = _subdivided(shapely.union_all(catchments.to_numpy()))
    shapely.prepare(ground)
    row, part = shapely.STRtree(ground).query(shapes, predicate="intersects")
    inside = shapely.contains_properly(ground[part], shapes[row])
    pieces = shapely.area(shapes[row])
    pieces[~inside] = shapely.area(shapely.intersection(shapes[row[~inside]], ground[part[~inside]]))
    return np.bincount(row, pieces, len(shapes)).astype(np.float64)


def _subdivided(shape: shapely.Geometry) -> npt.NDArray[np.object_]:
    """Cut an area into parts of few vertices by halving its extent, so that each later cut is a small one."""
    waiting, parts = list(shapely.get_parts(shape)), []
    while waiting:
        part = waiting.pop()
        if shapely.get_num_coordinates(part) <= MOST_VERTICES:
            parts.append(part)
            continue
        west, south, east, north = part.bounds
        if east - west >= north - south:
            halves = (
                shapely.box(west, south, (west + east) / 2, north),
                shapely.box((west + east) / 2, south, east, north),
            )
        else:
            halves = (
                shapely.box(west, south, east, (south + north) / 2),
                shapely.box(west, (south + north) / 2, east, north),
            )
        pieces = shapely.get_parts(shapely.intersection(part, halves))
        waiting.extend(pieces[shapely.area(pieces) > 0])
    return np.array(parts, dtype=object)
