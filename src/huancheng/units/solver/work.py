"""How much work a solution may cost, and who watches it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from huancheng.units.solver.arrays import IntArray


@dataclass(frozen=True)
class Progress:
    """Where a run stands.

    Attributes
    ----------
    stage
        Name of the stage: "construction", "recombination", "moves", "set partitioning", "bound", "enumeration".
    done, total
        Steps of the stage done and planned.
    units, objective
        Of the best result so far.
    seconds
        Since the start.
    """

    stage: str
    done: int
    total: int
    units: int
    objective: float
    seconds: float


@dataclass(frozen=True)
class Work:
    """How much work to spend.

    The same problem, seed and limit give the same result on every machine, unless time stopped it.

    Attributes
    ----------
    limit
        Rounds of the search; None: as the size of the problem asks; without effect on exact methods.
    seed
        Of all random draws.
    time_limit
        Seconds, a safety stop: with it and no `limit` the search goes on until the time is over, unless the result is
        proved optimal first.
    warm
        Shape (size,): unit of each block in a plan to begin from; None: none. What breaks a rule is not kept.
    progress
        Called between steps; returning False cancels the run, which then returns the best so far.
    """

    limit: int | None = None
    seed: int = 0
    time_limit: float | None = None
    warm: IntArray | None = None
    progress: Callable[[Progress], bool] | None = None
