"""Cutting lines and land at the atoms' borders without counting anything twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely


@dataclass(frozen=True)
class Pieces:
    """What lies of each shape in each atom.

    Parameters
    ----------
    owner
        Position of the shape a piece comes from.
    atom
        Atom it lies in.
    shapes
        The pieces.
    """

    owner: npt.NDArray[np.intp]
    atom: npt.NDArray[np.int32]
    shapes: npt.NDArray[Any]


def cut(shapes: npt.NDArray[Any], atoms: npt.NDArray[Any]) -> Pieces:
    """Cut shapes by disjoint polygons; what lies outside all of them is left out.

    A line along a border touches two atoms; it is given to the first and not to the second, so that lengths add up.
    """
    tree = shapely.STRtree(shapes)
    inside_atom, inside = tree.query(atoms, predicate="contains_properly")
    whole = np.zeros(len(shapes), bool)
    whole[inside] = True
    atom, owner = tree.query(atoms, predicate="intersects")
    crossing = ~whole[owner]
    atom, owner = atom[crossing], owner[crossing]
    order = np.lexsort((atom, owner))
    atom, owner = atom[order], owner[order]
    cut_owner, cut_atom, cut_shapes = _cut_in_turn(shapes, atoms, owner, atom)
    owners = np.concatenate([inside, cut_owner])
    result_atoms = np.concatenate([inside_atom, cut_atom]).astype(np.int32)
    result = np.concatenate([shapes[inside], cut_shapes])
    order = np.lexsort((result_atoms, owners))
    return Pieces(owners[order], result_atoms[order], result[order])


def _cut_in_turn(
    shapes: npt.NDArray[Any], atoms: npt.NDArray[Any], owner: npt.NDArray[np.intp], atom: npt.NDArray[np.intp]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], npt.NDArray[Any]]:
    """Give each shape's first atom its piece, then the next atom what it finds in the remainder, and so on."""
    turn = turns(owner)
    rest = shapes.copy()
    owners, results, pieces = [owner[:0]], [atom[:0]], [shapes[:0]]
    for number in range(int(turn.max()) + 1 if len(turn) else 0):
        now = turn == number
        here, there = owner[now], atom[now]
        piece = shapely.intersection(rest[here], atoms[there])
        rest[here] = shapely.difference(rest[here], atoms[there])
        kept = (shapely.length(piece) > 0) | (shapely.area(piece) > 0)
        owners.append(here[kept])
        results.append(there[kept])
        pieces.append(piece[kept])
    return np.concatenate(owners), np.concatenate(results), np.concatenate(pieces)


def turns(owner: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Return, for sorted owners, each entry's running number within its owner, from 0."""
    if not len(owner):
        return np.zeros(0, np.intp)
    starts = np.flatnonzero(np.concatenate([[True], owner[1:] != owner[:-1]]))
    lengths = np.diff(np.append(starts, len(owner)))
    return np.arange(len(owner)) - np.repeat(starts, lengths)


def uncovered_area(shapes: npt.NDArray[Any], covers: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Return the area (m²) of each shape that no cover reaches.

    A shape wholly inside one cover is done at once; from the others the covers that meet them are taken in turn.
    """
    result = shapely.area(shapes)
    if not len(covers) or not len(shapes):
        return result
    tree = shapely.STRtree(shapes)
    _, done = tree.query(covers, predicate="covers")
    full = np.zeros(len(shapes), bool)
    full[done] = True
    cover, shape = tree.query(covers, predicate="intersects")
    partial = ~full[shape]
    cover, shape = cover[partial], shape[partial]
    order = np.lexsort((cover, shape))
    cover, shape = cover[order], shape[order]
    rest = shapes.copy()
    turn = turns(shape)
    for number in range(int(turn.max()) + 1 if len(turn) else 0):
        now = turn == number
        rest[shape[now]] = shapely.difference(rest[shape[now]], covers[cover[now]])
    result = shapely.area(rest)
    result[full] = 0.0
    return np.asarray(result, np.float64)
