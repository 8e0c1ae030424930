"""Numbers as they were written: 0.1 is a tenth, and two thirds is two thirds."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

_FRACTION = re.compile(r"-?[0-9]+(\.[0-9]+)?(/[1-9][0-9]*)?\Z")


def exact(value: Any) -> int | Fraction:
    """Return a number as an exact rational.

    Parameters
    ----------
    value
        An int, a float (taken as the decimal it prints as), or text such as `2/3` or `0.75`.

    Raises
    ------
    ValueError
        If `value` is no finite number.
    """
    if isinstance(value, bool):
        raise ValueError("a truth value is no number")  # noqa: TRY004
    if isinstance(value, int):
        return value
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else value
    if isinstance(value, float):
        return _reduced(Fraction(repr(value)))
    if isinstance(value, str) and _FRACTION.match(value):
        head, _, tail = value.partition("/")
        return _reduced(Fraction(head) / Fraction(tail or "1"))
    raise ValueError(f"{value!r} is no number")


def _reduced(value: Fraction) -> int | Fraction:
    return value.numerator if value.denominator == 1 else value
