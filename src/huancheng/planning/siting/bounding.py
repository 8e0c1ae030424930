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
_TRIAL, _PASSES, _WORTH_A_PASS = 60, 4, 3
"""Rounds of a trial, passes over the open candidates, and how many a pass must fix for another to follow."""
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
    free = np.zeros(cost.shape[1], bool)
    first = _ascend(cost, base, new, _Climb(np.minimum(second, base), best, free), _ROUNDS)
    best = first.best
    never, always = _fixed(first.saved, new, first.value, best.cost)
    bound = Bound(first.value, never, always, best)
    return bound if best.cost - first.value <= _slack(best) else _probed(cost, base, new, bound, first.prices)


@dataclass(frozen=True, eq=False)
class _Climb:
    """Where an ascent begins: prices, the best known choice, candidates that are taken whatever they save."""

    prices: Floats
    best: Choice
    inside: Flags


@dataclass(frozen=True, eq=False)
class _Top:
    """Where an ascent ends."""

    value: float
    prices: Floats
    saved: Floats
    best: Choice


def _ascend(cost: Floats, base: Floats, new: int, begin: _Climb, rounds: int, *, look: bool = True) -> _Top:
    prices = kept = begin.prices
    best, forced = begin.best, int(begin.inside.sum())
    value, scale, idle, rises = -np.inf, 2.0, 0, np.zeros(cost.shape[1])
    direction = np.zeros(len(base))
    for turn in range(rounds):
        worth = np.minimum(cost - prices[:, None], 0.0)
        saved, by_base = worth.sum(axis=0), np.minimum(base - prices, 0.0)
        taken = np.argpartition(np.where(begin.inside, -np.inf, saved) if forced else saved, new - 1)[:new]
        found = float(prices.sum() + saved[taken].sum() + by_base.sum())
        if found > value + 1e-9 * max(abs(found), 1.0):
            kept, value, rises, idle = prices, found, saved, 0
        else:
            idle += 1
        if look and turn % _LOOK_EVERY == 0:
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
        if length == 0 or best.cost - value <= _slack(best):
            break
        prices = np.clip(prices + scale * (best.cost - found) / length * direction, 0.0, base)
    return _Top(value, kept, rises, best)


def _probed(cost: Floats, base: Floats, new: int, bound: Bound, prices: Floats) -> Bound:
    """Try candidates that are still open one by one, taken or left out, and see whether the bound passes the best.

    One whose taking does is in no better choice, one whose leaving out does is in every better choice. What is fixed
    makes the next trial sharper; passes go on while they fix enough to be worth their time.
    """
    never, always, best = bound.never.copy(), bound.always.copy(), bound.choice
    for _ in range(_PASSES):
        settled = int(never.sum() + always.sum())
        for site in np.flatnonzero(~never & ~always):
            chosen = best.sites.count(int(site)) > 0
            open_ = ~never
            open_[site] = not chosen
            inside = always.copy()
            inside[site] = not chosen
            if open_.sum() < new or inside.sum() > new:
                continue
            climb = _Climb(prices, best, inside[open_])
            if _ascend(cost[:, open_], base, new, climb, _TRIAL, look=False).value >= best.cost - _slack(best):
                (always if chosen else never)[site] = True
        if int(never.sum() + always.sum()) - settled < _WORTH_A_PASS:
            break
    if (~never).sum() < new or always.sum() > new:
        return Bound(best.cost, never, always, best)
    top = _ascend(cost[:, ~never], base, new, _Climb(prices, best, always[~never]), _ROUNDS, look=False)
    return Bound(max(bound.value, min(top.value, best.cost)), never, always, best)


def _slack(best: Choice) -> float:
    return 1e-9 * max(abs(best.cost), 1.0)


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
