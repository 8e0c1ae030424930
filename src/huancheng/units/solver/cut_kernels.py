# ruff: noqa: PLR0917 - a kernel is one loop over plain arrays.
"""The inner loop that looks for a sharper cut: one atom more or less, as long as fewer units are allowed."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from huancheng.units.solver.arrays import FloatArray, IntArray
from huancheng.units.solver.compilation import compiled
from huancheng.units.solver.tables import Graph

HAIR = 1e-9
"""Share of a limit that rounding may take."""

HEAVY = 0.5
"""Share of a floor from which an atom is taken out even where that changes nothing yet."""

STILL = 2
"""Rounds without a gain after which the search ends."""


@compiled
def whole_floors(
    graph: Graph, shares: FloatArray, taken: npt.NDArray[np.bool_], start: int, avoided: int, met: IntArray, mark: int,
    stack: IntArray,
) -> tuple[int, int]:  # fmt: skip
    """Return the whole floors of the piece around an atom, and how many atoms it has; they are marked in `met`.

    Parameters
    ----------
    avoided
        An atom to treat as taken out too; -1: none.
    """
    stack[0] = start
    met[start] = mark
    depth, size, total = 1, 0, 0.0
    while depth > 0:
        depth -= 1
        atom = stack[depth]
        size += 1
        total += shares[atom]
        for place in range(graph.first[atom], graph.first[atom + 1]):
            mate = graph.near[place]
            if met[mate] != mark and mate != avoided and not taken[mate]:
                met[mate] = mark
                stack[depth] = mate
                depth += 1
    return math.floor(total * (1 + HAIR) + HAIR), size


@compiled
def sharpen(graph: Graph, shares: FloatArray, taken: npt.NDArray[np.bool_], worth: float, visits: int) -> int:
    """Take atoms out of the pieces, or put them back, heaviest first, while that allows fewer units; change `taken`.

    Every other round takes an atom out also where that changes nothing yet: others may follow it. Returns the units
    saved.

    Parameters
    ----------
    shares
        What each atom brings, in floors; at most 1.
    worth
        Atoms lighter than this stay where they are.
    visits
        Atoms looked at before the search stops.
    """
    size = shares.size
    order = np.argsort(-shares)
    met = np.full(size, -1, np.int64)
    stack = np.empty(size, np.int64)
    saved, mark, looked, still = 0, 0, 0, 0
    turn = 0
    while still < STILL and looked < visits:
        changed = False
        for atom in order:
            if shares[atom] < worth or looked >= visits:
                break
            out = taken[atom]
            taken[atom] = False
            mark += 1
            joined, seen = whole_floors(graph, shares, taken, atom, -1, met, mark, stack)
            looked += seen
            mark += 1
            apart = 1
            for place in range(graph.first[atom], graph.first[atom + 1]):
                mate = graph.near[place]
                if met[mate] != mark and not taken[mate]:
                    floors, seen = whole_floors(graph, shares, taken, mate, atom, met, mark, stack)
                    apart += floors
                    looked += seen
            gain = apart - joined if out else joined - apart
            if gain > 0 or (gain == 0 and not out and turn % 2 == 0 and shares[atom] > HEAVY):
                taken[atom] = not out
                saved += gain
                changed = changed or gain > 0
            else:
                taken[atom] = out
        still = 0 if changed else still + 1
        turn += 1
    return saved
