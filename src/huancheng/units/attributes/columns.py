"""A column of blocks: values, how each is known, and whether it is whole, partial, missing or not applicable."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from huancheng.city.derive.column import Codes
from huancheng.city.derive.faces import Flags, Floats, Integers
from huancheng.evidence import Provenance

Words = npt.NDArray[np.object_]


class Knowledge(StrEnum):
    """How much of a block's figure is known. Zero is known."""

    KNOWN = "known"
    PARTIAL = "partial"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class BlockColumn:
    """Figures of the blocks.

    Parameters
    ----------
    name
        Name of the column.
    figures
        Figures, NaN (or None for words) where missing or not applicable; shape (blocks,).
    provenance
        `Provenance.code`, 0 where there is no figure; shape (blocks,).
    state
        `Knowledge` of each; shape (blocks,).
    """

    name: str
    figures: Floats | Words
    provenance: Codes
    state: Words

    def as_columns(self) -> dict[str, pd.Series[str] | pd.Series[float] | pd.Series[int]]:
        """Return the column and its companions, named as in snapshots."""
        words = self.figures.dtype == object
        return {
            self.name: pd.Series(self.figures, dtype="string") if words else pd.Series(self.figures, dtype="float64"),
            f"{self.name}__provenance": pd.Series(self.provenance, dtype="UInt8"),
            f"{self.name}__state": pd.Series(self.state, dtype="string"),
        }


@dataclass(frozen=True)
class ColumnAccount:
    """What of a layer's sum the blocks hold: `total` = `in_blocks` + `outside`.

    Parameters
    ----------
    column
        Name of the block column.
    layer
        Layer it was summed from.
    total, in_blocks, outside
        Sum over the layer's known rows, over blocks, and of what lies in no block.
    unknown_rows
        Rows of the layer that should have a figure and have none.
    """

    column: str
    layer: str
    total: float
    in_blocks: float
    outside: float
    unknown_rows: int


_FIRMEST_FIRST = (
    Provenance.MEASURED, Provenance.DECLARED, Provenance.DERIVED,
    Provenance.IMPUTED, Provenance.MODELLED, Provenance.SYNTHETIC,
)  # fmt: skip
_RANK = np.zeros(len(Provenance) + 1, dtype=np.int64)
_CODE = np.zeros(len(Provenance) + 1, dtype=np.uint8)
for _position, _member in enumerate(_FIRMEST_FIRST, start=1):
    _RANK[_member.code], _CODE[_position] = _position, _member.code


def weakest(codes: Codes, group: Integers, groups: int, at_best: Provenance = Provenance.DERIVED) -> Codes:
    """Return for each group the least firm provenance of its members, and never one firmer than `at_best`.

    A sum is no firmer than its softest part, and a share by area is derived whatever it was taken from.

    Parameters
    ----------
    codes
        Provenance codes of the members; 0 counts for nothing; shape (members,).
    group
        Number of each member's group; shape (members,).
    groups
        Number of groups.
    at_best
        Firmest answer; also that of a group without members, whose sum is zero by finding nothing.
    """
    rank = np.full(groups, _RANK[at_best.code], dtype=np.int64)
    np.maximum.at(rank, group, _RANK[codes])
    return np.asarray(_CODE[rank], dtype=np.uint8)


def knowledge(known: Flags, partial: Flags, applicable: Flags) -> Words:
    """Return the state of each block: not applicable, else missing unless known, else partial or known."""
    state = np.full(len(known), Knowledge.MISSING.value, dtype=object)
    state[known] = Knowledge.KNOWN.value
    state[known & partial] = Knowledge.PARTIAL.value
    state[~applicable] = Knowledge.NOT_APPLICABLE.value
    return state
