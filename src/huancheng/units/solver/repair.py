"""Mending plans: units that break a rule are joined to a neighbour, units too many are joined, too few are split."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from huancheng.units.solver.arrays import FloatArray, IntArray
from huancheng.units.solver.contraction import Atoms


def pairs_of(atoms: Atoms) -> IntArray:
    """Return the edges between atoms, both ways, as rows."""
    rows = np.repeat(np.arange(atoms.size), np.diff(atoms.graph.first))
    return np.stack([rows, atoms.graph.near], 1)


def numbered(unit: IntArray) -> IntArray:
    """Return the units numbered 0.. without gaps."""
    return np.unique(unit, return_inverse=True)[1].astype(np.int64)


def connected_pieces(atoms: Atoms, unit: IntArray) -> IntArray:
    """Return the connected pieces of the units as units of their own."""
    pairs = pairs_of(atoms)
    inside = pairs[unit[pairs[:, 0]] == unit[pairs[:, 1]]]
    matrix = coo_array((np.ones(len(inside)), (inside[:, 0], inside[:, 1])), shape=(atoms.size, atoms.size))
    return connected_components(matrix, directed=False)[1].astype(np.int64)


def sums_of(atoms: Atoms, unit: IntArray) -> FloatArray:
    """Return the sums of every limit per unit."""
    units = int(unit.max()) + 1
    columns = [np.bincount(unit, column, minlength=units) for column in atoms.ranges.values.T]
    return np.stack(columns, 1) if columns else np.zeros((units, 0))


def breaches(atoms: Atoms, sums: FloatArray) -> FloatArray:
    """Return per row how far the sums are from their ranges, in units of each limit's scale; 0 where they hold."""
    ranges = atoms.ranges
    slack = 1e-9 * ranges.scale
    under = np.where(sums < ranges.low - slack, (ranges.low - sums) / ranges.scale, 0.0)
    over = np.where(sums > ranges.high + slack, (sums - ranges.high) / ranges.scale, 0.0)
    return np.asarray(np.where(np.isfinite(under), under, 0.0).sum(axis=1) + over.sum(axis=1))


def foes_between(atoms: Atoms, unit: IntArray) -> set[tuple[int, int]]:
    """Return the pairs of units, both ways, that hold atoms which may not be together; (u, u) where one holds both."""
    rows = np.repeat(np.arange(atoms.size), np.diff(atoms.graph.foe_first))
    return set(zip(unit[rows].tolist(), unit[atoms.graph.foes].tolist(), strict=True))


def without_foes(atoms: Atoms, unit: IntArray) -> IntArray:
    """Return connected units in which nobody meets a foe: a unit that holds foes is grown anew in pieces."""
    unit = connected_pieces(atoms, unit)
    torn = {one for one, other in foes_between(atoms, unit) if one == other}
    if not torn:
        return unit
    graph = atoms.graph
    number = int(unit.max()) + 1
    result = unit.copy()
    for slot in sorted(torn):
        waiting = set(np.flatnonzero(unit == slot).tolist())
        while waiting:
            start = min(waiting)
            piece: set[int] = set()
            front = [start]
            while front:
                atom = front.pop(0)
                foes = graph.foes[graph.foe_first[atom] : graph.foe_first[atom + 1]].tolist()
                if atom not in waiting or not piece.isdisjoint(foes):
                    continue
                piece.add(atom)
                waiting.discard(atom)
                front += graph.near[graph.first[atom] : graph.first[atom + 1]].tolist()
            result[sorted(piece)] = number
            number += 1
    return numbered(result)


def join_broken(atoms: Atoms, unit: IntArray, fewest: int = 1) -> IntArray:
    """Return a plan in which every unit below a floor is joined to the neighbour that suits it best.

    Parameters
    ----------
    fewest
        Units that have to remain.
    """
    unit = numbered(unit)
    while int(unit.max()) + 1 > fewest:
        sums = sums_of(atoms, unit)
        breach = breaches(atoms, sums)
        found = _best_join(atoms, unit, sums, breach, np.flatnonzero(breach > 0).tolist())
        if found is None:
            return unit
        one, other = found
        unit = np.where(unit == other, one, unit)
        unit = numbered(unit)
    return unit


