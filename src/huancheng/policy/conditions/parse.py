"""From the YAML of a condition to typed tests; a number may stand in it or be taken from a parameter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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


def parse_condition(
    raw: Mapping[str, Any],
    catalogue: FactCatalogue,
    refuse: Refuse,
    parameters: Mapping[str, Any] | None = None,
) -> Condition:
    """Turn `{fact: test, any_of: [...], none_of: [...]}` into a condition.

    A test is a value (equality), a list (one of), or a mapping of operators, all of which must hold. Instead of a value
    `{parameter: id}` takes the value of a parameter, so that a child pack that changes the parameter changes the rule.

    Parameters
    ----------
    raw
        The YAML mapping.
    catalogue
        Facts known, for kinds and domains.
    refuse
        Called with message and cure on what can't be read; its result is raised.
    parameters
        Values of the pack's parameters by id.

    Returns
    -------
    Condition
        Typed tests with exact operands.
    """
    return _Reader(catalogue, refuse, parameters or {}).condition(raw)


@dataclass(frozen=True, slots=True)
class _Reader:
    catalogue: FactCatalogue
    refuse: Refuse
    parameters: Mapping[str, Any]

    def condition(self, raw: Mapping[str, Any]) -> Condition:
        parts: list[Part] = []
        for key, value in raw.items():
            if key in ("any_of", "none_of"):
                parts.append(self._any_of(key, value))
                continue
            if key not in self.catalogue.facts:
                raise self.refuse(
                    f"the condition asks for the fact {key!r}, which is not in the catalogue",
                    "add the fact to facts.yaml or mend its id",
                )
            parts.extend(self._tests(self.catalogue.facts[key], value))
        return Condition(tuple(parts))

    def _any_of(self, key: str, value: Any) -> AnyOf:
        if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value) or not value:
            raise self.refuse(f"{key} needs a list of conditions", "write any_of: [{fact: value}, {fact: value}]")
        return AnyOf(tuple(self.condition(item) for item in value), negated=key == "none_of")

    def _tests(self, fact: Fact, value: Any) -> list[Test]:
        if isinstance(value, list):
            value = {"in": value}
        if not isinstance(value, Mapping) or _parameter(value):
            value = {"has" if fact.kind is FactKind.CHOICES else "eq": value}
        unknown = [key for key in value if key not in OPERATORS]
        if unknown or not value:
            raise self.refuse(
                f"{unknown[0] if unknown else 'nothing'!r} is no operator for the fact {fact.id!r}",
                f"use one of {', '.join(sorted(OPERATORS))}",
            )
        return [
            Test(fact.id, operator, self._operand(fact, operator, operand), _parameters(operand))
            for operator, operand in value.items()
        ]

    def _operand(self, fact: Fact, operator: str, operand: Any) -> Any:
        if operator == "not_applicable":
            return self._absence(fact, operand)
        if operator in SIZE_OPERATORS and not fact.kind.is_number:
            raise self.refuse(
                f"{operator} compares numbers, and {fact.id!r} is a {fact.kind.value}", "use eq, not or in"
            )
        if (operator in SET_OPERATORS) != (fact.kind is FactKind.CHOICES):
            raise self.refuse(
                f"{operator} does not fit the fact {fact.id!r} of kind {fact.kind.value}",
                "use has or lacks for facts of several values, and only for them",
            )
        if operator in LIST_OPERATORS:
            if not isinstance(operand, list) or not operand:
                raise self.refuse(f"{operator} needs a list for the fact {fact.id!r}", "write [a, b]")
            return frozenset(self._single(fact, item) for item in operand)
        return self._single(fact, operand)

    def _absence(self, fact: Fact, operand: Any) -> bool:
        if not isinstance(operand, bool):
            raise self.refuse("not_applicable needs true or false", "write not_applicable: true")
        if not fact.can_be_absent:
            raise self.refuse(
                f"the fact {fact.id!r} always applies, so not_applicable says nothing of it",
                "drop the test, or declare `may_not_apply: true` at the fact",
            )
        return operand

    def _single(self, fact: Fact, operand: Any) -> Any:
        name = _parameter(operand)
        if name:
            if name not in self.parameters:
                raise self.refuse(
                    f"there is no parameter {name!r}",
                    "add it to parameters.yaml of the pack or a parent, or mend the id",
                )
            operand = self.parameters[name]
        if fact.kind.is_truth:
            if not isinstance(operand, bool):
                raise self.refuse(f"the fact {fact.id!r} is yes or no, not {operand!r}", "write true or false")
            return operand
        if fact.kind.is_number:
            try:
                return exact(operand)
            except ValueError as error:
                message = f"the fact {fact.id!r} is a number: {error}"
                raise self.refuse(message, "write a number, or a fraction as 2/3") from None
        if not isinstance(operand, str):
            raise self.refuse(f"the fact {fact.id!r} holds text, not {operand!r}", "quote the text")
        if fact.domain and operand not in fact.domain:
            raise self.refuse(
                f"{operand!r} is not in the domain of the fact {fact.id!r}", f"use one of {', '.join(fact.domain)}"
            )
        return operand


def _parameter(operand: Any) -> str:
    """Return the parameter an operand is taken from; empty where it is a value."""
    if isinstance(operand, Mapping) and list(operand) == ["parameter"] and isinstance(operand["parameter"], str):
        return operand["parameter"]
    return ""


def _parameters(operand: Any) -> tuple[str, ...]:
    items = operand if isinstance(operand, list) else [operand]
    return tuple(name for item in items if (name := _parameter(item)))
