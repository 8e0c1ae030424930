"""A lower bound by Lagrangian relaxation, and the candidates it rules in or out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from huancheng.planning.arrays import Flags, Floats
from huancheng.planning.siting.problem import Choice
from huancheng.planning.siting.swapping import evaluate, swap

_ROUNDS = 600
_HALVE_AFTER = 20
_MEMORY = 0.7
"""Share of the last direction kept: the steps zigzag less, and the bound rises faster (measured)."""
_LOOK_EVERY = 10
"""Rounds after which the candidates taken are weighed as a choice of their own."""
_SMALLEST_STEP = 1e-5
_WORTH_A_SWAP = 1.05
"""A choice met on the way is swapped on if it costs at most this multiple of the best."""


@dataclass(frozen=True, eq=False)
class Bound:
    """What the relaxation tells.

    Parameters
    ----------
    value
        No choice costs less.
    never, always
        Candidates that are in no choice cheaper than the best known, and in every such choice.
    choice
        The cheapest choice met on the way, after swaps.
    """

    value: float
    never: Flags
    always: Flags
    choice: Choice


def lagrangian_bound(cost: Floats, base: Floats, new: int, best: Choice) -> Bound:
    """Raise the bound by subgradient steps on the rule that every point is served once.

    For prices u the relaxed problem takes the `new` candidates with the least sum of min(0, cost - u): its value is a
    bound whatever the prices are. A candidate whose exchange would lift that value over the best known choice is fixed.

    Parameters
    ----------
    cost, base
        As for the search.
    new
        Number of candidates taken, at least 1.
    best
        The best known choice.
    """
    second = np.partition(cost, 1, axis=1)[:, 1] if cost.shape[1] > 1 else base
    prices = kept = np.minimum(second, base)
    value, scale, idle, rises = -np.inf, 2.0, 0, np.zeros(cost.shape[1])
    direction = np.zeros(len(base))
    for turn in range(_ROUNDS):
        worth = np.minimum(cost - prices[:, None], 0.0)
        saved, by_base = worth.sum(axis=0), np.minimum(base - prices, 0.0)
        taken = np.argpartition(saved, new - 1)[:new]
        found = float(prices.sum() + saved[taken].sum() + by_base.sum())
        if found > value + 1e-9 * max(abs(found), 1.0):
            kept, value, rises, idle = prices, found, saved, 0
        else:
            idle += 1
        if turn % _LOOK_EVERY == 0:
            met = evaluate(cost, base, tuple(sorted(taken.tolist())))
            if met.cost < best.cost * _WORTH_A_SWAP:
                best = min(best, swap(cost, base, met), key=lambda choice: choice.cost)
        if idle >= _HALVE_AFTER:
            scale, idle, prices, direction = scale / 2, 0, kept, np.zeros(len(base))
            if scale < _SMALLEST_STEP:
                break
            continue
        direction = 1.0 - ((worth[:, taken] < 0).sum(axis=1) + (by_base < 0)) + _MEMORY * direction
        length = float(direction @ direction)
        if length == 0 or best.cost - value <= 1e-9 * max(abs(best.cost), 1.0):
            break
        prices = np.clip(prices + scale * (best.cost - found) / length * direction, 0.0, base)
    return Bound(value, *_fixed(rises, new, value, best.cost), best)


def nothing_known(cost: Floats, best: Choice, value: float) -> Bound:
    """Return a bound that rules nothing in or out."""
    free = np.zeros(cost.shape[1], bool)
    return Bound(value, free, free, best)


def _fixed(saved: Floats, new: int, value: float, best: float) -> tuple[Flags, Flags]:
    """Return the candidates that no better choice holds, and those every better choice holds."""
    size = len(saved)
    never, always = np.zeros(size, bool), np.zeros(size, bool)
    if not 0 < new < size:
        return never, always
    order = np.argsort(saved, kind="stable")
    last_in, first_out = saved[order[new - 1]], saved[order[new]]
    slack = best - value + 1e-6 * max(abs(best), 1.0)
    taken = np.zeros(size, bool)
    taken[order[:new]] = True
    never[~taken & (saved - last_in > slack)] = True
    always[taken & (first_out - saved > slack)] = True
    return never, always
