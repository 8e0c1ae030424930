"""The siting problem: where new facilities go, given what stands already."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import numpy as np

from huancheng.evidence import InputFault
from huancheng.planning.arrays import Floats, Rows


class Goal(StrEnum):
    """What the new facilities shall do."""

    COVER = "cover"
    """Leave as few residents as possible beyond the radius (MCLP)."""
    MEDIAN = "median"
    """Make the walk of all residents together as short as possible (p-median)."""


_CELLS_IN_A_MOMENT = 4_000_000
"""Points × candidates × starts that are searched in about a second."""

Status = Literal["optimal", "feasible", "stopped_by_time"]
"""Proved; not proved because nobody asked for a proof or the work limit was met; not proved because time ran out."""


@dataclass(frozen=True, eq=False)
class SitingProblem:
    """Demand, candidate sites and the ways between them.

    Parameters
    ----------
    demand
        Residents at each point, not negative; shape (points,).
    distance
        Metres from each point to each candidate; infinite where there is no way; shape (points, candidates).
    new
        Number of new facilities, from 0 to the number of candidates.
    goal
        What they shall do.
    radius
        For `cover`: metres within which a resident is served.
    existing
        Metres from each point to the nearest facility that stands already; infinite where there is none.
    farthest
        For `median`: the walk counted for a resident who has no way to any facility, and the longest counted for
        anyone.
    capacity
        Residents each candidate can serve; None where there is no limit. Existing facilities count as open to those
        they already serve. Residents of one point may be split.
    """

    demand: Floats
    distance: Floats
    new: int
    goal: Goal
    radius: float | None = None
    existing: Floats | None = None
    farthest: float = 5000.0
    capacity: Floats | None = None

    def __post_init__(self) -> None:
        """Refuse figures that can't be meant."""
        points, candidates = self.distance.shape
        if self.demand.shape != (points,) or (self.demand < 0).any() or not np.isfinite(self.demand).all():
            raise InputFault("the demand must be one finite number, not negative, for each point", field="demand")
        if np.isnan(self.distance).any() or (self.distance < 0).any():
            raise InputFault("a distance is unknown or negative", field="distance", cure="use infinity for no way")
        if not 0 <= self.new <= candidates:
            message = f"{self.new} new facilities can't be placed on {candidates} candidate sites"
            raise InputFault(message, field="new", cure="ask for fewer, or offer more sites")
        if self.goal is Goal.COVER and (self.radius is None or self.radius <= 0):
            raise InputFault("covering needs a radius above zero", field="radius", cure="give the walking limit")
        if self.existing is not None and self.existing.shape != (points,):
            raise InputFault("give one distance to the nearest existing facility for each point", field="existing")
        if self.capacity is not None and (self.capacity.shape != (candidates,) or (self.capacity <= 0).any()):
            raise InputFault("give one capacity above zero for each candidate", field="capacity")

    @property
    def cost(self) -> Floats:
        """Cost of serving a whole point from each candidate, never above `base`; shape (points, candidates).

        Covering costs nothing within the radius and every resident beyond it; so one method serves both goals.
        """
        if self.goal is Goal.COVER:
            served = self.distance <= float(self.radius or 0.0)
            return np.asarray(np.where(served, 0.0, self.base[:, None]), np.float64)
        walk = np.minimum(self.distance, self.farthest) * self.demand[:, None]
        return np.asarray(np.minimum(walk, self.base[:, None]), np.float64)

    @property
    def base(self) -> Floats:
        """Cost of each point while nothing new is built."""
        nearest = np.full(len(self.demand), np.inf) if self.existing is None else self.existing
        if self.goal is Goal.COVER:
            return np.asarray(np.where(nearest <= float(self.radius or 0.0), 0.0, self.demand), np.float64)
        return np.asarray(np.minimum(nearest, self.farthest) * self.demand, np.float64)


@dataclass(frozen=True, slots=True)
class SitingWork:
    """How much work may be done.

    Parameters
    ----------
    starts
        Starts of the swap search; the first is the greedy choice, the others are drawn from `seed`. None: as many as
        the size of the problem allows in a moment, from 4 to 100.
    seed
        Of the random starts.
    prove
        Whether a proof is wanted.
    time_limit
        Seconds for the proof, a safety stop; a result it stops is marked and never called optimal.
    """

    starts: int | None = None
    seed: int = 1
    prove: bool = True
    time_limit: float | None = 60.0

    def starts_for(self, problem: SitingProblem) -> int:
        """Return the number of starts; it follows from the size alone, so that a result can be repeated."""
        if self.starts is not None:
            return self.starts
        return int(np.clip(_CELLS_IN_A_MOMENT // max(problem.distance.size, 1), 4, 100))


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of candidates and what it costs."""

    sites: tuple[int, ...]
    cost: float


@dataclass(frozen=True, eq=False)
class SitingResult:
    """Where the new facilities go, and how good that is known to be.

    Parameters
    ----------
    sites
        Candidates chosen, ascending.
    cost
        Residents left beyond the radius, or resident-metres walked: lower is better.
    bound
        No choice costs less than this.
    gap
        (cost - bound) / cost; 0 where both are 0.
    status
        `optimal` only where the gap is closed.
    serving
        Candidate that serves each point best, -1 where what stands already is as good or nothing serves.
    greedy
        The greedy choice, never better than the result.
    binding
        Which limits hold the result back, in words.
    method
        Stages, each with the cost it reached.
    seconds
        Wall time.
    """

    sites: tuple[int, ...]
    cost: float
    bound: float
    gap: float
    status: Status
    serving: Rows
    greedy: Choice
    binding: tuple[str, ...]
    method: tuple[tuple[str, float], ...]
    seconds: float
