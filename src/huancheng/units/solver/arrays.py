"""The two kinds of array the solver speaks: whole numbers and floating-point numbers, 64 bits each."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

IntArray: TypeAlias = npt.NDArray[np.int64]
"""Whole numbers: members, units, edges."""

FloatArray: TypeAlias = npt.NDArray[np.float64]
"""Quantities: areas, people, metres."""
