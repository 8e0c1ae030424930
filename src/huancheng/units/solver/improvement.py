"""The stages of the search: more units, then a better objective at that number."""

from __future__ import annotations

import numpy as np

from huancheng.units.solver.arrays import IntArray
from huancheng.units.solver.construction import packed, packed_into
from huancheng.units.solver.repair import join_broken
from huancheng.units.solver.search import Found, Search

PACKINGS = 24
"""Trees packed before anything is annealed."""

SWEEPS_FOR_UNITS = 4_000
"""Proposals per atom in one round that looks for more units."""

SWEEPS_FOR_OBJECTIVE = 6_000
"""Proposals per atom in one round that lowers the objective."""

NO_TERMS = np.zeros(3)


def packings(search: Search, wanted: tuple[int, int]) -> Found | None:
    """Return the best of several packed trees, mended."""
    best: Found | None = None
    for attempt in range(PACKINGS):
        unit = join_broken(search.atoms, packed(search, 1.0, 2 + attempt % 6), search.atoms.parts)
        found = search.judge(unit)
        if found.broken == 0 and (best is None or found.units > best.units):
            best = found
        if search.clock.stops("construction", attempt + 1, PACKINGS, found.units, found.objective):
            break
        if best is not None and best.units >= wanted[1]:
            break
    return best


def more_units(search: Search, best: Found | None, target: int) -> Found | None:
    """One round: pack the target number of pieces, anneal their shortfalls together, join what is left short."""
    unit = packed_into(search, target)
    unit = search.anneal(
        "recombination", unit, NO_TERMS, 1.0, (0.05, 0.0007), SWEEPS_FOR_UNITS * search.atoms.size, may_vanish=True
    )
    found = search.judge(join_broken(search.atoms, unit, search.atoms.parts))
    if found.broken == 0 and (best is None or found.units > best.units):
        return found
    return best


def lower_objective(search: Search, start: IntArray, sweeps: int, heat: float = 0.3) -> Found:
    """One round of annealing at a fixed number of units."""
    before = search.judge(start)
    scale = max(before.objective, 1e-9) / search.atoms.size
    unit = search.anneal(
        "moves", start, search.atoms.terms, 25 * heat * scale, (heat * scale, 0.01 * scale),
        sweeps * search.atoms.size, may_vanish=False,
    )  # fmt: skip
    return search.judge(unit)
