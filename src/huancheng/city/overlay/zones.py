"""Zones made ready for many overlays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from huancheng.city.overlay.edges import EdgeTable, Geometries, edge_table
from huancheng.city.overlay.slabs import SlabIndex, slab_index


@dataclass(frozen=True)
class PreparedZones:
    """Zones with their search tree and edge index.

    Parameters
    ----------
    shapes
        Polygons or multipolygons in a metric CRS; shape (zones,).
    tree
        Search tree over their boxes.
    edges
        Their signed edges.
    index
        Index over the edges.
    """

    shapes: Geometries
    tree: shapely.STRtree
    edges: EdgeTable
    index: SlabIndex


def prepare_zones(shapes: Geometries) -> PreparedZones:
    """Return the zones made ready; they may overlap, and an empty one meets nothing.

    Raises
    ------
    ValueError
        If a zone is no polygon.
    """
    shapes = np.asarray(shapes, dtype=object)
    corner = shapely.bounds(shapes)[~shapely.is_empty(shapes) & ~shapely.is_missing(shapes), :2]
    origin = (float(corner[:, 0].min()), float(corner[:, 1].min())) if len(corner) else (0.0, 0.0)
    edges = edge_table(shapes, origin)
    return PreparedZones(shapes, shapely.STRtree(shapes), edges, slab_index(edges))
