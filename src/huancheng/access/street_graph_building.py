"""From the streets layer to the graph of one mode."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS

from huancheng.access.barriers import Cut, cut_streets, flag, level
from huancheng.access.graph import StreetGraph
from huancheng.access.lengths import Flags, Integers, to_decimetres
from huancheng.access.noding import Pieces, crossing_vertices, cut_at_nodes
from huancheng.access.street_report import StreetReport
from huancheng.access.travel_modes import Mode, travel_defaults
from huancheng.evidence import InputFault


def graph_of_streets(
    streets: gpd.GeoDataFrame,
    mode: Mode,
    *,
    railways: gpd.GeoDataFrame | None,
    water: gpd.GeoDataFrame | None,
    node_crossings: bool,
) -> StreetGraph:
    """Build the graph; see `StreetGraph.from_streets`."""
    _require_metres(streets)
    defaults = travel_defaults()
    table = streets.reset_index(drop=True)
    if "id" not in table:
        table["id"] = table.index.astype("string")
    is_open, assumed = _permission(table, mode)
    lines = _lines_of(table[is_open])
    without_line = tuple(sorted(set(table["id"][is_open].astype(str)) - set(lines["id"].astype(str))))
    cuts: tuple[Cut, ...] = ()
    if railways is not None or water is not None:
        rails = _lines_of(railways.reset_index(drop=True)) if railways is not None else _none(streets.crs)
        wet = water[~water.geometry.isna()] if water is not None else _none(streets.crs)
        lines, cuts = cut_streets(lines, rails, wet, defaults.barriers, defaults.snap)
        lines = _lines_of(lines)
    report = StreetReport(
        mode,
        len(table),
        int((~is_open).sum()),
        without_line,
        int(is_open.sum()) - len(without_line),
        assumed,
        cuts,
    )
    shapes, rank = lines.geometry.to_numpy(), level(lines)
    if node_crossings:
        shapes = crossing_vertices(shapes, rank, defaults.snap)
    pieces = cut_at_nodes(shapes, rank, defaults.snap)
    return _graph(lines, pieces, mode, streets.crs, report)


def _require_metres(streets: gpd.GeoDataFrame) -> None:
    crs = streets.crs
    if crs is None or not crs.is_projected or crs.axis_info[0].unit_conversion_factor != 1:
        raise InputFault(
            f"street lengths need a projected CRS in metres, not {crs.name if crs else 'none'}",
            file="streets",
            cure="reproject the streets, or build a snapshot with `huancheng city build`",
        )


def _none(crs: Any) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"id": pd.Series([], dtype="string")}, geometry=gpd.GeoSeries([], crs=crs), crs=crs)


def _permission(streets: gpd.GeoDataFrame, mode: Mode) -> tuple[Flags, dict[str, tuple[int, int]]]:
    """Whether each street is open to the mode, and how many were decided by default, by class."""
    allowed = travel_defaults().modes[mode].allowed
    said = streets[mode].astype("boolean") if mode in streets else pd.Series(pd.NA, streets.index, dtype="boolean")
    kind = streets["class"].astype("string") if "class" in streets else pd.Series(pd.NA, streets.index, dtype="string")
    by_class = kind.map(allowed).astype("boolean").fillna(value=False)
    unknown = said.isna()
    assumed = {
        str(name): (int(part.sum()), int((~part).sum()))
        for name, part in by_class[unknown].groupby(kind[unknown].fillna(""), sort=True)
    }
    return np.asarray(said.fillna(by_class), dtype=bool), assumed


def _lines_of(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Single line strings with a length, in order; the column `row` keeps the row they come from."""
    if "row" not in frame:
        frame = frame.assign(row=frame.index)
    parts = frame[~frame.geometry.isna()].explode(index_parts=False, ignore_index=True)
    kinds = shapely.get_type_id(parts.geometry.to_numpy())
    parts = parts[np.isin(kinds, (shapely.GeometryType.LINESTRING, shapely.GeometryType.LINEARRING))]
    snap = travel_defaults().snap
    return parts[parts.geometry.length > 2 * snap].reset_index(drop=True)


def _graph(lines: gpd.GeoDataFrame, pieces: Pieces, mode: Mode, crs: Any, report: StreetReport) -> StreetGraph:
    forward, backward = _directions(lines, pieces, mode)
    length = np.maximum(to_decimetres(shapely.length(pieces.geometry)), 1).astype(np.int32)
    shape = shapely.to_wkb(pieces.geometry)
    order = np.array(
        sorted(
            range(len(length)),
            key=lambda edge: (
                pieces.first[edge],
                pieces.second[edge],
                length[edge],
                shape[edge],
                forward[edge],
                backward[edge],
            ),
        ),
        dtype=np.int64,
    )
    return StreetGraph(
        pieces.position,
        pieces.first[order],
        pieces.second[order],
        length[order],
        forward[order],
        backward[order],
        pieces.geometry[order],
        np.asarray(lines["row"], np.int32)[pieces.line[order]],
        CRS(crs),
        report,
    )


def _directions(lines: gpd.GeoDataFrame, pieces: Pieces, mode: Mode) -> tuple[Integers, Integers]:
    """1 where a piece is open from first to second, from second to first."""
    reverse = flag(lines, "reversed")
    as_drawn, against = np.ones(len(lines), bool), np.ones(len(lines), bool)
    if travel_defaults().modes[mode].one_way_binds:
        against = ~flag(lines, "oneway") | reverse
        as_drawn = ~reverse
    drawn, counter = as_drawn[pieces.line], against[pieces.line]
    forward = np.where(pieces.along, drawn, counter)
    backward = np.where(pieces.along, counter, drawn)
    return forward.astype(np.int32), backward.astype(np.int32)
