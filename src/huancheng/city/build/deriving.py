"""What no source gives, derived from what the others give: the order is part of the method."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from huancheng.city.build.built_up import derive_built_up_area
from huancheng.city.build.layer import BuiltLayer
from huancheng.city.build.mapping import Mapping
from huancheng.city.build.residential_land import with_residential_land
from huancheng.city.derive import (
    DerivedColumn,
    derive_blocks,
    derive_estates,
    derive_floor_area,
    derive_footprint_area,
    impute_floors,
    spread_population,
)
from huancheng.evidence import InputFault, Provenance

Layers = dict[str, BuiltLayer]


def derive_missing(mapping: Mapping, layers: Layers, say: Callable[[str], None]) -> None:
    """Add derived layers and columns to `layers`, as the mapping's `[derive]` asks.

    Blocks come first, then what buildings lack (footprint, floors, floor area, residents), then estates, which sum
    over buildings, and the built-up area. What a source gives is never replaced.

    Raises
    ------
    InputFault
        If a rule is asked for whose inputs the mapping gives no layer of.
    """
    rules = mapping.derive
    if rules.blocks is not None and "blocks" not in layers:
        say("blocks")
        _blocks(mapping, layers)
    if "buildings" in layers:
        say("buildings")
        _building_columns(mapping, layers["buildings"])
        _block_of_buildings(layers)
    if rules.estates is not None and "estates" not in layers:
        say("estates")
        _estates(mapping, layers)
    if rules.residential_land:
        say("residential land")
        layers["land_use"] = with_residential_land(
            _needed(layers, "estates", "residential_land"), layers.get("land_use")
        )
    if rules.built_up_area is not None and "built_up_area" not in layers:
        say("built-up area")
        ground = shapely.union_all(layers["boundary"].frame.geometry.to_numpy())
        buildings = _needed(layers, "buildings", "built_up_area").frame
        frame = derive_built_up_area(buildings, ground, rules.built_up_area)
        layers["built_up_area"] = _derived("built_up_area", frame, "derived from buildings")


def _needed(layers: Layers, name: str, rule: str) -> BuiltLayer:
    if name not in layers:
        message = f"[derive.{rule}] needs the layer {name!r}, which the mapping does not give"
        raise InputFault(
            message, field=f"derive.{rule}", cure=f"add a [[layer]] named {name!r} or drop [derive.{rule}]"
        )
    return layers[name]


def _derived(name: str, frame: gpd.GeoDataFrame, source: str, **other: Provenance) -> BuiltLayer:
    codes = {
        column: np.where(frame[column].notna(), other.get(column, Provenance.DERIVED).code, 0).astype(np.uint8)
        for column in frame.columns
        if column not in ("id", "geometry")
    }
    return BuiltLayer(name, frame, codes, source)


def _frame(layers: Layers, name: str) -> gpd.GeoDataFrame | None:
    return layers[name].frame if name in layers and len(layers[name].frame) else None


def _blocks(mapping: Mapping, layers: Layers) -> None:
    streets = _needed(layers, "streets", "blocks").frame
    result = derive_blocks(
        layers["boundary"].frame, streets, _frame(layers, "railways"), _frame(layers, "water"),
        _frame(layers, "waterways"), options=mapping.derive.blocks,
    )  # fmt: skip
    layers["blocks"] = _derived("blocks", result.frame, "derived from streets, railways and water")


def _building_columns(mapping: Mapping, layer: BuiltLayer) -> None:
    rules, frame = mapping.derive, layer.frame
    unknown = frame["id"].isin(layer.token).to_numpy()
    if rules.footprint_area and "footprint_area" not in frame:
        area = derive_footprint_area(frame)
        layer.set_column(
            "footprint_area", _masked(area, unknown), np.where(unknown, 0, area.provenance).astype(np.uint8)
        )
    if rules.floors is not None:
        floors = impute_floors(frame, provenance=_codes(layer, "floors"), options=rules.floors)
        layer.set_column("floors", floors.column.values, floors.column.provenance)
    if rules.floor_area and "floors" in frame:
        area = derive_floor_area(
            frame, floors_provenance=_codes(layer, "floors"), provenance=_codes(layer, "floor_area")
        )
        computed = unknown & (_codes(layer, "floor_area") == 0)
        layer.set_column("floor_area", _masked(area, computed), np.where(computed, 0, area.provenance).astype(np.uint8))
    if rules.population is not None:
        if mapping.city.population is None:
            cure = "give [city.population] with total, source and year, or drop [derive.population]"
            raise InputFault("residents can't be spread without an official total", field="city.population", cure=cure)
        spread = spread_population(
            frame, mapping.city.population.total, provenance=_codes(layer, "population"), options=rules.population
        )
        layer.set_column("population", spread.column.values, spread.column.provenance)


def _codes(layer: BuiltLayer, column: str) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    return layer.codes.get(column, np.zeros(len(layer.frame), np.uint8))


def _masked(column: DerivedColumn, rows: npt.NDArray[np.bool_]) -> pd.Series[Any]:
    derived: pd.Series[Any] = column.values  # noqa: PD011 - a field of ours
    return derived.mask(rows)


def _block_of_buildings(layers: Layers) -> None:
    blocks = _frame(layers, "blocks")
    layer = layers["buildings"]
    if blocks is None or not len(layer.frame):
        return
    inside = shapely.point_on_surface(layer.frame.geometry.to_numpy())
    building, block = shapely.STRtree(blocks.geometry.to_numpy()).query(inside, predicate="intersects")
    order = np.lexsort((block, building))
    building, block = building[order], block[order]
    first = np.concatenate([[True], building[1:] != building[:-1]]) if len(building) else np.zeros(0, bool)
    ids = pd.Series(pd.NA, index=range(len(layer.frame)), dtype="string")
    ids.iloc[building[first]] = blocks["id"].to_numpy()[block[first]]
    if "block_id" not in layer.frame:
        layer.set_column("block_id", ids, np.where(ids.notna(), Provenance.DERIVED.code, 0).astype(np.uint8))
    if "population" in layer.frame and "population" not in blocks:
        people = layer.frame["population"].astype("Float64").to_numpy(np.float64, na_value=np.nan)
        sums = pd.Series(people).groupby(ids.to_numpy(dtype=object)).sum(min_count=1)
        values = pd.Series(blocks["id"].map(sums), dtype="Float64").fillna(0.0)
        layers["blocks"].set_column(
            "population", values, np.full(len(blocks), Provenance.MODELLED.code, dtype=np.uint8)
        )


def _estates(mapping: Mapping, layers: Layers) -> None:
    buildings = _needed(layers, "buildings", "estates")
    blocks = _needed(layers, "blocks", "estates").frame
    result = derive_estates(buildings.frame, blocks, _frame(layers, "land_use"), options=mapping.derive.estates)
    layers["estates"] = _derived(
        "estates", result.frame, "derived from land use and buildings", population=Provenance.MODELLED
    )
    if "estate_id" not in buildings.frame:
        known = result.estate_id.notna().to_numpy()
        codes = np.where(known, Provenance.DERIVED.code, 0).astype(np.uint8)
        buildings.set_column("estate_id", result.estate_id, codes)
