# ruff: noqa: C901, PLR0912, PLR0915, PLR0917 - a kernel is one loop over plain arrays; splitting it costs more than it
# explains.
"""The inner loops that make first plans: trees packed into pieces, units grown from seeds.

Who changes `draw` or `has_foe` changes this file too: numba's cache notices a change in the file of the function it
caches only.
"""

from __future__ import annotations

import numpy as np

from huancheng.units.solver.arrays import FloatArray, IntArray
from huancheng.units.solver.compilation import compiled
from huancheng.units.solver.kernels import draw, has_foe
from huancheng.units.solver.tables import Content, Graph, Ranges

_UNMET = -2


@compiled
def pack_tree(
    graph: Graph, ranges: Ranges, closes: FloatArray, roots: IntArray, jumps: int, state: IntArray, unit: IntArray
) -> int:
    """Cut a random depth-first tree of each component into pieces, bottom up; return how many.

    A piece is closed as soon as it reaches `closes` in every limit; what is left at a root is a piece too, however
    small. Depth-first trees branch little, and every branch may waste most of a unit.

    Parameters
    ----------
    closes
        Per limit: what a piece needs to be closed; minus infinity where nothing.
    roots
        One atom of every component.
    jumps
        The next atom is drawn among this many neighbours, the one with the fewest unvisited neighbours wins.
    unit
        Takes the piece of each atom.
    """
    atoms = unit.size
    limits = ranges.low.size
    parent = np.full(atoms, _UNMET, np.int64)
    order = np.empty(atoms, np.int64)
    stack = np.empty(atoms, np.int64)
    visited = 0
    for position in range(roots.size):
        root = roots[position]
        parent[root] = -1
        stack[0] = root
        depth = 1
        order[visited] = root
        visited += 1
        while depth > 0:
            atom = stack[depth - 1]
            chosen, fewest = -1, atoms
            degree = graph.first[atom + 1] - graph.first[atom]
            offset = draw(state) % max(degree, 1)
            tried = 0
            for turn in range(degree):
                mate = graph.near[graph.first[atom] + (turn + offset) % degree]
                if parent[mate] != _UNMET:
                    continue
                free = 0
                for place in range(graph.first[mate], graph.first[mate + 1]):
                    if parent[graph.near[place]] == _UNMET:
                        free += 1
                if free < fewest:
                    chosen, fewest = mate, free
                tried += 1
                if tried >= jumps:
                    break
            if chosen < 0:
                depth -= 1
                continue
            parent[chosen] = atom
            stack[depth] = chosen
            depth += 1
            order[visited] = chosen
            visited += 1
    carried = ranges.values.copy()
    closed = np.zeros(atoms, np.int64)
    pieces = 0
    for position in range(visited - 1, -1, -1):
        atom = order[position]
        enough = True
        for limit in range(limits):
            if carried[atom, limit] < closes[limit]:
                enough = False
        if enough or parent[atom] < 0:
            closed[atom] = 1
            continue
        for limit in range(limits):
            carried[parent[atom], limit] += carried[atom, limit]
    for position in range(visited):
        atom = order[position]
        if closed[atom] == 1:
            unit[atom] = pieces
            pieces += 1
        else:
            unit[atom] = unit[parent[atom]]
    return pieces


@compiled
def grow(graph: Graph, content: Content, load: FloatArray, seeds: IntArray, unit: IntArray) -> None:
    """Grow a unit from every seed: the lightest unit that can takes the free neighbour nearest to its centroid.

    `load` is what units are balanced by, not negative; `unit` is -1 on entry, and stays so where a foe is in the way.
    """
    units = seeds.size
    weight = np.zeros(units)
    place = np.zeros((units, 2))
    mass = np.zeros(units)
    stuck = np.zeros(units, np.int64)
    after = np.full(unit.size, -1, np.int64)
    head = np.full(units, -1, np.int64)
    for slot in range(units):
        stuck[slot] = -1
    waiting = units
    while waiting > 0:
        slot, least = -1, np.inf
        for other in range(units):
            if stuck[other] != 1 and (stuck[other] == -1 or weight[other] < least):
                slot, least = other, weight[other]
                if stuck[other] == -1:
                    break
        chosen, nearest = -1, np.inf
        if stuck[slot] == -1:
            stuck[slot] = 0
            if unit[seeds[slot]] < 0:
                chosen = seeds[slot]
        else:
            member = head[slot]
            x, y = place[slot, 0] / mass[slot], place[slot, 1] / mass[slot]
            while member >= 0:
                for position in range(graph.first[member], graph.first[member + 1]):
                    atom = graph.near[position]
                    if unit[atom] >= 0 or has_foe(graph, unit, atom, slot):
                        continue
                    row = content.first[atom]
                    distance = (content.places[row, 0] - x) ** 2 + (content.places[row, 1] - y) ** 2
                    if distance < nearest:
                        chosen, nearest = atom, distance
                member = after[member]
        if chosen < 0:
            stuck[slot] = 1
            waiting -= 1
            continue
        unit[chosen] = slot
        after[chosen] = head[slot]
        head[slot] = chosen
        weight[slot] += load[chosen]
        row = content.first[chosen]
        place[slot, 0] += content.places[row, 0]
        place[slot, 1] += content.places[row, 1]
        mass[slot] += 1.0
