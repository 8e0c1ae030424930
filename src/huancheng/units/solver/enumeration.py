# ruff: noqa: C901, PLR0912, PLR0915, PLR0917 - the kernel is one loop over plain arrays.
"""Every connected set of atoms that a plan could have as a unit; only where there are few atoms."""

from __future__ import annotations

import numpy as np

from huancheng.units.solver.arrays import FloatArray, IntArray
from huancheng.units.solver.compilation import compiled, plain
from huancheng.units.solver.contraction import Atoms
from huancheng.units.solver.partition import Regions

MOST_ATOMS = 62
"""Sets are kept as the bits of one whole number."""

FEW = 60_000
"""Sets that are listed sooner than the compiler is ready."""

AT_ONCE = 20_000
"""Sets priced at once."""


def connected_sets(atoms: Atoms, caps: FloatArray, most: int, *, uncompiled: bool = False) -> IntArray | None:
    """Return the connected sets that hold every range, as bits; None where there are more than `most`.

    Parameters
    ----------
    caps
        Part by limit: what no unit of the part can exceed, because the others need their floors.
    most
        Sets returned at most; ten times as many are looked at.
    uncompiled
        Whether to give up sooner than to wait for the compiler.
    """
    if atoms.size > MOST_ATOMS:
        return None
    graph = atoms.graph
    mates = np.zeros(atoms.size, np.int64)
    foes = np.zeros(atoms.size, np.int64)
    for atom in range(atoms.size):
        for mate in graph.near[graph.first[atom] : graph.first[atom + 1]].tolist():
            mates[atom] |= np.int64(1 << mate)
        for foe in graph.foes[graph.foe_first[atom] : graph.foe_first[atom + 1]].tolist():
            foes[atom] |= np.int64(1 << foe)
    ranges = atoms.ranges
    grows = np.array([int((column >= 0).all()) for column in ranges.values.T], np.int64)
    slack = 1e-9 * ranges.scale
    high = np.minimum(np.where(grows > 0, caps, np.inf), ranges.high) + slack
    sets = np.empty(most, np.int64)
    for kernel, patience in ((plain(list_sets), FEW), (list_sets, 10 * most)):
        found = kernel(mates, foes, ranges.values, ranges.low - slack, high[atoms.part], grows, patience, sets)
        if found >= 0:
            return sets[:found].copy()
        if uncompiled:
            break
    return None


@compiled
def list_sets(
    mates: IntArray,
    foes: IntArray,
    values: FloatArray,
    low: FloatArray,
    high: FloatArray,
    grows: IntArray,
    patience: int,
    sets: IntArray,
) -> int:
    """List connected sets by branching on one neighbour after the other: in, or out for good.

    Parameters
    ----------
    mates, foes
        Bits of the neighbours, and of who may not be along.
    high
        Atom by limit.
    grows
        Whether a limit's sum can only grow, so that a set above it need not be looked into.
    patience
        Sets looked at before giving up.
    sets
        Takes the sets.

    Returns
    -------
    int
        How many; -1 where patience or room ran out.
    """
    atoms, limits = values.shape
    chosen = np.zeros(2 * atoms + 2, np.int64)
    open_bits = np.zeros(2 * atoms + 2, np.int64)
    banned = np.zeros(2 * atoms + 2, np.int64)
    sums = np.zeros((2 * atoms + 2, limits))
    found, looked = 0, 0
    for root in range(atoms):
        bit = np.int64(1) << root
        depth = 1
        chosen[0] = bit
        banned[0] = (bit - 1) | foes[root]
        open_bits[0] = mates[root] & ~banned[0] & ~bit
        fits = True
        sound = True
        for limit in range(limits):
            sums[0, limit] = values[root, limit]
            if values[root, limit] > high[root, limit]:
                sound = False
                if grows[limit] == 1:
                    fits = False
            if values[root, limit] < low[limit]:
                sound = False
        if not fits:
            continue
        if sound:
            if found == sets.size:
                return -1
            sets[found] = bit
            found += 1
        while depth > 0:
            top = depth - 1
            if open_bits[top] == 0:
                depth -= 1
                continue
            looked += 1
            if looked > patience:
                return -1
            atom = 0
            while (open_bits[top] >> atom) & 1 == 0:
                atom += 1
            bit = np.int64(1) << atom
            # from here on this place of the stack stands for the sets without the atom
            open_bits[top] &= ~bit
            banned[top] |= bit
            fits, sound = True, True
            for limit in range(limits):
                total = sums[top, limit] + values[atom, limit]
                sums[depth, limit] = total
                if total > high[root, limit]:
                    sound = False
                    if grows[limit] == 1:
                        fits = False
                if total < low[limit]:
                    sound = False
            if not fits:
                continue
            chosen[depth] = chosen[top] | bit
            banned[depth] = banned[top] | foes[atom]
            open_bits[depth] = (open_bits[top] | mates[atom]) & ~banned[depth] & ~chosen[depth]
            if sound:
                if found == sets.size:
                    return -1
                sets[found] = chosen[depth]
                found += 1
            depth += 1
    return found


def priced_sets(atoms: Atoms, sets: IntArray) -> Regions:
    """Return the sets as regions with their costs; those no median of which reaches all members are left out."""
    parts = [_priced(atoms, sets[start : start + AT_ONCE]) for start in range(0, sets.size, AT_ONCE)]
    counts = np.concatenate([part[0] for part in parts])
    members = np.concatenate([part[1] for part in parts])
    first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return Regions(first, members, np.concatenate([part[2] for part in parts]))


def _priced(atoms: Atoms, sets: IntArray) -> tuple[IntArray, IntArray, FloatArray]:
    """Return sizes, members and costs of some sets, by matrices of all pairs of atoms."""
    content, terms, size = atoms.content, atoms.terms, atoms.size
    inside = ((sets[:, None] >> np.arange(size)) & 1).astype(np.float64)
    cost = np.zeros(sets.size)
    if terms[2] > 0:
        apart = np.abs(content.attributes[:, None, :] - content.attributes[None, :, :]).sum(axis=2)
        starts = content.first[:-1]
        apart = np.add.reduceat(np.add.reduceat(apart, starts, axis=0), starts, axis=1)
        cost += terms[2] * 0.5 * ((inside @ apart) * inside).sum(axis=1)
    if terms[1] > 0:
        off = np.zeros((size, size))
        off[np.repeat(np.arange(size), np.diff(atoms.graph.first)), atoms.graph.near] = atoms.graph.off
        cost += terms[1] * 0.5 * ((inside @ off) * (1 - inside)).sum(axis=1)
    if terms[0] > 0 or np.isfinite(content.radius[0]):
        squared = ((content.places[:, None, :] - content.places[None, :, :]) ** 2).sum(axis=2)
        home = np.repeat(np.arange(size), np.diff(content.first))
        rows = inside[:, home]
        around = rows @ (squared * content.weights[:, None])
        missed = rows @ (squared > content.radius[0] ** 2 * (1 + 1e-12)).astype(np.float64)
        around[(rows < 1) | (missed > 0)] = np.inf
        best = around.min(axis=1)
        cost += np.where(np.isfinite(best), terms[0] * best, np.inf)
    kept, members = np.nonzero(inside[np.isfinite(cost)])
    counts = np.bincount(kept, minlength=int(np.isfinite(cost).sum()))
    return counts.astype(np.int64), members.astype(np.int64), cost[np.isfinite(cost)]
