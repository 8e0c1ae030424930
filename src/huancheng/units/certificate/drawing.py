"""A division of a city into units with everything that is known of it: what a result folder is written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, TypeAlias

import geopandas as gpd
import numpy as np

from huancheng.policy.provisions.unit_rules import UnitRules
from huancheng.units.certificate.audit import AuditRow, audit_plan
from huancheng.units.certificate.measures import parts_of_plan
from huancheng.units.problem.ground import Aside, Ground, Link
from huancheng.units.problem.region import Term
from huancheng.units.solver import FloatArray, IntArray

Method: TypeAlias = Literal["computed", "drawn", "edited"]


@dataclass(frozen=True)
class Source:
    """Where something came from.

    Parameters
    ----------
    name
        File, snapshot or pack, without the machine's folders.
    sha256
        Fingerprint in hexadecimal.
    kind
        `snapshot`, `pack`, `table`, `layer`, `drawing` or `result`.
    """

    name: str
    sha256: str
    kind: str


@dataclass(frozen=True)
class Proof:
    """How a plan came about and how much better one could be.

    Parameters
    ----------
    status
        As the solver says; `drawn` and `edited` plans have none of their own.
    bound
        No plan under these rules has a lower objective; None where not known.
    units_bound
        No plan has more units; None where not known.
    bound_of
        Whose bound it is: `this run`, or the run an edited plan began from.
    greedy
        Units and objective of the plain rule; None where it was not run.
    stages
        Stages with the units and objective each ended with.
    seed, limit
        Work spent.
    count
        Fewest and most units the bound speaks of; None: of the number the run ended with.
    compared
        Other methods run on the same problem, with their figures.
    """

    status: str
    bound: float | None = None
    units_bound: int | None = None
    bound_of: str = ""
    greedy: Mapping[str, Any] | None = None
    stages: tuple[Mapping[str, Any], ...] = ()
    seed: int | None = None
    limit: int | None = None
    count: tuple[int, int] | None = None
    compared: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class UnitDrawing:
    """Units drawn on a ground under a profile.

    Parameters
    ----------
    title
        Name of the city or area.
    as_of
        Day the data speaks of.
    method
        `computed`, `drawn` by a planner, or `edited`.
    ground, rules, terms, weights
        What it was drawn on and by.
    unit
        Number of each block's unit; -1 in none.
    names
        Names of the units by number.
    blocks
        Blocks in the ground's order with geometry and all columns.
    proof
        How good it is.
    aside, split_links
        What is in no unit, and ties that were kept in parts only.
    sources
        What it was made from.
    edits
        What planners changed, in order.
    """

    title: str
    as_of: str
    method: Method
    ground: Ground
    rules: UnitRules
    terms: tuple[Term, ...]
    weights: FloatArray
    unit: IntArray
    names: tuple[str, ...]
    blocks: gpd.GeoDataFrame
    proof: Proof
    aside: tuple[Aside, ...] = ()
    split_links: tuple[Link, ...] = ()
    sources: tuple[Source, ...] = ()
    edits: tuple[Mapping[str, Any], ...] = field(default=())

    @cached_property
    def units(self) -> int:
        """Number of units."""
        return len(np.unique(self.unit[self.unit >= 0]))

    @cached_property
    def parts(self) -> dict[str, float]:
        """The terms of the objective, unweighted."""
        return parts_of_plan(self.ground, self.weights, self.unit)

    @property
    def objective(self) -> float:
        """Value of the objective: the weighted terms, or for max-p the dissimilarity alone."""
        return objective_of(self.rules, self.terms, self.parts)

    @cached_property
    def audit(self) -> list[AuditRow]:
        """Every unit under every rule."""
        return audit_plan(self.ground, self.rules, self.weights, self.unit, self.names, method=self.method)

    @property
    def holds(self) -> bool:
        """Whether no firm rule is broken."""
        return not any(row.holds == "no" and row.force == "firm" for row in self.audit)

    @property
    def gap(self) -> float | None:
        """Share by which a better plan could be better; None without a bound, or where a firm rule is broken."""
        if self.proof.bound is None or not self.holds:
            return None
        return (self.objective - self.proof.bound) / self.objective if self.objective > 0 else 0.0


def objective_of(rules: UnitRules, terms: tuple[Term, ...], parts: Mapping[str, float]) -> float:
    """Return the value of the objective for the terms of a plan."""
    if rules.objective == "max-p":
        return parts["dissimilarity"]
    return sum(term.coefficient * parts[term.name] for term in terms)


def unit_names(unit: IntArray) -> tuple[str, ...]:
    """Return U01, U02 … for units numbered from 0."""
    count = int(unit.max(initial=-1)) + 1
    return tuple(f"U{number:0{max(2, len(str(count)))}d}" for number in range(1, count + 1))
