"""Real streets: a European city with buildings, a Chinese district of streets alone."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
import shapely

from huancheng.units.blocks import BlockLayers, Blocks, UnitBlockOptions, build_blocks

XINWU = {
    "motorway": "expressway", "trunk": "expressway", "primary": "arterial", "secondary": "secondary",
    "tertiary": "branch", "unclassified": "branch", "residential": "residential",
}  # fmt: skip
XINWU |= {f"{name}_link": street_class for name, street_class in XINWU.items()}


@pytest.fixture(scope="module")
def xinwu(shared_data: Path) -> BlockLayers:
    lines = pyogrio.read_dataframe(shared_data / "wuxi-xinwu-roads-cn" / "xinwu_road_centerlines.gpkg")
    lines = lines.loc[lines["highway"].isin(list(XINWU))].reset_index(drop=True)
    streets = lines.assign(**{"id": [f"R{row}" for row in lines.index], "class": lines["highway"].map(XINWU)})
    ground = shapely.union_all(shapely.get_parts(shapely.polygonize(shapely.get_parts(streets.union_all()))))
    return BlockLayers(gpd.GeoDataFrame({"id": ["scope"]}, geometry=[ground], crs=lines.crs), streets)


@pytest.fixture(scope="module")
def collapsed(xinwu: BlockLayers) -> Blocks:
    return build_blocks(xinwu)


def test_half_of_the_raw_faces_of_a_chinese_district_are_no_blocks(collapsed: Blocks):
    counts = collapsed.report.counts()
    assert counts["faces_raw"] > 2_800
    assert counts["collapsed_carriageways"] + counts["collapsed_junctions"] > 0.45 * counts["faces_raw"]
    assert counts["blocks"] < 0.5 * counts["faces_raw"]
    assert collapsed.report.imbalance < 1e-6
    assert collapsed.report.multi_part == ()


def test_collapsing_leaves_fewer_thin_blocks_than_merging_slivers_alone(xinwu: BlockLayers, collapsed: Blocks):
    merged = build_blocks(xinwu, UnitBlockOptions(collapse=False))

    def thin(blocks: Blocks) -> float:
        shapes = blocks.frame.geometry.to_numpy()
        return float((2.0 * shapely.area(shapes) / shapely.length(shapes) < 20.0).mean())

    assert thin(collapsed) < 0.5 * thin(merged)


def test_every_collapse_has_its_place_in_the_district(collapsed: Blocks):
    ground = shapely.union_all(collapsed.frame.geometry.to_numpy())
    shapely.prepare(ground)
    places = shapely.points([(item.x, item.y) for item in collapsed.report.collapsed])
    assert shapely.dwithin(ground, places, 0.5).all()
    assert all(item.reason for item in collapsed.report.collapsed)
