"""The terms of the objective over a plan, computed from the ground."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from huancheng.units.problem.ground import Ground
from huancheng.units.solver import FloatArray, IntArray


def members_of(unit: IntArray) -> list[IntArray]:
    """Return the members of each unit, by number; -1 is no unit."""
    inside = np.flatnonzero(unit >= 0)
    order = inside[np.argsort(unit[inside], kind="stable")]
    return np.split(order, np.cumsum(np.bincount(unit[inside]))[:-1]) if len(order) else []


def compactness_of(ground: Ground, weights: FloatArray, members: Sequence[int] | IntArray) -> tuple[float, int]:
    """Return the least weighted sum of squared distances to one block of the unit, and that block."""
    chosen = np.asarray(members, dtype=np.int64)
    place, weight = ground.places[chosen], weights[chosen]
    square = ((place[:, None, :] - place[None, :, :]) ** 2).sum(axis=2) @ weight
    best = int(np.argmin(square))
    return float(square[best]), int(chosen[best])


def dissimilarity_of(ground: Ground, members: Sequence[int] | IntArray) -> float:
    """Return the sum over pairs of the unit's blocks of the absolute differences of their profiles."""
    values = np.sort(ground.profile[np.asarray(members, dtype=np.int64)], axis=0)
    count = len(values)
    return float(((2 * np.arange(count) - count + 1)[:, None] * values).sum()) if count else 0.0


def border_of(ground: Ground, unit: IntArray) -> float:
    """Return the metres of border along no line between blocks of different units that a unit could have joined."""
    pairs = ground.pairs
    left, right = unit[pairs.first], unit[pairs.second]
    return float(pairs.free[pairs.joins & (left != right) & (left >= 0) & (right >= 0)].sum())


def parts_of_plan(ground: Ground, weights: FloatArray, unit: IntArray) -> dict[str, float]:
    """Return the three terms of a plan, unweighted."""
    groups = [members for members in members_of(unit) if len(members)]
    return {
        "compactness": sum(compactness_of(ground, weights, members)[0] for members in groups),
        "border": border_of(ground, unit),
        "dissimilarity": sum(dissimilarity_of(ground, members) for members in groups),
    }
