"""Adding amounts up by code."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt


def added_by(code: npt.NDArray[Any], amounts: npt.NDArray[Any], count: int) -> npt.NDArray[np.float64]:
    """Return the sum of amounts for each code from 0 to count - 1; zero where a code has none."""
    return np.asarray(np.bincount(code, np.asarray(amounts, np.float64), minlength=count), np.float64)
