"""Shapes as a layer needs them: of its kind, in the plane, valid; each repair named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import shapely

from huancheng.city.build.mapping import RepairRules
from huancheng.city.schema import Geometry

Geometries = npt.NDArray[np.object_]

_DIMENSION = {Geometry.POINT: 0, Geometry.LINE: 1, Geometry.POLYGON: 2}
_WORDS = {-1: "nothing", 0: "a point", 1: "a line", 2: "a polygon"}
_KINDS = {Geometry.POINT: "points", Geometry.LINE: "lines", Geometry.POLYGON: "polygons"}
_COLLECTION = shapely.GeometryType.GEOMETRYCOLLECTION
_MULTIPOINT = shapely.GeometryType.MULTIPOINT


@dataclass
class Shaped:
    """Shapes of one kind, and what was done.

    Parameters
    ----------
    shapes
        Shape (n,); None where refused.
    repaired
        Position and reason, the row being kept.
    refused
        Position and reason.
    token
        Positions whose extent is unknown and stands as a small square; their area means nothing.
    area, length
        Of the source's shape (m2, m), before a polygon becomes a point; shape (n,).
    """

    shapes: Geometries
    repaired: dict[int, str] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)
    token: set[int] = field(default_factory=set)
    area: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    length: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty(0))

    def refuse(self, position: int, reason: str) -> None:
        """Take a row out."""
        self.shapes[position] = None
        self.repaired.pop(position, None)
        self.refused.setdefault(position, reason)

    def repair(self, position: int, shape: shapely.Geometry, reason: str) -> None:
        """Put a repaired shape in place of a row's own."""
        self.shapes[position] = shape
        before = self.repaired.get(position)
        self.repaired[position] = f"{before}; {reason}" if before else reason


def shape_for(
    kind: Geometry, shapes: Geometries, broken: dict[int, str], rules: RepairRules, *, close_lines: bool
) -> Shaped:
    """Return shapes of the layer's kind.

    Parameters
    ----------
    kind
        What the layer holds.
    shapes
        Shapes in the metric CRS, shape (n,), None where missing.
    broken
        By position, what the reader already found broken (a ring collapsed onto a point comes as a point).
    rules
        How far repairs may go.
    close_lines
        Closed lines are the polygons they enclose.
    """
    result = Shaped(np.array(shapely.force_2d(shapes), dtype=object))
    for position in np.flatnonzero(shapely.is_missing(shapes) | shapely.is_empty(shapes)):
        result.refuse(int(position), broken.get(int(position), "the row has no shape"))
    for place, reason in broken.items():
        if result.shapes[place] is not None:
            result.repair(place, result.shapes[place], reason)
    flat = _make_valid(result, kind)
    if kind is Geometry.POLYGON:
        _squares(result, [*broken, *flat], rules)
        if close_lines:
            _close(result)
    result.area = np.nan_to_num(shapely.area(result.shapes))
    result.length = np.nan_to_num(shapely.length(result.shapes))
    result.area[list(result.token)] = np.nan
    if kind is Geometry.POINT:
        _to_points(result)
        result.area[result.area == 0] = np.nan
    else:
        _to_parts(result, kind, rules)
    return result


def _make_valid(result: Shaped, kind: Geometry) -> list[int]:
    """Make shapes valid; return the positions of polygons whose ring is flat and that came down to their points."""
    flat: list[int] = []
    there = ~shapely.is_missing(result.shapes)
    invalid = np.flatnonzero(there & ~shapely.is_valid(result.shapes))
    if not len(invalid):
        return flat
    reasons = shapely.is_valid_reason(result.shapes[invalid])
    mended = shapely.make_valid(result.shapes[invalid], method="structure", keep_collapsed=False)
    for position, reason, shape in zip(invalid, reasons, mended, strict=True):
        at = int(position)
        words = str(reason).split("[", maxsplit=1)[0].strip().lower()
        before = float(shapely.area(result.shapes[at]))
        if shapely.is_empty(shape) and kind is not Geometry.LINE:
            points = shapely.MultiPoint(shapely.get_coordinates(result.shapes[at]))
            collapsed = points.convex_hull
            result.repair(at, collapsed, f"flat ring ({words})")
            flat.append(at)
        elif shapely.is_empty(shape):
            result.refuse(at, f"invalid ({words}), and nothing is left when it is made valid")
        else:
            change = f"area {before:.1f} to {float(shapely.area(shape)):.1f} m2"
            result.repair(at, shape, f"invalid ({words}), made valid, {change}")
    return flat


def _squares(result: Shaped, broken: Sequence[int], rules: RepairRules) -> None:
    half = rules.point_square / 2
    for position in broken:
        shape = result.shapes[position]
        if shape is None or shapely.get_dimensions(shape) == _DIMENSION[Geometry.POLYGON]:
            continue
        x, y = shapely.centroid(shape).coords[0]
        square = shapely.box(x - half, y - half, x + half, y + half)
        result.repair(position, square, f"kept as a square of {rules.point_square:g} m, its area unknown")
        result.token.add(position)


