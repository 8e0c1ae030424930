"""All facts of a pack, found by any of their names, and fact sheets read against them."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

from huancheng.evidence import InputFault
from huancheng.policy.facts.exact import exact
from huancheng.policy.facts.model import Fact, FactKind
from huancheng.policy.pack.collection import Collection

_YES = frozenset({"是", "有", "true"})
_NO = frozenset({"否", "无", "false"})
_UNKNOWN = frozenset({"", "未知", "不详", "unknown"})
_ABSENT = frozenset({"不适用", "not_applicable"})


class NotApplicable:
    """The state of a fact that can't exist in a case, such as a ratio to nothing demolished."""

    def __repr__(self) -> str:
        """Return the words shown."""
        return "不适用"


NOT_APPLICABLE = NotApplicable()

FactValue = bool | int | Fraction | str | frozenset[str] | NotApplicable
Facts = dict[str, FactValue]
"""Known facts by id; what is not in it is unknown."""


@dataclass(frozen=True)
class FactCatalogue:
    """The facts of a pack."""

    facts: Collection[Fact]
    _names: dict[str, str] = field(default_factory=dict, repr=False)

    @cached_property
    def by_name(self) -> dict[str, Fact]:
        """Facts by id, official name and alias."""
        return {name: fact for fact in reversed(list(self.facts)) for name in fact.names}

    def find(self, name: str, *, file: str = "") -> Fact:
        """Return a fact by any of its names.

        Raises
        ------
        InputFault
            If there is none; close names are suggested.
        """
        found = self.by_name.get(name)
        if found is None:
            close = difflib.get_close_matches(name, self.by_name, n=3, cutoff=0.5)
            cure = f"did you mean {', '.join(close)}?" if close else "see `huancheng policy show --list facts`"
            raise InputFault("no rule of the pack asks for this fact", file=file, field=name, cure=cure)
        return found

    def read(self, given: Mapping[str, Any], *, file: str = "") -> Facts:
        """Read facts as an office gives them into exact, typed values.

        Parameters
        ----------
        given
            Values by id, official name or alias; None and 未知 mean unknown.
        file
            Name shown in messages.

        Returns
        -------
        Facts
            Known facts by id. Acts not given are absent here and count as not done.

        Raises
        ------
        InputFault
            On an unknown name, a value of the wrong kind, two values for one fact, or 不适用 of a fact that always
            applies.
        """
        facts: Facts = {}
        for name, value in given.items():
            fact = self.find(name, file=file)
            if value is None or (isinstance(value, str) and value in _UNKNOWN):
                continue
            known = _typed(fact, value, name, file)
            if fact.id in facts and facts[fact.id] != known:
                raise InputFault(
                    "the fact is given twice with different values",
                    file=file,
                    field=name,
                    cure=f"keep one of the names {', '.join(fact.names)}",
                )
            facts[fact.id] = known
        return facts


def _typed(fact: Fact, value: Any, name: str, file: str) -> FactValue:
    if isinstance(value, str) and value in _ABSENT:
        if fact.may_not_apply:
            return NOT_APPLICABLE
        message = f"{fact.title} always applies, so it can't be {value!r}"
        raise InputFault(message, file=file, field=name, cure=f"{_hint(fact)}; leave it out while it is not known")
    reader = {
        FactKind.BOOLEAN: _truth,
        FactKind.ACT: _truth,
        FactKind.INTEGER: _integer,
        FactKind.NUMBER: _number,
        FactKind.CHOICE: _choice,
        FactKind.CHOICES: _choices,
        FactKind.TEXT: _text,
    }[fact.kind]
    try:
        return reader(fact, value)
    except ValueError as error:
        raise InputFault(str(error), file=file, field=name, cure=_hint(fact)) from None


def _hint(fact: Fact) -> str:
    hints = {
        FactKind.INTEGER: f"write a whole number{f' ({fact.unit})' if fact.unit else ''}",
        FactKind.NUMBER: f"write a number{f' ({fact.unit})' if fact.unit else ''}",
        FactKind.CHOICE: f"use one of {', '.join(fact.domain)}",
        FactKind.CHOICES: f"write a list out of {', '.join(fact.domain)}",
        FactKind.TEXT: "write text",
    }
    return hints.get(fact.kind, "write true or false (是 or 否)")


def _truth(_fact: Fact, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in _YES | _NO:
        return value in _YES
    raise ValueError(f"{value!r} is neither yes nor no")


@cache
def _limit(value: float) -> int | Fraction:
    """Return a limit exactly; limits are few and asked for often."""
    return exact(value)


def _number(fact: Fact, value: Any) -> int | Fraction:
    number = exact(value)
    if fact.minimum is not None and number < _limit(fact.minimum):
        raise ValueError(f"{value} lies below the least possible value {fact.minimum:g}")
    if fact.maximum is not None and number > _limit(fact.maximum):
        raise ValueError(f"{value} lies above the greatest possible value {fact.maximum:g}")
    return number


def _integer(fact: Fact, value: Any) -> int:
    number = _number(fact, value)
    if isinstance(number, Fraction):
        raise ValueError(f"{value} is no whole number")  # noqa: TRY004
    return number


def _choice(fact: Fact, value: Any) -> str:
    if value not in fact.domain:
        raise ValueError(f"{value!r} is not in the domain")
    return str(value)


def _choices(fact: Fact, value: Any) -> frozenset[str]:
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list | tuple | frozenset | set):
        raise ValueError(f"{value!r} is no list")  # noqa: TRY004
    return frozenset(_choice(fact, item) for item in given)


def _text(_fact: Fact, value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")  # noqa: TRY004
    return value
