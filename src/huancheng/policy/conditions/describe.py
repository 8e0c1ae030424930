"""Conditions in an officer's words."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from huancheng.policy.conditions.model import AnyOf, Condition, Part, Test
from huancheng.policy.facts.catalogue import FactCatalogue

_SIGNS = {
    "eq": "为",
    "not": "不为",
    "in": "属于",
    "not_in": "不属于",
    "gte": "≥",
    "gt": ">",
    "lte": "≤",
    "lt": "<",
    "has": "含",
    "lacks": "不含",
}


def say_value(value: Any) -> str:
    """Return a fact's value as an officer reads it; unknown is said, never left blank."""
    if value is None:
        return "未知"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Fraction):
        return _say_fraction(value)
    if isinstance(value, frozenset):
        return "、".join(sorted(say_value(item) for item in value)) or "无"
    return str(value)


def _say_fraction(value: Fraction) -> str:
    decimal = value.denominator
    while decimal % 10 == 0:
        decimal //= 10
    for factor in (2, 5):
        while decimal % factor == 0:
            decimal //= factor
    return f"{float(value):.12g}" if decimal == 1 else f"{value.numerator}/{value.denominator}"


def say_part(part: Part, catalogue: FactCatalogue) -> str:
    """Return one part of a condition in words."""
    if isinstance(part, AnyOf):
        inner = "；".join(say_condition(condition, catalogue) for condition in part.conditions)
        return f"{'均不成立' if part.negated else '任一成立'}（{inner}）"
    return _say_test(part, catalogue)


def _say_test(test: Test, catalogue: FactCatalogue) -> str:
    title = catalogue.facts[test.fact].title
    if test.operator == "not_applicable":
        return f"{title}{'不适用' if test.operand else '适用'}"
    return f"{title}{_SIGNS[test.operator]}{say_value(test.operand)}"


def say_condition(condition: Condition, catalogue: FactCatalogue) -> str:
    """Return a whole condition in words; no condition reads 其他情形."""
    return "且".join(say_part(part, catalogue) for part in condition.parts) or "其他情形"
