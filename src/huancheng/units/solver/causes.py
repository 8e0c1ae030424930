"""What can be said before any search: how many units there can be, and what makes a problem impossible."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from huancheng.units.solver.arrays import IntArray
from huancheng.units.solver.contraction import Atoms
from huancheng.units.solver.cut_kernels import HAIR
from huancheng.units.solver.infeasibility import Cause, CauseKind, Infeasible
from huancheng.units.solver.problem import RegionProblem


def fewest_units(atoms: Atoms) -> IntArray:
    """Return per part the fewest units its ceilings allow."""
    fewest = np.ones(atoms.parts, np.int64)
    for position, high in enumerate(atoms.ranges.high.tolist()):
        values = atoms.ranges.values[:, position]
        if not np.isfinite(high) or high <= 0 or (values < 0).any():
            continue
        total = np.bincount(atoms.part, values, minlength=atoms.parts)
        fewest = np.maximum(fewest, np.ceil(total / high * (1 - HAIR) - HAIR).astype(np.int64))
    return fewest


def refuse_the_impossible(problem: RegionProblem, atoms: Atoms, most: IntArray) -> None:
    """Raise if the problem can be seen to have no plan.

    Parameters
    ----------
    most
        Per part, the most units its floors allow.

    Raises
    ------
    Infeasible
        With every cause found.
    """
    causes = [*_over_ceilings(problem, atoms), *_under_floors(problem, atoms)]
    causes = causes or _wrong_counts(problem, atoms, most)
    if causes:
        raise Infeasible(causes)


def _over_ceilings(problem: RegionProblem, atoms: Atoms) -> list[Cause]:
    causes = []
    for position, limit in enumerate(problem.limits):
        values, high = atoms.ranges.values[:, position], atoms.ranges.high[position]
        if (values < 0).any():
            continue
        for atom in np.flatnonzero(values > high * (1 + HAIR)).tolist():
            members, figure = _members(atoms, atoms.atom == atom), float(values[atom])
            joined = "" if len(members) == 1 else "they stay together, and "
            message = f"{joined}{limit.name} of {figure:g} is over the ceiling of {high:g}"
            causes.append(Cause(CauseKind.OVER_CEILING, members, figure, limit.name, float(high), message))
    return causes


def _under_floors(problem: RegionProblem, atoms: Atoms) -> list[Cause]:
    causes = []
    for position, limit in enumerate(problem.limits):
        low = float(atoms.ranges.low[position])
        if not np.isfinite(low) or low < 0:
            continue
        total = np.bincount(atoms.part, atoms.ranges.values[:, position], minlength=atoms.parts)
        for part in np.flatnonzero(total < low - HAIR * atoms.ranges.scale[position]).tolist():
            inside = np.zeros(problem.size, bool)
            inside[atoms.atom >= 0] = atoms.part[atoms.atom[atoms.atom >= 0]] == part
            members, figure = _members(atoms, inside), float(total[part])
            message = (
                "cut off from all others by gaps, separators, zones or locked units, "
                f"{limit.name} of {figure:g} is under the floor of {low:g}"
            )
            causes.append(Cause(CauseKind.UNDER_FLOOR, members, figure, limit.name, low, message))
    return causes


def _wrong_counts(problem: RegionProblem, atoms: Atoms, most_of: IntArray) -> list[Cause]:
    everyone = tuple(range(problem.size))
    fewest_of = fewest_units(atoms)
    upper, lower = int(most_of.sum()) + atoms.locked, int(fewest_of.sum()) + atoms.locked
    fewest, most = problem.count or (upper, lower)
    causes = []
    if upper < fewest:
        message = f"{fewest} units are asked for, but floors and blocks allow at most {upper}"
        causes.append(Cause(CauseKind.TOO_MANY_UNITS, everyone, float(upper), None, float(fewest), message))
    if lower > most:
        message = f"at most {most} units are allowed, but ceilings, zones and gaps need at least {lower}"
        causes.append(Cause(CauseKind.TOO_FEW_UNITS, everyone, float(lower), None, float(most), message))
    for part in np.flatnonzero(fewest_of > most_of).tolist():
        inside = atoms.atom >= 0
        inside[inside] = atoms.part[atoms.atom[inside]] == part
        members = _members(atoms, inside)
        upper, lower = int(most_of[part]), int(fewest_of[part])
        message = f"ceilings need at least {lower} units here, floors allow at most {upper}"
        causes.append(Cause(CauseKind.NO_COUNT_FITS, members, float(lower), None, float(upper), message))
    return causes


def not_found(problem: RegionProblem, atoms: Atoms, broken: IntArray) -> Infeasible:
    """Return the fault for a search that ended without a plan.

    Parameters
    ----------
    broken
        Atoms of the units that break a range in the best try.
    """
    inside = np.isin(atoms.atom, broken) & (atoms.atom >= 0)
    members = _members(atoms, inside)
    limits = ", ".join(limit.name for limit in problem.limits) or "the count"
    message = f"no plan was found that holds {limits} here too; none is proved impossible"
    return Infeasible([Cause(CauseKind.NOT_FOUND, members, math.nan, None, math.nan, message)])


def _members(atoms: Atoms, inside: npt.NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(int(block) for block in np.flatnonzero(inside & (atoms.atom >= 0)))
