"""Conditions: tests of facts joined by and, or and not, in three-valued logic."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from huancheng.policy.facts.catalogue import NOT_APPLICABLE, FactValue

Truth = bool | None
"""True, False, or None where an unknown fact leaves it open."""

Evaluate = Callable[[Mapping[str, FactValue]], Truth]


@dataclass(frozen=True, slots=True)
class Test:
    """One fact against one operand.

    Parameters
    ----------
    fact
        Id of the fact.
    operator
        `eq`, `not`, `in`, `not_in`, `gte`, `gt`, `lte`, `lt`, `has`, `lacks`, `not_applicable`.
    operand
        Value or set compared with.
    parameters
        Ids of the parameters the operand is taken from; empty where it is written in the condition itself.
    """

    fact: str
    operator: str
    operand: Any
    parameters: tuple[str, ...] = ()

    def holds(self, value: FactValue) -> bool:
        """Whether a known value passes; a value that can't exist passes only the test for that."""
        if value is NOT_APPLICABLE or self.operator == "not_applicable":
            return (value is NOT_APPLICABLE) is self.operand if self.operator == "not_applicable" else False
        return bool(_OPERATORS[self.operator](value, self.operand))

    def evaluate(self, facts: Mapping[str, FactValue]) -> Truth:
        """Return whether the test holds, None where the fact is unknown."""
        value = facts.get(self.fact)
        return None if value is None else self.holds(value)

    def tests(self) -> Iterator[Test]:
        """Yield the test itself."""
        yield self


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of several conditions; `negated` means none of them."""

    conditions: tuple[Condition, ...]
    negated: bool = False

    def evaluate(self, facts: Mapping[str, FactValue]) -> Truth:
        """Return Kleene's or, or its negation."""
        unknown = False
        for condition in self.conditions:
            truth = condition.evaluate(facts)
            if truth:
                return not self.negated
            unknown = unknown or truth is None
        return None if unknown else self.negated

    def tests(self) -> Iterator[Test]:
        """Yield all tests inside."""
        for condition in self.conditions:
            yield from condition.tests()


Part = Test | AnyOf


@dataclass(frozen=True, slots=True)
class Condition:
    """Parts that must all hold; no parts always hold."""

    parts: tuple[Part, ...] = ()

    def evaluate(self, facts: Mapping[str, FactValue]) -> Truth:
        """Return Kleene's and."""
        unknown = False
        for part in self.parts:
            truth = part.evaluate(facts)
            if truth is False:
                return False
            unknown = unknown or truth is None
        return None if unknown else True

    def tests(self) -> Iterator[Test]:
        """Yield all tests inside."""
        for part in self.parts:
            yield from part.tests()

    @property
    def facts(self) -> tuple[str, ...]:
        """Ids of the facts asked for, in order, each once."""
        return tuple(dict.fromkeys(test.fact for test in self.tests()))

    def unknown(self, facts: Mapping[str, FactValue]) -> tuple[str, ...]:
        """Return the unknown facts that could still decide the condition."""
        found: dict[str, None] = {}
        for part in self.parts:
            if part.evaluate(facts) is None:
                found.update(dict.fromkeys(test.fact for test in part.tests() if facts.get(test.fact) is None))
        return tuple(found)


_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda value, operand: value == operand,
    "not": lambda value, operand: value != operand,
    "in": lambda value, operand: value in operand,
    "not_in": lambda value, operand: value not in operand,
    "gte": lambda value, operand: value >= operand,
    "gt": lambda value, operand: value > operand,
    "lte": lambda value, operand: value <= operand,
    "lt": lambda value, operand: value < operand,
    "has": lambda value, operand: operand in value,
    "lacks": lambda value, operand: operand not in value,
}

SIZE_OPERATORS = frozenset({"gte", "gt", "lte", "lt"})
LIST_OPERATORS = frozenset({"in", "not_in"})
SET_OPERATORS = frozenset({"has", "lacks"})
OPERATORS = frozenset(_OPERATORS) | {"not_applicable"}
Number = int | Fraction
