"""Set partitioning: choosing, among given regions, those that cover every atom once at the least cost (HiGHS)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csc_array, vstack

from huancheng.units.solver import kernels
from huancheng.units.solver.arrays import FloatArray, IntArray
from huancheng.units.solver.contraction import Atoms

BATCH = 4_000
"""Columns that join the linear programme at once."""

HAIR = 1e-7
"""Reduced costs below this are rounding."""


@dataclass(frozen=True)
class Regions:
    """Regions to choose from.

    Attributes
    ----------
    first, members
        Atoms of region ``r`` are ``members[first[r]:first[r + 1]]``.
    cost
        What each adds to the objective.
    """

    first: IntArray
    members: IntArray
    cost: FloatArray

    @property
    def size(self) -> int:
        """Number of regions."""
        return int(self.cost.size)

    def matrix(self, atoms: int) -> csc_array:
        """Return atoms by regions: 1 where the atom is a member."""
        return csc_array((np.ones(self.members.size), self.members, self.first), shape=(atoms, self.size))


def priced(atoms: Atoms, first: IntArray, members: IntArray) -> Regions:
    """Return regions with their costs; those no median of which reaches all members are left out."""
    cost = np.empty(first.size - 1)
    kernels.price_regions(atoms.graph, atoms.content, atoms.terms, first, members, cost)
    keep = cost < kernels.FAR
    if keep.all():
        return Regions(first, members, cost)
    sizes = np.diff(first)
    return Regions(np.concatenate([[0], np.cumsum(sizes[keep])]), members[np.repeat(keep, sizes)], cost[keep])


def choose(
    matrix: csc_array, cost: FloatArray, count: tuple[int, int], *, time_limit: float, nodes: int | None = None
) -> tuple[IntArray | None, bool]:
    """Return the chosen regions, and whether they are proved best; None where there are none (proved) or none found.

    Parameters
    ----------
    count
        Fewest and most regions chosen.
    time_limit
        Seconds.
    nodes
        Nodes of the search tree, for repeatable work.
    """
    atoms, regions = matrix.shape
    rows = vstack([matrix, csc_array(np.ones((1, regions)))], format="csc")
    low, high = np.ones(atoms + 1), np.ones(atoms + 1)
    low[-1], high[-1] = count
    options: Any = {"time_limit": max(time_limit, 0.05), "mip_rel_gap": 0.0}
    if nodes is not None:
        options["node_limit"] = nodes
    from scipy.optimize import Bounds, LinearConstraint, milp  # loaded where it is needed: half a second

    answer = milp(
        cost, constraints=LinearConstraint(rows, low, high),
        integrality=np.ones(regions, np.int64), bounds=Bounds(0, 1),
        options=options,
    )  # fmt: skip
    proved = answer.status in {0, 2}
    if answer.x is None:
        return None, proved
    return np.flatnonzero(answer.x > 0.5).astype(np.int64), proved  # noqa: PLR2004 - halfway


def relaxed(
    matrix: csc_array, cost: FloatArray, count: tuple[int, int], start: IntArray
) -> tuple[float, FloatArray] | None:
    """Return the least cost of a fractional choice and the reduced cost of every region; None where there is none.

    Columns join the linear programme in batches, by their reduced cost.

    Parameters
    ----------
    start
        Regions the programme begins with; a plan among them keeps it feasible.
    """
    from scipy.optimize import linprog  # as above

    atoms = matrix.shape[0]
    fewest, most = count
    active = np.zeros(cost.size, bool)
    active[start] = True
    while True:
        chosen = np.flatnonzero(active)
        part = matrix[:, chosen]
        ones = np.ones((1, chosen.size))
        sparse: Any = {"A_eq": part, "A_ub": vstack([csc_array(ones), csc_array(-ones)])}
        answer = linprog(
            cost[chosen], **sparse, b_eq=np.ones(atoms),
            b_ub=np.array([most, -fewest]), bounds=(0, None), method="highs",
        )  # fmt: skip
        if answer.status != 0 or answer.fun is None:
            return None
        duals = answer.eqlin.marginals
        reduced = cost - matrix.T @ duals - (answer.ineqlin.marginals[0] - answer.ineqlin.marginals[1])
        scale = max(1.0, abs(answer.fun))
        better = np.flatnonzero((reduced < -HAIR * scale / max(most, 1)) & ~active)
        if not better.size:
            # what rounding may hide is taken off, so that the bound holds
            floor = float(answer.fun) + most * min(0.0, float(reduced.min()))
            return floor, reduced
        if better.size > BATCH:
            better = better[np.argpartition(reduced[better], BATCH)[:BATCH]]
        active[better] = True
