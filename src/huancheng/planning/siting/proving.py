"""The proof: a mixed-integer model in radius form, on what the Lagrangian bound leaves open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import optimize, sparse

from huancheng.planning.arrays import Flags, Floats, Rows
from huancheng.planning.siting.bounding import Bound

_OPTIMAL = 0
_EPSILON = 1e-7


@dataclass(frozen=True, slots=True)
class Proof:
    """What the model found.

    Parameters
    ----------
    sites
        Its best choice, in candidates of the whole problem; empty where it found none.
    bound
        No choice costs less.
    closed
        Whether it ran to the end.
    """

    sites: tuple[int, ...]
    bound: float
    closed: bool


def prove(cost: Floats, base: Floats, new: int, bound: Bound, *, best: float, time_limit: float | None) -> Proof:
    """Solve the problem with a proof.

    A point pays its least cost, plus each step up to the next level of cost unless a chosen candidate lies below the
    step. Points with the same levels and candidates are joined; candidates the bound rules out are left out, which
    hides no choice cheaper than `best`.

    Parameters
    ----------
    cost, base, new
        As for the search.
    bound
        What the relaxation tells.
    best
        Cost of the best known choice.
    time_limit
        Seconds; None for none.
    """
    open_ = np.flatnonzero(~bound.never)
    model = _radius_model(cost[:, open_], base)
    size = len(open_)
    found = _solved(model, new, bound.always[open_], whole=True, time_limit=time_limit)
    dual = found.get("mip_dual_bound")
    reached = model.fixed + float(dual) if dual is not None and np.isfinite(dual) else bound.value
    sites = () if found.x is None else tuple(int(site) for site in open_[found.x[:size] > 1 / 2])
    closed = found.status == _OPTIMAL
    # What was left out costs at least `best`, so the proof speaks for the whole problem up to that.
    return Proof(sites, max(bound.value, min(reached, best)), closed)


def relax(cost: Floats, base: Floats, new: int) -> Proof:
    """Solve the model without asking for whole facilities: a bound, and the candidates it takes the most of.

    For cover the model is small and its fractions few: what it takes is close to the best there is. For sums of walks
    it is far larger than the Lagrangian bound is slow.
    """
    model = _radius_model(cost, base)
    size = cost.shape[1]
    found = _solved(model, new, np.zeros(size, np.bool_), whole=False, time_limit=None)
    if found.x is None:
        return Proof((), 0.0, closed=False)
    most = np.argsort(-found.x[:size], kind="stable")[:new]
    return Proof(tuple(sorted(most.tolist())), model.fixed + float(found.fun), closed=True)


def _solved(model: _Model, new: int, always: Flags, *, whole: bool, time_limit: float | None) -> Any:
    """Run HiGHS on a model whose candidates are taken whole or in fractions."""
    size, steps = len(always), len(model.weight)
    total = sparse.csr_matrix((np.ones(size), (np.zeros(size, int), np.arange(size))), (1, size + steps))
    constraints = [optimize.LinearConstraint(total, new, new)]
    if steps:
        constraints.append(optimize.LinearConstraint(model.rows, 1.0, np.inf))
    options: Any = {"mip_rel_gap": 0.0, "presolve": True}
    if time_limit is not None:
        options["time_limit"] = max(time_limit, 0.01)
    return optimize.milp(
        np.concatenate([np.zeros(size), model.weight]),
        constraints=constraints,
        integrality=np.concatenate([np.full(size, float(whole)), np.zeros(steps)]),
        bounds=optimize.Bounds(np.concatenate([always.astype(float), np.zeros(steps)]), 1.0),
        options=options,
    )


@dataclass(frozen=True, eq=False)
class _Model:
    """Steps of cost: what is paid anyway, the height of each step, and what avoids it."""

    fixed: float
    weight: Floats
    rows: sparse.csr_matrix


def _radius_model(cost: Floats, base: Floats) -> _Model:
    least = np.minimum(cost.min(axis=1), base)
    below: dict[bytes, int] = {}
    weight: list[float] = []
    column: list[Rows] = []
    for point in range(len(base)):
        order = np.argsort(cost[point], kind="stable")
        levels = cost[point][order]
        useful = int(np.searchsorted(levels, base[point] - _EPSILON))
        steps = np.append(levels[:useful], base[point])
        for position in np.flatnonzero(np.diff(steps) > _EPSILON):
            sites = np.sort(order[: position + 1])
            key = sites.tobytes()
            if key not in below:
                below[key] = len(weight)
                weight.append(0.0)
                column.append(sites)
            weight[below[key]] += float(steps[position + 1] - steps[position])
    count = len(weight)
    if not count:
        return _Model(float(least.sum()), np.empty(0), sparse.csr_matrix((0, cost.shape[1])))
    lengths = np.array([len(sites) for sites in column])
    row = np.concatenate([np.repeat(np.arange(count), lengths), np.arange(count)])
    entry = np.concatenate([*column, cost.shape[1] + np.arange(count)])
    rows = sparse.csr_matrix((np.ones(len(entry)), (row, entry)), (count, cost.shape[1] + count))
    return _Model(float(least.sum()), np.array(weight), rows)
