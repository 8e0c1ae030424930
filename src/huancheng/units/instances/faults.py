"""Solving an instance, with causes told in the ids of its file."""

from __future__ import annotations

from huancheng.evidence import InputFault
from huancheng.units.instances.reading import Instance
from huancheng.units.solver import Infeasible, RegionProblem, RegionResult, Work, solve


def solve_instance(instance: Instance, problem: RegionProblem, work: Work) -> RegionResult:
    """Solve a problem made of an instance.

    Raises
    ------
    InputFault
        If there is no plan, or none was found.
    """
    try:
        return solve(problem, work)
    except Infeasible as fault:
        message = "; ".join(cause.told(instance.ids) for cause in fault.causes)
        raise InputFault(message, cure="loosen a limit or change the instance") from fault
