"""The stages of the search: more units, then a better objective at that number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from huancheng.units.solver.arrays import IntArray
from huancheng.units.solver.construction import packed, packed_into
from huancheng.units.solver.repair import join_broken
from huancheng.units.solver.search import Found, Heat, Search

PACKINGS = 24
"""Trees packed before anything is annealed."""

SWEEPS_FOR_UNITS = (1_500, 5_000)
"""Least and most proposals per atom of one long round that looks for more units."""

FIRST_SWEEPS = 150
"""Proposals per atom of the first such round; each next one takes three times as many, up to a long round's."""

LONGEST = 4
"""Number of the first round that is a long one on any problem."""

PROPOSALS_FOR_UNITS = 20_000_000
"""Proposals of such a round, as far as the sweeps allow."""

CHAIN = 3
"""Most atoms that follow a refused one where floors decide."""

QUENCH = 0.15
"""Share of a round that ends it far colder, so that nothing is left lying."""

UNCOMPILED = 40_000
"""Proposals of any round of a search that runs uncompiled."""

NO_TERMS = np.zeros(3)


@dataclass(frozen=True)
class Pace:
    """How a round that lowers the objective is driven; temperatures in terms of the objective per atom."""

    penalty: float
    hot: float
    cold: float
    proposals: int
    sweeps: tuple[int, int]
    chain: int


ALIKE = Pace(penalty=150.0, hot=1.0, cold=0.3, proposals=20_000_000, sweeps=(1_500, 8_000), chain=CHAIN)
"""For dissimilarity: floors are nearly filled, so atoms move in chains and may break them for a while."""

NEAR = Pace(penalty=30.0, hot=1.0, cold=0.1, proposals=8_000_000, sweeps=(500, 5_000), chain=0)
"""For compactness: the dearer proposals, and a smoother ground."""


def packings(search: Search, wanted: int) -> Found | None:
    """Return the best of several packed trees, mended."""
    best: Found | None = None
    for attempt in range(PACKINGS):
        unit = join_broken(search.atoms, packed(search, 1.0, 2 + attempt % 6), search.atoms.parts)
        found = search.judge(unit)
        if found.broken == 0 and found.units <= wanted and (best is None or found.units > best.units):
            best = found
        if search.clock.stops("construction", attempt + 1, PACKINGS, found.units, found.objective):
            break
        if best is not None and best.units >= wanted:
            break
    return best


def more_units(search: Search, given: IntArray, turn: int) -> Found:
    """One round: pack the pieces given to each part, gather their shortfalls by annealing, join what is left short.

    Rounds grow with their number, `turn`: the first short ones find most of what there is.
    """
    unit = packed_into(search, given)
    longest = _steps(search, PROPOSALS_FOR_UNITS, SWEEPS_FOR_UNITS)
    steps = min(longest, FIRST_SWEEPS * 3 ** min(turn, LONGEST) * search.atoms.size)
    unit = search.anneal("recombination", unit, Heat(NO_TERMS, 1.0, 1.0, 0.1, 0.001, CHAIN), steps)
    return search.judge(join_broken(search.atoms, unit, search.atoms.parts))


def hold_limits(search: Search, unit: IntArray) -> IntArray:
    """One round at a fixed number of units: shortfalls and excesses are annealed away."""
    steps = _steps(search, PROPOSALS_FOR_UNITS, SWEEPS_FOR_UNITS)
    return search.anneal("construction", unit, Heat(NO_TERMS, 1.0, 0.0, 0.1, 0.001, CHAIN), steps)


def lower_objective(search: Search, start: IntArray, heat: float = 1.0, *, collect: bool = False) -> Found:
    """One round of annealing at a fixed number of units.

    Parameters
    ----------
    heat
        Share of the usual temperatures.
    collect
        Whether to remember the regions met.
    """
    before = search.judge(start)
    terms = search.atoms.terms
    pace = NEAR if terms[0] > 0 else ALIKE
    scale = max(before.objective, 1e-9) / search.atoms.size
    hot, cold, penalty = heat * pace.hot * scale, heat * pace.cold * scale, pace.penalty * scale
    steps = _steps(search, pace.proposals, pace.sweeps)
    unit = search.anneal("moves", start, Heat(terms, penalty, 0.0, hot, cold, pace.chain), steps, collect=collect)
    quench = Heat(terms, penalty, 0.0, cold, 0.05 * cold, pace.chain)
    return search.judge(search.anneal("moves", unit, quench, int(QUENCH * steps), collect=collect))


def _steps(search: Search, proposals: int, sweeps: tuple[int, int]) -> int:
    """Return the proposals of a round."""
    if search.uncompiled:
        return UNCOMPILED
    atoms = search.atoms.size
    return int(min(max(proposals // max(atoms, 1), sweeps[0]), sweeps[1]) * atoms)
