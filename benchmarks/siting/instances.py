"""Siting instances whose optimum is known because it was planted, and plain random ones."""

from __future__ import annotations

import numpy as np

from huancheng.planning.siting import Goal, SitingProblem

APART = 1_000_000.0
"""Metres between the towns of a planted instance: a facility for each town is worth more than any saving within one."""


def planted_median(points: int, sites: int, new: int, seed: int) -> tuple[SitingProblem, float]:
    """Return an instance of towns far apart, as many as new facilities, and its optimum.

    Leaving a town without a facility costs at least `APART`, more than all walks within towns together, so the best
    choice has one in each: the optimum is the sum of the towns' own, told by trying every site of each.
    """
    random = np.random.default_rng(seed)
    town, own = np.arange(points) % new, np.arange(sites) % new
    centre = np.column_stack([np.arange(new) * APART, np.zeros(new)])
    homes = centre[town] + random.uniform(0, 4_000, (points, 2))
    places = centre[own] + random.uniform(0, 4_000, (sites, 2))
    demand = random.integers(1, 100, points).astype(float)
    distance = np.abs(homes[:, None] - places[None]).sum(axis=2)
    problem = SitingProblem(demand, distance, new, Goal.MEDIAN, farthest=1e9)
    walks = distance * demand[:, None]
    optimum = sum(float(walks[np.ix_(town == one, own == one)].sum(axis=0).min()) for one in range(new))
    return problem, optimum


def planted_cover(points: int, sites: int, new: int, seed: int) -> tuple[SitingProblem, float]:
    """Return an instance whose planted sites cover everybody, hidden among sites that cover parts, and its optimum 0.

    The other sites stand between the planted ones and each covers residents of two of them: a greedy choice is led
    astray.
    """
    random = np.random.default_rng(seed)
    centre = np.column_stack([np.arange(new) * 1_600.0, np.zeros(new)])
    homes = centre[np.arange(points) % new] + random.uniform(-780, 780, (points, 2)) * np.array([1.0, 0.0])
    decoys = np.column_stack([random.uniform(-400, 1_600 * new - 1_200, sites - new), np.zeros(sites - new)])
    places = np.vstack([centre, decoys])[random.permutation(sites)]
    distance = np.abs(homes[:, None] - places[None]).sum(axis=2)
    demand = random.integers(1, 100, points).astype(float)
    return SitingProblem(demand, distance, new, Goal.COVER, radius=800.0), 0.0


def scattered(points: int, sites: int, new: int, seed: int, goal: Goal) -> SitingProblem:
    """Return an instance of points and sites thrown at random over ten kilometres, with Manhattan walks."""
    random = np.random.default_rng(seed)
    homes, places = random.uniform(0, 10_000, (points, 2)), random.uniform(0, 10_000, (sites, 2))
    demand = random.integers(1, 100, points).astype(float)
    distance = np.abs(homes[:, None] - places[None]).sum(axis=2)
    return SitingProblem(demand, distance, new, goal, radius=800.0, farthest=1e6)
