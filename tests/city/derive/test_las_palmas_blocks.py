"""The real city against figures measured independently: 22,216 buildings, raw blocks of 0.34 ha in the median."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import shapely

from huancheng.city.derive import BlockOptions, BlockResult, derive_blocks

CLASSES = {
    "motorway": "expressway", "trunk": "arterial", "primary": "arterial", "secondary": "secondary",
    "tertiary": "branch", "unclassified": "residential", "residential": "residential", "living_street": "residential",
}  # fmt: skip
CLASSES |= {f"{name}_link": street_class for name, street_class in CLASSES.items()}


@pytest.fixture(scope="module")
def layers(shared_data: Path) -> dict[str, gpd.GeoDataFrame]:
    folder = shared_data / "las-palmas-es"
    boundary = gpd.read_file(folder / "boundary_ign_4326.geojson").to_crs(32628)
    extract = folder / "las_palmas_20230221.osm.pbf"
    lines = pyogrio.read_dataframe(extract, layer="lines", columns=["highway", "other_tags"]).to_crs(32628)
    grounds = pyogrio.read_dataframe(extract, layer="multipolygons", on_invalid="ignore").to_crs(32628)
    grounds = grounds.loc[grounds.geometry.notna()]
    streets = lines.loc[lines["highway"].isin(list(CLASSES))]
    tunnel = streets["other_tags"].fillna("").str.contains('"tunnel"=>"yes"', regex=False)
    return {
        "boundary": boundary,
        "streets": streets.assign(**{"class": streets["highway"].map(CLASSES), "tunnel": tunnel}),
        "water": grounds.loc[(grounds["natural"] == "water") | (grounds["landuse"] == "reservoir")],
        "buildings": grounds.loc[grounds["building"].notna()],
    }


def blocks(layers: dict[str, gpd.GeoDataFrame], options: BlockOptions | None = None) -> BlockResult:
    return derive_blocks(layers["boundary"], layers["streets"], water=layers["water"], options=options)


def share_inside(layers: dict[str, gpd.GeoDataFrame], frame: gpd.GeoDataFrame) -> float:
    points = layers["buildings"].representative_point()
    points = points[points.within(layers["boundary"].union_all())].to_numpy()
    assert len(points) == pytest.approx(22_216, rel=0.005)
    hits = shapely.STRtree(frame.geometry.to_numpy()).query(points, predicate="within")
    return len(np.unique(hits[0])) / len(points)


def test_nearly_every_building_stands_in_a_block_and_no_ground_is_lost(layers: dict[str, gpd.GeoDataFrame]) -> None:
    result = blocks(layers)
    assert share_inside(layers, result.frame) >= 0.945
    assert result.report.imbalance < 1e-6
    assert result.frame.is_valid.all()
    assert 2_000 < len(result.frame) < 3_409


def test_raw_faces_are_as_large_as_measured_elsewhere(layers: dict[str, gpd.GeoDataFrame]) -> None:
    raw = blocks(layers, BlockOptions(minimum_area=0, minimum_width=0))
    assert raw.frame["area"].median() / 1e4 == pytest.approx(0.34, abs=0.01)
