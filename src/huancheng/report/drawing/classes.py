"""Five classes for a choropleth, with breaks that can be read."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from huancheng.report.numerals import format_number

RAMP = ("#fef0d9", "#fdcc8a", "#fc8d59", "#e34a33", "#b30000")
"""ColorBrewer OrRd, five classes: the darker, the more."""
NOTHING = "#f1f3f4"
UNKNOWN = "#ffffff"
_CLASSES = 5


@dataclass(frozen=True, slots=True)
class Classes:
    """Upper bounds of the classes of positive values, from the lowest up; zero is a class of its own."""

    bounds: tuple[float, ...]

    def index(self, values: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
        """Return for each value its class: 0 is the lowest, -1 zero (or below), -2 unknown (NaN)."""
        position = np.searchsorted(np.asarray(self.bounds), values, side="left")
        position = np.where(values <= 0, -1, np.minimum(position, len(self.bounds) - 1))
        return np.where(np.isnan(values), -2, position).astype(np.int64)

    def colours(self) -> list[str]:
        """Return a colour for each class, spread over the ramp."""
        count = len(self.bounds)
        if count == 1:
            return [RAMP[2]]
        return [RAMP[round(position * (_CLASSES - 1) / (count - 1))] for position in range(count)]

    def labels(self, unit: str) -> list[str]:
        """Return the words of each class for the legend."""
        lower = 0.0
        out = []
        for bound in self.bounds:
            out.append(
                f"＞{format_number(lower, unit)}，≤{format_number(bound, unit)}"
                if lower
                else f"≤{format_number(bound, unit)}"
            )
            lower = bound
        return out


def classify(values: npt.NDArray[np.float64]) -> Classes:
    """Choose up to five classes of about equal membership; bounds have two figures and are whole where values are.

    Parameters
    ----------
    values
        One value per area; NaN where unknown.
    """
    positive = values[np.isfinite(values) & (values > 0)]
    if not len(positive):
        return Classes((1.0,))
    raw = np.quantile(positive, np.arange(1, _CLASSES + 1) / _CLASSES)
    rounded = {_round_up(float(bound)) for bound in raw[:-1]}
    if (positive == np.floor(positive)).all():
        rounded = {float(math.ceil(bound)) for bound in rounded}
    bounds = sorted(rounded | {float(raw[-1])})
    return Classes(tuple(bound for bound in bounds if bound <= raw[-1]))


def _round_up(value: float) -> float:
    step = 10.0 ** (math.floor(math.log10(value)) - 1)
    return float(round(math.ceil(round(value / step, 9)) * step, 12))
