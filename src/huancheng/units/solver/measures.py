"""Figures of a finished plan, computed from the problem alone: what the search believed is not asked."""

from __future__ import annotations

import numpy as np

from huancheng.units.solver.arrays import FloatArray, IntArray
from huancheng.units.solver.problem import Objective, RegionProblem


def by_smallest_member(unit: IntArray) -> IntArray:
    """Return the same units numbered 0.. in the order of their smallest members."""
    _, first, where = np.unique(unit, return_index=True, return_inverse=True)
    number = np.empty(first.size, np.int64)
    number[np.argsort(first)] = np.arange(first.size)
    return number[where]


def members_of(unit: IntArray) -> list[IntArray]:
    """Return the members of units 0.., ascending."""
    order = np.argsort(unit, kind="stable")
    return np.split(order, np.cumsum(np.bincount(unit))[:-1])


def parts_of_objective(problem: RegionProblem, unit: IntArray) -> dict[str, float]:
    """Return the terms of the objective before weighting."""
    groups = members_of(unit)
    parts = {"dissimilarity": sum(dissimilarity(problem.attributes[group]) for group in groups)}
    if problem.objective is Objective.COMPACT:
        radius = problem.assignment_radius
        parts["compactness"] = sum(
            compactness(problem.places[group], problem.weights[group], radius) for group in groups
        )
        a, b = problem.edges[:, 0], problem.edges[:, 1]
        parts["border"] = float(problem.border[unit[a] != unit[b]].sum())
    return parts


def weigh(problem: RegionProblem, parts: dict[str, float]) -> float:
    """Return the objective from its parts."""
    if problem.objective is Objective.MAX_P:
        return parts["dissimilarity"]
    near, border, alike = problem.term_weights
    return near * parts["compactness"] + border * parts["border"] + alike * parts["dissimilarity"]


def dissimilarity(attributes: FloatArray) -> float:
    """Sum over pairs of rows of their absolute differences; sorted sums instead of pairs."""
    count = len(attributes)
    ranks = 2.0 * np.arange(count) - (count - 1)
    return float((np.sort(attributes, axis=0) * ranks[:, None]).sum())


def compactness(places: FloatArray, weights: FloatArray, radius: float | None) -> float:
    """Least weighted sum of squared distances to one of the places, which reaches all within the radius if one does."""
    squared = ((places[:, None, :] - places[None, :, :]) ** 2).sum(axis=2)
    totals = squared @ weights
    if radius is not None:
        reaches = squared.max(axis=1) <= radius**2 * (1.0 + 1e-9)
        if reaches.any():
            totals = totals[reaches]
    return float(totals.min())
