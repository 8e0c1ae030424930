"""Borders between blocks: how long, along what, whether a separator, whether a bridge leads across."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS

from huancheng.city.derive.faces import Flags, Floats, Integers, near_lines
from huancheng.city.derive.linework import Geometries
from huancheng.units.blocks.sides import Sides

ALONG = ("rail", "river", "road", "parcel", "none")
"""What a border follows; where several lie on one place, the first."""


@dataclass(frozen=True)
class BorderPieces:
    """Straight pieces of border between two blocks.

    Parameters
    ----------
    first, second
        Numbers of the blocks, `first` below `second`; shape (pieces,).
    length
        Metres; shape (pieces,).
    ends
        Both ends; shape (pieces, 4).
    along
        Number of `ALONG`; shape (pieces,).
    separator
        Whether no unit may cross there; shape (pieces,).
    road_class
        Class of the street that runs there, empty where none does; shape (pieces,).
    """

    first: Integers
    second: Integers
    length: Floats
    ends: Floats
    along: Integers
    separator: Flags
    road_class: Geometries


def classify(sides: Sides, street_class: Geometries, midpoint: Floats, parcels: Geometries, grid: float) -> Integers:
    """Return for each piece of border what it follows.

    Parameters
    ----------
    sides, street_class
        What runs along the pieces; a class stands on a middle line too.
    midpoint
        Middles of the pieces; shape (pieces, 2).
    parcels
        Edges of parcels.
    grid
        Spacing of the noding grid in metres.
    """
    along = np.full(len(midpoint), ALONG.index("none"), dtype=np.int64)
    along[near_lines(midpoint, parcels, 3.0 * grid)] = ALONG.index("parcel")
    along[(sides.street >= 0) | (street_class != "")] = ALONG.index("road")
    along[sides.river] = ALONG.index("river")
    along[sides.rail] = ALONG.index("rail")
    return along


def border_table(pieces: BorderPieces, ids: Geometries, crs: CRS, shortest: float) -> gpd.GeoDataFrame:
    """Sum pieces to one row for each pair of blocks and each kind of border between them.

    Parameters
    ----------
    pieces
        Pieces of border.
    ids
        Ids of the blocks by number.
    crs
        CRS of the blocks.
    shortest
        Pairs that share less than this many metres in all are no neighbours.
    """
    key = pd.DataFrame(
        {
            "first": pieces.first, "second": pieces.second, "along": pieces.along, "separator": pieces.separator,
            "road_class": pieces.road_class.astype(str),
        }
    )  # fmt: skip
    whole = pd.Series(pieces.length).groupby([key["first"], key["second"]]).transform("sum").to_numpy()
    kept = np.flatnonzero(whole >= shortest)
    group = key.iloc[kept].groupby(["first", "second", "along", "separator", "road_class"], sort=True)
    number = group.ngroup().to_numpy()
    names = group.size().index.to_frame(index=False)
    order = np.argsort(number, kind="stable")
    lines = np.asarray(shapely.linestrings(pieces.ends[kept][order].reshape(-1, 2, 2)), dtype=object)
    shapes = shapely.line_merge(shapely.multilinestrings(lines, indices=number[order])) if len(lines) else lines
    return gpd.GeoDataFrame(
        {
            "a": pd.Series(ids[names["first"]], dtype="string"),
            "b": pd.Series(ids[names["second"]], dtype="string"),
            "length": np.bincount(number, pieces.length[kept], len(names)),
            "along": pd.Series([ALONG[kind] for kind in names["along"]], dtype="string"),
            "separator": names["separator"].to_numpy(dtype=bool),
            "bridge": np.zeros(len(names), dtype=bool),
            "road_class": names["road_class"].astype("string").where(names["road_class"] != ""),
        },
        geometry=shapes, crs=crs,
    )  # fmt: skip
