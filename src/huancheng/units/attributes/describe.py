"""Blocks described: floor area, homes, residents, age, title, problems, zones, each with its evidence."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from huancheng.city.derive.faces import Floats
from huancheng.city.overlay import PreparedZones, prepare_zones
from huancheng.units.attributes.columns import BlockColumn, ColumnAccount, Knowledge
from huancheng.units.attributes.problems import problem_columns
from huancheng.units.attributes.sharing import Parts, averaged, by_largest_share, parts_of, summed
from huancheng.units.attributes.tables import BlockTables, SourceLayer

DWELLING_USES = ("residential", "mixed")
"""Buildings that hold homes; one of another known use without a figure has none."""


@dataclass(frozen=True)
class Described:
    """Blocks with figures.

    Parameters
    ----------
    frame
        The blocks with a column for each figure, `<column>__provenance` and `<column>__state` beside it.
    accounts
        What of each layer's sum the blocks hold.
    """

    frame: gpd.GeoDataFrame
    accounts: tuple[ColumnAccount, ...]


def describe_blocks(frame: gpd.GeoDataFrame, tables: BlockTables) -> Described:
    """Add to each block its figures by area share.

    A building that a block's edge cuts counts on both sides by the area that lies there, not by its centre. A column
    stands for every figure, whether a layer gives it or not: missing, not applicable and zero are three states.

    Parameters
    ----------
    frame
        Blocks (or drawn units): `id`, `geometry` in a metric CRS.
    tables
        Layers with figures, in the same CRS.
    """
    zones = prepare_zones(frame.geometry.to_numpy())
    size = frame.geometry.area.to_numpy(dtype=np.float64)
    columns, accounts = _buildings(tables, zones, size)
    title_columns, title_accounts = _title(tables.parcels, zones)
    columns += title_columns
    accounts += title_accounts
    columns += [
        _zone("district", tables.divisions, zones, level="county"),
        _zone("plan_unit", tables.plan_units, zones),
        _zone("price_zone", tables.price_zones, zones),
    ]
    if tables.problems is not None and len(tables.problems.frame):
        more, counted = problem_columns(tables.problems, zones)
        columns += more
        accounts += counted
    plain = pd.DataFrame(frame.drop(columns="geometry")).reset_index(drop=True)
    added = pd.concat([plain, *(pd.DataFrame(column.as_columns()) for column in columns)], axis=1)
    described = gpd.GeoDataFrame(added, geometry=frame.geometry.to_numpy(), crs=frame.crs)
    return Described(described, tuple(accounts))


def _buildings(
    tables: BlockTables, zones: PreparedZones, size: Floats
) -> tuple[list[BlockColumn], list[ColumnAccount]]:
    layer, count = tables.buildings, len(size)
    if layer is None:
        names = ("floor_area", "far", "footprint_area", "coverage", "height", "age", "households")
        residents, account = _residents(tables, None, zones)
        return [*(_missing(name, count) for name in names), residents], account
    parts = parts_of(layer.frame.geometry.to_numpy(), zones)
    every = np.ones(parts.rows, dtype=bool)
    use = layer.frame["use"].astype("string")
    homes = (use.isna() | use.isin(DWELLING_USES)).to_numpy(dtype=bool)
    ground_area = layer.frame.geometry.area.to_numpy(dtype=np.float64)
    floor_area, floor_account = summed(
        "floor_area", layer, parts, layer.numbers("floor_area"), column="floor_area", applicable=every
    )
    ground, ground_account = summed("footprint_area", layer, parts, ground_area, column="", applicable=every)
    households, home_account = summed(
        "households", layer, parts, layer.numbers("households"), column="households", applicable=homes
    )
    year = np.nan if tables.year is None else float(tables.year)
    ages = np.maximum(0.0, year - layer.numbers("year_built"))
    residents, resident_account = _residents(tables, parts, zones)
    columns = [
        floor_area, _over("far", floor_area, size), ground, _over("coverage", ground, size),
        averaged("height", parts, layer.numbers("height"), layer.codes("height")),
        averaged("age", parts, ages, layer.codes("year_built")), households, residents,
    ]  # fmt: skip
    return columns, [floor_account, ground_account, home_account, *resident_account]


def _residents(
    tables: BlockTables, parts: Parts | None, zones: PreparedZones
) -> tuple[BlockColumn, list[ColumnAccount]]:
    """Return residents from buildings where any carries them, else from cells by area."""
    layer = tables.buildings
    if layer is not None and parts is not None and layer.frame["population"].notna().any():
        use = layer.frame["use"].astype("string")
        homes = (use.isna() | use.isin(DWELLING_USES)).to_numpy(dtype=bool)
        column, account = summed(
            "population", layer, parts, layer.numbers("population"), column="population", applicable=homes
        )
        return column, [account]
    cells = tables.population
    if cells is None:
        return _missing("population", len(zones.shapes)), []
    shared = parts_of(cells.frame.geometry.to_numpy(), zones)
    column, account = summed(
        "population", cells, shared, cells.numbers("population"), column="population",
        applicable=np.ones(shared.rows, dtype=bool),
    )  # fmt: skip
    return column, [account]


def _title(parcels: SourceLayer | None, zones: PreparedZones) -> tuple[list[BlockColumn], list[ColumnAccount]]:
    """Return parcel area of known title, the part of it that is registered, and its share."""
    count = len(zones.shapes)
    if parcels is None:
        return [_missing(name, count) for name in ("title_area", "legal_area", "legal_share")], []
    parts = parts_of(parcels.frame.geometry.to_numpy(), zones)
    status = parcels.frame["title_status"].astype("string")
    area = parcels.frame.geometry.area.to_numpy(dtype=np.float64)
    known = status.notna().to_numpy(dtype=bool)
    registered = (status == "registered").fillna(value=False).to_numpy(dtype=bool)
    every = np.ones(parts.rows, dtype=bool)
    known_area = np.where(known, area, np.nan)
    whole, whole_account = summed("title_area", parcels, parts, known_area, column="title_status", applicable=every)
    legal_values = np.where(known, np.where(registered, area, 0.0), np.nan)
    legal, legal_account = summed("legal_area", parcels, parts, legal_values, column="title_status", applicable=every)
    inside = np.asarray(whole.figures, dtype=np.float64)
    registered_area = np.asarray(legal.figures, dtype=np.float64)
    share = np.divide(registered_area, inside, out=np.full(count, np.nan), where=inside > 0)
    state = whole.state.copy()
    state[inside == 0] = Knowledge.NOT_APPLICABLE.value
    provenance = np.where(inside > 0, legal.provenance, 0).astype(np.uint8)
    return [whole, legal, BlockColumn("legal_share", share, provenance, state)], [whole_account, legal_account]


def _zone(name: str, layer: SourceLayer | None, zones: PreparedZones, level: str = "") -> BlockColumn:
    if layer is None:
        return _missing(name, len(zones.shapes), words=True)
    rows = (layer.frame["level"] == level).to_numpy(dtype=bool) if level else np.ones(len(layer.frame), dtype=bool)
    frame = layer.frame.loc[rows]
    parts = parts_of(frame.geometry.to_numpy(), zones)
    return by_largest_share(name, parts, frame["name"].to_numpy(dtype=object), layer.codes("name")[rows])


def _over(name: str, column: BlockColumn, size: Floats) -> BlockColumn:
    return BlockColumn(name, column.figures / size, column.provenance, column.state)


def _missing(name: str, count: int, *, words: bool = False) -> BlockColumn:
    values = np.full(count, None, dtype=object) if words else np.full(count, np.nan)
    state = np.full(count, Knowledge.MISSING.value, dtype=object)
    return BlockColumn(name, values, np.zeros(count, dtype=np.uint8), state)