def _best_join(
    atoms: Atoms, unit: IntArray, sums: FloatArray, breach: FloatArray, candidates: list[int]
) -> tuple[int, int] | None:
    """Return the join of a candidate with a neighbour that lowers the breach most, then gives the smallest unit."""
    if not candidates:
        return None
    pairs = unit[pairs_of(atoms)]
    pairs = np.unique(pairs[np.isin(pairs[:, 0], candidates) & (pairs[:, 0] != pairs[:, 1])], axis=0)
    foes = foes_between(atoms, unit)
    keep = [(one, other) not in foes for one, other in pairs.tolist()]
    pairs = pairs[np.array(keep, bool)]
    if not len(pairs):
        return None
    after = breaches(atoms, sums[pairs[:, 0]] + sums[pairs[:, 1]])
    gain = breach[pairs[:, 0]] + breach[pairs[:, 1]] - after
    sizes = np.bincount(unit)
    worse = after > np.maximum(breach[pairs[:, 0]], breach[pairs[:, 1]]) + 1e-12
    order = np.lexsort((pairs[:, 1], sizes[pairs].sum(axis=1), -np.round(gain, 9), worse))
    best = int(order[0])
    if worse[best]:
        return None
    return int(pairs[best, 0]), int(pairs[best, 1])


def fit_count(atoms: Atoms, unit: IntArray, given: IntArray) -> IntArray:
    """Return a plan with as many units in each part as given, as far as joins and splits allow; limits are not kept."""
    unit = numbered(unit)
    while True:
        home = np.zeros(int(unit.max()) + 1, np.int64)
        home[unit] = atoms.part
        surplus = np.bincount(home, minlength=atoms.parts) - given
        joined = _join_one(atoms, unit, np.flatnonzero(surplus[home] > 0))
        if joined is None:
            break
        unit = joined
    for part in np.flatnonzero(surplus < 0).tolist():
        for _ in range(-int(surplus[part])):
            sizes = np.bincount(unit[atoms.part == part])
            largest = int(sizes.argmax())
            if sizes[largest] == 1:
                break
            unit = _split(atoms, unit, largest)
    return unit


def _join_one(atoms: Atoms, unit: IntArray, candidates: IntArray) -> IntArray | None:
    """Join the two neighbours among the candidates that break the limits least together, the smallest first."""
    if not candidates.size:
        return None
    pairs = unit[pairs_of(atoms)]
    pairs = np.unique(pairs[(pairs[:, 0] != pairs[:, 1]) & np.isin(pairs[:, 0], candidates)], axis=0)
    foes = foes_between(atoms, unit)
    pairs = pairs[np.array([(one, other) not in foes for one, other in pairs.tolist()], bool)]
    if not len(pairs):
        return None
    sums = sums_of(atoms, unit)
    sizes = np.bincount(unit)[pairs].sum(axis=1)
    after = breaches(atoms, sums[pairs[:, 0]] + sums[pairs[:, 1]])
    one, other = pairs[np.lexsort((sizes, np.round(after, 9)))[0]].tolist()
    return numbered(np.where(unit == other, one, unit))


def _split(atoms: Atoms, unit: IntArray, slot: int) -> IntArray:
    """Return the plan with one unit cut into two connected halves."""
    graph = atoms.graph
    members = set(np.flatnonzero(unit == slot).tolist())
    end = min(members)
    for _ in range(2):
        order = _breadth_first(graph.first, graph.near, members, end)
        end = order[-1]
    order = _breadth_first(graph.first, graph.near, members, end)
    half = set(order[: len(order) // 2])
    result = unit.copy()
    result[sorted(members - half)] = int(unit.max()) + 1
    # what the cut leaves without contact to its half goes to the first half, which it then must touch
    pieces = connected_pieces(atoms, result)
    far = order[-1]
    for atom in order[len(order) // 2 :]:
        if pieces[atom] != pieces[far]:
            result[atom] = slot
    return result


def _breadth_first(first: IntArray, near: IntArray, members: set[int], start: int) -> list[int]:
    order = [start]
    met = {start}
    for atom in order:
        for mate in near[first[atom] : first[atom + 1]].tolist():
            if mate in members and mate not in met:
                met.add(mate)
                order.append(mate)
    return order
