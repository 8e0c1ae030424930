"""What becomes of drawn units on blocks: areas gained and lost, overlaps, gaps, blocks cut."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from huancheng.city.overlay import Pieces
from huancheng.units.drawn.importing import DrawnPlan


@dataclass(frozen=True)
class UnitChange:
    """A drawn unit and what it became. Areas in square metres.

    Parameters
    ----------
    unit
        Its name.
    drawn, fitted
        Area as drawn, and of the blocks it holds now.
    gained, lost
        Ground it holds now and was not drawn over, and the other way round.
    outside
        Ground drawn where there is no block: water, left out, beyond the scope; part of `lost`.
    """

    unit: str
    drawn: float
    fitted: float
    gained: float
    lost: float
    outside: float


@dataclass(frozen=True)
class DrawnAccount:
    """Everything that was found about drawn units.

    Parameters
    ----------
    mode
        `snapped` or `kept`.
    changes
        One entry for each unit.
    overlaps
        Pairs of units drawn over the same ground, with square metres.
    gaps
        Ground between units that belongs to none: x, y and square metres.
    cut_blocks
        Blocks that a drawn edge cuts: id, and unit (empty for none) with square metres.
    joined
        Names that stood on several rows.
    """

    mode: str
    changes: tuple[UnitChange, ...]
    overlaps: tuple[tuple[str, str, float], ...]
    gaps: tuple[tuple[float, float, float], ...]
    cut_blocks: tuple[tuple[str, tuple[tuple[str, float], ...]], ...]
    joined: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the account for `import.json`."""
        return asdict(self)


def overlaps_of(plan: DrawnPlan, smallest: float) -> tuple[tuple[str, str, float], ...]:
    """Return pairs of units that share more than `smallest` square metres."""
    shapes, names = plan.frame.geometry.to_numpy(), plan.frame["unit"].to_numpy(dtype=object)
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    one, other = one[one < other], other[one < other]
    area = shapely.area(shapely.intersection(shapes[one], shapes[other]))
    rows = sorted(zip(one.tolist(), other.tolist(), area.tolist(), strict=True))
    return tuple((str(names[a]), str(names[b]), round(size, 2)) for a, b, size in rows if size > smallest)


def gaps_of(plan: DrawnPlan, width: float, smallest: float) -> tuple[tuple[float, float, float], ...]:
    """Return ground in no unit that is enclosed by units, or at most `width` metres wide between two of them."""
    shapes = plan.frame.geometry.to_numpy()
    whole = shapely.union_all(shapes)
    closed = shapely.buffer(shapely.buffer(whole, width / 2.0, join_style="mitre"), -width / 2.0, join_style="mitre")
    outer = np.asarray(shapely.polygons(shapely.get_exterior_ring(shapely.get_parts(whole))), dtype=object)
    filled = shapely.union(shapely.union_all(outer), closed)
    parts = shapely.get_parts(shapely.difference(filled, whole))
    parts = parts[shapely.area(parts) > smallest]
    near = shapely.STRtree(shapes).query(parts, predicate="dwithin", distance=0.01)[0]
    enclosed = shapely.within(parts, shapely.union_all(outer))
    kept = parts[(np.bincount(near, minlength=len(parts)) > 1) | enclosed]
    inside = shapely.get_coordinates(shapely.point_on_surface(kept)).round(1)
    size = shapely.area(kept)
    found = sorted((float(inside[row, 1]), float(inside[row, 0]), float(size[row])) for row in range(len(kept)))
    return tuple((x, y, round(size, 2)) for y, x, size in found)


def cut_blocks_of(
    blocks: gpd.GeoDataFrame, plan: DrawnPlan, pieces: Pieces, smallest: float
) -> tuple[tuple[str, tuple[tuple[str, float], ...]], ...]:
    """Return blocks of which at least two parts of more than `smallest` square metres lie in different units or none.

    Parameters
    ----------
    blocks, plan
        Blocks and units.
    pieces
        Parts of blocks (footprints) in units (zones).
    smallest
        Square metres.
    """
    area, ids = blocks.geometry.area.to_numpy(), blocks["id"].to_numpy(dtype=object)
    names = plan.frame["unit"].to_numpy(dtype=object)
    rest = area - np.bincount(pieces.footprint, pieces.area, len(blocks))
    found = []
    for block in np.unique(pieces.footprint):
        first, after = np.searchsorted(pieces.footprint, [block, block + 1])
        mine = np.arange(first, after)
        parts = [(str(names[pieces.zone[row]]), round(float(pieces.area[row]), 2)) for row in mine]
        parts = [part for part in parts if part[1] > smallest]
        if rest[block] > smallest:
            parts.append(("", round(float(rest[block]), 2)))
        if len(parts) > 1:
            found.append((str(ids[block]), tuple(parts)))
    return tuple(found)
