"""Which rows a condition means."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from huancheng.city.build.mapping import Condition, Matcher

Bools = npt.NDArray[np.bool_]
Column = Callable[[str], "pd.Series[str]"]


def rows_meant(conditions: Sequence[Condition], column: Column, count: int) -> Bools:
    """Return the rows for which any of the conditions holds; all of them where there is no condition."""
    if not conditions:
        return np.ones(count, dtype=bool)
    meant = np.zeros(count, dtype=bool)
    for condition in conditions:
        meant |= rows_that_hold(condition, column, count)
    return meant


def rows_that_hold(condition: Condition, column: Column, count: int) -> Bools:
    """Return the rows for which every column holds what it must."""
    held = np.ones(count, dtype=bool)
    for name, matcher in condition.columns.items():
        held &= _matches(matcher, column(name))
    return held


def _matches(matcher: Matcher, values: pd.Series[str]) -> Bools:
    text = values.astype("string")
    known = (text.notna() & (text.str.strip() != "")).fillna(value=False).to_numpy(dtype=bool)
    held = np.ones(len(values), dtype=bool)
    if matcher.known is not None:
        held &= known == matcher.known
    if matcher.one_of is not None:
        held &= known & text.isin(matcher.one_of).to_numpy(dtype=bool)
    if matcher.none_of is not None:
        held &= ~(known & text.isin(matcher.none_of).to_numpy(dtype=bool))
    if matcher.contains is not None:
        found = np.zeros(len(values), dtype=bool)
        for word in matcher.contains:
            found |= text.str.contains(word, regex=False).fillna(value=False).to_numpy(dtype=bool)
        held &= found
    if matcher.at_least is not None or matcher.below is not None:
        numbers = pd.to_numeric(text, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
        held &= np.isfinite(numbers)
        held &= numbers >= (matcher.at_least if matcher.at_least is not None else -np.inf)
        held &= numbers < (matcher.below if matcher.below is not None else np.inf)
    return held
