"""Single numbers other rooms ask the law for: thresholds, periods, floors, each with its source."""

from __future__ import annotations

import re
from collections.abc import Mapping

from huancheng.policy.conditions.describe import say_value
from huancheng.policy.facts.exact import exact
from huancheng.policy.pack import Entry

_PLACE = re.compile(r"\{([a-z0-9_]+)\}")


class Parameter(Entry):
    """A number, a word or a yes or no that a rule outside the tables needs.

    Parameters
    ----------
    title
        Official or plain name.
    value
        The value.
    unit
        Unit of a number.
    cites
        Requirements and provisions it rests on or fills in.
    """

    title: str
    value: int | float | bool | str
    unit: str = ""
    cites: tuple[str, ...] = ()


def named_parameters(text: str) -> tuple[str, ...]:
    """Return the ids of the parameters a text names as `{id}`."""
    return tuple(_PLACE.findall(text))


def fill_text(text: str, parameters: Mapping[str, Parameter]) -> str:
    """Put the values of parameters, with their units, where a text names them as `{id}`.

    Raises
    ------
    KeyError
        If there is no such parameter.
    """
    return _PLACE.sub(lambda found: _said(parameters[found[1]]), text)


def _said(parameter: Parameter) -> str:
    value = parameter.value
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return f"{say_value(exact(value) if number else value)}{parameter.unit}"


class FinanceDefault(Entry):
    """A unit price, tax rate or financing condition to begin with, as a range; the office replaces it.

    Parameters
    ----------
    title
        What it is.
    kind
        `unit_cost`, `price`, `share`, `tax` or `bond`.
    low, high
        Range; equal where there is one value.
    unit
        Unit.
    """

    title: str
    kind: str
    low: float
    high: float
    unit: str
