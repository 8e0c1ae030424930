"""From a region problem to the atoms and tables the search works on.

What stays together becomes one atom; locked blocks leave the problem; edges across zones are cut.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from huancheng.units.solver.arrays import FloatArray, IntArray
from huancheng.units.solver.infeasibility import Cause, CauseKind, Infeasible
from huancheng.units.solver.joining import join_together
from huancheng.units.solver.problem import Limit, Objective, RegionProblem
from huancheng.units.solver.tables import Content, Graph, Ranges


@dataclass(frozen=True)
class Atoms:
    """A region problem as the search sees it.

    Attributes
    ----------
    graph, ranges, content
        Tables for the kernels.
    atom
        Shape (size,): atom of each block, -1 where it is locked.
    blocks
        Block of each row of `content`.
    part
        Shape (atoms,): connected part an atom lies in; no unit spans two.
    parts
        How many.
    locked
        Number of locked units.
    count
        Fewest and most units beside the locked ones; None: as many as the limits allow.
    terms
        What compactness, border and dissimilarity weigh.
    """

    graph: Graph
    ranges: Ranges
    content: Content
    atom: IntArray
    blocks: IntArray
    part: IntArray
    parts: int
    locked: int
    count: tuple[int, int] | None
    terms: FloatArray

    @property
    def size(self) -> int:
        """Number of atoms."""
        return int(self.part.size)


def contract(problem: RegionProblem) -> Atoms:
    """Return the atoms of a problem.

    Raises
    ------
    Infeasible
        If what must stay together can't.
    """
    free = problem.fixed < 0
    edges, border = free_edges(problem)
    atom = join_together(problem, edges)
    atoms = int(atom.max(initial=-1)) + 1
    blocks = np.flatnonzero(free)[np.argsort(atom[free], kind="stable")].astype(np.int64)
    first = _starts(atom[blocks], atoms)
    graph = _graph(atom, atoms, edges, border, _foes(problem, atom))
    part = np.zeros(atoms, np.int64)
    parts = 0
    if atoms:
        rows = np.repeat(np.arange(atoms), np.diff(graph.first))
        matrix = coo_array((np.ones(rows.size), (rows, graph.near)), shape=(atoms, atoms))
        parts, labels = connected_components(matrix, directed=False)
        part = labels.astype(np.int64)
    locked = np.unique(problem.fixed[~free]).size
    count = problem.count
    if count is not None:
        count = (max(count[0] - locked, 0), count[1] - locked)
    compact = problem.objective is Objective.COMPACT
    terms = np.array(problem.term_weights if compact else (0.0, 0.0, 1.0))
    return Atoms(
        graph, _ranges(problem.limits, atom, atoms), _content(problem, blocks, first),
        atom, blocks, part, parts, locked, count, terms,
    )  # fmt: skip


def free_edges(problem: RegionProblem) -> tuple[IntArray, FloatArray]:
    """Return the edges a unit can reach across, and their border lengths: both ends free and in one zone."""
    a, b = problem.edges[:, 0], problem.edges[:, 1]
    keep = (problem.fixed[a] < 0) & (problem.fixed[b] < 0) & (problem.zones[a] == problem.zones[b])
    return problem.edges[keep], problem.border[keep]


def _starts(keys: IntArray, groups: int) -> IntArray:
    return np.concatenate([[0], np.cumsum(np.bincount(keys, minlength=groups))]).astype(np.int64)


def _graph(atom: IntArray, atoms: int, edges: IntArray, border: FloatArray, foes: IntArray) -> Graph:
    one, other = atom[edges[:, 0]], atom[edges[:, 1]]
    differ = one != other
    pairs = np.concatenate([np.stack([one, other], 1)[differ], np.stack([other, one], 1)[differ]])
    lengths = np.concatenate([border[differ], border[differ]])
    keys, where = np.unique(pairs[:, 0] * max(atoms, 1) + pairs[:, 1], return_inverse=True)
    off = np.bincount(where, lengths, minlength=keys.size).astype(np.float64)
    foe_keys = np.unique(np.concatenate([foes[:, 0] * max(atoms, 1) + foes[:, 1], foes[:, 1] * atoms + foes[:, 0]]))
    base = max(atoms, 1)
    return Graph(
        _starts(keys // base, atoms), (keys % base).astype(np.int64), off,
        _starts(foe_keys // base, atoms), (foe_keys % base).astype(np.int64),
    )  # fmt: skip


def _foes(problem: RegionProblem, atom: IntArray) -> IntArray:
    pairs = atom[problem.apart.reshape(-1, 2)]
    pairs = pairs[(pairs >= 0).all(axis=1)]
    same = np.flatnonzero(pairs[:, 0] == pairs[:, 1])
    if same.size:
        members = tuple(int(block) for block in np.flatnonzero(atom == pairs[same[0], 0]))
        message = "they are to stay together and apart at once"
        raise Infeasible([Cause(CauseKind.TOGETHER_AND_APART, members, 0.0, None, 0.0, message)])
    return pairs.astype(np.int64)


def _ranges(limits: tuple[Limit, ...], atom: IntArray, atoms: int) -> Ranges:
    free = atom >= 0
    values = np.zeros((atoms, len(limits)))
    low, high = np.full(len(limits), -np.inf), np.full(len(limits), np.inf)
    scale = np.ones(len(limits))
    for position, limit in enumerate(limits):
        values[:, position] = np.bincount(atom[free], limit.values[free], minlength=atoms)
        low[position] = -np.inf if limit.low is None else limit.low
        high[position] = np.inf if limit.high is None else limit.high
        ends = [abs(end) for end in (limit.low, limit.high) if end]
        typical = float(np.abs(values[:, position]).sum()) / max(1.0, np.sqrt(atoms))
        scale[position] = ends[0] if ends else typical or 1.0
    return Ranges(values, low, high, scale)


def _content(problem: RegionProblem, blocks: IntArray, first: IntArray) -> Content:
    # distances are taken from the middle: sums of squares far from the origin lose their digits
    places = problem.places[blocks]
    places = np.ascontiguousarray(places - (places.mean(axis=0) if len(places) else 0.0), dtype=np.float64)
    weights = problem.weights[blocks].astype(np.float64)
    rows = np.stack([weights, *(weights * places[:, axis] for axis in (0, 1)), weights * (places**2).sum(axis=1)], 1)
    moments = np.zeros((first.size - 1, 4))
    for moment in range(4):
        total = np.concatenate([[0.0], np.cumsum(rows[:, moment])])
        moments[:, moment] = total[first[1:]] - total[first[:-1]]
    single = np.diff(first) == 1
    moments[single] = rows[first[:-1][single]]
    radius = np.inf if problem.assignment_radius is None else problem.assignment_radius
    attributes = np.ascontiguousarray(problem.attributes[blocks], dtype=np.float64)
    return Content(first, attributes, places, weights, moments, np.array([radius]))
