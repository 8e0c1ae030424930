"""Which footprint lies in which zone with how many square metres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from huancheng.city.overlay.edges import Floats, Geometries, Integers, edge_table
from huancheng.city.overlay.kernel import shared_areas
from huancheng.city.overlay.points import NO_ZONE
from huancheng.city.overlay.zones import PreparedZones, prepare_zones

SMALLEST_PIECE = 1e-6
"""Square metres: one cell of the millimetre grid of snapshots. Shapes that merely touch share less."""


@dataclass(frozen=True)
class Pieces:
    """Parts of footprints in zones, ordered by footprint, then zone.

    Parameters
    ----------
    footprint, zone
        Row numbers; shape (pieces,).
    area
        Square metres; shape (pieces,).
    """

    footprint: Integers
    zone: Integers
    area: Floats


def main_zone(pieces: Pieces, footprint_count: int) -> Integers:
    """Return for each footprint the zone that holds most of it, -1 where none does; of equal parts the lower number.

    Parameters
    ----------
    pieces
        Parts of the footprints.
    footprint_count
        Number of footprints the parts were made of.
    """
    found = np.full(footprint_count, NO_ZONE, dtype=np.int64)
    smallest_first = np.lexsort((-pieces.zone, pieces.area))
    found[pieces.footprint[smallest_first]] = pieces.zone[smallest_first]
    return found


def intersection_areas(footprints: Geometries, zones: PreparedZones | Geometries) -> Pieces:
    """Return the area that each footprint shares with each zone, where it shares any.

    Parameters
    ----------
    footprints
        Valid polygons or multipolygons in the metric CRS of the zones.
    zones
        Zones, best prepared once where many footprints come in parts.

    Raises
    ------
    ValueError
        If a geometry is no polygon.
    """
    zones = zones if isinstance(zones, PreparedZones) else prepare_zones(zones)
    footprints = np.asarray(footprints, dtype=object)
    table = edge_table(footprints, zones.edges.origin)
    footprint, zone = zones.tree.query(footprints).astype(np.int64)
    order = np.lexsort((zone, footprint))
    footprint, zone = footprint[order], zone[order]
    area = shared_areas(
        footprint, zone, table.edge, table.start, table.box, zones.edges.edge, zones.edges.box,
        zones.index.slab_start, zones.index.entry_start, zones.index.entry, zones.index.first_slab, zones.index.scale,
    )  # fmt: skip
    kept = area > SMALLEST_PIECE
    return Pieces(footprint[kept], zone[kept], area[kept])
