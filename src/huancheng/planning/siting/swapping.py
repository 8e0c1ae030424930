"""Greedy choice and vertex swap, all swaps of a round weighed at once in NumPy."""

from __future__ import annotations

import numpy as np

from huancheng.planning.arrays import Floats, Rows
from huancheng.planning.siting.problem import Choice

_SHAKE = 3
_ENOUGH = 1e-9
"""Relative gain below which a swap is float noise."""


def greedy(cost: Floats, base: Floats, new: int) -> Choice:
    """Take, one after the other, the candidate that lowers the cost most; of equal ones the first.

    Parameters
    ----------
    cost
        Shape (points, candidates), never above `base`.
    base
        Cost of each point while nothing is built.
    new
        How many to take.
    """
    best = base.copy()
    chosen: list[int] = []
    for _ in range(new):
        gains = np.maximum(best[:, None] - cost, 0.0).sum(axis=0)
        gains[chosen] = -1.0
        pick = int(np.argmax(gains))
        chosen.append(pick)
        best = np.minimum(best, cost[:, pick])
    return Choice(tuple(sorted(chosen)), float(best.sum()))


def swap(cost: Floats, base: Floats, start: Choice) -> Choice:
    """Exchange one chosen candidate for another while that lowers the cost; the best exchange of a round is made.

    Parameters
    ----------
    cost, base
        As for `greedy`.
    start
        Where to begin.

    Returns
    -------
    Choice
        Never worse than `start`; no single exchange improves it.
    """
    chosen = list(start.sites)
    total = start.cost
    if not chosen or len(chosen) == cost.shape[1]:
        return start
    while True:
        first, second, owner = _two_best(cost, base, chosen)
        total = float(first.sum())
        with_new = np.minimum(first[:, None], cost)
        gain = first.sum() - with_new.sum(axis=0)
        extra = np.minimum(second[:, None], cost) - with_new
        loss = np.zeros((len(chosen), cost.shape[1]))
        for position in range(len(chosen)):
            loss[position] = extra[owner == position].sum(axis=0)
        change = loss - gain[None, :]
        change[:, chosen] = np.inf
        out, into = np.unravel_index(int(np.argmin(change)), change.shape)
        if change[out, into] >= -_ENOUGH * max(total, 1.0):
            return Choice(tuple(sorted(chosen)), total)
        chosen[int(out)] = int(into)


def search(cost: Floats, base: Floats, new: int, starts: int, seed: int) -> tuple[Choice, Choice]:
    """Return the greedy choice and the best choice of several swap searches.

    Of four further starts one exchanges a third of the best choice so far, the others are drawn afresh.
    """
    first = greedy(cost, base, new)
    best = swap(cost, base, first)
    random = np.random.default_rng(seed)
    for turn in range(max(starts - 1, 0) if 0 < new < cost.shape[1] else 0):
        start = _shaken(cost, base, best, random) if turn % 4 == _SHAKE else _drawn(cost, base, new, random)
        found = swap(cost, base, start)
        best = found if found.cost < best.cost * (1 - _ENOUGH) else best
    return first, best


def evaluate(cost: Floats, base: Floats, sites: tuple[int, ...]) -> Choice:
    """Return a choice with its cost."""
    best = np.minimum(base, cost[:, sites].min(axis=1)) if sites else base
    return Choice(tuple(sorted(sites)), float(best.sum()))


def serving(cost: Floats, base: Floats, sites: tuple[int, ...]) -> Rows:
    """Return the chosen candidate that serves each point best; -1 where none is better than what stands already."""
    if not sites:
        return np.full(len(base), -1, np.int64)
    mine = cost[:, sites]
    pick = np.argmin(mine, axis=1)
    better = mine[np.arange(len(base)), pick] < base
    return np.where(better, np.asarray(sites)[pick], -1).astype(np.int64)


def _two_best(cost: Floats, base: Floats, chosen: list[int]) -> tuple[Floats, Floats, Rows]:
    """Return the cost of each point from its best and second best source, and the position of the best; -1 for base."""
    mine = np.column_stack([cost[:, chosen], base])
    order = np.argpartition(mine, 1, axis=1)[:, :2]
    pair = np.take_along_axis(mine, order, axis=1)
    turned = pair[:, 0] > pair[:, 1]
    owner = np.where(turned, order[:, 1], order[:, 0])
    return pair.min(axis=1), pair.max(axis=1), np.where(owner == len(chosen), -1, owner)


def _drawn(cost: Floats, base: Floats, new: int, random: np.random.Generator) -> Choice:
    return evaluate(cost, base, tuple(sorted(random.choice(cost.shape[1], new, replace=False).tolist())))


def _shaken(cost: Floats, base: Floats, best: Choice, random: np.random.Generator) -> Choice:
    others = np.setdiff1d(np.arange(cost.shape[1]), best.sites)
    count = min(max(len(best.sites) // 3, 1), len(others))
    kept = random.permutation(best.sites)[count:]
    sites = (*kept.tolist(), *random.choice(others, count, replace=False).tolist())
    return evaluate(cost, base, sites)
