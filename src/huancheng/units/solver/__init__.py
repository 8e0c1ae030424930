"""Joining blocks into connected units under limits, with a bound on how much better they could be.

`solve` takes a `RegionProblem` and gives a `RegionResult`, or raises `Infeasible` with its causes.
"""

from huancheng.units.solver.arrays import FloatArray, IntArray
from huancheng.units.solver.infeasibility import Cause, CauseKind, Infeasible
from huancheng.units.solver.problem import Limit, Objective, RegionProblem
from huancheng.units.solver.result import Greedy, RegionResult, Stage
from huancheng.units.solver.solving import solve
from huancheng.units.solver.work import Progress, Work

__all__ = [
    "Cause",
    "CauseKind",
    "FloatArray",
    "Greedy",
    "Infeasible",
    "IntArray",
    "Limit",
    "Objective",
    "Progress",
    "RegionProblem",
    "RegionResult",
    "Stage",
    "Work",
    "solve",
]
