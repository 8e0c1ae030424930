"""Layers given beside a city, which its snapshot does not hold: links over water and rail, problems, zones."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd

from huancheng.city.snapshot import Snapshot
from huancheng.units.attributes import tables_of_snapshot
from huancheng.units.blocks.building import Blocks, build_blocks
from huancheng.units.blocks.layers import layers_of_snapshot
from huancheng.units.blocks.options import UnitBlockOptions


@dataclass(frozen=True)
class LayersBeside:
    """Layers in the CRS of the city.

    Parameters
    ----------
    bridges
        Declared links over water or rail, as lines.
    problems
        Problems with `problem_type`, instead of the snapshot's open ones.
    plan_units, price_zones
        Polygons with `name`: units of the regulatory plan; zones of the land price.
    """

    bridges: gpd.GeoDataFrame | None = None
    problems: gpd.GeoDataFrame | None = None
    plan_units: gpd.GeoDataFrame | None = None
    price_zones: gpd.GeoDataFrame | None = None


def cut_city(city: Snapshot, options: UnitBlockOptions, beside: LayersBeside) -> Blocks:
    """Cut a city into blocks and describe them, with what was given beside it.

    Raises
    ------
    InputFault
        If a layer is missing or empty, or the layers are not in one metric CRS.
    """
    layers = layers_of_snapshot(city, options, beside.bridges)
    tables = tables_of_snapshot(
        city, problems=beside.problems, plan_units=beside.plan_units, price_zones=beside.price_zones
    )
    return build_blocks(layers, options, tables=tables)
