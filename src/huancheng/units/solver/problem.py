"""What is to be solved: blocks as numbers 0.., their neighbours, the limits every unit holds, and what is better."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from huancheng.units.solver.arrays import FloatArray, IntArray


class Objective(StrEnum):
    """What comes after feasibility and the number of units."""

    MAX_P = "max-p"
    """As many units as the limits allow, then the least dissimilarity within them (Duque, Anselin, Rey 2012)."""
    COMPACT = "compact"
    """Weighted squared distance of every block to its unit's median block, borders off the lines, dissimilarity."""


@dataclass(frozen=True)
class Limit:
    """One linear range every unit holds: ``low <= sum(values[members]) <= high``.

    A limit on a share is linear too: ``values = part - share * whole`` with ``low = 0``; values may be negative.

    Attributes
    ----------
    name
        What is limited, as causes name it: "area", "population", "legal_share".
    values
        Shape (size,).
    low, high
        Least and most of a unit; None where there is no such end.
    """

    name: str
    values: FloatArray
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class RegionProblem:
    """Blocks to be joined into connected units.

    Attributes
    ----------
    size
        Number of blocks.
    edges
        Shape (m, 2), first below second: neighbours a unit may reach across; separators are cut already.
    border
        Shape (m,): length of the shared border that follows neither road, river nor parcel line; counted where the two
        blocks belong to different units; 0 where unknown.
    limits
        Ranges every unit holds; locked units are not asked.
    objective
        What comes after feasibility and the number of units.
    attributes
        Shape (size, a): dissimilarity of two blocks of a unit is the sum of absolute differences.
    places
        Shape (size, 2), metres.
    weights
        Shape (size,), not negative: weight of a block in the compactness term (population, area).
    together
        Groups that stay in one unit.
    apart
        Shape (q, 2): pairs never in one unit.
    zones
        Shape (size,): a unit never spans two zones.
    fixed
        Shape (size,): -1 free, else the number of the locked unit the block stays in; locked units are not changed.
    count
        Fewest and most units, locked ones included; None: as many as the limits allow.
    assignment_radius
        Compact: a block is at most this far, in metres, from its unit's median block, which is a rule of the model;
        None: no such rule.
    term_weights
        Compact: what compactness, border and dissimilarity weigh in the objective.
    """

    size: int
    edges: IntArray
    border: FloatArray
    limits: tuple[Limit, ...]
    objective: Objective
    attributes: FloatArray
    places: FloatArray
    weights: FloatArray
    together: tuple[tuple[int, ...], ...]
    apart: IntArray
    zones: IntArray
    fixed: IntArray
    count: tuple[int, int] | None
    assignment_radius: float | None
    term_weights: tuple[float, float, float]
