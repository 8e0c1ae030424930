"""Layers given beside a city reach its ground: named with their fingerprint, or refused by file and column."""

import hashlib
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest

from huancheng.city.snapshot import Snapshot
from huancheng.evidence import InputFault
from huancheng.policy.book import load_book
from huancheng.units.blocks import Blocks
from huancheng.units.drawing import DrawOptions, lay_city
from huancheng.units.drawing.beside import read_beside


@pytest.fixture
def plan_units(example_blocks: Blocks, tmp_path: Path) -> Path:
    """Two units of a regulatory plan, on the first two blocks."""
    frame = example_blocks.frame
    file = tmp_path / "plan_units.gpkg"
    gpd.GeoDataFrame({"name": ["L-01", "L-02"]}, geometry=frame.geometry.iloc[:2].to_numpy(), crs=frame.crs).to_file(
        file
    )
    return file


@pytest.mark.requirement("5.2-1")
def test_units_of_the_regulatory_plan_zone_the_blocks_that_units_are_drawn_from(example_city, plan_units):
    layers, sources = read_beside(example_city, {"plan_units": plan_units, "bridges": None})
    assert [(source.name, source.kind) for source in sources] == [("plan_units.gpkg", "layer")]
    assert sources[0].sha256 == hashlib.sha256(plan_units.read_bytes()).hexdigest()
    options = DrawOptions(beside=layers, given=sources)
    city = lay_city(example_city, load_book("example-city"), options)
    named = city.blocks.frame.set_index("id")["plan_unit"]
    assert set(named.dropna()) == {"L-01", "L-02"}
    assert sources[0] in city.sources


def test_without_layers_beside_it_a_city_has_no_zones(example_city):
    layers, sources = read_beside(example_city, {"plan_units": None, "price_zones": None})
    assert sources == ()
    city = lay_city(example_city, load_book("example-city"), DrawOptions(beside=layers))
    assert np.all(city.blocks.frame["plan_unit"].isna())


def test_a_layer_without_its_column_is_refused_by_name(example_city: Snapshot, plan_units):
    with pytest.raises(InputFault, match="the column is not there") as refused:
        read_beside(example_city, {"problems": plan_units})
    assert refused.value.field == "problem_type"
    assert "plan_units.gpkg" in str(refused.value.file)
