"""The six real cities build, and hold what the data sets' own notes count in them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import shapely

from huancheng.city.build import build_city
from huancheng.city.inspect import inspect_snapshot
from huancheng.city.snapshot import Outcome


def build(name, examples, tmp_path_factory):
    return build_city(examples / f"{name}.toml", tmp_path_factory.mktemp(name) / "snapshot")


@pytest.fixture(scope="module")
def las_palmas(shared_data, examples, tmp_path_factory):
    return build("las-palmas", examples, tmp_path_factory)


def test_las_palmas_has_its_buildings_inside_the_boundary(las_palmas):
    assert las_palmas.manifest.layers["buildings"].count == pytest.approx(22_216, rel=0.005)
    assert las_palmas.manifest.crs == "EPSG:32628"


def test_nearly_every_building_of_las_palmas_stands_in_a_block(las_palmas):
    in_block = las_palmas.layer("buildings", ["block_id"])["block_id"].notna().mean()
    assert in_block >= 0.945


def test_six_broken_rings_of_las_palmas_are_repaired_and_listed(las_palmas):
    rings = [item for item in las_palmas.repairs() if item.reason.startswith("broken ring")]
    assert len({item.row for item in rings}) == 6
    assert {item.outcome for item in rings} == {Outcome.REPAIRED}
    assert inspect_snapshot(las_palmas).broken_rings == 6


def test_the_floors_of_las_palmas_are_mostly_imputed_and_its_age_unknown(las_palmas):
    buildings = inspect_snapshot(las_palmas).layers["buildings"]
    assert buildings.columns["floors"].known_share == pytest.approx(0.037, abs=0.001)
    assert buildings.columns["floors"].provenance["measured"] == pytest.approx(0.037, abs=0.001)
    assert buildings.columns["year_built"].known_share < 0.001
    reasons = {item.rule: item.reason for item in inspect_snapshot(las_palmas).verdicts}
    assert reasons["retain_renovate_demolish"].startswith("age known for 0 %")
    assert reasons["retain_renovate_demolish"].endswith("留改拆 will abstain")


def test_the_residents_of_las_palmas_add_up_to_the_total(las_palmas):
    people = las_palmas.layer("buildings", ["population"])["population"].astype(float)
    assert people.sum() == las_palmas.manifest.city["population"]
    blocks = las_palmas.layer("blocks", ["population"])["population"].astype(float)
    assert blocks.sum() <= people.sum()


def test_every_shape_of_las_palmas_is_valid_and_inside(las_palmas):
    city = las_palmas.layer("boundary").union_all().buffer(0.01)
    for name in ("land_use", "water", "green_space", "streets"):
        shapes = las_palmas.layer(name, []).geometry.to_numpy()
        assert shapely.is_valid(shapes).all()
        assert shapely.covers(city, shapes).all()


@pytest.fixture(scope="module")
def monaco(shared_data, examples, tmp_path_factory):
    return build("monaco", examples, tmp_path_factory)


def test_the_same_input_gives_the_same_bytes(monaco, examples, tmp_path):
    again = build_city(examples / "monaco.toml", tmp_path / "again")
    first = Path(monaco.location)
    for file in sorted(path.name for path in first.iterdir()):
        assert (first / file).read_bytes() == (tmp_path / "again" / file).read_bytes()
    assert monaco.manifest.digest == again.manifest.digest


def test_monaco_has_buildings_blocks_and_terrain(monaco):
    assert monaco.manifest.layers["buildings"].count == 1192
    area = monaco.layer("buildings").geometry.area.sum()
    assert area == pytest.approx(685_000, rel=0.01)
    heights, transform = monaco.raster("terrain")
    assert np.nanmin(heights) >= -10
    assert np.nanmax(heights) <= 613
    assert transform.a == monaco.manifest.rasters["terrain"].cell_size


def test_vichy_knows_age_height_and_use(shared_data, examples, tmp_path):
    vichy = build_city(examples / "vichy.toml", tmp_path / "vichy")
    buildings = vichy.manifest.layers["buildings"]
    assert buildings.count == 11_141
    assert buildings.columns["year_built"].known == 7295
    assert buildings.columns["use"].known == 11_141 - 3178
    emptied = [item for item in vichy.repairs() if item.field == "height"]
    assert buildings.columns["height"].known + len(emptied) == 9518
    assert all("outside 0.5 to 1000 m" in item.reason for item in emptied)


def test_shanghai_has_heights_for_half_its_buildings(shared_data, examples, tmp_path):
    shanghai = build_city(examples / "shanghai-core.toml", tmp_path / "shanghai")
    buildings = shanghai.manifest.layers["buildings"]
    assert buildings.count == 1450
    emptied = sum(item.layer == "buildings" and item.field == "height" for item in shanghai.repairs())
    assert buildings.columns["height"].known + emptied == 696
    assert shanghai.manifest.crs in ("EPSG:4549", "EPSG:4550")
    assert shanghai.manifest.layers["transit_stops"].columns["name"].known_share > 0.5


def test_helsinki_keeps_the_residents_of_its_grid(shared_data, examples, tmp_path):
    helsinki = build_city(examples / "helsinki-centre.toml", tmp_path / "helsinki")
    grid = helsinki.layer("population")
    assert len(grid) == 92
    assert grid["population"].sum() == 71_724
    assert helsinki.manifest.rasters["terrain"].known_share > 0
    assert any(item.reason.startswith("the reader remarked") for item in helsinki.repairs())
    assert helsinki.manifest.layers["buildings"].columns["floors"].provenance["measured"] > 0.3


def test_hangzhou_has_its_land_use_and_the_names_of_its_estates(shared_data, examples, tmp_path):
    hangzhou = build_city(examples / "hangzhou-landuse.toml", tmp_path / "hangzhou")
    layers = hangzhou.manifest.layers
    assert layers["land_use"].count == 8707
    assert layers["land_use"].columns["name"].known == 2249
    assert layers["water"].count + layers["water"].refused == 2721
    land = hangzhou.layer("land_use", ["use"])
    residential = land[land["use"] == "residential"]
    assert len(residential) == 2112
    assert residential.geometry.area.sum() == pytest.approx(128_080_000, rel=0.01)
    assert "朝晖一小区" in set(hangzhou.layer("estates")["name"])


def test_the_data_folder_may_be_named_apart_from_the_mapping(shared_data, examples, tmp_path):
    text = (examples / "vichy.toml").read_text("utf-8").replace("../../shared/data/", "")
    (tmp_path / "vichy.toml").write_text(text, "utf-8")
    snapshot = build_city(tmp_path / "vichy.toml", tmp_path / "out", data=shared_data)
    assert snapshot.manifest.layers["buildings"].count == 11_141
    assert "shared" not in json.dumps(snapshot.manifest.model_dump())
