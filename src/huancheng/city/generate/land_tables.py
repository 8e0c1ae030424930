"""Layers of land: blocks, parcels, land use, estates."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from huancheng.city.generate.arrays import Floats, Integers, Objects
from huancheng.city.generate.columns import booleans, coded, gap, ids, integers, layer_frame, numbers, texts
from huancheng.city.generate.condition import EstateCondition
from huancheng.city.generate.fabric import Blocks, Fabric, Plots
from huancheng.city.generate.frame import Frame
from huancheng.city.generate.people import ESTATE_KINDS, Estates
from huancheng.city.generate.plot_uses import PlotUse, Uses
from huancheng.city.generate.territory import Territory
from huancheng.city.generate.waterside import Waterside

LAND_USES = (
    "residential",
    "public_service",
    "commercial",
    "industrial",
    "logistics",
    "transport",
    "utility",
    "green",
    "special",
    "village",
    "agricultural",
    "forest",
    "water",
    "vacant",
)

_LAND_OF_PLOT = np.array([0, 0, 0, 0, 0, 0, 9, 0, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 7, 7, 3, 4, 6, 5, 13])
_CODES = (
    "0701",
    "0803",
    "0901",
    "1001",
    "1101",
    "1207",
    "1300",
    "1401",
    "1500",
    "0703",
    "0101",
    "0301",
    "1701",
    "2300",
)


def block_table(blocks: Blocks, population: Floats, frame: Frame, random: np.random.Generator) -> gpd.GeoDataFrame:
    """Return the blocks layer."""
    shapes = frame.boxes(blocks.x0, blocks.y0, blocks.x1, blocks.y1)
    count = len(blocks)
    return layer_frame(
        {
            "id": ids("L", count),
            "area": numbers(np.round(shapely.area(shapes), 1), gap(count, 0.02, random)),
            "population": numbers(population, gap(count, 0.03, random)),
        },
        shapes,
    )


def parcel_tables(
    fabric: Fabric,
    uses: Uses,
    waterside: Waterside,
    territory: Territory,
    frame: Frame,
    random: np.random.Generator,
) -> dict[str, gpd.GeoDataFrame]:
    """Return parcels and land use: plots, the streets about each block, banks, water, railway, the fields beyond."""
    plots, blocks = fabric.plots, fabric.blocks
    shapes = frame.boxes(plots.x0, plots.y0, plots.x1, plots.y1)
    land = _LAND_OF_PLOT[uses.use]
    count = len(plots)
    collective = (uses.use == PlotUse.VILLAGE) | (random.random(count) < 0.02)
    title = random.choice(3, count, p=[0.93, 0.05, 0.02])
    year = random.integers(1985, 2024, count)
    granted = np.array(
        [
            f"{y}-{m:02d}-{d:02d}"
            for y, m, d in zip(year, random.integers(1, 13, count), random.integers(1, 29, count), strict=True)
        ],
        dtype=object,
    )
    parcels = layer_frame(
        {
            "id": ids("A", count),
            "parcel_code": texts(
                np.array([f"990001GB{n + 1:06d}" for n in range(count)], dtype=object), gap(count, 0.02, random)
            ),
            "use": coded(LAND_USES, land, gap(count, 0.03, random)),
            "tenure": coded(("state", "collective"), collective.astype(np.int64), gap(count, 0.04, random)),
            "title_status": coded(("registered", "unregistered", "disputed"), title, gap(count, 0.05, random)),
            "granted_on": texts(granted, gap(count, 0.18, random)),
        },
        shapes,
    )
    streets = frame.frames(
        (blocks.west, blocks.south, blocks.east, blocks.north), (blocks.x0, blocks.y0, blocks.x1, blocks.y1)
    )
    fields = _fields(territory, waterside)
    parts: list[tuple[Integers | int, Objects]] = [
        (land, shapes),
        (5, streets),
        (7, waterside.banks),
        (5, waterside.rail_land),
        (12, _canal_in_town(waterside)),
        (10, fields[0]),
        (11, fields[1]),
    ]
    use = np.concatenate([np.broadcast_to(kind, len(group)) for kind, group in parts])
    every = np.concatenate([group for _, group in parts])
    total = len(use)
    land_use = layer_frame(
        {
            "id": ids("W", total),
            "use": coded(LAND_USES, use),
            "use_code": coded(_CODES, use, gap(total, 0.02, random)),
            "name": texts(
                np.array([f"{LAND_USES[kind]}-{n + 1}" for n, kind in enumerate(use)], dtype=object),
                random.random(total) < 0.3,
            ),
        },
        every,
    )
    return {"parcels": parcels, "land_use": land_use}


def _canal_in_town(waterside: Waterside) -> Objects:
    """Return the canal's sections without the two outside the city, and the moat."""
    canal = np.flatnonzero(waterside.water_kinds == "canal")[1:-1]
    moat = np.flatnonzero(waterside.water_kinds == "moat")
    surfaces: Objects = waterside.water[np.concatenate([canal, moat])]
    return surfaces


def _fields(territory: Territory, waterside: Waterside) -> tuple[Objects, Objects]:
    """Return fields and woods: communities of the district outside the city's own cells."""
    outside = np.flatnonzero((territory.county == 0) & ~territory.urban)
    canal = shapely.union_all(waterside.water[waterside.water_kinds == "canal"])
    rails = shapely.union_all(shapely.buffer(waterside.rails, 20.0))
    free = shapely.difference(shapely.difference(territory.cells[outside], canal), rails)
    free = np.asarray(free, dtype=object)
    woods = np.arange(len(free)) % 9 == 4
    return free[~woods], free[woods]


def estate_table(estates: Estates, plots: Plots, condition: EstateCondition, frame: Frame) -> gpd.GeoDataFrame:
    """Return the estates layer."""
    shapes = frame.boxes(plots.x0[estates.plot], plots.y0[estates.plot], plots.x1[estates.plot], plots.y1[estates.plot])
    return layer_frame(
        {
            "id": ids("E", len(estates)),
            "name": texts(estates.name, np.arange(len(estates)) % 61 == 17),
            "kind": coded(ESTATE_KINDS, estates.kind, np.arange(len(estates)) % 83 == 5),
            "year_built": integers(estates.year, condition.year_missing),
            "households": integers(estates.households, condition.households_missing),
            "population": numbers(estates.population.astype(float), condition.population_missing),
            "parking_spaces": integers(condition.parking, condition.parking_missing),
            "charging_points": integers(condition.charging, condition.charging_missing),
            "activity_ground_area": numbers(condition.ground, condition.ground_missing),
            **{name: booleans(flag.value, flag.missing) for name, flag in condition.flags.items()},
        },
        shapes,
    )
