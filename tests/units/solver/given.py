"""Problems the tests are about, and a verifier that shares no code with the solver."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from itertools import product

import numpy as np

from huancheng.units.solver import Limit, Objective, RegionProblem


def grid_edges(rows: int, columns: int) -> np.ndarray:
    pairs = []
    for row, column in product(range(rows), range(columns)):
        cell = row * columns + column
        if column + 1 < columns:
            pairs.append((cell, cell + 1))
        if row + 1 < rows:
            pairs.append((cell, cell + columns))
    return np.array(pairs, np.int64).reshape(-1, 2)


def grid(rows: int, columns: int, *, seed: int = 0, low: float | None = 30.0, high: float | None = None, **changes):
    """A grid whose cells hold 5 to 10 of `t`, with one attribute."""
    draws = np.random.default_rng(seed)
    size = rows * columns
    y, x = np.divmod(np.arange(size), columns)
    edges = grid_edges(rows, columns)
    problem = RegionProblem(
        size=size,
        edges=edges,
        border=np.zeros(len(edges)),
        limits=(Limit("area", draws.uniform(5, 10, size), low, high),),
        objective=Objective.MAX_P,
        attributes=draws.normal(size=(size, 1)),
        places=np.stack([x, y], 1) * 100.0,
        weights=draws.uniform(1, 2, size),
        together=(),
        apart=np.zeros((0, 2), np.int64),
        zones=np.zeros(size, np.int64),
        fixed=np.full(size, -1, np.int64),
        count=None,
        assignment_radius=None,
        term_weights=(1.0, 0.0, 0.0),
    )
    return replace(problem, **changes)


def faults(problem: RegionProblem, unit: np.ndarray) -> list[str]:  # noqa: C901, PLR0912 - one list of all rules
    """Every rule a plan breaks, in words; written plainly, from the definitions alone."""
    found = []
    members: dict[int, list[int]] = {}
    for block, label in enumerate(unit.tolist()):
        members.setdefault(label, []).append(block)
    near: dict[int, set[int]] = {block: set() for block in range(problem.size)}
    for one, other in problem.edges.tolist():
        near[one].add(other)
        near[other].add(one)
    if sorted(members) != list(range(len(members))):
        found.append("numbers have gaps")
    if [blocks[0] for _, blocks in sorted(members.items())] != sorted(blocks[0] for blocks in members.values()):
        found.append("units are not in the order of their smallest members")
    for label, blocks in members.items():
        locks = {int(problem.fixed[block]) for block in blocks}
        if locks != {-1}:
            if len(locks) > 1:
                found.append(f"unit {label} mixes locked and other blocks")
            elif set(blocks) != set(np.flatnonzero(problem.fixed == next(iter(locks))).tolist()):
                found.append(f"unit {label} is a locked unit that was changed")
            continue
        reached, queue = {blocks[0]}, deque(blocks[:1])
        while queue:
            for mate in near[queue.popleft()] & set(blocks) - reached:
                reached.add(mate)
                queue.append(mate)
        if len(reached) < len(blocks):
            found.append(f"unit {label} is in pieces")
        if len({int(problem.zones[block]) for block in blocks}) > 1:
            found.append(f"unit {label} spans zones")
        for limit in problem.limits:
            total = sum(float(limit.values[block]) for block in blocks)
            if limit.low is not None and total < limit.low - 1e-6:
                found.append(f"unit {label}: {limit.name} {total} < {limit.low}")
            if limit.high is not None and total > limit.high + 1e-6:
                found.append(f"unit {label}: {limit.name} {total} > {limit.high}")
        radius = problem.assignment_radius
        if radius is not None and not any(
            all(np.hypot(*(problem.places[a] - problem.places[b])) <= radius + 1e-6 for b in blocks) for a in blocks
        ):
            found.append(f"unit {label}: no block reaches all others")
    found += [f"{group} torn apart" for group in problem.together if len({int(unit[block]) for block in group}) > 1]
    found += [f"{a} and {b} meet" for a, b in problem.apart.tolist() if unit[a] == unit[b]]
    if problem.count is not None and not problem.count[0] <= len(members) <= problem.count[1]:
        found.append(f"{len(members)} units, asked for {problem.count}")
    return found


def objective_of(problem: RegionProblem, unit: np.ndarray) -> float:
    """The objective from its definition, pair by pair."""
    alike = near = 0.0
    for label in set(unit.tolist()):
        blocks = np.flatnonzero(unit == label)
        for position, one in enumerate(blocks):
            for other in blocks[:position]:
                alike += float(np.abs(problem.attributes[one] - problem.attributes[other]).sum())
        candidates = []
        for median in blocks:
            squared = ((problem.places[blocks] - problem.places[median]) ** 2).sum(axis=1)
            if problem.assignment_radius is None or squared.max() <= problem.assignment_radius**2 * (1 + 1e-9):
                candidates.append(float(problem.weights[blocks] @ squared))
        near += min(candidates, default=np.inf)
    if problem.objective is Objective.MAX_P:
        return alike
    border = sum(
        length for (a, b), length in zip(problem.edges.tolist(), problem.border, strict=True) if unit[a] != unit[b]
    )
    weights = problem.term_weights
    return weights[0] * near + weights[1] * border + weights[2] * alike


def all_plans(problem: RegionProblem):
    """Every partition of a handful of blocks that breaks no rule."""

    def extend(labels: list[int]):
        if len(labels) == problem.size:
            unit = np.array(labels)
            if not faults(problem, unit):
                yield unit
            return
        for label in range(max(labels, default=-1) + 2):
            yield from extend([*labels, label])

    yield from extend([])
