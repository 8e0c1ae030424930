"""What an operator hands back: the parts a figure is made of, so that it can be summed over any zone."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from huancheng.checkup.context import ZONE_KINDS
from huancheng.evidence import State

Floats = npt.NDArray[np.float64]


class Combination(StrEnum):
    """How the parts make the figure."""

    SUM = "sum"
    """Factor times the sum of numerators."""
    RATIO = "ratio"
    """Factor times the sum of numerators over the sum of denominators."""
    MAXIMUM = "maximum"
    """Factor times the largest numerator."""


@dataclass(frozen=True)
class Parts:
    """The parts of one figure, one row for each feature or piece.

    Parameters
    ----------
    layer
        Layer of each part.
    ids
        Feature each part belongs to.
    atom
        Atom each part lies in; all are inside the scope.
    numerator, denominator
        What the part adds to either; denominators are zero where a figure has none.
    known
        Whether the part's own figure is known; an unknown part adds nothing and is reported.
    listed
        Amount with which the feature is listed; NaN where it is not.
    x, y
        Point of the part in the snapshot's CRS.
    names
        Name of the feature, empty where it has none.
    estates
        Estate each part belongs to, empty where none.
    labels
        Class of each part where a figure is also told by class.
    """

    layer: npt.NDArray[Any]
    ids: npt.NDArray[Any]
    atom: npt.NDArray[np.int32]
    numerator: Floats
    denominator: Floats
    known: npt.NDArray[np.bool_]
    listed: Floats
    x: Floats
    y: Floats
    names: npt.NDArray[Any]
    estates: npt.NDArray[Any]
    labels: npt.NDArray[Any]

    def __len__(self) -> int:
        """Return the number of parts."""
        return len(self.ids)


@dataclass(frozen=True)
class Measured:
    """One indicator's figure in parts.

    Parameters
    ----------
    state
        Known, missing or not applicable for the city as a whole.
    combination, factor
        How the parts make the figure.
    parts
        The parts; empty where the figure is missing or not applicable.
    columns
        Columns that were read, as (layer, column).
    denominator_name
        Words for the denominator in Chinese; empty for counts and sums.
    note
        In Chinese: why it is missing or not applicable, or what a reader must know.
    listed_is_complement
        Whether the listed features are those that fall short (denominator less numerator), not those counted.
    by_label
        The figure by class, where it is told by class.
    zonings
        Zonings the figure may be broken down by; a figure of streets says nothing of communities.
    known_share
        Share of the features looked at that could be judged.
    """

    state: State
    combination: Combination
    factor: float
    parts: Parts
    columns: tuple[tuple[str, str], ...] = ()
    denominator_name: str = ""
    note: str = ""
    listed_is_complement: bool = False
    by_label: dict[str, float] = field(default_factory=dict)
    zonings: tuple[str, ...] = ZONE_KINDS
    known_share: float = 1.0

    @classmethod
    def without(cls, state: State, note: str, columns: tuple[tuple[str, str], ...] = ()) -> Measured:
        """Return a figure that is missing or not applicable, with the reason."""
        return cls(state, Combination.SUM, 1.0, empty_parts(), columns, note=note)


def make_parts(
    layer: str | npt.NDArray[Any],
    ids: npt.NDArray[Any],
    atom: npt.NDArray[np.int32],
    numerator: npt.NDArray[Any],
    *,
    xy: npt.NDArray[np.float64],
    denominator: npt.NDArray[Any] | None = None,
    known: npt.NDArray[np.bool_] | None = None,
    listed: npt.NDArray[Any] | None = None,
    names: npt.NDArray[Any] | None = None,
    estates: npt.NDArray[Any] | None = None,
    labels: npt.NDArray[Any] | None = None,
) -> Parts:
    """Build parts, filling what does not apply; unknown parts add nothing to numerator and denominator."""
    count = len(ids)
    sure = np.ones(count, bool) if known is None else known
    blank = np.full(count, "", object)
    return Parts(
        layer=np.full(count, layer, object) if isinstance(layer, str) else layer,
        ids=np.asarray(ids, object),
        atom=np.asarray(atom, np.int32),
        numerator=np.where(sure, np.asarray(numerator, np.float64), 0.0),
        denominator=np.zeros(count)
        if denominator is None
        else np.where(sure, np.asarray(denominator, np.float64), 0.0),
        known=sure,
        listed=np.full(count, np.nan) if listed is None else np.where(sure, np.asarray(listed, np.float64), np.nan),
        x=np.asarray(xy, np.float64).reshape(count, 2)[:, 0],
        y=np.asarray(xy, np.float64).reshape(count, 2)[:, 1],
        names=blank if names is None else names,
        estates=blank if estates is None else estates,
        labels=blank if labels is None else labels,
    )


def empty_parts() -> Parts:
    """Return no parts."""
    nothing = np.empty(0, object)
    return make_parts("", nothing, np.empty(0, np.int32), np.empty(0), xy=np.empty((0, 2)))


def join_parts(parts: list[Parts]) -> Parts:
    """Return several sets of parts as one."""
    names = Parts.__dataclass_fields__
    return Parts(**{name: np.concatenate([getattr(item, name) for item in parts]) for name in names})
