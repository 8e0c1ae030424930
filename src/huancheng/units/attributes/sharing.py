"""Figures of one layer shared among blocks by area: what a block edge cuts is counted on both sides."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from huancheng.city.derive.column import Codes
from huancheng.city.derive.faces import Flags, Floats, Integers
from huancheng.city.derive.linework import Geometries
from huancheng.city.overlay import PreparedZones, intersection_areas
from huancheng.evidence import Provenance
from huancheng.units.attributes.columns import BlockColumn, ColumnAccount, knowledge, weakest
from huancheng.units.attributes.tables import SourceLayer


@dataclass(frozen=True)
class Parts:
    """Parts of a layer's rows in blocks.

    Parameters
    ----------
    row, block
        Numbers; shape (parts,).
    area
        Square metres of each part.
    share
        Part of the row's own area; the shares of a row sum to at most 1.
    rows, blocks
        How many there are.
    """

    row: Integers
    block: Integers
    area: Floats
    share: Floats
    rows: int
    blocks: int


def parts_of(shapes: Geometries, blocks: PreparedZones) -> Parts:
    """Return the parts of polygons in blocks.

    The overlay knows areas to a square millimetre; a row that lies wholly in blocks is shared out in whole.
    """
    own = shapely.area(shapes)
    pieces = intersection_areas(shapes, blocks)
    share = pieces.area / own[pieces.footprint]
    held = np.bincount(pieces.footprint, share, len(shapes))
    # what rounding on the grid takes or adds is given back, so that sums over blocks are those of the layer
    whole = (held > 1.0 - WHOLE) | (held > 1.0)
    share = np.where(whole[pieces.footprint], share / held[pieces.footprint], share)
    return Parts(pieces.footprint, pieces.zone, pieces.area, share, len(shapes), len(blocks.shapes))


WHOLE = 1e-9
"""Rows of which less than this share lies outside are counted as inside."""


def summed(
    name: str, layer: SourceLayer, parts: Parts, values: Floats, *, column: str, applicable: Flags
) -> tuple[BlockColumn, ColumnAccount]:
    """Return the sums by block of a figure that is shared by area.

    Parameters
    ----------
    name
        Name of the block column.
    layer
        The layer.
    parts
        Parts of the layer's rows.
    values
        Figure of each row, NaN where there is none.
    column
        Column of the layer that tells how the figures are known; empty where they are derived from its shapes.
    applicable
        Rows that should have a figure; the others count as nothing where they have none.
    """
    codes = layer.codes(column) if column else np.full(parts.rows, Provenance.DERIVED.code, dtype=np.uint8)
    known = ~np.isnan(values)
    figure = np.where(known, values, 0.0)
    sums = np.bincount(parts.block, figure[parts.row] * parts.share, parts.blocks)
    asked = np.bincount(parts.block, (known | applicable)[parts.row], parts.blocks) > 0
    found = np.bincount(parts.block, known[parts.row], parts.blocks) > 0
    lacking = np.bincount(parts.block, (applicable & ~known)[parts.row], parts.blocks) > 0
    has = found | ~asked
    used = known[parts.row]
    code = weakest(codes[parts.row][used], parts.block[used], parts.blocks)
    summary = BlockColumn(
        name, np.where(has, sums, np.nan), np.where(has, code, 0).astype(np.uint8),
        knowledge(has, lacking, np.ones(parts.blocks, bool)),
    )  # fmt: skip
    inside = float(sums.sum())
    total = float(figure.sum())
    held = np.bincount(parts.row, parts.share, parts.rows)
    outside = float((figure * np.maximum(0.0, 1.0 - held)).sum())
    return summary, ColumnAccount(name, layer.name, total, inside, outside, int((applicable & ~known).sum()))


def averaged(name: str, parts: Parts, values: Floats, codes: Codes) -> BlockColumn:
    """Return area-weighted means by block; not applicable where no row lies in the block."""
    known = ~np.isnan(values[parts.row])
    weight = np.bincount(parts.block[known], parts.area[known], parts.blocks)
    figure = np.bincount(parts.block[known], (values[parts.row] * parts.area)[known], parts.blocks)
    has = weight > 0
    lacking = np.bincount(parts.block[~known], minlength=parts.blocks) > 0
    applicable = np.bincount(parts.block, minlength=parts.blocks) > 0
    code = weakest(codes[parts.row][known], parts.block[known], parts.blocks)
    mean = np.divide(figure, weight, out=np.full(parts.blocks, np.nan), where=has)
    return BlockColumn(name, mean, np.where(has, code, 0).astype(np.uint8), knowledge(has, lacking, applicable))


def by_largest_share(name: str, parts: Parts, words: Geometries, codes: Codes) -> BlockColumn:
    """Return for each block the word of the rows that hold most of its area; of equal areas the first word."""
    values = np.full(parts.blocks, None, dtype=object)
    code = np.zeros(parts.blocks, dtype=np.uint8)
    known = np.array([isinstance(word, str) for word in words], dtype=bool)
    used = known[parts.row]
    listed, number = np.unique(words[parts.row][used].astype(str), return_inverse=True)
    area = np.zeros((parts.blocks, max(len(listed), 1)))
    np.add.at(area, (parts.block[used], number), parts.area[used])
    has = area.max(axis=1) > 0
    if len(listed):
        values[has] = listed.astype(object)[area.argmax(axis=1)][has]
        code[has] = weakest(codes[parts.row][used], parts.block[used], parts.blocks)[has]
    several = (area > 0).sum(axis=1) > 1
    return BlockColumn(name, values, code, knowledge(has, several, np.ones(parts.blocks, bool)))
