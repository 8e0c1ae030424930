"""Must-link groups: united where they share blocks, connected over the shortest way, or refused with the cause."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

import numpy as np

from huancheng.units.solver.arrays import IntArray
from huancheng.units.solver.infeasibility import Cause, CauseKind, Infeasible
from huancheng.units.solver.problem import RegionProblem


def join_together(problem: RegionProblem, edges: IntArray) -> IntArray:
    """Return the atom of each block: atoms by smallest block, -1 where it is locked.

    A group whose blocks don't touch takes in the blocks of the shortest ways between them: one unit would have to hold
    such a way anyhow, though perhaps another one.

    Parameters
    ----------
    edges
        Edges between free blocks of one zone.

    Raises
    ------
    Infeasible
        If a group lies in two zones, is partly locked, or can't be connected.
    """
    root = np.arange(problem.size)
    neighbours: list[list[int]] | None = None
    for group in problem.together:
        members = sorted(set(group))
        if not _movable(problem, members):
            continue
        if neighbours is None:
            neighbours = [[] for _ in range(problem.size)]
            for one, other in edges.tolist():
                neighbours[one].append(other)
                neighbours[other].append(one)
        for block in _connected(members, neighbours):
            _unite(root, members[0], block)
    top = np.array([_top(root, block) for block in range(problem.size)], np.int64)
    atom = np.full(problem.size, -1, np.int64)
    free = problem.fixed < 0
    atom[free] = np.unique(top[free], return_inverse=True)[1]
    return atom


def _movable(problem: RegionProblem, members: list[int]) -> bool:
    """Whether a group is free and in one zone; a group locked as a whole in one unit needs nothing."""
    locks = {int(number) for number in problem.fixed[members]}
    if locks != {-1}:
        if len(locks) == 1:
            return False
        _refuse(CauseKind.FIXED_APART, members, "they stay together, but not all of them lie in one locked unit")
    if len(set(problem.zones[members].tolist())) > 1:
        _refuse(CauseKind.TOGETHER_ACROSS_ZONES, members, "they stay together, but lie in different zones")
    return len(members) > 1


def _connected(members: list[int], neighbours: list[list[int]]) -> Iterable[int]:
    """Return the members with the blocks of shortest ways that connect them."""
    inside = {members[0]}
    wanted = set(members[1:])
    while wanted:
        came: dict[int, int] = dict.fromkeys(inside, -1)
        queue = deque(sorted(inside))
        found = -1
        while queue and found < 0:
            block = queue.popleft()
            for mate in neighbours[block]:
                if mate in came:
                    continue
                came[mate] = block
                if mate in wanted:
                    found = mate
                    break
                queue.append(mate)
        if found < 0:
            _refuse(CauseKind.NOT_CONNECTED, members, "they stay together, but no way connects them")
        while found >= 0 and found not in inside:
            inside.add(found)
            wanted.discard(found)
            found = came[found]
    return inside


def _refuse(kind: CauseKind, members: list[int], why: str) -> None:
    raise Infeasible([Cause(kind, tuple(members), 0.0, None, 0.0, why)])


def _top(root: IntArray, block: int) -> int:
    while root[block] != block:
        root[block] = root[root[block]]
        block = int(root[block])
    return block


def _unite(root: IntArray, one: int, other: int) -> None:
    one, other = _top(root, one), _top(root, other)
    root[max(one, other)] = min(one, other)
