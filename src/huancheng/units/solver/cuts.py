"""How many units floors allow at most, proved by a cut.

Take any set of atoms out. A unit either holds one of them, so there are no more such units than atoms taken out; or it
lies in one of the pieces that are left, and a piece holds no more units than its sum has whole floors. What is lost by
rounding in every piece is what makes a cut sharper than the sum of all. It is the argument of Tutte and Berge on
matchings, with floors in place of pairs. Every cut gives a true bound; a search among cuts only makes it sharper.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from huancheng.units.solver import cut_kernels
from huancheng.units.solver.arrays import FloatArray, IntArray
from huancheng.units.solver.compilation import SMALL, plain_copy
from huancheng.units.solver.contraction import Atoms
from huancheng.units.solver.cut_kernels import HAIR
from huancheng.units.solver.tables import Graph

WORTH_TAKING = 0.15
"""Share of a floor from which the search takes an atom out: each costs a unit, lighter ones hardly bring it back."""

VISITS = 30_000_000
"""Atoms the search looks at; it stops there, with the cut it has."""


@dataclass(frozen=True)
class Cut:
    """What bounds the number of units.

    Attributes
    ----------
    taken
        Atoms taken out.
    allowed
        Units this cut alone allows in all.
    most
        Per connected part, the most units it can have; other floors than that of the cut may be sharper.
    """

    taken: npt.NDArray[np.bool_]
    allowed: int
    most: IntArray


def sharpest_cut(atoms: Atoms) -> Cut:
    """Return the cut that allows the fewest units, of those found; without floors, no part has more units than atoms.

    Each part gets the lowest of what the floors give.
    """
    most = np.bincount(atoms.part, minlength=atoms.parts).astype(np.int64)
    kernels: Any = plain_copy(cut_kernels) if atoms.size <= SMALL else cut_kernels
    best = Cut(np.ones(atoms.size, np.bool_), atoms.size, most)
    for position, low in enumerate(atoms.ranges.low.tolist()):
        if low <= 0 or not np.isfinite(low):
            continue
        shares = np.clip(atoms.ranges.values[:, position] / low, 0.0, 1.0)
        taken = shares >= 1.0
        kernels.sharpen(atoms.graph, shares, taken, WORTH_TAKING, VISITS)
        allowed = allowed_by(atoms.graph, shares, taken, atoms.part)
        most = np.minimum(most, allowed)
        total = int(allowed.sum())
        best = Cut(taken, total, most) if total < best.allowed else replace(best, most=most)
    return best


def allowed_by(graph: Graph, shares: FloatArray, taken: npt.NDArray[np.bool_], part: IntArray) -> IntArray:
    """Return per part the most units a cut allows.

    Parameters
    ----------
    shares
        What each atom brings, in floors; at most 1.
    taken
        Atoms taken out.
    part
        Connected part of each atom, 0.. without gaps.
    """
    rows = np.repeat(np.arange(taken.size), np.diff(graph.first))
    left = ~(taken[rows] | taken[graph.near])
    matrix = coo_array((np.ones(int(left.sum())), (rows[left], graph.near[left])), shape=(taken.size, taken.size))
    pieces, piece = connected_components(matrix, directed=False)
    sums = np.bincount(piece[~taken], shares[~taken], minlength=pieces)
    allowed = np.floor(sums * (1 + HAIR) + HAIR).astype(np.int64)
    home = np.zeros(pieces, np.int64)
    home[piece] = part
    parts = int(part.max(initial=-1)) + 1
    within = np.bincount(home, allowed, minlength=parts)
    return (within + np.bincount(part[taken], minlength=parts)).astype(np.int64)
