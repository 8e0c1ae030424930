"""Lengths on the street graph: integer decimetres, so that a threshold decision never depends on float noise."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Integers: TypeAlias = npt.NDArray[np.signedinteger[Any]]
"""Array of integers, 32 bits where a kernel takes it: lengths in decimetres, or indices."""
Numbers: TypeAlias = npt.NDArray[np.floating[Any]]
"""Array of floating-point numbers: coordinates in metres, or weights."""
Flags: TypeAlias = npt.NDArray[np.bool_]
"""Array of truth values."""

UNREACHED = -1
"""Stands in results where nothing is reached; no distance is negative."""

FAR = 1 << 29
"""Larger than any distance on Earth in decimetres; three of them still fit 32 bits."""


def to_decimetres(metres: npt.ArrayLike) -> Integers:
    """Round metres to whole decimetres, halves to even.

    Parameters
    ----------
    metres
        Lengths in metres, finite and not negative.

    Returns
    -------
    Integers
        Lengths in decimetres.

    Raises
    ------
    ValueError
        If a length is not finite, is negative, or does not fit.
    """
    values = np.asarray(metres, dtype=np.float64)
    if not np.isfinite(values).all() or (values < 0).any() or (values * 10 >= FAR).any():
        message = "a street length must be a finite number of metres, not negative and shorter than 53,000 km"
        raise ValueError(message)
    return np.rint(values * 10).astype(np.int32)
