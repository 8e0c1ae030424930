"""Single numbers other rooms ask the law for: thresholds, periods, floors, each with its source."""

from __future__ import annotations

from huancheng.policy.pack import Entry


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
