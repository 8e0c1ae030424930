"""A derived column: values with one provenance code a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from huancheng.evidence import Provenance

Codes = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class DerivedColumn:
    """Values and how each came to be known.

    Parameters
    ----------
    values
        Nullable column, indexed as the layer it belongs to.
    provenance
        `Provenance.code` of each row, 0 where the value is missing; shape (rows,).
    """

    values: pd.Series[Any]
    provenance: Codes

    def shares(self) -> dict[str, float]:
        """Return the share of rows by provenance, and of those still `missing`; sums to 1 unless there is no row."""
        total = len(self.provenance)
        shares = {member.value: int((self.provenance == member.code).sum()) for member in Provenance}
        shares["missing"] = int((self.provenance == 0).sum())
        return {name: count / total for name, count in shares.items() if count}


def given_codes(values: pd.Series[Any], provenance: Provenance | Codes) -> Codes:
    """Return one provenance code per row for values as they came: 0 where missing.

    Raises
    ------
    ValueError
        If a known value has code 0, or the codes do not match the rows.
    """
    known = values.notna().to_numpy()
    if isinstance(provenance, Provenance):
        return np.where(known, provenance.code, 0).astype(np.uint8)
    codes = np.asarray(provenance, dtype=np.uint8)
    if codes.shape != known.shape:
        message = f"{len(codes)} provenance codes for {len(known)} rows"
        raise ValueError(message)
    if (codes[known] == 0).any():
        message = "a known value has no provenance"
        raise ValueError(message)
    return np.where(known, codes, 0).astype(np.uint8)


def column_or_empty(frame: pd.DataFrame, name: str, dtype: Any) -> pd.Series[Any]:
    """Return a column as `dtype`, or one of missing values where the layer lacks it."""
    values = frame[name] if name in frame.columns else pd.NA
    column: pd.Series[Any] = pd.Series(values, index=frame.index, dtype=dtype)
    return column
