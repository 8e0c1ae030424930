"""Floating catchments: supply divided by the demand around it, summed up around each demand.

Two-step floating catchment area after Luo and Wang (2003); enhanced with weights that fall by steps of distance after
Luo and Qi (2009).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from huancheng.access.lengths import Numbers
from huancheng.access.searches import Pairs


def pairs_of_matrix(cost: npt.ArrayLike) -> Pairs:
    """Return the pairs of a travel matrix.

    Parameters
    ----------
    cost
        Cost from each origin (row) to each target (column), in any unit; NaN or infinite where there is no way.

    Returns
    -------
    Pairs
        With the costs, as they are, for distances.
    """
    matrix = np.asarray(cost, np.float64)
    origin, target = np.nonzero(np.isfinite(matrix))
    return Pairs(origin.astype(np.int32), target.astype(np.int32), matrix[origin, target])


def two_step_floating_catchment(
    pairs: Pairs,
    demand: npt.ArrayLike,
    supply: npt.ArrayLike,
    *,
    limit: float | None = None,
    weight: Callable[[Numbers], npt.ArrayLike] | None = None,
) -> Numbers:
    """Supply per demand at every origin by the two-step floating catchment method.

    First each target's supply is divided by the weighted demand of the origins within reach; then each origin adds up
    the weighted ratios of the targets within its reach. Supply that no demand reaches serves nobody.

    Parameters
    ----------
    pairs
        Origins and targets within reach of each other, from `origin_destination_within` or `pairs_of_matrix`.
    demand
        Demand of each origin (residents), not negative.
    supply
        Supply of each target (beds, places), not negative.
    limit
        Longest distance, inclusive, in the unit of the pairs; None takes every pair.
    weight
        Weight of a distance; 1 for all by default.

    Returns
    -------
    Numbers
        Supply per unit of demand for each origin; 0 where nothing is within reach.

    Raises
    ------
    ValueError
        If a demand, supply or weight is negative or not finite.
    """
    people, goods = _amounts(demand, "demand"), _amounts(supply, "supply")
    chosen = np.ones(len(pairs), bool) if limit is None else pairs.distance <= limit
    origin, target, distance = pairs.origin[chosen], pairs.target[chosen], pairs.distance[chosen]
    factor = np.ones(origin.size) if weight is None else _amounts(weight(distance.astype(np.float64)), "weight")
    around = np.bincount(target, people[origin] * factor, goods.size)
    ratio = np.divide(goods, around, out=np.zeros(goods.size), where=around > 0)
    return np.bincount(origin, ratio[target] * factor, people.size).astype(np.float64)


def enhanced_two_step_floating_catchment(
    pairs: Pairs, demand: npt.ArrayLike, supply: npt.ArrayLike, steps: Sequence[tuple[float, float]]
) -> Numbers:
    """Supply per demand at every origin by the enhanced method: near targets and near demand weigh more.

    Parameters
    ----------
    pairs, demand, supply
        As for `two_step_floating_catchment`.
    steps
        Pairs (distance, weight): up to the distance, inclusive, and above the one before, the weight holds; beyond the
        last nothing counts. Distances ascend.

    Returns
    -------
    Numbers
        Supply per unit of demand for each origin; 0 where nothing is within reach.

    Raises
    ------
    ValueError
        If the steps don't ascend, or an amount is negative or not finite.
    """
    edges, weights = (np.array(column, np.float64) for column in zip(*steps, strict=True))
    if (np.diff(edges) <= 0).any():
        message = f"the distances of the steps must ascend, not {edges.tolist()}"
        raise ValueError(message)
    return two_step_floating_catchment(
        pairs,
        demand,
        supply,
        limit=float(edges[-1]),
        weight=lambda distance: weights[np.searchsorted(edges, distance, side="left")],
    )


def supply_shares(pairs: Pairs, demand: npt.ArrayLike, supply: npt.ArrayLike, *, limit: float | None = None) -> Numbers:
    """Share every target's supply among the origins within reach in proportion to their demand.

    Parameters
    ----------
    pairs, demand, supply, limit
        As for `two_step_floating_catchment`.

    Returns
    -------
    Numbers
        Supply each origin receives; the sum is the supply of all targets that some demand reaches.

    Raises
    ------
    ValueError
        If a demand or supply is negative or not finite.
    """
    people = _amounts(demand, "demand")
    return people * two_step_floating_catchment(pairs, people, supply, limit=limit)


def _amounts(values: npt.ArrayLike, name: str) -> Numbers:
    amounts = np.asarray(values, np.float64)
    if not np.isfinite(amounts).all() or (amounts < 0).any():
        message = f"every {name} must be a finite number and not negative; an unknown one is no zero"
        raise ValueError(message)
    return amounts
