"""Names for the arrays this room passes about."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
"""Amounts and metres."""
Rows: TypeAlias = npt.NDArray[np.int64]
"""Row numbers; -1 where there is none."""
Flags: TypeAlias = npt.NDArray[np.bool_]
"""Yes or no."""
Shapes: TypeAlias = npt.NDArray[Any]
"""Geometries."""
