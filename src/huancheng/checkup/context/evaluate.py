"""Conditions of a pack, evaluated over a layer in three-valued logic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from huancheng.checkup.system.conditions import Condition

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Truth:
    """The outcome of a condition for each feature.

    Parameters
    ----------
    true
        Where it holds.
    known
        Where it is known whether it holds; `true` lies within `known`.
    """

    true: Mask
    known: Mask


def evaluate(condition: Condition | None, frame: pd.DataFrame, data_year: int) -> Truth:
    """Evaluate a condition for every row; no condition holds everywhere.

    Parameters
    ----------
    condition
        What a pack says.
    frame
        A layer with the columns named.
    data_year
        Year the snapshot speaks of.
    """
    if condition is None:
        everywhere = np.ones(len(frame), bool)
        return Truth(everywhere, everywhere)
    if condition.column:
        return _test(condition, frame[condition.column], data_year)
    parts = [evaluate(part, frame, data_year) for part in (*condition.all, *condition.any)]
    true = np.stack([part.true for part in parts])
    false = np.stack([part.known & ~part.true for part in parts])
    if condition.all:
        holds, fails = np.logical_and.reduce(true), np.logical_or.reduce(false)
    else:
        holds, fails = np.logical_or.reduce(true), np.logical_and.reduce(false)
    return Truth(np.asarray(holds, bool), np.asarray(holds | fails, bool))


def _test(condition: Condition, column: pd.Series[Any], data_year: int) -> Truth:
    known = column.notna().to_numpy(bool)
    if condition.one_of:
        return Truth(known & column.isin(condition.one_of).to_numpy(bool), known)
    if condition.is_true is not None:
        values = column.fillna(value=False).to_numpy(bool)
        return Truth(known & (values == condition.is_true), known)
    numbers = column.to_numpy(np.float64, na_value=np.nan)
    true = known.copy()
    bounds = (
        (condition.at_least, np.greater_equal), (condition.above, np.greater),
        (condition.at_most, np.less_equal), (condition.below, np.less),
        (data_year if condition.in_data_year else None, np.equal),
        (None if condition.before_data_year_by is None else data_year - condition.before_data_year_by, np.less_equal),
    )  # fmt: skip
    for bound, compare in bounds:
        if bound is not None:
            true &= np.asarray(compare(np.where(known, numbers, 0.0), bound), bool)
    return Truth(true, known)
