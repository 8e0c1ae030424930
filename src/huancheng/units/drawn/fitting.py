"""Drawn units on blocks: snapped to whole blocks, or kept as drawn with the blocks cut along them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from huancheng.city.derive.faces import Flags, Integers, near_lines, polygonize, shared_segments
from huancheng.city.derive.linework import Geometries
from huancheng.city.overlay import Pieces, intersection_areas, main_zone, points_in_zones
from huancheng.evidence import InputFault
from huancheng.units.attributes import BlockTables, describe_blocks
from huancheng.units.blocks import Blocks
from huancheng.units.blocks.borders import ALONG, BorderPieces, border_table
from huancheng.units.drawn.account import DrawnAccount, UnitChange, cut_blocks_of, gaps_of, overlaps_of
from huancheng.units.drawn.importing import DrawnPlan

Mode = Literal["snapped", "kept"]

SMALLEST = 1.0
"""Square metres below which an overlap, a gap or a part of a block is the pen's width."""

GAP_WIDTH = 10.0
"""Metres: a strip of no unit between two units is a gap up to this width; wider ground was left out on purpose."""

SNAP_SHARE = 0.5
"""A block is snapped to the unit that holds most of it, if that is more than this share."""

_GRID = 0.001


@dataclass(frozen=True)
class Fitted:
    """Drawn units on blocks.

    Parameters
    ----------
    blocks
        The blocks; in mode `kept` cut along the units, with figures and borders of their own.
    assignment
        Name of the unit of each block in a unit, by id of the block.
    units
        `unit`, `geometry` as drawn.
    account
        What was gained, lost, overlapping, missing, cut.
    """

    blocks: Blocks
    assignment: dict[str, str]
    units: gpd.GeoDataFrame
    account: DrawnAccount

    def files(self) -> dict[str, bytes]:
        """Return the account and the units as they were drawn, as files to lie beside a certificate."""
        account = json.dumps(self.account.as_dict(), ensure_ascii=False, indent=1)
        drawn = self.units.to_crs("EPSG:4490").to_json(ensure_ascii=False)
        return {"import.json": f"{account}\n".encode(), "as_drawn.geojson": f"{drawn}\n".encode()}


def fit_units(plan: DrawnPlan, blocks: Blocks, mode: Mode, tables: BlockTables | None = None) -> Fitted:
    """Bring drawn units onto blocks.

    Snapped, a block belongs to the unit that holds more than half of it. Kept, blocks are cut where a unit's edge runs;
    a piece is named after its block and its unit, and ground drawn twice belongs to the unit drawn first.

    Parameters
    ----------
    plan
        The units.
    blocks
        Blocks of the same city.
    mode
        `snapped` or `kept`.
    tables
        Layers for the figures of cut blocks; needed in mode `kept` only.

    Raises
    ------
    InputFault
        If the units lie beside the blocks altogether, or hold none of them.
    """
    pieces = intersection_areas(blocks.frame.geometry.to_numpy(), plan.frame.geometry.to_numpy())
    if len(pieces.area) == 0:
        raise InputFault(_elsewhere(plan, blocks), file=plan.file, cure="check the CRS of the drawing (`--crs`)")
    if mode == "snapped":
        fitted, unit = blocks, _snapped(pieces, blocks)
    else:
        fitted, unit = _cut(plan, blocks, tables or BlockTables())
    ids, names = fitted.frame["id"].to_numpy(dtype=object), plan.frame["unit"].to_numpy(dtype=object)
    assignment = {str(ids[row]): str(names[unit[row]]) for row in np.flatnonzero(unit >= 0)}
    if not assignment:
        cure = "draw larger units, or keep them as drawn (`--keep`)"
        raise InputFault("no unit holds half of any block", file=plan.file, cure=cure)
    account = DrawnAccount(
        mode, _changes(plan, blocks, pieces, fitted, unit), overlaps_of(plan, SMALLEST),
        gaps_of(plan, GAP_WIDTH, SMALLEST), cut_blocks_of(blocks.frame, plan, pieces, SMALLEST), plan.joined,
    )  # fmt: skip
    return Fitted(fitted, assignment, plan.frame, account)


def _elsewhere(plan: DrawnPlan, blocks: Blocks) -> str:
    west, south, east, north = plan.frame.total_bounds
    there = shapely.box(west, south, east, north)
    away = float(shapely.distance(there, shapely.box(*blocks.frame.total_bounds)))
    return f"the units lie {away / 1000.0:,.0f} km from the blocks" if away else "the units touch no block"


def _snapped(pieces: Pieces, blocks: Blocks) -> Integers:
    count = len(blocks.frame)
    unit = main_zone(pieces, count)
    most = np.zeros(count)
    np.maximum.at(most, pieces.footprint, pieces.area)
    unit[most <= SNAP_SHARE * blocks.frame.geometry.area.to_numpy()] = -1
    return unit


def _changes(plan: DrawnPlan, blocks: Blocks, pieces: Pieces, fitted: Blocks, unit: Integers) -> tuple[UnitChange, ...]:
    count = len(plan.frame)
    drawn = plan.frame.geometry.area.to_numpy()
    inside = np.bincount(pieces.zone, pieces.area, count)
    area = fitted.frame.geometry.area.to_numpy()
    held = np.bincount(unit[unit >= 0], area[unit >= 0], count)
    again = pieces if fitted is blocks else intersection_areas(
        fitted.frame.geometry.to_numpy(), plan.frame.geometry.to_numpy()
    )  # fmt: skip
    own = unit[again.footprint] == again.zone
    common = np.bincount(again.zone[own], again.area[own], count)
    return tuple(
        UnitChange(
            str(name), round(float(drawn[row]), 2), round(float(held[row]), 2),
            round(max(0.0, float(held[row] - common[row])), 2), round(max(0.0, float(drawn[row] - common[row])), 2),
            round(max(0.0, float(drawn[row] - inside[row])), 2),
        )
        for row, name in enumerate(plan.frame["unit"])
    )  # fmt: skip


