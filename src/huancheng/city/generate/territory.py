"""Territory: divisions that tile their parent exactly, managed areas, the boundaries of plans."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import shapely

from huancheng.city.generate.arrays import Booleans, Floats, Integers, Objects
from huancheng.city.generate.frame import Frame
from huancheng.city.generate.lattice import Lattice, Strip
from huancheng.city.generate.sizes import SizePlan
from huancheng.city.generate.words import COUNTIES, DISTRICT, community_names

BUILT_UP_MARGIN = 60.0
"""From the outermost street's centre line to the edge of the built-up area, in metres."""

_OUTER = 4
"""Coarse rings of cells on each side of the city that belong to its district; as many again belong to the counties."""

_COUNTY_RINGS = 8


@dataclass(frozen=True)
class Territory:
    """Communities on a grid of cells, and what they add up to.

    Parameters
    ----------
    x, y
        Lines of the grid in drawing-board metres.
    cells
        Polygon of each community, in the order of `column × rows + row`.
    county, street
        County (0 is the district) and street of each community.
    street_county
        County of each street.
    counties, streets
        Polygons.
    urban
        Whether a community touches the built-up part of the skeleton.
    community_names, street_names
        Official names.
    """

    x: Floats
    y: Floats
    cells: Objects
    county: Integers
    street: Integers
    street_county: Integers
    counties: Objects
    streets: Objects
    urban: Booleans
    community_names: Objects
    street_names: Objects

    @property
    def rows(self) -> int:
        """How many cells lie from south to north."""
        return len(self.y) - 1

    def community_of(self, x: Floats, y: Floats) -> Integers:
        """Return the community of places in the city proper, where cells are rectangles."""
        column = np.clip(np.searchsorted(self.x, x, side="right") - 1, 0, len(self.x) - 2)
        row = np.clip(np.searchsorted(self.y, y, side="right") - 1, 0, self.rows - 1)
        result: Integers = column * self.rows + row
        return result


def divide(lattice: Lattice, plan: SizePlan, frame: Frame, random: np.random.Generator) -> Territory:
    """Lay communities, streets, counties over the city and the country around it."""
    x, first_x, last_x = _grid_lines(lattice.x, lattice.columns)
    y, first_y, last_y = _grid_lines(lattice.y, lattice.rows)
    columns, rows = len(x) - 1, len(y) - 1
    cells = _cells(x, y, (first_x, last_x, first_y, last_y), frame, random)
    i, j = (grid.ravel() for grid in np.meshgrid(np.arange(columns), np.arange(rows), indexing="ij"))
    county = _counties(i, j, columns, rows)
    group = np.where(county == 0, plan.street_group, 2)
    far_x, far_y = (i - first_x) // group, (j - first_y) // group
    _, street = np.unique(county * 10**8 + (far_x + 1_000) * 10**4 + far_y + 1_000, return_inverse=True)
    street = street.astype(np.int64)
    street_county = np.zeros(int(street.max()) + 1, np.int64)
    street_county[street] = county
    streets = _merge(cells, street)
    counties = _merge(streets, street_county)
    urban = (i >= first_x) & (i < last_x) & (j >= first_y) & (j < last_y)
    urban_street = np.zeros(len(streets), bool)
    urban_street[street[urban]] = True
    base = community_names(len(cells) + len(streets), random)
    community = base[: len(cells)] + np.where(urban, "社区", "村").astype(object)
    ranks = np.where(urban_street, "街道", np.where(np.arange(len(streets)) % 5 == 4, "乡", "镇")).astype(object)
    return Territory(
        x, y, cells, county, street, street_county, counties, streets, urban, community, base[len(cells) :] + ranks
    )


def _grid_lines(lines: Floats, strips: Integers) -> tuple[Floats, int, int]:
    """Return the grid's lines: the skeleton's (corridors merged, gaps cut up) and coarse rings on both sides."""
    inner = [lines[0]]
    for position, strip in enumerate(strips):
        begin, end = lines[position], lines[position + 1]
        if strip == Strip.GAP:
            inner.extend(np.round(np.linspace(begin, end, 4)[1:]))
        elif strip in (Strip.CANAL, Strip.RAIL):
            inner[-1:] = [begin]  # the corridor goes with the quarter after it
        else:
            inner.append(end)
    # a corridor's second line was never added: the quarter after it begins at the corridor's first line
    core = np.array(inner)
    steps = np.cumsum(np.linspace(900, 2_400, _OUTER + _COUNTY_RINGS))
    return np.concatenate([core[0] - steps[::-1], core, core[-1] + steps]), len(steps), len(steps) + len(core) - 1