def _close(result: Shaped) -> None:
    lines = shapely.get_type_id(result.shapes) == shapely.GeometryType.LINESTRING
    closed = lines & shapely.is_closed(result.shapes) & (shapely.get_num_points(result.shapes) > 3)  # noqa: PLR2004
    for position in np.flatnonzero(closed):
        polygon = shapely.make_valid(shapely.Polygon(result.shapes[position]), method="structure", keep_collapsed=False)
        result.repair(int(position), polygon, "a closed line, taken as the polygon it encloses")


def _to_points(result: Shaped) -> None:
    there = ~shapely.is_missing(result.shapes)
    several = (shapely.get_type_id(result.shapes) == _MULTIPOINT) & (shapely.get_num_geometries(result.shapes) > 1)
    for position in np.flatnonzero(several):
        shape = result.shapes[position]
        reason = f"{shapely.get_num_geometries(shape)} points in one row; the first was taken"
        result.repair(int(position), shapely.get_geometry(shape, 0), reason)
    result.shapes[there] = shapely.point_on_surface(result.shapes[there])


def _to_parts(result: Shaped, kind: Geometry, rules: RepairRules) -> None:
    wanted = _DIMENSION[kind]
    there = ~shapely.is_missing(result.shapes)
    mixed = there & (shapely.get_type_id(result.shapes) == _COLLECTION)
    other = there & ~mixed & (shapely.get_dimensions(result.shapes) != wanted)
    for position in np.flatnonzero(other):
        word = _WORDS[int(shapely.get_dimensions(result.shapes[position]))]
        closed = word == "a line" and bool(shapely.is_closed(result.shapes[position]))
        hint = " (closed: set `close_lines = true` if it is an outline)" if closed else ""
        result.refuse(int(position), f"{word} in a layer of {_KINDS[kind]}{hint}")
    for position in np.flatnonzero(mixed):
        _keep_kind(result, int(position), kind)
    for repaired in sorted(result.repaired):
        _drop_slivers(result, repaired, kind, rules.least_part)
    size = shapely.area(result.shapes) if wanted == _DIMENSION[Geometry.POLYGON] else shapely.length(result.shapes)
    for position in np.flatnonzero(~shapely.is_missing(result.shapes) & ~(size > 0)):
        result.refuse(int(position), f"{_WORDS[wanted]} without extent")


def parts_of_kind(shape: shapely.Geometry, kind: Geometry) -> list[shapely.Geometry]:
    """Return the parts of a shape, nested collections included, that are of a kind."""
    if shapely.get_type_id(shape) >= shapely.GeometryType.MULTIPOINT:
        return [part for child in shapely.get_parts(shape) for part in parts_of_kind(child, kind)]
    return [shape] if shapely.get_dimensions(shape) == _DIMENSION[kind] and not shapely.is_empty(shape) else []


def collect(parts: list[shapely.Geometry], kind: Geometry) -> shapely.Geometry | None:
    """Return one shape of the parts; None of none."""
    if len(parts) <= 1:
        return parts[0] if parts else None
    together: shapely.Geometry = (shapely.multipolygons if kind is Geometry.POLYGON else shapely.multilinestrings)(
        parts
    )  # type: ignore[assignment]
    return together


def _keep_kind(result: Shaped, position: int, kind: Geometry) -> None:
    shape = result.shapes[position]
    parts = parts_of_kind(shape, kind)
    kept = collect(parts, kind)
    if kept is None:
        result.refuse(position, f"a mixed shape without {_KINDS[kind]}")
        return
    dropped = shapely.get_num_geometries(shape) - len(parts)
    kept = shapely.make_valid(kept) if not shapely.is_valid(kept) else kept
    result.repair(position, kept, f"a mixed shape: {_KINDS[kind]} kept, {max(dropped, 0)} other parts dropped")


def _drop_slivers(result: Shaped, position: int, kind: Geometry, least: float) -> None:
    shape = result.shapes[position]
    if shape is None or position in result.token:
        return
    parts = parts_of_kind(shape, kind)
    size = [float(shapely.area(part) if kind is Geometry.POLYGON else shapely.length(part)) for part in parts]
    large = [part for part, extent in zip(parts, size, strict=True) if extent >= least]
    if len(large) == len(parts):
        return
    kept = collect(large, kind)
    lost = sum(extent for extent in size if extent < least)
    unit = "m2" if kind is Geometry.POLYGON else "m"
    if kept is None:
        result.refuse(position, f"only slivers are left ({lost:.4f} {unit})")
    else:
        result.repair(position, kept, f"{len(parts) - len(large)} slivers dropped ({lost:.4f} {unit})")
