"""Every file of the shared data sets is read, or refused with a named reason; none crashes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely

from huancheng.city.readers import is_raster, read_raster, read_table, table_layers
from huancheng.evidence import InputFault

DATA = Path(__file__).parents[3].parent / "shared" / "data"
FILES = sorted(path.relative_to(DATA).as_posix() for path in DATA.rglob("*") if path.is_file()) if DATA.is_dir() else []

REFUSED = {".inp", ".md", ".gal", ".shx", ".prj"}

COUNTS = {
    ("bubenec-prague-cz/bubenec.gpkg", "plots"): 407,
    ("bubenec-prague-cz/bubenec.gpkg", "buildings"): 144,
    ("bubenec-prague-cz/bubenec.gpkg", "streets"): 35,
    ("hangzhou-landuse-cn/hangzhou_osm.gpkg", "landuse"): 8707,
    ("hangzhou-landuse-cn/hangzhou_osm.gpkg", "water"): 2721,
    ("helsinki-centre-fi/helsinki_population_grid_2020.gpkg", "population_grid_2020"): 92,
    ("las-palmas-es/las_palmas_20230221.osm.pbf", "multipolygons"): 30_994,
    ("las-palmas-es/las_palmas_20230221.osm.pbf", "lines"): 19_353,
    ("las-palmas-es/las_palmas_20230221.osm.pbf", "points"): 54_905,
    ("liaocheng-codes-cn/modood_streets_3715.csv", "modood_streets_3715"): 136,
    ("porto-alegre-br/poa_hexgrid.csv", "poa_hexgrid"): 1227,
    ("porto-alegre-br/poa_points_of_interest.csv", "poa_points_of_interest"): 15,
    ("regionalization-benchmarks/chicago/Chicago77.shp", "Chicago77"): 77,
    ("regionalization-benchmarks/columbus/columbus.shp", "columbus"): 49,
    ("regionalization-benchmarks/mexico/mexicojoin.shp", "mexicojoin"): 32,
    ("regionalization-benchmarks/us_income/us48.shp", "us48"): 48,
    ("shanghai-core-cn/shanghai_core.gpkg", "buildings_poly"): 1450,
    ("shanghai-core-cn/shanghai_core.gpkg", "roads_line"): 1094,
    ("shenzhen-roads-cn/shenzhen_futian_drive.graphml", "edges"): 4009,
    ("shenzhen-roads-cn/shenzhen_futian_drive.graphml", "nodes"): 1751,
    ("tsinghua-beijing-cn/buildings.geojson", "buildings"): 626,
    ("tsinghua-beijing-cn/roads.geojson", "roads"): 931,
    ("tsinghua-beijing-cn/sports.geojson", "sports"): 59,
    ("vichy-fr/vichy_eubucco_v0_1.gpkg", "v0_1-FRA_1_2_3_11_1-Vichy"): 11_141,
    ("wuxi-xinwu-roads-cn/xinwu_road_centerlines.gpkg", "road_centerlines"): 5835,
}


@pytest.mark.skipif(not FILES, reason="the shared data sets are not beside the repository")
@pytest.mark.parametrize("name", FILES or ["none"])
def test_is_read_or_refused_with_a_reason(name):
    path = DATA / name
    if path.suffix in REFUSED:
        with pytest.raises(InputFault) as caught:
            read_table(path)
        assert caught.value.message
        assert caught.value.cure
        assert caught.value.file == path.name
    elif is_raster(path):
        source = read_raster(path)
        assert np.isfinite(source.data).any()
        assert source.crs is not None
    else:
        for layer in table_layers(path):
            table = read_table(path, layer)
            assert len(table.labels) == len(table)
            if (name, layer) in COUNTS:
                assert len(table) == COUNTS[name, layer]
            if table.geometry is not None:
                told = {fault.position for fault in table.faults}
                missing = set(np.flatnonzero(shapely.is_missing(table.geometry)).tolist())
                assert missing <= told


def test_six_rings_of_las_palmas_are_put_together_again_and_named(shared_data):
    table = read_table(shared_data / "las-palmas-es/las_palmas_20230221.osm.pbf", "multipolygons")
    assert len(table.faults) == 6
    assert all(fault.reason.startswith("broken ring") for fault in table.faults)
    assert all(fault.row.startswith("w") for fault in table.faults)
    assert not shapely.is_missing(table.geometry).any()


def test_names_of_shenzhen_streets_are_chinese(shared_data):
    table = read_table(shared_data / "shenzhen-roads-cn/shenzhen_futian_drive.graphml")
    assert table.crs.to_epsg() == 4326
    assert table.column("name").str.contains("深南大道").any()
    assert (shapely.get_type_id(table.geometry) == shapely.GeometryType.LINESTRING).all()


def test_the_terrain_of_monaco_has_the_heights_its_source_names(shared_data):
    source = read_raster(shared_data / "monaco-mc/N43E007.hgt.zip")
    assert source.data.shape == (1201, 1201)
    assert (np.nanmin(source.data), np.nanmax(source.data)) == (-11, 2064)
    assert (source.transform.c + source.transform.a / 2, source.transform.f + source.transform.e / 2) == pytest.approx(
        (7.0, 44.0)
    )
