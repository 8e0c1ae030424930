"""Regions seen by the search, kept for set partitioning: the best pieces of many plans may fit together."""

from __future__ import annotations

import numpy as np

from huancheng.units.solver.arrays import IntArray
from huancheng.units.solver.contraction import Atoms
from huancheng.units.solver.partition import Regions, choose, priced
from huancheng.units.solver.search import Found, Search

MOST = 20_000
"""Regions handed to the integer programme."""

MOST_ATOMS = 1_500
"""Above this the integer programme costs more than it gains."""

NODES = 400
"""Nodes of the search tree."""

SECONDS = 20.0
"""Safety stop of one set partitioning."""


def combine(search: Search, best: Found) -> Found:
    """Return the best plan that can be put together from the regions seen, if it beats the best known."""
    atoms = search.atoms
    seen = search.seen
    if atoms.size > MOST_ATOMS or not seen or search.clock.left < 1:
        return best
    for slot in range(best.units):
        search.remember(np.flatnonzero(best.unit == slot))
    regions = _cheapest(atoms, seen)
    limit = min(SECONDS, search.clock.left * 0.5)
    matrix = regions.matrix(atoms.size)
    chosen, _ = choose(matrix, regions.cost, (best.units, best.units), time_limit=limit, nodes=NODES)
    if chosen is None:
        return best
    unit = np.empty(atoms.size, np.int64)
    for number, region in enumerate(chosen.tolist()):
        unit[regions.members[regions.first[region] : regions.first[region + 1]]] = number
    found = search.judge(unit)
    return found if found.broken == 0 and found.objective < best.objective else best


def _cheapest(atoms: Atoms, seen: dict[bytes, IntArray]) -> Regions:
    """Return the regions seen last, with their costs."""
    kept = list(seen.values())[-MOST:]
    first = np.concatenate([[0], np.cumsum([members.size for members in kept])]).astype(np.int64)
    return priced(atoms, first, np.concatenate(kept))
