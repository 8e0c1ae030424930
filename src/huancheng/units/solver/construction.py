"""First plans: the plain greedy rule everything is compared with, packed trees, and balanced growth from seeds."""

from __future__ import annotations

import numpy as np

from huancheng.units.solver.arrays import FloatArray, IntArray
from huancheng.units.solver.contraction import Atoms
from huancheng.units.solver.repair import connected_pieces, fit_count, join_broken, without_foes
from huancheng.units.solver.search import Search

LLOYD = 8
"""Rounds in which seeds move to the middle of what is nearest to them."""


def greedy_by_floor(search: Search) -> IntArray:
    """Grow units one by one, block by block the most alike (without attributes: the first) neighbour, to the floors.

    What stays below a floor joins a neighbour.
    """
    atoms, unlike = search.atoms, search.kernels.unlike
    graph, low = atoms.graph, atoms.ranges.low
    unit = np.full(atoms.size, -1, np.int64)
    number = 0
    for start in range(atoms.size):
        if unit[start] >= 0:
            continue
        sums = np.zeros(low.size)
        front: dict[int, float] = {start: 0.0}
        while front:
            atom = min(front, key=lambda mate: (front[mate], mate))
            del front[atom]
            unit[atom] = number
            sums += atoms.ranges.values[atom]
            if (sums >= low - 1e-9 * atoms.ranges.scale).all():
                break
            foes = set(graph.foes[graph.foe_first[atom] : graph.foe_first[atom + 1]].tolist())
            front = {mate: gap + unlike(atoms.content, atom, mate) for mate, gap in front.items()}
            front = {mate: gap for mate, gap in front.items() if mate not in foes}
            for mate in graph.near[graph.first[atom] : graph.first[atom + 1]].tolist():
                if unit[mate] < 0 and mate not in front and not _meets_foe(atoms, unit, mate, number):
                    front[mate] = unlike(atoms.content, atom, mate)
        number += 1
    return join_broken(atoms, unit, atoms.parts)


def _meets_foe(atoms: Atoms, unit: IntArray, atom: int, slot: int) -> bool:
    graph = atoms.graph
    return bool((unit[graph.foes[graph.foe_first[atom] : graph.foe_first[atom + 1]]] == slot).any())


def packed(search: Search, share: float, breadth: int) -> IntArray:
    """Return the pieces of random depth-first trees, closed at a share of every floor."""
    atoms = search.atoms
    low = atoms.ranges.low
    closes = np.where(np.isfinite(low) & (low > 0), low * share, low)
    roots = np.full(atoms.parts, -1, np.int64)
    for _ in range(4):
        tries = np.array([search.draw(atoms.size) for _ in range(4 * atoms.parts)])
        roots[atoms.part[tries]] = tries
    first = np.unique(atoms.part, return_index=True)[1]
    roots = np.where(roots < 0, first, roots)
    unit = np.zeros(atoms.size, np.int64)
    search.first.pack_tree(atoms.graph, atoms.ranges, closes, roots, breadth, search.state, unit)
    return without_foes(atoms, unit) if atoms.graph.foes.size else unit


def packed_into(search: Search, given: IntArray) -> IntArray:
    """Return packed trees with the number of pieces given to each part, each a little below its floors."""
    wanted = int(given.sum())
    least, most = 0.3, 1.1
    unit = packed(search, 1.0, 4)
    for _ in range(12):
        share = (least + most) / 2
        unit = packed(search, share, 4)
        found = int(unit.max()) + 1
        if found == wanted:
            break
        least, most = (share, most) if found > wanted else (least, share)
    return fit_count(search.atoms, unit, given)


def load_of(atoms: Atoms) -> FloatArray:
    """Return what units are balanced by: the first limit that has a floor or ceiling and no negative value, or ones."""
    ranges = atoms.ranges
    for position in range(ranges.low.size):
        values = ranges.values[:, position]
        bounded = np.isfinite(ranges.low[position]) or np.isfinite(ranges.high[position])
        if bounded and (values >= 0).all() and values.sum() > 0:
            return np.ascontiguousarray(values)
    return np.ones(atoms.size)


def share_out(atoms: Atoms, wanted: int, fewest: IntArray, most: IntArray) -> IntArray:
    """Return how many units each part gets: by its load, within what its limits allow."""
    load = np.bincount(atoms.part, load_of(atoms), minlength=atoms.parts)
    exact = load / load.sum() * wanted if load.sum() > 0 else np.full(atoms.parts, wanted / atoms.parts)
    given: IntArray = np.clip(np.floor(exact).astype(np.int64), fewest, most)
    while given.sum() != wanted:
        step = 1 if given.sum() < wanted else -1
        room = np.flatnonzero(given < most) if step > 0 else np.flatnonzero(given > fewest)
        if not room.size:
            break
        given[room[np.argmax(step * (exact - given)[room])]] += step
    return given


def grown(search: Search, given: IntArray, seeds: IntArray | None = None) -> IntArray:
    """Return a plan of balanced growth from seeds spread by Lloyd's rule over each part."""
    atoms = search.atoms
    if seeds is None:
        seeds = np.concatenate([_seeds(search, part, int(number)) for part, number in enumerate(given)])
    unit = np.full(atoms.size, -1, np.int64)
    search.first.grow(atoms.graph, atoms.content, load_of(atoms), seeds, unit)
    if (unit < 0).any():
        left = np.flatnonzero(unit < 0)
        unit[left] = int(unit.max()) + 1 + np.arange(left.size)
        unit = without_foes(atoms, connected_pieces(atoms, unit))
    return fit_count(atoms, unit, given)


def _seeds(search: Search, part: int, number: int) -> IntArray:
    from scipy.spatial import cKDTree  # loaded where it is needed: who asks for the most units does without

    atoms = search.atoms
    members = np.flatnonzero(atoms.part == part)
    places = atoms.content.places[atoms.content.first[members]]
    load = load_of(atoms)[members] + 1e-12
    order = members.copy()
    for last in range(order.size - 1, 0, -1):
        other = search.draw(last + 1)
        order[last], order[other] = order[other], order[last]
    chosen = atoms.content.places[atoms.content.first[order[:number]]]
    for _ in range(LLOYD):
        nearest = cKDTree(chosen).query(places)[1]
        total = np.bincount(nearest, load, minlength=number)
        used = total > 0
        for axis in (0, 1):
            middle = np.bincount(nearest, load * places[:, axis], minlength=number)
            chosen[used, axis] = middle[used] / total[used]
    tree = cKDTree(places)
    seeds: list[int] = []
    taken: set[int] = set()
    for centre in chosen:
        wide = min(members.size, len(taken) + 1)
        near = np.atleast_1d(tree.query(centre, k=min(wide, 32))[1]).tolist()
        free = [member for member in near if member not in taken]
        member = free[0] if free else next(at for at in range(members.size) if at not in taken)
        taken.add(member)
        seeds.append(int(members[member]))
    return np.array(seeds, np.int64)
