"""Proofs where they are small: all regions a plan could have, and the best choice among them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from huancheng.units.solver.arrays import FloatArray, IntArray
from huancheng.units.solver.contraction import Atoms
from huancheng.units.solver.enumeration import MOST_ATOMS, connected_sets, priced_sets
from huancheng.units.solver.partition import Regions, choose, relaxed
from huancheng.units.solver.search import Found, Search

MOST_REGIONS = 1_500_000
"""Regions enumerated at most."""

MOST_IN_PROGRAMME = 60_000
"""Regions handed to the integer programme at most."""

NODES, PATIENCE = 2_000, 600.0
"""Nodes an integer programme may take, the same on every machine; and seconds, should even these be too long."""


@dataclass(frozen=True)
class Proof:
    """What enumeration showed.

    Attributes
    ----------
    found
        Best plan known after it.
    most
        No plan has more units.
    bound
        No plan with as many units as `found` has a lower objective; None: not shown.
    """

    found: Found | None
    most: int
    bound: float | None


def prove(search: Search, best: Found | None, wanted: tuple[int, int], most: IntArray, *, rising: bool) -> Proof | None:
    """Enumerate and choose; None where the problem is too large for it.

    Parameters
    ----------
    best
        Plan to beat.
    wanted
        Fewest and most units.
    most
        Most units of each part.
    rising
        Whether more units come before a better objective.
    """
    atoms = search.atoms
    if atoms.size > MOST_ATOMS or (search.clock.left < 1 and search.clock.left != float("inf")):
        return None
    top = wanted[1]
    floor_units = best.units if best is not None else max(wanted[0], 1)
    if rising:
        for units in range(top, floor_units, -1):
            answer = _choose_exactly(search, None, (units, units), most)
            if answer is None or not answer[1]:
                return None if best is None else Proof(best, units, None)
            if answer[0] is not None:
                best, top = answer[0], units
                break
            top = units - 1
        if best is None:
            return None
        wanted = (best.units, best.units)
    answer = _choose_exactly(search, best, wanted, most)
    if answer is None:
        return Proof(best, top, None)
    found, proved, bound = answer
    if found is None:
        found = best
    if found is None:
        return Proof(None, top, None)
    return Proof(found, top if rising else wanted[1], found.objective if proved else bound)


def _choose_exactly(
    search: Search, best: Found | None, count: tuple[int, int], most: IntArray
) -> tuple[Found | None, bool, float | None] | None:
    """Return the best plan, whether it is proved, and a bound; None where enumeration is too long."""
    atoms = search.atoms
    sets = connected_sets(atoms, _caps(atoms, count[0], most), MOST_REGIONS, uncompiled=search.uncompiled)
    if sets is None or search.clock.stops("enumeration", 1, 2, count[0], 0.0):
        return None
    if not sets.size:
        return None, True, None
    regions = priced_sets(atoms, sets)
    matrix = regions.matrix(atoms.size)
    keep = np.arange(regions.size)
    bound = None
    if best is not None and count[0] <= best.units <= count[1]:
        start = _first_columns(regions, _columns_of(best, regions))
        answer = relaxed(matrix, regions.cost, count, start)
        if answer is None:
            return None
        bound, reduced = answer
        keep = np.flatnonzero(reduced <= best.objective - bound + 1e-6 * max(1.0, abs(best.objective)))
    if keep.size > MOST_IN_PROGRAMME:
        return best, False, bound
    limit = min(PATIENCE, search.clock.left)
    chosen, proved = choose(matrix[:, keep], regions.cost[keep], count, time_limit=limit, nodes=NODES)
    if chosen is None:
        return best, proved and best is None, bound
    unit = np.empty(atoms.size, np.int64)
    for number, column in enumerate(keep[chosen].tolist()):
        unit[regions.members[regions.first[column] : regions.first[column + 1]]] = number
    found = search.judge(unit)
    if best is not None and best.objective < found.objective:
        found = best
    return found, proved, bound


def _caps(atoms: Atoms, fewest: int, most: IntArray) -> FloatArray:
    """Part by limit: what remains for one unit when all others of the part take their floor."""
    ranges = atoms.ranges
    least = np.maximum(fewest - (most.sum() - most), 1)
    caps = np.full((atoms.parts, ranges.low.size), np.inf)
    for position, low in enumerate(ranges.low.tolist()):
        if np.isfinite(low):
            total = np.bincount(atoms.part, ranges.values[:, position], minlength=atoms.parts)
            caps[:, position] = total - (least - 1) * low
    return caps


def _columns_of(best: Found, regions: Regions) -> IntArray:
    """Return the regions that are units of a plan: their members lie in one unit and are as many as it has."""
    unit = best.unit[regions.members]
    starts = regions.first[:-1]
    same = np.minimum.reduceat(unit, starts) == np.maximum.reduceat(unit, starts)
    whole = np.bincount(best.unit)[unit[starts]] == np.diff(regions.first)
    return np.flatnonzero(same & whole).astype(np.int64)


def _first_columns(regions: Regions, plan: IntArray) -> IntArray:
    """Return the plan's own regions and the cheapest per member."""
    cheap = np.argsort(regions.cost / np.diff(regions.first), kind="stable")[:3000]
    return np.unique(np.concatenate([plan, cheap]))
