"""The account of how blocks were made: where the ground went, and everything that was changed on the way."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from huancheng.units.attributes import ColumnAccount

BALANCE_TOLERANCE = 1e-6
"""Area in and area out may differ by this share: rounding on the noding grid, nothing else."""


@dataclass(frozen=True)
class Collapse:
    """One face drawn together into the line in its middle.

    Parameters
    ----------
    kind
        `carriageway` (the ground between two lines of one street) or `junction` (an island of a junction).
    x, y
        A point inside the face, in the blocks' CRS.
    area, width
        Square metres, and mean width in metres.
    shape
        Its face-artefact index.
    street
        Class, and name where known, of the longest part of its border.
    share
        Share of the border that is of that street.
    reason
        Rule that was met, in words.
    """

    kind: str
    x: float
    y: float
    area: float
    width: float
    shape: float
    street: str
    share: float
    reason: str


@dataclass(frozen=True)
class SliverMerge:
    """A face too small or too thin to be a block, joined to the neighbour with the longest shared edge.

    Parameters
    ----------
    x, y
        A point inside the face.
    area
        Square metres.
    into
        Id of the block it belongs to now.
    """

    x: float
    y: float
    area: float
    into: str


@dataclass(frozen=True)
class LeftOut:
    """Ground that belongs to no block.

    Parameters
    ----------
    x, y
        A point inside.
    area
        Square metres.
    reason
        `locked sliver` (every border is a separator, water or the edge) or `open country`.
    """

    x: float
    y: float
    area: float
    reason: str


@dataclass(frozen=True)
class CutParcel:
    """A parcel that the edge of a block cuts.

    Parameters
    ----------
    parcel
        Its id.
    parts
        Block and square metres, largest first.
    outside
        Square metres in no block.
    """

    parcel: str
    parts: tuple[tuple[str, float], ...]
    outside: float


@dataclass(frozen=True)
class BridgeLink:
    """A declared link over a separator and what it joins.

    Parameters
    ----------
    source
        Record it comes from.
    over
        `river` or `rail`.
    x, y
        Middle of the link.
    joins
        Pairs of block ids; empty where no block lies at an end.
    """

    source: str
    over: str
    x: float
    y: float
    joins: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class BlocksReport:
    """Where the ground went. Areas in square metres.

    Parameters
    ----------
    area_in
        Area of the scope.
    area_blocks, area_water, area_left_out
        Its parts.
    faces_raw
        Faces enclosed by the lines before anything was collapsed or merged, water not counted.
    blocks
        Blocks made.
    collapsed, slivers, left_out, cut_parcels, bridges
        Every change and every finding, with its place.
    undeclared_crossings
        Streets that cross water or rail without a bridge or tunnel mark, by id: they join nothing.
    snapped
        Points of street lines moved onto parcel edges; how many, and the farthest move in metres.
    parts
        Ids of blocks in each connected part once separators are cut and bridges counted, largest part first.
    multi_part
        Ids of blocks of more than one polygon.
    accounts
        What the blocks hold of each layer's sum.
    options
        Settings used.
    """

    area_in: float
    area_blocks: float
    area_water: float
    area_left_out: float
    faces_raw: int
    blocks: int
    collapsed: tuple[Collapse, ...]
    slivers: tuple[SliverMerge, ...]
    left_out: tuple[LeftOut, ...]
    cut_parcels: tuple[CutParcel, ...]
    bridges: tuple[BridgeLink, ...]
    undeclared_crossings: tuple[str, ...]
    snapped: tuple[int, float]
    parts: tuple[tuple[str, ...], ...]
    multi_part: tuple[str, ...]
    accounts: tuple[ColumnAccount, ...]
    options: dict[str, Any]

    @property
    def imbalance(self) -> float:
        """Share of the area in that the parts miss or exceed."""
        return abs(self.area_blocks + self.area_water + self.area_left_out - self.area_in) / self.area_in

    def counts(self) -> dict[str, int]:
        """Return how many there are of everything listed."""
        return {
            "faces_raw": self.faces_raw,
            "collapsed_carriageways": sum(item.kind == "carriageway" for item in self.collapsed),
            "collapsed_junctions": sum(item.kind == "junction" for item in self.collapsed),
            "slivers_merged": len(self.slivers),
            "left_out": len(self.left_out),
            "blocks": self.blocks,
            "connected_parts": len(self.parts),
            "cut_parcels": len(self.cut_parcels),
            "bridges": len(self.bridges),
            "undeclared_crossings": len(self.undeclared_crossings),
            "points_snapped": self.snapped[0],
        }

    def as_dict(self) -> dict[str, Any]:
        """Return the account for `report.json`."""
        return {"counts": self.counts(), "imbalance": self.imbalance, **asdict(self)}
