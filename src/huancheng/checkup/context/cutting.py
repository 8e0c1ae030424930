"""Sharing lines and land out among the atoms, and taking covers away, without counting anything twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from huancheng.checkup.context.adding import added_by

SLIVER = 1e-6
"""Pieces smaller than this (m²) are noise of the cut."""


@dataclass(frozen=True)
class Pieces:
    """What lies of each polygon in each atom.

    Parameters
    ----------
    owner
        Position of the polygon a piece comes from.
    atom
        Atom it lies in.
    shapes
        The pieces.
    """

    owner: npt.NDArray[np.intp]
    atom: npt.NDArray[np.int32]
    shapes: npt.NDArray[Any]


@dataclass(frozen=True)
class Lengths:
    """What lies of each line in each atom.

    Parameters
    ----------
    owner
        Position of the line.
    atom
        Atom.
    metres
        Length of the line in the atom; the lengths of a line add up to its length inside the scope.
    """

    owner: npt.NDArray[np.intp]
    atom: npt.NDArray[np.int32]
    metres: npt.NDArray[np.float64]


def cut_land(polygons: npt.NDArray[Any], atoms: npt.NDArray[Any]) -> Pieces:
    """Cut polygons by disjoint atoms; what lies outside all of them is left out."""
    inside, crossing = _pairs(polygons, atoms)
    pieces = shapely.intersection(polygons[crossing[0]], atoms[crossing[1]])
    kept = shapely.area(pieces) > SLIVER
    owner = np.concatenate([inside[0], crossing[0][kept]])
    atom = np.concatenate([inside[1], crossing[1][kept]])
    shapes = np.concatenate([polygons[inside[0]], pieces[kept]])
    order = np.lexsort((atom, owner))
    return Pieces(owner[order], atom[order].astype(np.int32), shapes[order])


def share_lines(lines: npt.NDArray[Any], atoms: npt.NDArray[Any], scope: npt.NDArray[Any]) -> Lengths:
    """Share the length of each line inside the scope out among the atoms it meets.

    A line along a border lies in both atoms; its length is divided between them in proportion to what each cut gives,
    so that float noise at a border neither loses nor doubles a metre.

    Parameters
    ----------
    lines
        Lines.
    atoms
        Disjoint polygons that fill the scope.
    scope
        Polygons of the scope.
    """
    inside, crossing = _pairs(lines, atoms)
    owner, atom = crossing
    lengths = shapely.length(shapely.intersection(lines[owner], atoms[atom]))
    met, position = np.unique(owner, return_inverse=True)
    whole = shapely.length(shapely.intersection(lines[met], shapely.union_all(scope))) if len(met) else np.zeros(0)
    found = added_by(position, lengths, len(met))
    first = np.concatenate([[True], owner[1:] != owner[:-1]]) if len(owner) else np.zeros(0, bool)
    share = np.divide(lengths, found[position], out=first.astype(np.float64), where=found[position] > 0)
    metres = np.concatenate([shapely.length(lines[inside[0]]), whole[position] * share])
    owners = np.concatenate([inside[0], owner])
    homes = np.concatenate([inside[1], atom])
    order = np.lexsort((homes, owners))
    order = order[metres[order] > 0]
    return Lengths(owners[order], homes[order].astype(np.int32), metres[order])


Pairs = tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]


def _pairs(shapes: npt.NDArray[Any], atoms: npt.NDArray[Any]) -> tuple[Pairs, Pairs]:
    """Return (shape, atom) pairs of shapes wholly inside an atom, and those of the others that meet atoms."""
    tree = shapely.STRtree(shapes)
    inside_atom, inside = tree.query(atoms, predicate="contains_properly")
    whole = np.zeros(len(shapes), bool)
    whole[inside] = True
    atom, owner = tree.query(atoms, predicate="intersects")
    crossing = ~whole[owner]
    atom, owner = atom[crossing], owner[crossing]
    order = np.lexsort((atom, owner))
    return (inside, inside_atom), (owner[order], atom[order])


def uncovered_area(shapes: npt.NDArray[Any], covers: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Return the area (m²) of each polygon that no cover reaches.

    A polygon wholly inside one cover is done at once; from the others the covers that meet them are taken in turn.
    """
    areas = np.asarray(shapely.area(shapes), np.float64)
    if not len(covers) or not len(shapes):
        return areas
    tree = shapely.STRtree(shapes)
    full = np.zeros(len(shapes), bool)
    full[tree.query(covers, predicate="covers")[1]] = True
    cover, shape = tree.query(covers, predicate="intersects")
    partial = ~full[shape]
    cover, shape = cover[partial], shape[partial]
    order = np.lexsort((cover, shape))
    cover, shape = cover[order], shape[order]
    rest = shapes.copy()
    turn = turns(shape)
    for number in range(int(turn.max()) + 1 if len(turn) else 0):
        now = turn == number
        now &= ~shapely.is_empty(rest[shape])
        rest[shape[now]] = shapely.difference(rest[shape[now]], covers[cover[now]])
    left = np.asarray(shapely.area(rest), np.float64)
    left[full] = 0.0
    return np.minimum(left, areas)


def turns(owner: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Return, for sorted owners, each entry's running number within its owner, from 0."""
    if not len(owner):
        return np.zeros(0, np.intp)
    starts = np.flatnonzero(np.concatenate([[True], owner[1:] != owner[:-1]]))
    lengths = np.diff(np.append(starts, len(owner)))
    return np.arange(len(owner)) - np.repeat(starts, lengths)
