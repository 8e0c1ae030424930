"""The whole city: every room of the generator in its order, then the snapshot and the truth beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd

from huancheng.city.generate.assembly import (
    building_layers,
    facility_layer,
    land_layers,
    network_layers,
    record_layers,
    water_layers,
)
from huancheng.city.generate.columns import ids
from huancheng.city.generate.frame import CRS
from huancheng.city.generate.ground import shape_ground
from huancheng.city.generate.life import bring_to_life
from huancheng.city.generate.people import DATA_YEAR
from huancheng.city.generate.randomness import Draws
from huancheng.city.generate.site import lay_site
from huancheng.city.generate.sizes import size_plan
from huancheng.city.generate.truth import TruthBook
from huancheng.city.snapshot import LayerTable, RasterTable, Snapshot, SourceRecord, write_snapshot
from huancheng.evidence import Provenance

TITLE = "示例市（虚构合成城市）"
ATTRIBUTION = "示例市为程序合成的虚构城市，不对应任何真实地方 (synthetic, fictional city)"
TRUTH_FILE = "truth.json"


@dataclass(frozen=True)
class Generated:
    """What was generated.

    Parameters
    ----------
    snapshot
        The city.
    truth
        File of planted problems beside it.
    """

    snapshot: Snapshot
    truth: Path


def generate_city(size: str, seed: int, directory: Path) -> Generated:
    """Generate 示例市 into a new folder: a snapshot and `truth.json`.

    The same size and seed give the same bytes.

    Parameters
    ----------
    size
        `small`, `medium`, `large` or `huge`: about 2,000, 30,000, 300,000, 1,000,000 buildings.
    seed
        Any whole number from 0 up.
    directory
        Folder to make; it must not hold files.

    Raises
    ------
    InputFault
        If there is no such size, or the folder holds files.
    """
    draws = Draws(seed, size_plan(size).name)
    truth = TruthBook(seed, size)
    site = lay_site(size_plan(size), draws)
    life = bring_to_life(site, truth, draws)
    tables = {**land_layers(site, life, truth, draws), **building_layers(site, life, truth, draws)}
    tables |= network_layers(site, truth, draws)
    tables |= water_layers(site, truth, draws)
    tables["facilities"] = facility_layer(site, life.facilities, truth, life, draws)
    ground, ponding = shape_ground(site.fabric.blocks, site.frame, site.plan.terrain_cell, draws.topic("ground"))
    truth.add("ponding_block", ponding, ids("L", len(site.fabric.blocks)))
    tables |= record_layers(site, tables, ponding.flagged, truth, draws)
    snapshot = write_snapshot(
        directory,
        name=f"shili-{size}-{seed}",
        title=TITLE,
        as_of=f"{DATA_YEAR}-12-31",
        crs=CRS,
        layers=[_synthetic(name, tables[name]) for name in _ORDER],
        rasters=[
            RasterTable(
                "terrain",
                ground.heights,
                _transform(ground.west, ground.north, ground.cell),
                Provenance.SYNTHETIC,
                _SOURCE,
            )
        ],
        sources=[SourceRecord(name=_SOURCE, licence="MIT", attribution=ATTRIBUTION)],
        city=_facts(tables, int(life.people.population.sum()), size, seed),
        attribution=ATTRIBUTION,
    )
    file = Path(directory) / TRUTH_FILE
    truth.write(file)
    return Generated(snapshot, file)


_SOURCE = "huancheng city generate"
_ORDER = (
    "boundary",
    "divisions",
    "managed_areas",
    "development_boundary",
    "central_city",
    "built_up_area",
    "land_use",
    "blocks",
    "parcels",
    "estates",
    "buildings",
    "streets",
    "railways",
    "water",
    "waterways",
    "green_space",
    "facilities",
    "transit_stops",
    "population",
    "heritage_zones",
    "flood_records",
    "pipes",
    "coverage_areas",
    "problem_points",
)


def _synthetic(name: str, frame: gpd.GeoDataFrame) -> LayerTable:
    columns = [column for column in frame.columns if column not in ("id", "geometry")]
    return LayerTable(name, frame, dict.fromkeys(columns, Provenance.SYNTHETIC), _SOURCE)


def _transform(west: float, north: float, cell: float) -> object:
    import rasterio

    return rasterio.Affine(cell, 0.0, west, 0.0, -cell, north)


def _facts(tables: dict[str, gpd.GeoDataFrame], residents: int, size: str, seed: int) -> dict[str, str | float | int]:
    """Return facts of the whole city for the manifest; its size class follows from its residents."""
    steps = (
        (200_000, "Ⅱ型小城市"),
        (500_000, "Ⅰ型小城市"),
        (1_000_000, "中等城市"),
        (3_000_000, "Ⅱ型大城市"),
        (5_000_000, "Ⅰ型大城市"),
        (10_000_000, "特大城市"),
    )
    size_class = next((name for bound, name in steps if residents < bound), "超大城市")
    return {
        "official_population": int(tables["population"]["population"].sum()),
        "urban_population": residents,
        "size_class": size_class,
        "rank": "地级市",
        "size": size,
        "seed": seed,
        "fictional": "yes",
    }