def _cells(x: Floats, y: Floats, core: tuple[int, int, int, int], frame: Frame, random: np.random.Generator) -> Objects:
    """Return the cells; in the country their corners and edges wander, always shared by both neighbours."""
    grid_x, grid_y = (grid.copy() for grid in np.meshgrid(x, y, indexing="ij"))
    i, j = np.meshgrid(np.arange(len(x)), np.arange(len(y)), indexing="ij")
    c0, c1, r0, r1 = core
    country = (i < c0 - 1) | (i > c1 + 1) | (j < r0 - 1) | (j > r1 + 1)
    wander = 0.2 * np.minimum(np.gradient(x)[:, None], np.gradient(y)[None, :]) * country
    grid_x += wander * random.uniform(-1, 1, wander.shape)
    grid_y += wander * random.uniform(-1, 1, wander.shape)
    steps = np.array([0.25, 0.5, 0.75])
    across = _edges(grid_x[:-1], grid_y[:-1], grid_x[1:], grid_y[1:], country[:-1] & country[1:], steps, random)
    up = _edges(
        grid_x[:, :-1], grid_y[:, :-1], grid_x[:, 1:], grid_y[:, 1:], country[:, :-1] & country[:, 1:], steps, random
    )
    south, north, west, east = across[:, :-1], across[:, 1:], up[:-1], up[1:]
    ring = np.concatenate([south[:, :, :-1], east[:, :, :-1], north[:, :, :0:-1], west[:, :, ::-1]], axis=2)
    points = frame.points(ring[..., 0], ring[..., 1]).reshape(-1, ring.shape[2], 2)
    return np.asarray(shapely.polygons(points), dtype=object)


def _edges(
    x0: Floats, y0: Floats, x1: Floats, y1: Floats, wandering: Booleans, steps: Floats, random: np.random.Generator
) -> Floats:
    """Return edges with points between their ends, shape (…, 5, 2)."""
    share = np.concatenate([[0.0], steps, [1.0]])
    x = x0[..., None] + (x1 - x0)[..., None] * share
    y = y0[..., None] + (y1 - y0)[..., None] * share
    length = np.hypot(x1 - x0, y1 - y0) * wandering
    x[..., 1:-1] += length[..., None] * random.uniform(-0.06, 0.06, (*length.shape, 3))
    y[..., 1:-1] += length[..., None] * random.uniform(-0.06, 0.06, (*length.shape, 3))
    return np.stack([x, y], axis=-1)


def _counties(i: Integers, j: Integers, columns: int, rows: int) -> Integers:
    """Return the county of each cell: the district in the middle, counties all around it."""
    ring = _COUNTY_RINGS
    west, east, south, north = i < ring, i >= columns - ring, j < ring, j >= rows - ring
    middle_i, middle_j = i < columns // 2, j < rows // 2
    county = np.zeros(len(i), np.int64)
    county[north] = np.where(middle_i, 1, 2)[north]
    county[south] = np.where(middle_i, 3, 4)[south]
    county[west & ~north & ~south] = 5
    county[east & ~north & ~south & ~middle_j] = 6
    county[east & ~north & ~south & middle_j] = 7
    return county


def _merge(polygons: Objects, group: Integers) -> Objects:
    order = np.argsort(group, kind="stable")
    bounds = np.flatnonzero(np.concatenate([[True], np.diff(group[order]) != 0, [True]]))
    merged = [shapely.coverage_union_all(polygons[order[a:b]]) for a, b in itertools.pairwise(bounds)]
    result: Objects = np.array(merged, dtype=np.object_)
    return result


def built_up(lattice: Lattice, frame: Frame) -> Objects:
    """Return the parts of the built-up area: the main city first, then the cluster."""
    parts: list[object] = []
    grown = BUILT_UP_MARGIN
    for member in (~lattice.cluster, lattice.cluster):
        column, row = np.nonzero(_filled(lattice) & member[:, None])
        boxes = shapely.box(
            lattice.x[column] - grown, lattice.y[row] - grown, lattice.x[column + 1] + grown, lattice.y[row + 1] + grown
        )
        whole = shapely.union_all(boxes)
        pieces = sorted(shapely.get_parts(whole), key=lambda part: -part.area)
        parts.extend(frame.moved(piece) for piece in pieces)
    return np.array(parts, dtype=object)


def _filled(lattice: Lattice) -> Booleans:
    """Return active cells and the corridor cells between them."""
    filled = lattice.active.copy()
    for axis, strips in ((0, lattice.columns), (1, lattice.rows)):
        for strip in np.flatnonzero((strips == Strip.CANAL) | (strips == Strip.RAIL)):
            if 0 < strip < len(strips) - 1:
                view = filled if axis == 0 else filled.T
                view[strip] |= view[strip - 1] & view[strip + 1]
    return filled


def county_name(county: int) -> str:
    """Return the name of a county; 0 is the central district."""
    return DISTRICT if county == 0 else COUNTIES[county - 1]
