"""What a solution says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from huancheng.units.solver.arrays import IntArray

Status: TypeAlias = Literal["optimal", "feasible", "stopped_by_time", "cancelled", "infeasible"]
"""How a run ended; "infeasible" stands in documents about a problem that raised `Infeasible`."""


@dataclass(frozen=True)
class Greedy:
    """What the plain rule gives: grow units one by one, join what is left to a neighbour.

    Attributes
    ----------
    units, objective
        Figures of the construction.
    feasible
        Whether the construction holds every rule; where not, its figures are no plan's.
    """

    units: int
    objective: float
    feasible: bool = True


@dataclass(frozen=True)
class Stage:
    """One stage of the method and what it gained.

    Attributes
    ----------
    name
        As in `Progress.stage`.
    units, objective
        After the stage.
    seconds
        Spent in it.
    """

    name: str
    units: int
    objective: float
    seconds: float


@dataclass(frozen=True)
class RegionResult:
    """Units, and how good they are.

    Attributes
    ----------
    unit
        Shape (size,): number of the unit of each block, 0.., by smallest member.
    units
        How many.
    objective
        Value of the objective, less is better; at equal number of units.
    parts
        Terms of the objective before weighting: "dissimilarity" and, for compact, "compactness" and "border".
    bound
        No plan with this number of units (compact: with a number in the range) has a lower objective; None: not known.
    units_bound
        No plan has more units.
    cut
        Blocks that prove `units_bound`: as many units as there are atoms of these at most, and in every piece left
        without them as many as its sum has whole floors; None where enumeration, or the number asked for, gives it.
    gap
        ``(objective - bound) / objective``; None without a bound. 0 where optimal.
    status
        "optimal" is proved: number of units and objective.
    seconds
        Wall-clock time.
    greedy
        What the plain rule gives; never better than the result.
    method
        Stages with what each gained.
    """

    unit: IntArray
    units: int
    objective: float
    parts: dict[str, float]
    bound: float | None
    units_bound: int
    cut: IntArray | None
    gap: float | None
    status: Status
    seconds: float
    greedy: Greedy
    method: tuple[Stage, ...]
