"""How a parcel lies towards a project: shares of its border, ground inside its outline, room to build."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from huancheng.city.derive.faces import Integers
from huancheng.city.derive.linework import Geometries


@dataclass(frozen=True)
class Lie:
    """How one parcel lies towards one project.

    Parameters
    ----------
    parcel, project
        Numbers.
    area, perimeter
        Square metres and metres of the parcel.
    with_project, with_others, open_
        Shares of the perimeter that are the project's, other parcels', and nobody's (a street, the edge of the plan);
        they sum to 1.
    parts, parts_touching
        Polygons of the parcel, and how many of them border on the project.
    interlock
        Share of the ground inside the outline around the parcel (convex hull), without the parcel's own, that is the
        project's, as a share of the whole outline.
    width
        Diameter in metres of the largest circle that fits in.
    """

    parcel: int
    project: int
    area: float
    perimeter: float
    with_project: float
    with_others: float
    open_: float
    parts: int
    parts_touching: int
    interlock: float
    width: float


def lies(parcels: Geometries, small: Integers, projects: Geometries, tolerance: float) -> list[Lie]:
    """Measure small parcels towards the projects they border on; each towards the one with the longest border.

    Parameters
    ----------
    parcels
        Polygons.
    small
        Rows of the parcels to be measured.
    projects
        Ground of the projects.
    tolerance
        Borders at most this many metres apart are shared.
    """
    tree, project_tree = shapely.STRtree(parcels), shapely.STRtree(projects)
    found = []
    for row in small:
        shape = parcels[row]
        near = project_tree.query(shape, predicate="dwithin", distance=tolerance)
        if len(near) == 0:
            continue
        lengths = np.array([_shared(shape, projects[project], tolerance) for project in near])
        best = int(np.lexsort((near, -lengths))[0])
        if lengths[best] <= tolerance:
            continue
        project = int(near[best])
        others = tree.query(shape, predicate="dwithin", distance=tolerance)
        others = np.sort(others[others != row])
        pair = (int(row), project)
        found.append(_lie(pair, shape, projects[project], others=parcels[others], tolerance=tolerance))
    return found


def _lie(
    pair: tuple[int, int],
    shape: shapely.Geometry,
    project: shapely.Geometry,
    *,
    others: Geometries,
    tolerance: float,
) -> Lie:
    perimeter = float(shapely.length(shape))
    border = shapely.boundary(shape)
    ours = shapely.intersection(border, shapely.buffer(project, tolerance))
    rest = shapely.difference(border, shapely.buffer(project, tolerance))
    with_project = float(shapely.length(ours)) / perimeter
    foreign = shapely.intersection(rest, shapely.buffer(shapely.union_all(others), tolerance))
    with_others = float(shapely.length(foreign)) / perimeter
    hull = shapely.convex_hull(shape)
    circle = shapely.maximum_inscribed_circle(max(shapely.get_parts(shape), key=shapely.area), tolerance=0.1)
    return Lie(
        *pair, float(shapely.area(shape)), perimeter, with_project, with_others,
        max(0.0, 1.0 - with_project - with_others), int(shapely.get_num_geometries(shape)),
        sum(_shared(part, project, tolerance) > tolerance for part in shapely.get_parts(shape)),
        float(shapely.area(shapely.intersection(hull, project)) / shapely.area(hull)),
        2.0 * float(shapely.length(circle)),
    )  # fmt: skip


def _shared(shape: shapely.Geometry, project: shapely.Geometry, tolerance: float) -> float:
    return float(shapely.length(shapely.intersection(shapely.boundary(shape), shapely.buffer(project, tolerance))))
