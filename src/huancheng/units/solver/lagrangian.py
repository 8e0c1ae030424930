"""A lower bound for compact plans: the capacitated p-median with its assignments priced (Lagrangian relaxation).

Contiguity is left out, and every unit may take fractions of atoms, so the bound holds for every plan. Each median
carries its cheapest fractional unit between floor and ceiling, itself included; the best k medians are added to the
sum of the prices. Prices follow the subgradient. In the end the bound is computed once more with everyone who may join
by the rules, so that the shortened lists of the rounds need no trust.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from huancheng.units.solver import knapsacks
from huancheng.units.solver.arrays import FloatArray, IntArray
from huancheng.units.solver.clock import Clock
from huancheng.units.solver.construction import load_of
from huancheng.units.solver.contraction import Atoms

PATIENCE = 20
"""Rounds without a gain before the step is shortened."""

SHORTENING = 0.7
"""By how much."""

SHORTEST = 2e-3
"""Step at which the prices are taken as settled."""

NO_SLOPE = 1e-12
"""Squared length below which every atom is taken exactly once: the prices are best."""

WIDTH = 2.4
"""Lists reach this many typical radii of a unit where the problem states no radius."""


@dataclass(frozen=True)
class Bound:
    """Result of the relaxation.

    Attributes
    ----------
    value
        No plan has a lower compactness.
    medians
        Rows of `content` chosen at the best prices.
    rounds
        Subgradient steps made.
    """

    value: float
    medians: IntArray
    rounds: int


class Relaxation:
    """The relaxed problem of one set of atoms.

    Parameters
    ----------
    atoms
        The problem.
    count
        Fewest and most units.
    """

    def __init__(self, atoms: Atoms, count: tuple[int, int]) -> None:
        self.atoms = atoms
        self.count = count
        self.load = load_of(atoms)
        self.low, self.high = _capacity(atoms, self.load)
        content = atoms.content
        self.home = np.repeat(np.arange(atoms.size), np.diff(content.first)).astype(np.int64)
        self.reach = float(content.radius[0]) ** 2 * (1 + 1e-12)
        self._lists()

    def _lists(self) -> None:
        """List who may join each median."""
        content, atoms = self.atoms.content, self.atoms
        extent = content.places.max(axis=0) - content.places.min(axis=0)
        typical = float(np.sqrt(max(extent[0] * extent[1], 1e-12) / max(self.count[0], 1) / np.pi))
        radius = min(float(content.radius[0]) * (1 + 1e-12), max(WIDTH * typical, 1e-9))
        near = cKDTree(content.places).query_ball_point(content.places, radius, return_sorted=True)
        firsts, lists, costs = [0], [], []
        for median, rows in enumerate(near):
            where = np.array(rows, np.int64)
            squared = ((content.places[where] - content.places[median]) ** 2).sum(axis=1)
            members = self.home[where]
            ids, index = np.unique(members, return_inverse=True)
            # an atom may join only with all its rows
            whole = np.bincount(index) == np.diff(content.first)[ids]
            whole &= (atoms.part[ids] == atoms.part[self.home[median]]) | (ids == self.home[median])
            cost = np.bincount(index, content.weights[where] * squared)
            if self.home[median] not in ids[whole]:
                whole = np.zeros(ids.size, bool)
            lists.append(ids[whole])
            costs.append(cost[whole])
            firsts.append(firsts[-1] + int(whole.sum()))
        self.first = np.array(firsts, np.int64)
        self.members = np.concatenate(lists).astype(np.int64)
        self.costs = np.concatenate(costs).astype(np.float64)

    def total(self, values: FloatArray, prices: FloatArray) -> tuple[float, IntArray]:
        """Return the relaxed objective and the chosen medians."""
        fewest, most = self.count
        order = np.argsort(values, kind="stable")
        number = min(max(fewest, int((values < 0).sum())), most, values.size)
        chosen = order[:number]
        return float(prices.sum() + values[chosen].sum()), chosen

    def values(self, prices: FloatArray) -> FloatArray:
        """Return the value of every median from the shortened lists."""
        values = np.empty(self.home.size)
        knapsacks.values_of_medians(
            self.first, self.members, self.costs, self.home, prices, self.load, self.low, self.high, values
        )
        return values

    def certain(self, prices: FloatArray) -> float:
        """Return the bound at these prices with everyone who may join."""
        content = self.atoms.content
        values = np.empty(self.home.size)
        knapsacks.complete_values(
            self.home, self.atoms.part, content.first, content.places, content.weights, self.reach, prices, self.load,
            self.low, self.high, values,
        )  # fmt: skip
        return self.total(values, prices)[0]

    def slope(self, prices: FloatArray, chosen: IntArray) -> FloatArray:
        """Return by how much each atom is missed: 1 less the number of times it is taken."""
        cover = np.zeros(self.atoms.size)
        knapsacks.cover_of_medians(
            self.first, self.members, self.costs, self.home, prices, self.load, self.low, self.high, chosen, cover
        )
        return 1.0 - cover

    def ascend(self, best_plan: float, clock: Clock, rounds: int, until: float) -> Bound:
        """Return the best bound of some rounds of price changes.

        Parameters
        ----------
        best_plan
            Compactness of the best plan known: where the prices aim at.
        rounds
            Most rounds.
        until
            Second of the clock at which to end in any case.
        """
        weights = self.atoms.content.moments[:, 0]
        prices = 2.0 * best_plan * weights / max(float(weights.sum()), 1e-300)
        best, best_prices, medians = -np.inf, prices, np.zeros(0, np.int64)
        step, waited, turn = 1.0, 0, 0
        direction = np.zeros(self.atoms.size)
        for turn in range(1, rounds + 1):
            value, chosen = self.total(self.values(prices), prices)
            if value > best + 1e-9 * abs(best_plan):
                waited = 0 if value > best + 1e-5 * abs(best_plan) else waited + 1
                best, best_prices, medians = value, prices, chosen
            else:
                waited += 1
            if waited >= PATIENCE:
                step, waited = step * SHORTENING, 0
                prices = best_prices
                direction[:] = 0.0
                value, chosen = self.total(self.values(prices), prices)
            if not np.isfinite(value) or step < SHORTEST:
                break
            slope = self.slope(prices, chosen)
            direction = slope + 0.5 * direction
            norm = float(direction @ direction)
            if norm < NO_SLOPE or clock.seconds > until or clock.stops("bound", turn, rounds, chosen.size, value):
                break
            aim = max(1.002 * best_plan - value, 1e-4 * abs(best_plan))
            prices = prices + step * aim / norm * direction
        return Bound(self.certain(best_prices), medians, turn)


def _capacity(atoms: Atoms, load: FloatArray) -> tuple[float, float]:
    """Return floor and ceiling of the limit that is the load; of no limit, 0 and infinity."""
    ranges = atoms.ranges
    for position in range(ranges.low.size):
        if np.array_equal(ranges.values[:, position], load):
            low = float(ranges.low[position]) if np.isfinite(ranges.low[position]) else 0.0
            slack = 1e-9 * float(ranges.scale[position])
            return max(low - slack, 0.0), float(ranges.high[position]) + slack
    return 0.0, float("inf")
