"""Text into the types of a layer schema: numbers with units, whole numbers, years, dates, truth, codes."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from huancheng.city.schema import ColumnSchema

_NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?|[+-]?\.\d+"
_WITH_UNIT = rf"^\s*(?:约|~|≈)?\s*({_NUMBER})\s*([^\d\s.,+\-][^\d]*?\d?)?\s*$"
_DECIMAL_COMMA = re.compile(r"^\s*([+-]?\d+),(\d{1,2})\s*$")
_YEAR = re.compile(r"^\s*(\d{4})(?:-\d{2}(?:-\d{2})?|年.*)?\s*$")
_DATE = re.compile(r"^\s*(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[T ].*)?\s*$")

_UNITS: dict[str, dict[str, float]] = {
    "m": {"m": 1, "米": 1, "metre": 1, "metres": 1, "meter": 1, "meters": 1, "cm": 0.01, "km": 1000, "公里": 1000,
          "ft": 0.3048},
    "mm": {"mm": 1, "毫米": 1, "cm": 10, "m": 1000},
    "m2": {"m2": 1, "m²": 1, "㎡": 1, "平方米": 1, "平米": 1, "sqm": 1,
           "ha": 10_000, "公顷": 10_000, "亩": 2000 / 3, "km2": 1_000_000},
    "floors": {"层": 1, "f": 1, "floors": 1, "floor": 1},
    "persons": {"人": 1, "万人": 10_000},
    "households": {"户": 1}, "homes": {"套": 1}, "spaces": {"个": 1}, "points": {"个": 1}, "lanes": {"车道": 1},
    "km/h": {"km/h": 1, "公里/小时": 1, "mph": 1.609344},
    "year": {"年": 1}, "h": {"h": 1, "小时": 1},
}  # fmt: skip
"""For each unit of the schema, what a number in another one is multiplied by."""

_TRUE = {"yes", "true", "1", "1.0", "t", "y", "是", "有", "真"}
_FALSE = {"no", "false", "0", "0.0", "f", "n", "否", "无", "假"}


@dataclass
class Typed:
    """Values in the schema's type, and by position what was wrong with those emptied or put right.

    Parameters
    ----------
    column
        Column in the schema's pandas dtype.
    faults
        Position and reason.
    """

    column: pd.Series[Any]
    faults: list[tuple[int, str]] = field(default_factory=list)


def to_type(values: pd.Series[Any], schema: ColumnSchema, factor: float = 1.0) -> Typed:
    """Return the values in the column's type; what does not fit is emptied and named."""
    text = _plain_text(values)
    if schema.type in ("integer", "number"):
        return _numbers(values, text, schema, factor)
    if schema.type == "boolean":
        return _booleans(text)
    if schema.type == "date":
        return _dates(text)
    if schema.allowed:
        return _codes(text, schema)
    return Typed(text)


def _plain_text(values: pd.Series[Any]) -> pd.Series[str]:
    text = values.astype("string").str.strip()
    return text.mask(text == "")


def _numbers(values: pd.Series[Any], text: pd.Series[str], schema: ColumnSchema, factor: float) -> Typed:
    known = text.notna().to_numpy()
    numbers = pd.to_numeric(values if values.dtype.kind in "iuf" else text, errors="coerce")
    found = numbers.to_numpy(dtype=np.float64, na_value=np.nan).copy()
    faults: list[tuple[int, str]] = []
    for at in np.flatnonzero(known & np.isnan(found)):
        number, remark = _number_in(str(text.iloc[at]), schema)
        found[at] = number
        faults.append((int(at), remark))
    found *= factor
    faults += [(int(at), f"{text.iloc[at]!r} is no finite number; emptied") for at in np.flatnonzero(np.isinf(found))]
    found[np.isinf(found)] = np.nan
    faults += _outside(found, text, schema)
    if schema.type == "number":
        return Typed(pd.Series(found, index=values.index).astype("Float64"), faults)
    broken = np.isfinite(found) & (found != np.round(found))
    faults += [(int(at), f"{text.iloc[at]!r} is no whole number; emptied") for at in np.flatnonzero(broken)]
    found[broken] = np.nan
    return Typed(pd.Series(found, index=values.index).astype("Float64").astype("Int64"), faults)


def _outside(found: npt.NDArray[np.float64], text: pd.Series[str], schema: ColumnSchema) -> list[tuple[int, str]]:
    least = -np.inf if schema.minimum is None else schema.minimum
    most = np.inf if schema.maximum is None else schema.maximum
    wrong = np.isfinite(found) & ~((found >= least) & (found <= most))
    limits = f"{least:g} to {most:g} {schema.unit}".replace("inf", "any").strip()
    found[wrong] = np.nan
    return [(int(at), f"{text.iloc[at]!r} is outside {limits}; emptied") for at in np.flatnonzero(wrong)]


def _number_in(text: str, schema: ColumnSchema) -> tuple[float, str]:
    year = _YEAR.match(text) if schema.unit == "year" else None
    if year is not None:
        return float(year[1]), f"{text!r} is a date; its year was taken"
    comma = _DECIMAL_COMMA.match(text)
    if comma is not None:
        return float(f"{comma[1]}.{comma[2]}"), f"{text!r} was read with a decimal comma"
    match = re.match(_WITH_UNIT, text)
    if match is None:
        return np.nan, f"{text!r} is no number; emptied"
    number, unit = float(match[1].replace(",", "")), (match[2] or "").strip().lower()
    if not unit:
        return number, f"{text!r} was read as {number:g}"
    rate = _UNITS.get(schema.unit, {}).get(unit)
    if rate is None:
        return np.nan, f"{text!r} is in no unit that can be turned into {schema.unit or 'a number'}; emptied"
    return number * rate, f"{text!r} was read as {number * rate:g} {schema.unit}"


def _booleans(text: pd.Series[str]) -> Typed:
    lower = text.str.lower()
    values = pd.Series(pd.NA, index=text.index, dtype="boolean")
    values = values.mask(lower.isin(_TRUE).fillna(value=False).astype(bool), other=True)
    values = values.mask(lower.isin(_FALSE).fillna(value=False).astype(bool), other=False)
    unread = np.flatnonzero((text.notna() & values.isna()).to_numpy())
    return Typed(values, [(int(at), f"{text.iloc[at]!r} is neither yes nor no; emptied") for at in unread])


def _dates(text: pd.Series[str]) -> Typed:
    values: pd.Series[Any] = pd.Series(pd.NA, index=text.index, dtype="string")
    faults = []
    for at in np.flatnonzero(text.notna().to_numpy()):
        match = _DATE.match(str(text.iloc[at]))
        try:
            day = dt.date(*map(int, match.groups())) if match else None
        except ValueError:
            day = None
        if day is None:
            faults.append((int(at), f"{text.iloc[at]!r} is no date; emptied"))
        else:
            values.iloc[int(at)] = day.isoformat()
    return Typed(values, faults)


def _codes(text: pd.Series[str], schema: ColumnSchema) -> Typed:
    wrong = (text.notna() & ~text.isin(schema.allowed)).to_numpy()
    reason = "{!r} is none of the codes of {}; emptied"
    faults = [(int(at), reason.format(text.iloc[at], schema.name)) for at in np.flatnonzero(wrong)]
    return Typed(text.mask(wrong).astype("string"), faults)
