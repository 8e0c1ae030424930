"""Random facts about cases, thick on the limits the rules name."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

from huancheng.policy.book import PolicyBook
from huancheng.policy.facts import FactKind
from huancheng.policy.tables.decide import CompiledTable


def limits(compiled: CompiledTable, fact: str) -> list[float]:
    """Return the numbers a table's rows compare a fact with."""
    operands = [test.operand for item in compiled.rows for test in item.condition.tests() if test.fact == fact]
    return [float(item) for item in operands if isinstance(item, int | Fraction) and not isinstance(item, bool)]


def random_value(book: PolicyBook, compiled: CompiledTable, name: str, chance: random.Random) -> Any:
    """Return a value of a fact."""
    fact = book.facts[name]
    if fact.kind.is_truth:
        return chance.random() < 0.5
    if fact.kind is FactKind.CHOICE:
        return chance.choice(fact.domain)
    if fact.kind is FactKind.CHOICES:
        return [item for item in fact.domain if chance.random() < 0.25]
    near = limits(compiled, name)
    low = fact.minimum or 0
    if near and chance.random() < 0.7:
        value = chance.choice(near) + chance.choice([0, 0, 0.001, -0.001, 1, -1])
    else:
        value = round(chance.random() * (fact.maximum or chance.choice([1, 3, 100, 100000])), 3)
    value = max(value, low) if fact.maximum is None else min(max(value, low), fact.maximum)
    value = round(value, 15)
    return max(round(value), int(low)) if fact.kind is FactKind.INTEGER else value


def asked(compiled: CompiledTable) -> list[str]:
    """Return the facts a table's rows ask for."""
    return list(dict.fromkeys(name for item in compiled.rows for name in item.condition.facts))


def random_case(
    book: PolicyBook, compiled: CompiledTable, chance: random.Random, *, unknown: float = 0
) -> dict[str, Any]:
    """Return facts by id; each is left out with the chance given."""
    return {name: random_value(book, compiled, name, chance) for name in asked(compiled) if chance.random() >= unknown}
