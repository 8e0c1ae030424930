"""One figure over every zone: city, county, managed area, street, community, estate; and a check that it adds up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from huancheng.checkup.context import Atoms
from huancheng.checkup.context.adding import added_by
from huancheng.checkup.operators import Combination, Measured
from huancheng.evidence import State

OUTSIDE = {
    "county": "不在任何县（市、区）内",
    "managed_area": "不在任何管辖范围内",
    "street": "不在任何街道内",
    "community": "不在任何社区内",
}
"""Name of the remainder row of each zoning; its scope id is empty."""

TOLERANCE = 1e-9
"""Relative difference allowed between a total and the sum of its parts: float noise of adding in another order."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Sums:
    """Sums over the zones of one kind.

    Parameters
    ----------
    numerator, denominator
        Sums (or, for a maximum, the largest numerator).
    parts, known
        Number of parts, and of those known.
    """

    numerator: Floats
    denominator: Floats
    parts: npt.NDArray[np.int64]
    known: npt.NDArray[np.int64]


def sums_by(code: npt.NDArray[np.intp], count: int, measured: Measured) -> Sums:
    """Sum the parts of a figure by code (0 to count - 1)."""
    parts = measured.parts
    if measured.combination is Combination.MAXIMUM:
        numerator = np.zeros(count)
        np.maximum.at(numerator, code, parts.numerator)
    else:
        numerator = added_by(code, parts.numerator, count)
    return Sums(
        numerator,
        added_by(code, parts.denominator, count),
        np.bincount(code, minlength=count),
        np.bincount(code, parts.known.astype(np.float64), minlength=count).astype(np.int64),
    )


def city_sums(measured: Measured) -> Sums:
    """Sum all parts of a figure."""
    return sums_by(np.zeros(len(measured.parts), np.intp), 1, measured)


def rows_of(measured: Measured, sums: Sums, kind: str, ids: npt.NDArray[Any], names: npt.NDArray[Any]) -> pd.DataFrame:
    """Return amounts and states for the zones of one kind.

    A zone with no object of the figure has an amount of zero where things are counted, and is not applicable where
    they are divided (its numerator stands, so that sums hold); one whose objects are all unknown is missing.
    """
    unknown = (sums.parts > 0) & (sums.known == 0)
    ratio = measured.combination is Combination.RATIO
    empty = ratio & (sums.denominator <= 0)
    state = np.where(unknown, State.MISSING.value, np.where(empty, State.NOT_APPLICABLE.value, State.KNOWN.value))
    safe = np.where(sums.denominator > 0, sums.denominator, 1.0)
    amount = measured.factor * (sums.numerator / safe if ratio else sums.numerator)
    known = state == State.KNOWN.value
    return pd.DataFrame(
        {
            "scope_kind": kind,
            "scope_id": ids,
            "scope_name": names,
            "amount": np.where(known, amount, np.nan),
            "state": state,
            "numerator": np.where(unknown, np.nan, sums.numerator),
            "denominator": np.where(ratio & ~unknown, sums.denominator, np.nan),
        }
    )


def by_zone(measured: Measured, atoms: Atoms, kind: str) -> pd.DataFrame:
    """Return a row for each zone of a kind that meets the scope, and one for the remainder where there is any."""
    zones = atoms.zones[kind]
    atom_code = atoms.codes[kind].astype(np.intp)
    atom_code = np.where(atom_code < 0, len(zones), atom_code)
    sums = sums_by(atom_code[measured.parts.atom], len(zones) + 1, measured)
    met = np.zeros(len(zones) + 1, bool)
    met[atom_code] = True
    ids = np.append(zones.ids, "")
    names = np.append(zones.names, OUTSIDE[kind])
    return rows_of(measured, sums, kind, ids, names)[met].reset_index(drop=True)


def by_estate(measured: Measured, names: pd.Series[str]) -> pd.DataFrame:
    """Return a row for each estate that has parts in a count or sum; what lies outside any is left to the streets."""
    estates = measured.parts.estates
    held = estates != ""
    if measured.combination is not Combination.SUM or not held.any():
        return pd.DataFrame()
    ids, code = np.unique(np.where(held, estates, ""), return_inverse=True)
    frame = rows_of(
        measured, sums_by(code, len(ids), measured), "estate", ids, names.reindex(ids).fillna("").to_numpy(object)
    )
    return frame[frame["scope_id"] != ""].reset_index(drop=True)


def check_sums(indicator: str, measured: Measured, total: Sums, zones: dict[str, pd.DataFrame]) -> None:
    """Check that the listed features and every zoning add up to the total.

    Raises
    ------
    RuntimeError
        If they don't: a defect of ours.
    """
    if measured.combination is Combination.MAXIMUM:
        return
    listed = np.nansum(measured.parts.listed) if len(measured.parts) else 0.0
    if measured.listed_is_complement:
        _same(
            indicator, "the features listed as short", listed, float(total.denominator[0] - total.numerator[0]), total
        )
    elif measured.combination is Combination.SUM:
        _same(indicator, "the listed features", listed, float(total.numerator[0]), total)
    for kind, frame in zones.items():
        _same(
            indicator,
            f"the zones of kind {kind}",
            float(np.nansum(frame["numerator"])),
            float(total.numerator[0]),
            total,
        )


def _same(indicator: str, what: str, found: float, expected: float, total: Sums) -> None:
    scale = max(abs(float(total.numerator[0])), abs(float(total.denominator[0])), 1.0)
    if abs(found - expected) > TOLERANCE * scale:
        message = f"{indicator}: {what} add up to {found!r}, the total is {expected!r}"
        raise RuntimeError(message)
