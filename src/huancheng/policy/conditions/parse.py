"""From the YAML of a condition to typed tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from huancheng.policy.conditions.model import (
    LIST_OPERATORS,
    OPERATORS,
    SET_OPERATORS,
    SIZE_OPERATORS,
    AnyOf,
    Condition,
    Part,
    Test,
)
from huancheng.policy.facts.catalogue import FactCatalogue
from huancheng.policy.facts.exact import exact
from huancheng.policy.facts.model import Fact, FactKind

Refuse = Callable[[str, str], Exception]
"""Makes an exception out of a message and a cure."""


def parse_condition(raw: Mapping[str, Any], catalogue: FactCatalogue, refuse: Refuse) -> Condition:
    """Turn `{fact: test, any_of: [...], none_of: [...]}` into a condition.

    A test is a value (equality), a list (one of), or a mapping of operators, all of which must hold.

    Parameters
    ----------
    raw
        The YAML mapping.
    catalogue
        Facts known, for kinds and domains.
    refuse
        Called with message and cure on what can't be read; its result is raised.

    Returns
    -------
    Condition
        Typed tests with exact operands.
    """
    parts: list[Part] = []
    for key, value in raw.items():
        if key in ("any_of", "none_of"):
            if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value) or not value:
                raise refuse(f"{key} needs a list of conditions", "write any_of: [{fact: value}, {fact: value}]")
            inner = tuple(parse_condition(item, catalogue, refuse) for item in value)
            parts.append(AnyOf(inner, negated=key == "none_of"))
            continue
        if key not in catalogue.facts:
            raise refuse(
                f"the condition asks for the fact {key!r}, which is not in the catalogue",
                "add the fact to facts.yaml or mend its id",
            )
        parts.extend(_tests(catalogue.facts[key], value, refuse))
    return Condition(tuple(parts))


def _tests(fact: Fact, value: Any, refuse: Refuse) -> list[Test]:
    if isinstance(value, list):
        value = {"in": value}
    if not isinstance(value, Mapping):
        value = {"has" if fact.kind is FactKind.CHOICES else "eq": value}
    unknown = [key for key in value if key not in OPERATORS]
    if unknown or not value:
        raise refuse(
            f"{unknown[0] if unknown else 'nothing'!r} is no operator for the fact {fact.id!r}",
            f"use one of {', '.join(sorted(OPERATORS))}",
        )
    return [Test(fact.id, operator, _operand(fact, operator, operand, refuse)) for operator, operand in value.items()]


def _operand(fact: Fact, operator: str, operand: Any, refuse: Refuse) -> Any:
    if operator == "not_applicable":
        if not isinstance(operand, bool):
            raise refuse("not_applicable needs true or false", "write not_applicable: true")
        if not fact.can_be_absent:
            raise refuse(
                f"the fact {fact.id!r} always applies, so not_applicable says nothing of it",
                "drop the test, or declare `may_not_apply: true` at the fact",
            )
        return operand
    if operator in SIZE_OPERATORS and not fact.kind.is_number:
        raise refuse(f"{operator} compares numbers, and {fact.id!r} is a {fact.kind.value}", "use eq, not or in")
    if (operator in SET_OPERATORS) != (fact.kind is FactKind.CHOICES):
        raise refuse(
            f"{operator} does not fit the fact {fact.id!r} of kind {fact.kind.value}",
            "use has or lacks for facts of several values, and only for them",
        )
    if operator in LIST_OPERATORS:
        if not isinstance(operand, list) or not operand:
            raise refuse(f"{operator} needs a list for the fact {fact.id!r}", "write [a, b]")
        return frozenset(_single(fact, item, refuse) for item in operand)
    return _single(fact, operand, refuse)


def _single(fact: Fact, operand: Any, refuse: Refuse) -> Any:
    if fact.kind.is_truth:
        if not isinstance(operand, bool):
            raise refuse(f"the fact {fact.id!r} is yes or no, not {operand!r}", "write true or false")
        return operand
    if fact.kind.is_number:
        try:
            return exact(operand)
        except ValueError as error:
            raise refuse(f"the fact {fact.id!r} is a number: {error}", "write a number, or a fraction as 2/3") from None
    if not isinstance(operand, str):
        raise refuse(f"the fact {fact.id!r} holds text, not {operand!r}", "quote the text")
    if fact.domain and operand not in fact.domain:
        raise refuse(
            f"{operand!r} is not in the domain of the fact {fact.id!r}", f"use one of {', '.join(fact.domain)}"
        )
    return operand
