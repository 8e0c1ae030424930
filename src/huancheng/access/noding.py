"""From lines to nodes and edges: where lines meet, they are cut.

The rule: lines meet where they share a vertex and either have the same level or one of them ends there (a ramp meets
the bridge it leads to). Lines that merely cross do not meet, as in OpenStreetMap; for drawings whose centre lines are
drawn through junctions, `crossing_vertices` puts a vertex where lines of one level cross.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from huancheng.access.lengths import Flags, Integers, Numbers


@dataclass(frozen=True, eq=False)
class Pieces:
    """Nodes, and the pieces of lines between them.

    Parameters
    ----------
    position
        Coordinates of the nodes in metres, shape (nodes, 2), ordered by x, y and level.
    first, second
        Nodes at the ends of each piece, first not above second.
    line
        Line each piece is cut from.
    along
        Whether the piece runs from first to second as its line was drawn.
    geometry
        Line strings from first to second.
    """

    position: Numbers
    first: Integers
    second: Integers
    line: Integers
    along: Flags
    geometry: npt.NDArray[np.object_]


def cut_at_nodes(lines: npt.NDArray[np.object_], level: Integers, snap: float) -> Pieces:
    """Cut lines at their ends and wherever they meet.

    Numbering depends on the coordinates only, not on the order of the lines.

    Parameters
    ----------
    lines
        Line strings of at least two different vertices.
    level
        Vertical order of each line.
    snap
        Vertices in one cell of this width, in metres, are one.

    Returns
    -------
    Pieces
        Nodes and edges.
    """
    coordinates, line = shapely.get_coordinates(lines, return_index=True)
    cell = np.rint(coordinates / snap).astype(np.int64)
    same = np.zeros(len(cell), bool)
    same[1:] = (line[1:] == line[:-1]) & (cell[1:] == cell[:-1]).all(axis=1)
    coordinates, line, cell = coordinates[~same], line[~same], cell[~same]
    border = line[1:] != line[:-1]
    begins, ends = np.ones(len(cell), bool), np.ones(len(cell), bool)
    begins[1:], ends[:-1] = border, border
    is_end = begins | ends
    junction = _junction_of(cell, level[line], is_end)
    times = np.bincount(junction)
    is_cut = is_end | (times[junction] > 1)
    cuts = np.flatnonzero(is_cut)
    node = np.full(len(cell), -1, np.int64)
    numbers, node[cuts] = np.unique(junction[cuts], return_inverse=True)
    example = np.zeros(numbers.size, np.int64)
    example[node[cuts]] = cuts
    begin, stop = cuts[:-1], cuts[1:]
    within = line[begin] == line[stop]
    begin, stop = begin[within], stop[within]
    return _oriented(coordinates, node, cell[example] * snap, begin=begin, stop=stop, line=line)


def _junction_of(cell: Integers, level: Integers, is_end: Flags) -> Integers:
    """Return the junction of each vertex, numbered by x, y, level.

    A cell where a line ends is one junction; any other is one for each level.
    """
    order = np.lexsort((cell[:, 1], cell[:, 0]))
    new = np.ones(len(cell), bool)
    new[1:] = (cell[order[1:]] != cell[order[:-1]]).any(axis=1)
    place = np.empty(len(cell), np.int64)
    place[order] = np.cumsum(new) - 1
    ended = np.zeros(int(new.sum()), bool)
    ended[place[is_end]] = True
    _, rank = np.unique(level, return_inverse=True)
    ranks = int(rank.max(initial=0)) + 1
    key = place * ranks + np.where(ended[place], 0, rank)
    _, junction = np.unique(key, return_inverse=True)
    return np.asarray(junction)


def _oriented(
    coordinates: Numbers, node: Integers, position: Numbers, *, begin: Integers, stop: Integers, line: Integers
) -> Pieces:
    """Build the pieces between the cut vertices `begin` and `stop`, each from its lower node to its higher."""
    number = stop - begin + 1
    piece = np.repeat(np.arange(begin.size), number)
    step = np.arange(piece.size) - np.repeat(np.cumsum(number) - number, number)
    vertex = coordinates[begin[piece] + step]
    geometry = shapely.linestrings(vertex, indices=piece) if begin.size else np.empty(0, object)
    first, second = node[begin], node[stop]
    along = first <= second
    for loop in np.flatnonzero(first == second):
        part = shapely.get_coordinates(geometry[loop])
        along[loop] = part.tolist() <= part[::-1].tolist()
    geometry[~along] = shapely.reverse(geometry[~along])
    return Pieces(
        position,
        np.where(first <= second, first, second).astype(np.int32),
        np.where(first <= second, second, first).astype(np.int32),
        line[begin].astype(np.int32),
        along,
        geometry,
    )


def crossing_vertices(lines: npt.NDArray[np.object_], level: Integers, snap: float) -> npt.NDArray[np.object_]:
    """Return the lines with a vertex wherever two of the same level cross or touch.

    Parameters
    ----------
    lines, level, snap
        As for `cut_at_nodes`.

    Returns
    -------
    numpy.ndarray
        Line strings in the same order; those that cross nothing are unchanged.
    """
    one, other = shapely.STRtree(lines).query(lines, predicate="intersects")
    chosen = (one < other) & (level[one] == level[other])
    one, other = one[chosen], other[chosen]
    shared = shapely.intersection(lines[one], lines[other])
    points, pair = shapely.get_coordinates(shared, return_index=True)
    points = np.rint(points / snap) * snap
    added: dict[int, list[Numbers]] = {}
    for position, point in zip(pair, points, strict=True):
        for line in (int(one[position]), int(other[position])):
            added.setdefault(line, []).append(point)
    result = lines.copy()
    for line, new in added.items():
        result[line] = _with_vertices(lines[line], np.array(new), snap)
    return result


def _with_vertices(line: shapely.LineString, points: Numbers, snap: float) -> shapely.LineString:
    """Insert points into a line at their place along it; points on a vertex move the vertex."""
    vertices = shapely.get_coordinates(line)
    steps = np.hypot(*np.diff(vertices, axis=0).T)
    places = np.concatenate([[0.0], np.cumsum(steps)])
    at = np.asarray(shapely.line_locate_point(line, shapely.points(points)))
    near = np.abs(places[:, None] - at[None, :]) <= snap
    for vertex, point in zip(*np.nonzero(near), strict=True):
        vertices[vertex] = points[point]
    fresh = ~near.any(axis=0)
    order = np.argsort(np.concatenate([places, at[fresh]]), kind="stable")
    return shapely.LineString(np.concatenate([vertices, points[fresh]])[order])
