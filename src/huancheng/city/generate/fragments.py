"""Fragments of land (零星土地) planted in vacant plots: corner, enclosed and interlocked, each beside its project."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from huancheng.city.generate.arrays import Integers, Objects
from huancheng.city.generate.columns import ids, layer_frame, texts
from huancheng.city.generate.fabric import Plots
from huancheng.city.generate.frame import Frame
from huancheng.city.generate.plot_uses import PlotUse, Uses

KINDS = ("corner", "enclosed", "interlocked", "large")
"""What is planted; `large` is enclosed like a fragment and too large to be one."""

MOST_HOSTS = 40
_LEAST_WIDTH, _LEAST_DEPTH = 100.0, 150.0


@dataclass(frozen=True)
class Fragments:
    """Plots that are projects, and the fragments in them, on the drawing board.

    Parameters
    ----------
    hosts
        Rows of the plots; each is a project of its own.
    projects
        Their ground without the fragments; shape (hosts,).
    shapes
        Fragments; shape (fragments,).
    kind
        Number of `KINDS`; shape (fragments,).
    host
        Place in `hosts` of the project each lies beside; shape (fragments,).
    """

    hosts: Integers
    projects: Objects
    shapes: Objects
    kind: Integers
    host: Integers


def plant_fragments(plots: Plots, uses: Uses) -> Fragments:
    """Carve fragments out of the first large vacant plots.

    Every fragment keeps a margin to the limits of its rule: 3 mu (2,000 m2), and three quarters of the border shared
    with the project. A corner strip of 480 m2 shares 62 % with the project and has the street on the rest; an enclosed
    square of 576 m2 shares all; three teeth of 600 m2 in all lie between strips of the project; the large square has
    2,500 m2.
    """
    width, depth = plots.x1 - plots.x0, plots.y1 - plots.y0
    large = (width >= _LEAST_WIDTH) & (depth >= _LEAST_DEPTH)
    hosts = np.flatnonzero((uses.use == PlotUse.VACANT) & large)[:MOST_HOSTS]
    planted = [_carved(*(float(side[row]) for side in (plots.x0, plots.y0, plots.x1, plots.y1))) for row in hosts]
    shapes = np.array([shape for group in planted for shape in group], dtype=object)
    ground = shapely.box(plots.x0[hosts], plots.y0[hosts], plots.x1[hosts], plots.y1[hosts])
    projects = np.array(
        [shapely.difference(plot, shapely.union_all(group)) for plot, group in zip(ground, planted, strict=True)],
        dtype=object,
    )
    return Fragments(
        hosts, projects, shapes,
        np.tile(np.arange(len(KINDS)), len(hosts)), np.repeat(np.arange(len(hosts)), len(KINDS)),
    )  # fmt: skip


def _carved(x0: float, y0: float, x1: float, y1: float) -> tuple[shapely.Geometry, ...]:
    """Return corner, enclosed, interlocked and large ground in a plot whose south and north sides lie on a street."""
    middle = (y0 + y1) / 2.0
    corner = shapely.box(x0 + 20.0, y0, x0 + 60.0, y0 + 12.0)
    enclosed = shapely.box(x0 + 12.0, middle - 12.0, x0 + 36.0, middle + 12.0)
    teeth = shapely.multipolygons(
        [shapely.box(x0 + left, y1 - 25.0, x0 + left + 8.0, y1) for left in (20.0, 38.0, 56.0)]
    )
    large = shapely.box(x1 - 58.0, middle - 25.0, x1 - 8.0, middle + 25.0)
    return corner, enclosed, teeth, large


def with_fragments(parcels: gpd.GeoDataFrame, fragments: Fragments, frame: Frame) -> gpd.GeoDataFrame:
    """Return parcels with the projects' ground reduced and a parcel for each fragment at the end."""
    count, more = len(parcels), len(fragments.shapes)
    shapes = parcels.geometry.to_numpy().copy()
    shapes[fragments.hosts] = [frame.moved(shape) for shape in fragments.projects]
    codes = np.array([f"990001GB{number + 1:06d}" for number in range(count, count + more)], dtype=object)
    every = np.ones(more, dtype=bool)
    added = layer_frame(
        {
            "id": ids("A", count + more)[count:],
            "parcel_code": texts(codes),
            "use": texts(np.full(more, "vacant", dtype=object)),
            "tenure": texts(np.full(more, "state", dtype=object)),
            "title_status": texts(np.full(more, "registered", dtype=object)),
            "granted_on": texts(codes, every),
        },
        np.array([frame.moved(shape) for shape in fragments.shapes], dtype=object),
    )
    return gpd.GeoDataFrame(pd.concat([parcels.set_geometry(shapes), added], ignore_index=True), crs=parcels.crs)


def fragment_truth(fragments: Fragments, parcel_ids: Objects) -> dict[str, object]:
    """Return what was planted by the ids of parcels: projects, fragments of each kind, and all that are none."""
    first = len(parcel_ids) - len(fragments.shapes)
    own = parcel_ids[first:]
    kinds = {kind: own[fragments.kind == number].tolist() for number, kind in enumerate(KINDS)}
    beside = {str(own[row]): str(parcel_ids[fragments.hosts[host]]) for row, host in enumerate(fragments.host)}
    ordinary = [*np.delete(parcel_ids[:first], fragments.hosts).tolist(), *kinds.pop("large")]
    return {"projects": parcel_ids[fragments.hosts].tolist(), **kinds, "beside": beside, "clear": ordinary}