def _cut(plan: DrawnPlan, blocks: Blocks, tables: BlockTables) -> tuple[Blocks, Integers]:
    """Return blocks cut along the units, and the unit of each."""
    shapes, units = blocks.frame.geometry.to_numpy(), plan.frame.geometry.to_numpy()
    ground = shapely.union_all(shapes)
    lines = np.concatenate([shapely.boundary(shapes), shapely.boundary(units)])
    faces = polygonize(lines, ground, _GRID)
    inside = shapely.point_on_surface(faces)
    block, unit = points_in_zones(inside, shapes), points_in_zones(inside, units)
    faces, block, unit = faces[block >= 0], block[block >= 0], unit[block >= 0]
    key, owner = np.unique(np.column_stack([block, unit]), axis=0, return_inverse=True)
    owner = owner.ravel()
    cut = np.array([shapely.coverage_union_all(faces[owner == number]) for number in range(len(key))], dtype=object)
    frame = gpd.GeoDataFrame(
        {"id": _names(blocks, plan, key), "area": shapely.area(cut)}, geometry=cut, crs=blocks.frame.crs
    )
    borders = _borders(blocks, faces, owner, frame)
    described = describe_blocks(frame, tables)
    report = replace(blocks.report, blocks=len(frame), accounts=described.accounts)
    return Blocks(described.frame, borders, report), key[:, 1].astype(np.int64)


def _names(blocks: Blocks, plan: DrawnPlan, key: Integers) -> pd.Series[str]:
    """Return the id of the block where it stays whole, else with the unit's name behind it."""
    ids, units = blocks.frame["id"].to_numpy(dtype=object), plan.frame["unit"].to_numpy(dtype=object)
    parts = np.bincount(key[:, 0], minlength=len(ids))
    names = [
        str(ids[block]) if parts[block] == 1 else f"{ids[block]}/{units[unit] if unit >= 0 else '-'}"
        for block, unit in key
    ]
    return pd.Series(names, dtype="string")


def _borders(blocks: Blocks, faces: Geometries, owner: Integers, frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the borders of cut blocks: along old borders what ran there, along the pen nothing."""
    segments = shared_segments(faces, _GRID)
    first, second = owner[segments.first], owner[segments.second]
    between = first != second
    old = blocks.borders.loc[blocks.borders["length"] > 0]
    along = np.full(len(first), ALONG.index("none"), dtype=np.int64)
    separator: Flags = np.zeros(len(first), dtype=bool)
    bridge: Flags = np.zeros(len(first), dtype=bool)
    road = np.full(len(first), "", dtype=object)
    for word, number in zip(ALONG, range(len(ALONG)), strict=True):
        along[near_lines(segments.midpoint, _lines(old, old["along"] == word), 3.0 * _GRID)] = number
    separator |= near_lines(segments.midpoint, _lines(old, old["separator"]), 3.0 * _GRID)
    bridge |= near_lines(segments.midpoint, _lines(old, old["separator"] & old["bridge"]), 3.0 * _GRID)
    for word in sorted(old["road_class"].dropna().unique()):
        rows = (old["road_class"] == word).fillna(value=False)
        road[near_lines(segments.midpoint, _lines(old, rows), 3.0 * _GRID)] = word
    pieces = BorderPieces(
        np.minimum(first, second)[between], np.maximum(first, second)[between], segments.length[between],
        segments.ends[between], along[between], separator[between], road[between],
    )  # fmt: skip
    ids = frame["id"].to_numpy(dtype=object)
    table = border_table(pieces, ids, frame.crs, SMALLEST)
    bridged = {
        (str(ids[low]), str(ids[high]), ALONG[kind])
        for low, high, kind in zip(
            pieces.first[bridge[between]], pieces.second[bridge[between]], pieces.along[bridge[between]], strict=True
        )
    }
    rows = zip(table["a"], table["b"], table["along"], strict=True)
    table["bridge"] = np.array([row in bridged for row in rows], dtype=bool) & table["separator"].to_numpy(dtype=bool)
    return gpd.GeoDataFrame(pd.concat([table, _over_water(blocks, frame)], ignore_index=True), crs=frame.crs)


def _lines(borders: gpd.GeoDataFrame, rows: pd.Series[bool]) -> Geometries:
    return np.asarray(borders.loc[rows.to_numpy(dtype=bool)].geometry.to_numpy(), dtype=object)


def _over_water(blocks: Blocks, frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the links without a shared border, between the pieces nearest to the bridge."""
    links = blocks.borders.loc[blocks.borders["length"] == 0]
    whole = frame["id"].str.split("/").str[0].to_numpy(dtype=object)
    shapes, ids = frame.geometry.to_numpy(), frame["id"].to_numpy(dtype=object)

    def nearest(block: str, place: shapely.Geometry) -> str:
        rows = np.flatnonzero(whole == block)
        return str(ids[rows[int(np.argmin(shapely.distance(shapes[rows], place)))]])

    ends = {
        end: [nearest(str(block), place) for block, place in zip(links[end], links.geometry, strict=True)]
        for end in ("a", "b")
    }
    return gpd.GeoDataFrame(links.assign(**{end: pd.array(names, dtype="string") for end, names in ends.items()}))
