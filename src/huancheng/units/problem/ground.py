"""The ground units are drawn on: figures of blocks, borders between them, what belongs together, what is locked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from huancheng.units.solver import FloatArray, IntArray

Words = npt.NDArray[np.object_]
Flags = npt.NDArray[np.bool_]

UNKNOWN_ZONE = "未知"
"""Zone of blocks whose zone is not known: a zone of its own, as nobody knows that it is any other."""


@dataclass(frozen=True)
class Pairs:
    """Pairs of neighbouring blocks, one row each, `first` below `second`.

    Parameters
    ----------
    first, second
        Numbers of the blocks.
    length
        Metres of shared border; 0 where only a bridge joins them.
    free
        Metres of it along neither road, railway, river nor parcel line.
    along
        What most of the border runs along.
    separator
        Id of the rule that parts the two; empty where nothing does.
    bridge
        Whether a declared bridge leads across.
    joins
        Whether a unit may reach across.
    """

    first: IntArray
    second: IntArray
    length: FloatArray
    free: FloatArray
    along: Words
    separator: Words
    bridge: Flags
    joins: Flags

    def __len__(self) -> int:
        """Return the number of pairs."""
        return len(self.first)

    def rows(self, kept: npt.NDArray[np.bool_]) -> Pairs:
        """Return the pairs marked."""
        names = ("first", "second", "length", "free", "along", "separator", "bridge", "joins")
        return Pairs(*(getattr(self, name)[kept] for name in names))


@dataclass(frozen=True)
class Link:
    """Blocks that hold parts of one thing.

    Parameters
    ----------
    rule
        Id of the rule that keeps them together.
    name
        Name or id of the thing.
    members
        Numbers of the blocks, ascending.
    """

    rule: str
    name: str
    members: tuple[int, ...]


@dataclass(frozen=True)
class Aside:
    """A block that is in no unit, and why.

    Parameters
    ----------
    block
        Its number.
    case
        As the profile names it.
    chinese, english
        The reason with its figure.
    """

    block: int
    case: str
    chinese: str
    english: str


@dataclass(frozen=True)
class Ground:
    """Everything about blocks that rules ask for; figures are rounded as the files of a result keep them.

    Parameters
    ----------
    ids
        Ids of the blocks.
    places
        Centres in metres; shape (blocks, 2).
    quantities
        `area`, `population`, `households`, `floor_area`, `title_area`, `legal_area` per block; NaN where unknown.
    profile_names, profile
        Types of problems, and their standardised density per block; shape (blocks, types).
    zones
        Name of each block's zone, by kind.
    links
        What belongs together.
    residents
        Residents of a block, and those beyond the walking limit, by facility; NaN where unknown.
    locked
        Name of the locked unit each block stays in; empty where it is free.
    pairs
        Borders.
    """

    ids: tuple[str, ...]
    places: FloatArray
    quantities: Mapping[str, FloatArray]
    profile_names: tuple[str, ...]
    profile: FloatArray
    zones: Mapping[str, Words]
    links: tuple[Link, ...]
    residents: Mapping[str, tuple[FloatArray, FloatArray]]
    locked: Words
    pairs: Pairs

    @property
    def size(self) -> int:
        """Number of blocks."""
        return len(self.ids)

    @property
    def area(self) -> FloatArray:
        """Square metres per block."""
        return self.quantities["area"]

    @cached_property
    def number(self) -> Mapping[str, int]:
        """Number of each block by id."""
        return {name: position for position, name in enumerate(self.ids)}
