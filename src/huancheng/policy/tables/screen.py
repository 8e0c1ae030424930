"""Applying a table to very many cases at once; the same answers as one by one, without their trace."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from huancheng.evidence import InputFault
from huancheng.policy.conditions.derive import Derivation, Terms
from huancheng.policy.conditions.model import AnyOf, Condition, Part, Test
from huancheng.policy.facts import NOT_APPLICABLE, FactCatalogue, FactKind, FactValue, exact
from huancheng.policy.tables.decide import CompiledTable
from huancheng.policy.tables.model import HitPolicy

Mask = npt.NDArray[np.bool_]

STATUSES = ("decided", "needs_data", "conflict", "refused")
"""Meaning of the status codes 0 to 3; refused are cases whose facts contradict each other."""

_NEAR = 1e-9
_OPEN = -2


@dataclass(frozen=True, slots=True)
class Column:
    """One fact over all cases.

    Parameters
    ----------
    values
        bool for yes or no, int64 codes into the domain for choices, int64 or float64 for numbers; for facts of
        several values a bool matrix with one row per member of the domain.
    known
        Where the fact is known; None where it is known everywhere.
    absent
        Where it can't exist (不适用); None for nowhere.
    """

    values: npt.NDArray[Any]
    known: Mask | None = None
    absent: Mask | None = None


def encode(catalogue: FactCatalogue, columns: Mapping[str, Sequence[Any]]) -> dict[str, Column]:
    """Turn columns as an office gives them into arrays; None means unknown.

    Parameters
    ----------
    catalogue
        The facts of the pack.
    columns
        Values by id, official name or alias of the fact; all of one length.

    Raises
    ------
    InputFault
        If a name is unknown, a value doesn't fit, or the lengths differ.
    """
    if len({len(values) for values in columns.values()}) > 1:
        raise InputFault("the columns have different lengths", cure="give every fact one value per case, or None")
    encoded = {}
    for name, values in columns.items():
        fact = catalogue.find(name)
        known = np.fromiter((value is not None or fact.kind is FactKind.ACT for value in values), bool, len(values))
        typed = [catalogue.read({name: value}).get(fact.id) if value is not None else None for value in values]
        absent = np.fromiter((value is NOT_APPLICABLE for value in typed), bool, len(values))
        array = _array(fact.kind, fact.domain, [None if value is NOT_APPLICABLE else value for value in typed])
        encoded[fact.id] = Column(array, None if known.all() else known, absent if absent.any() else None)
    return encoded


def _array(kind: FactKind, domain: Sequence[str], values: Sequence[Any]) -> npt.NDArray[Any]:
    if kind.is_truth:
        return np.fromiter((value is True for value in values), bool, len(values))
    if kind is FactKind.CHOICE:
        codes = {value: code for code, value in enumerate(domain)}
        return np.fromiter((codes.get(value, -1) for value in values), np.int64, len(values))
    if kind is FactKind.CHOICES:
        return np.array([[value is not None and item in value for value in values] for item in domain], bool)
    if kind is FactKind.TEXT:
        return np.array(["" if value is None else value for value in values], dtype=object)
    if all(value is None or isinstance(value, int) for value in values):
        return np.fromiter((0 if value is None else value for value in values), np.int64, len(values))
    return np.fromiter((0.0 if value is None else float(value) for value in values), np.float64, len(values))


@dataclass(frozen=True, slots=True)
class Screening:
    """Answers about many cases.

    Parameters
    ----------
    rows
        Ids of the table's rows.
    status
        Code per case, see `STATUSES`.
    row
        Position of the (first) row that stands, -1 where none does.
    standing
        For collecting and accumulating tables: which row stands in which case; None otherwise.
    """

    rows: tuple[str, ...]
    status: npt.NDArray[np.int8]
    row: npt.NDArray[np.int16]
    standing: Mask | None = None

    def counts(self) -> dict[str, int]:
        """Return how many cases have each status."""
        return {name: int((self.status == code).sum()) for code, name in enumerate(STATUSES)}


def screen(compiled: CompiledTable, catalogue: FactCatalogue, columns: Mapping[str, Column], count: int) -> Screening:
    """Apply a table to many cases.

    Parameters
    ----------
    compiled
        The table.
    catalogue
        The facts of the pack.
    columns
        Encoded facts by id; a fact that is not given is unknown in every case, an act not done.
    count
        Number of cases.

    Returns
    -------
    Screening
        The same status and rows as `CompiledTable.decide` gives case by case.

    Raises
    ------
    InputFault
        If a column says 不适用 of a fact that always applies.
    """
    for name, column in columns.items():
        if column.absent is not None and column.absent.any() and not catalogue.facts[name].may_not_apply:
            case = int(np.flatnonzero(column.absent)[0])
            raise InputFault(
                f"不适用 is stated of {catalogue.facts[name].title}, which always applies",
                row=case,
                field=name,
                cure="state its value, or mark it unknown",
            )
    return _Screen(compiled, catalogue, columns, count).run()


@dataclass
class _Screen:
    compiled: CompiledTable
    catalogue: FactCatalogue
    columns: Mapping[str, Column]
    count: int
    masks: dict[Test, tuple[Mask, Mask | None]] = field(default_factory=dict)

    def run(self) -> Screening:
        pairs = [self._condition(item.condition) for item in self.compiled.rows]
        names = tuple(item.row.id for item in self.compiled.rows)
        first = self.compiled.table.hit is HitPolicy.FIRST
        found = self._first(names, pairs) if first else self._patterns(names, pairs)
        refused = self._refused()
        if refused is not None:
            found.status[refused] = STATUSES.index("refused")
            found.row[refused] = -1
            if found.standing is not None:
                found.standing[:, refused] = False
        return found

    def _refused(self) -> Mask | None:
        """Return the cases in which a derived fact can't be, or differs from the one given; None for nowhere."""
        refused = np.zeros(self.count, bool)
        for derivation in self.compiled.deriver.plan(self.compiled.table.inputs):
            given = self.columns.get(derivation.fact)
            suspects = np.flatnonzero(self._suspects(derivation, given))
            for case in suspects.tolist():
                facts = {name: known for name in derivation.needs if (known := self._value(name, case)) is not None}
                value = derivation.value(facts)
                stated = self._value(derivation.fact, case) if given else None
                contradicts = stated is not None and stated != value
                refused[case] |= value is not None and (contradicts or not derivation.is_sound(value, facts))
        return refused if refused.any() else None

    def _suspects(self, derivation: Derivation, given: Column | None) -> Mask:
        """Return the cases worth a second look: those with a given value too, and those near or beyond a limit."""
        suspects = np.zeros(self.count, bool) if given is None else np.ones(self.count, bool)
        underivable = derivation.condition is not None or any(name not in self.columns for name in derivation.needs)
        if given is not None or underivable:
            return suspects
        below = self._sum(derivation.denominator) if derivation.denominator else np.ones(self.count)
        above = self._sum(derivation.numerator)
        ratio = above / np.where(below == 0, 1, below)
        suspects |= (below == 0) & (above != 0)
        for limit, sign in ((derivation.minimum, 1), (derivation.maximum, -1)):
            if limit is not None:
                suspects |= sign * ratio < sign * limit + _NEAR
        return suspects

    def _value(self, name: str, case: int) -> FactValue | None:
        column = self.columns.get(name)
        if column is None or (column.known is not None and not column.known[case]):
            return None
        if column.absent is not None and column.absent[case]:
            return NOT_APPLICABLE
        value = column.values[case].item()
        return value if isinstance(value, bool) else exact(value)

    def _first(self, names: tuple[str, ...], pairs: list[tuple[Mask, Mask | None]]) -> Screening:
        row = np.full(self.count, -1, np.int16)
        for position in range(len(pairs) - 1, -1, -1):
            true, open_ = pairs[position]
            _paint(row, true, position)
            if open_ is not None:
                _paint(row, open_, _OPEN)
        status = (row < 0).astype(np.int8)
        status += row == -1
        if any(open_ is not None for _, open_ in pairs):
            _paint(row, row == _OPEN, -1)
        return Screening(names, status, row)

    def _patterns(self, names: tuple[str, ...], pairs: list[tuple[Mask, Mask | None]]) -> Screening:
        """Settle each pattern of matching and open rows once; there are few patterns and many cases."""
        key = np.zeros(self.count, np.int64)
        for position, (true, open_) in enumerate(pairs):
            key += true.astype(np.int64) * 3**position
            if open_ is not None:
                key += open_.astype(np.int64) * (2 * 3**position)
        patterns, where = np.unique(key, return_inverse=True)
        status = np.empty(len(patterns), np.int8)
        row = np.empty(len(patterns), np.int16)
        standing = np.zeros((len(names), len(patterns)), bool)
        for index, pattern in enumerate(patterns.tolist()):
            digits = [pattern // 3**position % 3 for position in range(len(pairs))]
            ones = [position for position, digit in enumerate(digits) if digit == 1]
            answer = self.compiled.settle(ones, [position for position, digit in enumerate(digits) if digit > 1])
            status[index] = STATUSES.index(answer.status)
            places = [names.index(item.id) for item in answer.rows]
            row[index] = places[0] if places else -1
            standing[places, index] = True
        several = self.compiled.table.hit in (HitPolicy.COLLECT, HitPolicy.ACCUMULATE)
        return Screening(names, status[where], row[where], standing[:, where] if several else None)

    def _condition(self, condition: Condition) -> tuple[Mask, Mask | None]:
        """Return where a condition holds and where it is open."""
        pairs = [self._part(part) for part in condition.parts]
        if not pairs:
            return np.ones(self.count, bool), None
        true = pairs[0][0]
        for other, _ in pairs[1:]:
            true = true & other
        if all(open_ is None for _, open_ in pairs):
            return true, None
        possible = np.ones(self.count, bool)
        for other, open_ in pairs:
            possible &= other if open_ is None else other | open_
        return true, possible & ~true

    def _part(self, part: Part) -> tuple[Mask, Mask | None]:
        if isinstance(part, Test):
            if part not in self.masks:
                self.masks[part] = self._test(part)
            return self.masks[part]
        return self._any_of(part)

    def _any_of(self, part: AnyOf) -> tuple[Mask, Mask | None]:
        true, open_ = np.zeros(self.count, bool), np.zeros(self.count, bool)
        for condition in part.conditions:
            other, other_open = self._condition(condition)
            true |= other
            if other_open is not None:
                open_ |= other_open
        open_ &= ~true
        return (~true & ~open_ if part.negated else true), open_ if open_.any() else None

    def _test(self, test: Test) -> tuple[Mask, Mask | None]:
        column = self.columns.get(test.fact)
        if column is None:
            return self._not_given(test)
        absent = column.absent
        if test.operator == "not_applicable":
            nowhere = np.zeros(self.count, bool)
            true = absent if absent is not None else nowhere
            true = true if test.operand else ~true
        else:
            true = self._compare(test, column.values)
            true = true if absent is None else true & ~absent
        return (true, None) if column.known is None else (true & column.known, ~column.known)

    def _not_given(self, test: Test) -> tuple[Mask, Mask | None]:
        derivation = self.compiled.deriver.derivation(test.fact)
        if derivation is not None:
            return self._derived(test, derivation)
        if self.catalogue.facts[test.fact].kind is FactKind.ACT:
            return np.full(self.count, test.holds(False), bool), None
        return np.zeros(self.count, bool), np.ones(self.count, bool)

    def _compare(self, test: Test, values: npt.NDArray[Any]) -> Mask:
        fact = self.catalogue.facts[test.fact]
        if fact.kind is FactKind.CHOICES:
            member: Mask = values[fact.domain.index(test.operand)]
            return member if test.operator == "has" else ~member
        if fact.kind.is_number:
            return _numbers(test, values)
        code: Callable[[Any], Any] = fact.domain.index if fact.kind is FactKind.CHOICE else lambda value: value
        if test.operator in ("in", "not_in"):
            inside = np.isin(values, [code(item) for item in test.operand])
            return inside if test.operator == "in" else ~inside
        if fact.kind.is_truth:
            return values if test.operand is (test.operator == "eq") else ~values
        same = np.asarray(values == code(test.operand), bool)
        return same if test.operator == "eq" else ~same

    def _derived(self, test: Test, derivation: Derivation) -> tuple[Mask, Mask | None]:
        if derivation.condition is not None:
            true, open_ = self._condition(derivation.condition)
            wanted = test.operand is (test.operator == "eq")
            if wanted:
                return true, open_
            return (~true if open_ is None else ~true & ~open_), open_
        if any(name not in self.columns for name in derivation.needs):
            return np.zeros(self.count, bool), np.ones(self.count, bool)
        return self._ratio(test, derivation)

    def _ratio(self, test: Test, derivation: Derivation) -> tuple[Mask, Mask | None]:
        above = self._sum(derivation.numerator)
        below = self._sum(derivation.denominator) if derivation.denominator else np.ones(self.count)
        needed = [self.columns[name] for name in derivation.needs]
        known = np.ones(self.count, bool)
        absent = below == 0
        for column in needed:
            known &= True if column.known is None else column.known
            absent |= False if column.absent is None else column.absent
        ratio = above / np.where(absent, 1, below)
        true = np.full(self.count, False)
        if test.operator == "not_applicable":
            true = absent if test.operand else ~absent
        else:
            true = _numbers(test, ratio) & ~absent
            self._settle_near(test, derivation, ratio, known & ~absent, true)
        return true & known, None if known.all() else ~known

    def _sum(self, terms: Terms) -> npt.NDArray[np.float64]:
        total = np.zeros(self.count)
        for sign, name in terms:
            total += sign * self.columns[name].values
        return total

    def _settle_near(
        self, test: Test, derivation: Derivation, ratio: npt.NDArray[np.float64], where: Mask, true: Mask
    ) -> None:
        """Decide exactly, one by one, where a quotient lies so near a limit that rounding could tip it."""
        operands = test.operand if isinstance(test.operand, frozenset) else {test.operand}
        for operand in operands:
            limit = float(operand)
            near = where & (np.abs(ratio - limit) <= _NEAR * max(1.0, abs(limit)))
            for case in np.flatnonzero(near).tolist():
                facts = {name: exact(self.columns[name].values[case].item()) for name in derivation.needs}
                value = derivation.value(facts)
                true[case] = value is not None and test.holds(value)


def _paint(row: npt.NDArray[np.int16], where: Mask, value: int) -> None:
    """Set a value where a mask holds, without a branch per case: random masks would stall the processor."""
    difference = row ^ np.int16(value)
    difference &= -where.astype(np.int16)
    row ^= difference


def _numbers(test: Test, values: npt.NDArray[Any]) -> Mask:
    """Compare numbers so that each float counts as the decimal it prints as."""
    if isinstance(test.operand, frozenset):
        inside: Mask = np.isin(values, [float(item) for item in test.operand if exact(float(item)) == item])
        return inside if test.operator == "in" else ~inside
    limit = cast("Fraction | int", test.operand)
    nearest = float(limit)
    printed = exact(nearest)
    if test.operator in ("eq", "not"):
        same = np.asarray(values == nearest, bool) & (printed == limit)
        return same if test.operator == "eq" else ~same
    if test.operator in ("gte", "lt"):
        reached = np.asarray(values >= nearest if printed >= limit else values > nearest, bool)
        return reached if test.operator == "gte" else ~reached
    beyond = np.asarray(values > nearest if printed <= limit else values >= nearest, bool)
    return beyond if test.operator == "gt" else ~beyond
