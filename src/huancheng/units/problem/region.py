"""The region problem of a ground under a profile: what the solver is given, and how its answer reads as blocks."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from huancheng.policy.provisions.unit_rules import CountRule, RadiusRule, RangeRule, TermRule, UnitRules, plain
from huancheng.units.problem.aside import firm_links, reachable_parts, set_aside, zone_codes
from huancheng.units.problem.causes import Undrawable
from huancheng.units.problem.checks import check_ground
from huancheng.units.problem.ground import Aside, Flags, Ground, Link
from huancheng.units.problem.limits import firm_limits
from huancheng.units.solver import FloatArray, IntArray, Limit, Objective, RegionProblem

TERMS = ("compactness", "border", "dissimilarity")
_DIGITS = 12


@dataclass(frozen=True)
class Term:
    """One term of the objective.

    Parameters
    ----------
    name
        `compactness`, `border` or `dissimilarity`.
    weight
        Weight of the profile.
    scale
        What the term comes to in a plan of usual shape; the term is divided by it before it is weighed.
    """

    name: str
    weight: float
    scale: float

    @property
    def coefficient(self) -> float:
        """What one of the term counts in the objective."""
        return float(f"{self.weight / self.scale:.{_DIGITS}g}")


@dataclass(frozen=True)
class RegionTask:
    """A problem, and what its numbers stand for.

    Parameters
    ----------
    ground
        The ground.
    rules
        The profile.
    problem
        What the solver is given.
    kept
        Number in the ground of each block of the problem.
    terms
        Terms of the objective.
    weights
        Weight of each block of the ground in the first term.
    aside
        Blocks in no unit.
    split_links
        Ties as they were that could not be kept whole.
    lock_names
        Names of the locked units, by their number in the problem.
    """

    ground: Ground
    rules: UnitRules
    problem: RegionProblem
    kept: IntArray
    terms: tuple[Term, ...]
    weights: FloatArray
    aside: tuple[Aside, ...]
    split_links: tuple[Link, ...]
    lock_names: tuple[str, ...]

    def spread(self, unit: IntArray) -> IntArray:
        """Return the unit of every block of the ground, -1 where it is set aside."""
        whole = np.full(self.ground.size, -1, dtype=np.int64)
        whole[self.kept] = unit
        return whole


def region_task(ground: Ground, rules: UnitRules) -> RegionTask:
    """Return the problem, after what the profile leaves aside is set aside.

    Raises
    ------
    Undrawable
        If a pre-check finds that no plan can hold the firm rules; every cause is named.
    """
    cleared = set_aside(ground, rules)
    ground = cleared.ground
    inside = np.ones(ground.size, dtype=bool)
    inside[[item.block for item in cleared.aside]] = False
    causes = check_ground(ground, rules, inside)
    if causes:
        raise Undrawable(causes)
    kept = np.flatnonzero(inside)
    place = np.full(ground.size, -1, dtype=np.int64)
    place[kept] = np.arange(len(kept))
    limits = tuple(
        Limit(item.name, np.ascontiguousarray(item.values[kept]), item.low, item.high)
        for item in firm_limits(ground, rules)
    )
    edge = ground.pairs.joins & inside[ground.pairs.first] & inside[ground.pairs.second]
    locks, fixed = np.unique(ground.locked[kept].astype(str), return_inverse=True)
    names = tuple(name for name in locks if name)
    fixed = fixed - 1 if "" in locks else fixed
    count = _count(ground, rules, inside, len(names))
    terms, weights = weigh_terms(ground, rules, inside, count)
    radius = next((plain(rule.high) for rule in rules.of(RadiusRule) if rule.force == "firm"), None)
    problem = RegionProblem(
        size=len(kept),
        edges=np.column_stack([place[ground.pairs.first[edge]], place[ground.pairs.second[edge]]]).astype(np.int64),
        border=ground.pairs.free[edge],
        limits=limits,
        objective=Objective(rules.objective),
        attributes=np.ascontiguousarray(ground.profile[kept]),
        places=np.ascontiguousarray(ground.places[kept]),
        weights=np.ascontiguousarray(weights[kept]),
        together=_groups(ground, rules, place),
        apart=np.zeros((0, 2), dtype=np.int64),
        zones=zone_codes(ground, rules)[kept],
        fixed=np.asarray(fixed, dtype=np.int64),
        count=count if rules.objective == "compact" else None,
        assignment_radius=radius if rules.objective == "compact" else None,
        term_weights=(terms[0].coefficient, terms[1].coefficient, terms[2].coefficient),
    )
    return RegionTask(ground, rules, problem, kept, terms, weights, cleared.aside, cleared.split_links, names)


def _groups(ground: Ground, rules: UnitRules, place: IntArray) -> tuple[tuple[int, ...], ...]:
    found = set()
    for link in firm_links(ground, rules):
        members = tuple(sorted(int(place[member]) for member in link.members if place[member] >= 0))
        if len(members) > 1:
            found.add(members)
    return tuple(sorted(found))


def _count(ground: Ground, rules: UnitRules, inside: Flags, locked: int) -> tuple[int, int]:
    """Return the range of the number of units: as written, or by the target size within what the sizes allow."""
    rule = next(iter(rules.of(CountRule)), None)
    if rule is not None and rule.target is None:
        return math.ceil(plain(rule.low)), math.floor(plain(rule.high))
    free = inside & (ground.locked == "")
    usual = float(ground.area[free].sum()) / (plain(rule.target) * 10_000.0) if rule else 1.0
    slack = plain(rule.slack) if rule else 0.0
    fewest, most = 0, int(free.sum())
    part = reachable_parts(ground, zone_codes(ground, rules), inside)
    for item in rules.of(RangeRule):
        if item.force == "firm":
            total = np.bincount(part[free], np.nan_to_num(ground.quantities[item.quantity][free])) / item.factor
            total = total[np.unique(part[free])]
            if item.high is not None:
                fewest = max(fewest, int(np.ceil(total / plain(item.high) - 1e-12).sum()))
            if item.low is not None and plain(item.low) > 0:
                most = min(most, int(np.floor(total / plain(item.low) + 1e-12).sum()))
    low = min(max(round(usual * (1 - slack)), fewest, 1 if free.any() else 0), most)
    high = max(min(round(usual * (1 + slack)), most), low)
    return low + locked, high + locked


def weigh_terms(
    ground: Ground, rules: UnitRules, inside: Flags, count: tuple[int, int]
) -> tuple[tuple[Term, ...], FloatArray]:
    """Return the terms with their scales, and the weight of each block in the first, one on average.

    Parameters
    ----------
    ground, rules
        The ground and the profile.
    inside
        Blocks in units.
    count
        Fewest and most units.
    """
    rule = {item.term: item for item in rules.of(TermRule)}
    by = rule["compactness"].by if "compactness" in rule else "area"
    raw = np.nan_to_num(ground.quantities[by])
    mean = float(raw[inside].mean()) if inside.any() else 0.0
    weights = (raw / mean).round(9) if mean > 0 else np.ones(ground.size)
    units = max(sum(count) / 2, 1.0)
    blocks = float(inside.sum())
    pairs = ground.pairs
    free = float(pairs.free[pairs.joins & inside[pairs.first] & inside[pairs.second]].sum())
    scales = {
        "compactness": float(ground.area[inside].sum()) / units / math.tau * max(blocks, 1.0),
        "border": free / 2 or 1.0,
        "dissimilarity": max(blocks * blocks / units / 2, 1.0),
    }
    terms = tuple(
        Term(name, plain(rule[name].weight) if name in rule else 0.0, float(f"{scales[name]:.{_DIGITS}g}"))
        for name in TERMS
    )
    return terms, np.asarray(weights, dtype=np.float64)
