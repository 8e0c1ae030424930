"""What runs along the border between faces: rail, water, a street and its class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import numpy as np
import pandas as pd
import shapely

from huancheng.city.derive.block_options import StreetClass
from huancheng.city.derive.faces import Flags, Floats, Integers, SharedSegments, near_lines
from huancheng.city.derive.linework import Geometries, Linework
from huancheng.city.derive.metric import is_true

NO_STREET = -1

_CLASSES = get_args(StreetClass)


@dataclass(frozen=True)
class Sides:
    """For each border piece what runs along it.

    Parameters
    ----------
    street
        Row of the street in `Linework.streets`, `NO_STREET` where none runs there; shape (pieces,).
    rail, river
        Whether a railway, or a water line or shore, runs there.
    """

    street: Integers
    rail: Flags
    river: Flags


def sides_of(segments: SharedSegments, lines: Linework, grid: float) -> Sides:
    """Find what runs along each border piece.

    Parameters
    ----------
    segments
        Border pieces of faces that were noded from `lines`.
    lines
        Lines that cut blocks.
    grid
        Spacing of the noding grid in metres.
    """
    reach = 3.0 * grid
    street = np.full(len(segments.first), NO_STREET, dtype=np.int64)
    shapes = lines.streets["geometry"].to_numpy()
    if len(shapes) and len(street):
        piece, row = shapely.STRtree(shapes).query(
            shapely.points(segments.midpoint), predicate="dwithin", distance=reach
        )
        order = np.argsort(-_precedence(lines.streets)[row], kind="stable")
        street[piece[order]] = row[order]
    river = np.concatenate([lines.waterways, lines.shores])
    return Sides(
        street, near_lines(segments.midpoint, lines.railways, reach), near_lines(segments.midpoint, river, reach)
    )


def _precedence(streets: pd.DataFrame) -> Integers:
    """Return the rank of each street, the largest street first: where two lie on one place the first stands for both.

    Rows alike in class and name are alike in everything asked of them, so that the order of rows decides nothing.
    """
    street_class = words_of(streets, "class")[:-1]
    rank = np.array([_CLASSES.index(word) if word in _CLASSES else len(_CLASSES) for word in street_class], np.int64)
    oneway = is_true(streets, "oneway").to_numpy(dtype=bool)
    order = np.lexsort((~oneway, words_of(streets, "name")[:-1].astype(str), rank))
    position = np.empty(len(order), dtype=np.int64)
    position[order] = np.arange(len(order))
    return position


def words_of(streets: pd.DataFrame, column: str) -> Geometries:
    """Return a text column of the streets, empty words where unknown; shape (streets + 1,), the last for no street."""
    words = np.full(len(streets) + 1, "", dtype=object)
    if column in streets.columns:
        words[:-1] = streets[column].astype("string").fillna("").to_numpy(dtype=object)
    return words


def closed_to_merging(sides: Sides, street_class: Geometries, separators: tuple[str, ...]) -> Flags:
    """Return for each border piece whether a separator runs along it.

    Parameters
    ----------
    sides
        What runs along the pieces.
    street_class
        Class of the street along each piece, empty where there is none.
    separators
        Line layers and street classes that separate.
    """
    closed: Flags = np.isin(street_class.astype(str), list(separators))
    if "railways" in separators:
        closed |= sides.rail
    if "waterways" in separators:
        closed |= sides.river
    return closed


def largest_share(face: Integers, words: Geometries, length: Floats, faces: int) -> tuple[Geometries, Floats]:
    """Return for each face the word that most of its border bears, and how many metres bear it.

    Parameters
    ----------
    face, words, length
        Border pieces: number of the face, word (empty where unknown) and metres.
    faces
        Number of faces.
    """
    known = words != ""
    listed, number = np.unique(words[known].astype(str), return_inverse=True)
    most, which = np.zeros(faces), np.full(faces, "", dtype=object)
    if len(listed) == 0:
        return which, most
    key = face[known] * len(listed) + number
    held, position = np.unique(key, return_inverse=True)
    metres = np.bincount(position, length[known])
    order = np.lexsort((-held, metres))
    owner = held[order] // len(listed)
    most[owner], which[owner] = metres[order], listed.astype(object)[held[order] % len(listed)]
    return which, most
