"""Columns of a layer out of columns of a source, by the rules of the mapping."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from huancheng.city.build.conditions import rows_that_hold
from huancheng.city.build.mapping import ColumnRule
from huancheng.city.build.typed import Typed, to_type
from huancheng.city.schema import ColumnSchema
from huancheng.evidence import Provenance

Codes = npt.NDArray[np.uint8]
_SHOWN = 40


class RowsOf:
    """The columns of a source at the rows a layer takes, each fetched once.

    Parameters
    ----------
    column
        Fetches one column of the whole source by name.
    rows
        Positions of the rows, shape (n,).
    measured
        Columns measured on the shapes (`@area`, `@length`), shape (n,).
    """

    def __init__(
        self,
        column: Callable[[str], pd.Series[str]],
        rows: npt.NDArray[np.intp],
        measured: dict[str, npt.NDArray[np.float64]] | None = None,
    ) -> None:
        self._column = column
        self._rows = rows
        self._measured = measured or {}
        self._kept: dict[str, pd.Series[Any]] = {}

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self._rows)

    def column(self, name: str) -> pd.Series[Any]:
        """Return one column at the rows."""
        if name not in self._kept:
            if name in self._measured:
                self._kept[name] = pd.Series(self._measured[name])
            else:
                self._kept[name] = self._column(name).iloc[self._rows].reset_index(drop=True)
        return self._kept[name]


def apply_rule(rule: ColumnRule, schema: ColumnSchema, rows: RowsOf) -> tuple[Typed, Codes]:
    """Return a column's values with what was wrong, and a provenance code per row."""
    if rule.constant is not None:
        given = "provenance" in rule.model_fields_set
        provenance = rule.provenance if given else Provenance.DECLARED
        typed = to_type(pd.Series([_word(rule.constant)] * len(rows), dtype="string"), schema)
        return typed, _codes(typed.column, provenance)
    values, unlisted = _translated(rule, _first_known(rule, rows))
    values = _by_cases(rule, values, rows)
    typed = to_type(values, schema, rule.factor)
    still_silent = values.isna().to_numpy()
    typed.faults += [(at, reason) for at, reason in unlisted if still_silent[at]]
    measured = any(name.startswith("@") for name in rule.source) and "provenance" not in rule.model_fields_set
    codes = _codes(typed.column, Provenance.DERIVED if measured else rule.provenance)
    if rule.default is not None:
        silent = typed.column.isna().to_numpy()
        filled = to_type(pd.Series([_word(rule.default)] * len(rows), dtype="string"), schema)
        typed = Typed(typed.column.where(~silent, filled.column), typed.faults)
        codes[silent] = rule.default_provenance.code
    return typed, codes


def _codes(values: pd.Series[Any], provenance: Provenance) -> Codes:
    return np.where(values.notna().to_numpy(), provenance.code, 0).astype(np.uint8)


def _word(value: str | float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _first_known(rule: ColumnRule, rows: RowsOf) -> pd.Series[Any]:
    found: pd.Series[Any] = pd.Series(pd.NA, index=range(len(rows)), dtype="string")
    for name in rule.source:
        column = rows.column(name)
        if len(rule.source) == 1 and column.dtype.kind in "iuf" and rule.codes is None and rule.separator is None:
            return column
        text = column.astype("string").str.strip()
        found = found.fillna(text.mask(text == ""))
    return found if rule.separator is None else _one_of_several(found, rule)


def _one_of_several(values: pd.Series[str], rule: ColumnRule) -> pd.Series[str]:
    assert rule.separator is not None  # noqa: S101 - the caller asked
    several = values.str.contains(rule.separator, regex=False).fillna(value=False)
    out: pd.Series[Any] = values.copy()
    for at in np.flatnonzero(several.to_numpy(dtype=bool) | (rule.take == "count")):
        if pd.isna(values.iloc[at]):
            continue
        parts = [part.strip() for part in str(values.iloc[at]).split(rule.separator) if part.strip()]
        out.iloc[int(at)] = _taken(parts, rule.take) if parts else None
    return out


def _taken(parts: list[str], take: str) -> str:
    if take == "count":
        return str(len(parts))
    if take in ("first", "last"):
        return parts[0 if take == "first" else -1]
    numbers = sorted((float(part), part) for part in parts if part.replace(".", "", 1).lstrip("+-").isdigit())
    return (numbers[0] if take == "least" else numbers[-1])[1] if numbers else parts[0]


def _translated(rule: ColumnRule, values: pd.Series[Any]) -> tuple[pd.Series[Any], list[tuple[int, str]]]:
    if rule.codes is None:
        return values, []
    table = {word: _word(code) for word, code in rule.codes.items()}
    text = values.astype("string")
    known = text.notna().to_numpy()
    listed = text.isin(table).to_numpy(dtype=bool)
    out = text.map(table).astype("string")
    beyond = known & ~listed
    if rule.other is not None:
        return out.mask(beyond, _word(rule.other)), []
    reason = "{!r} is not in the mapping's table of codes; emptied"
    return out, [(int(at), reason.format(str(text.iloc[at])[:_SHOWN])) for at in np.flatnonzero(beyond)]


def _by_cases(rule: ColumnRule, values: pd.Series[Any], rows: RowsOf) -> pd.Series[Any]:
    if not rule.cases:
        return values
    out = values.astype("string")
    for case in rule.cases:
        open_rows = out.isna().to_numpy()
        if not open_rows.any():
            break
        out = out.mask(open_rows & rows_that_hold(case.when, rows.column, len(rows)), _word(case.value))
    return out
