"""Siting new facilities: maximal cover and p-median, with what stands fixed, capacities, and a proof."""

from huancheng.planning.siting.problem import Choice, Goal, SitingProblem, SitingResult, SitingWork
from huancheng.planning.siting.solving import solve_siting

__all__ = ["Choice", "Goal", "SitingProblem", "SitingResult", "SitingWork", "solve_siting"]
