"""Plain arrays the kernels work on, named: the graph, the ranges, what stands in the blocks, and a plan."""

from __future__ import annotations

from typing import NamedTuple

from huancheng.units.solver.arrays import FloatArray, IntArray


class Graph(NamedTuple):
    """Neighbours of each atom, and who may not share a unit with it.

    An atom is one block, or several that stay together.

    Attributes
    ----------
    first, near
        Neighbours of atom ``a`` are ``near[first[a]:first[a + 1]]``.
    off
        Beside `near`: length of shared border off the lines.
    foe_first, foes
        Atoms never in a unit with atom ``a``: ``foes[foe_first[a]:foe_first[a + 1]]``.
    """

    first: IntArray
    near: IntArray
    off: FloatArray
    foe_first: IntArray
    foes: IntArray


class Ranges(NamedTuple):
    """Limits: values per atom and limit, least and most of a unit, and what a breach is measured in."""

    values: FloatArray
    low: FloatArray
    high: FloatArray
    scale: FloatArray


class Content(NamedTuple):
    """Blocks as rows, sorted by atom.

    Attributes
    ----------
    first
        Rows of atom ``a`` are ``first[a]:first[a + 1]``.
    attributes, places, weights
        Per row.
    moments
        Per atom: sums of weight, weight times x, weight times y, weight times squared distance from the origin.
    radius
        One number: farthest a row may be from its unit's median; infinite where there is no such rule.
    """

    first: IntArray
    attributes: FloatArray
    places: FloatArray
    weights: FloatArray
    moments: FloatArray
    radius: FloatArray


class Plan(NamedTuple):
    """A plan as the kernels change it; units are slots, some of them empty.

    Attributes
    ----------
    unit
        Slot of each atom.
    head, after, before
        Members of a slot as a doubly linked list; -1 ends it.
    count
        Atoms in a slot.
    sums
        Slot by limit.
    moments
        Slot by moment.
    spread, unlike
        Compactness and dissimilarity of a slot.
    breach
        How far a slot is from holding every range; 0 where it does.
    """

    unit: IntArray
    head: IntArray
    after: IntArray
    before: IntArray
    count: IntArray  # type: ignore[assignment] # the tuple method of this name is not used
    sums: FloatArray
    moments: FloatArray
    spread: FloatArray
    unlike: FloatArray
    breach: FloatArray
