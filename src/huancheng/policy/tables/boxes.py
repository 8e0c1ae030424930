"""The space of all cases of a table cut into boxes: proofs over finite domains instead of samples.

Each fact is cut into cells at the values its tests name, so that every test is constant on a cell. A condition is then
a union of boxes (products of sets of cells), and coverage, overlap and reachability are exact set algebra.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Any

from huancheng.policy.conditions.describe import say_value
from huancheng.policy.conditions.model import AnyOf, Condition, Part, Test
from huancheng.policy.facts import NOT_APPLICABLE, Fact, FactCatalogue, FactKind, exact

Axis = tuple[str, str]
"""A fact, and for facts of several values the one value asked for (else empty)."""

Box = tuple[frozenset[int], ...]
"""Cells allowed on each axis."""

_ELSE = "（其他）"


@dataclass(frozen=True)
class Space:
    """All cases a table can meet, as far as its rows can tell them apart.

    Parameters
    ----------
    axes
        Axes in the order of the table's inputs.
    cells
        A representative value of each cell per axis.
    catalogue
        Facts, for words.
    """

    axes: tuple[Axis, ...]
    cells: tuple[tuple[Any, ...], ...]
    catalogue: FactCatalogue

    @property
    def whole(self) -> Box:
        """The box of all cases."""
        return tuple(frozenset(range(len(cells))) for cells in self.cells)

    def boxes(self, condition: Condition) -> list[Box]:
        """Return the cases in which a condition holds."""
        found = [self.whole]
        for part in condition.parts:
            pieces = self._part_boxes(part)
            found = [box for left in found for right in pieces if (box := meet(left, right)) is not None]
        return found

    def _part_boxes(self, part: Part) -> list[Box]:
        if isinstance(part, AnyOf):
            inner = [box for condition in part.conditions for box in self.boxes(condition)]
            return subtract([self.whole], inner) if part.negated else inner
        axis = self.axes.index(_axis(part))
        cells = self.cells[axis]
        allowed = frozenset(position for position, value in enumerate(cells) if _holds(part, value))
        if not allowed:
            return []
        return [tuple(allowed if index == axis else cell for index, cell in enumerate(self.whole))]

    def say(self, box: Box) -> str:
        """Return a box in an officer's words, by one case in it."""
        words = []
        for (fact, item), cells, allowed in zip(self.axes, self.cells, box, strict=True):
            if len(allowed) < len(cells):
                title = self.catalogue.facts[fact].title
                value = say_value(_shown(cells[min(allowed)]))
                words.append(f"{title}{'含' if value == '是' else '不含'}{item}" if item else f"{title}为{value}")
        return "，".join(words) or "任何情形"


def _shown(value: Any) -> Any:
    return "不适用" if value is NOT_APPLICABLE else value


def _axis(test: Test) -> Axis:
    return (test.fact, test.operand if test.operator in ("has", "lacks") else "")


def _holds(test: Test, cell: Any) -> bool:
    if test.operator in ("has", "lacks"):
        return bool(cell) is (test.operator == "has")
    return test.holds(cell)


def make_space(conditions: Iterable[Condition], inputs: Sequence[str], catalogue: FactCatalogue) -> Space:
    """Cut the facts the conditions ask for into cells.

    Parameters
    ----------
    conditions
        All conditions of a table's rows.
    inputs
        The table's inputs, for the order of axes.
    catalogue
        Facts with kinds, domains and limits.
    """
    tests = [test for condition in conditions for test in condition.tests()]
    axes = sorted({_axis(test) for test in tests}, key=lambda axis: (inputs.index(axis[0]), axis[1]))
    cells = []
    for fact, item in axes:
        operands = [test.operand for test in tests if test.fact == fact]
        cells.append((False, True) if item else _cells(catalogue.facts[fact], operands))
    return Space(tuple(axes), tuple(cells), catalogue)


def _cells(fact: Fact, operands: list[Any]) -> tuple[Any, ...]:
    if fact.kind.is_truth:
        return (False, True)
    if fact.kind is FactKind.CHOICE:
        return fact.domain
    flat = {item for operand in operands for item in (operand if isinstance(operand, frozenset) else {operand})}
    if fact.kind is FactKind.TEXT:
        return (*sorted(flat), _ELSE)
    numbers = sorted(item for item in flat if not isinstance(item, bool))
    cells = _number_cells(fact, numbers)
    return (*cells, NOT_APPLICABLE) if fact.can_be_absent else cells


def _number_cells(fact: Fact, cuts: list[int | Fraction]) -> tuple[int | Fraction, ...]:
    low = None if fact.minimum is None else exact(fact.minimum)
    high = None if fact.maximum is None else exact(fact.maximum)
    candidates: list[int | Fraction] = [cuts[0] - 1]
    for left, right in pairwise(cuts):
        candidates += [left, _between(fact, left, right)]
    candidates += [cuts[-1], cuts[-1] + 1]
    if low is not None:
        candidates[0] = min(cuts[0], low)
    if high is not None:
        candidates[-1] = max(cuts[-1], high)
    kept = [value for value in candidates if (low is None or value >= low) and (high is None or value <= high)]
    whole = [value for value in kept if fact.kind is FactKind.NUMBER or exact(value) == floor(value)]
    return tuple(dict.fromkeys(whole))


def _between(fact: Fact, left: int | Fraction, right: int | Fraction) -> int | Fraction:
    if fact.kind is FactKind.INTEGER:
        inner = floor(left) + 1
        return inner if inner < ceil(right) else left
    return exact(Fraction(left + right) / 2)


def meet(left: Box, right: Box) -> Box | None:
    """Return the cases in both boxes, or None where there are none."""
    both = tuple(a & b for a, b in zip(left, right, strict=True))
    return both if all(both) else None


def subtract(boxes: Iterable[Box], cuts: Iterable[Box]) -> list[Box]:
    """Return the cases in some of `boxes` and in none of `cuts`, as boxes."""
    left = list(boxes)
    for cut in cuts:
        left = [piece for box in left for piece in _split(box, cut)]
    return left


def _split(box: Box, cut: Box) -> list[Box]:
    if meet(box, cut) is None:
        return [box]
    pieces: list[Box] = []
    rest = list(box)
    for axis, allowed in enumerate(cut):
        outside = rest[axis] - allowed
        if outside:
            pieces.append((*rest[:axis], outside, *rest[axis + 1 :]))
            rest[axis] &= allowed
    return pieces
