from __future__ import annotations

import io

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pydantic import ValidationError
from rasterio import Affine
from rich.console import Console

from huancheng.city.inspect import inspect_snapshot, support_rules
from huancheng.city.inspect.render import render
from huancheng.city.inspect.report import percent
from huancheng.city.inspect.rules import Need
from huancheng.city.snapshot import LayerTable, Outcome, RasterTable, Repair, write_snapshot
from huancheng.evidence import Certainty, Provenance

MEASURED, IMPUTED, MODELLED = (item.code for item in (Provenance.MEASURED, Provenance.IMPUTED, Provenance.MODELLED))


def frame(count, **columns):
    shapes = [shapely.box(at, 0, at + 1, 1) for at in range(count)]
    return gpd.GeoDataFrame({"id": [str(at) for at in range(count)], **columns}, geometry=shapes, crs=4548)


def buildings(known_years, people=True):
    years = [1980 if at < known_years else None for at in range(10)]
    floors = list(range(1, 11))
    codes = np.array([MEASURED] * 2 + [IMPUTED] * 8, np.uint8)
    columns = {"year_built": years, "floors": floors}
    provenance = {"year_built": Provenance.MEASURED, "floors": codes}
    if people:
        columns["population"] = [3.0] * 10
        provenance["population"] = Provenance.MODELLED
    return LayerTable("buildings", frame(10, **columns), provenance)


@pytest.fixture
def inspect(tmp_path):
    def run(*tables, rasters=(), repairs=()):
        snapshot = write_snapshot(
            tmp_path / "s", name="plain", title="平原市", as_of="2024-06-30", crs="EPSG:4548", layers=tables,
            rasters=rasters, repairs=repairs,
        )  # fmt: skip
        return inspect_snapshot(snapshot)

    return run


def verdict(found, rule):
    return next(item for item in found.verdicts if item.rule == rule)


def test_imputed_and_modelled_values_fill_a_column_but_are_not_known(inspect):
    columns = inspect(buildings(0)).layers["buildings"].columns
    assert columns["floors"].known_share == pytest.approx(0.2)
    assert columns["floors"].filled_share == 1.0
    assert columns["floors"].provenance == {"measured": 0.2, "imputed": 0.8}
    assert columns["population"].known_share == 0
    assert columns["safety_grade"].filled_share == 0


def test_without_age_the_choice_between_retaining_and_demolishing_is_not_made(inspect):
    found = verdict(inspect(buildings(0)), "retain_renovate_demolish")
    assert not found.supported
    assert found.reason == (
        "age known for 0 %; structure known for 0 %; safety grade known for 0 %: 留改拆 will abstain"
    )
    assert found.certainty == "proposed"


def test_a_known_age_is_no_longer_missed(inspect):
    assert "age" not in verdict(inspect(buildings(6)), "retain_renovate_demolish").reason


def test_modelled_residents_are_enough_for_indicators_per_resident(inspect):
    assert verdict(inspect(buildings(0)), "population_indicators").supported


def test_a_layer_that_is_not_there_is_named_in_official_words(inspect):
    found = inspect(buildings(0, people=False))
    assert verdict(found, "divisions").reason.startswith("no 行政区划 (divisions)")
    assert not verdict(found, "population_indicators").supported


def test_terrain_supports_drainage(inspect):
    raster = RasterTable("terrain", np.ones((2, 2), np.float32), Affine(10, 0, 0, 0, -10, 0))
    assert verdict(inspect(buildings(0), rasters=[raster]), "drainage").supported


def test_a_broken_ring_is_counted_once_however_many_layers_list_it(inspect):
    rings = [
        Repair(layer, "a.osm.pbf", row, "geometry", Outcome.REPAIRED, "broken ring: all its points are one point")
        for layer, row in (("water", "w1"), ("land_use", "w1"), ("buildings", "w2"))
    ]
    assert inspect(buildings(0), repairs=rings).broken_rings == 2


def test_the_page_says_it_all(inspect):
    rings = [Repair("buildings", "a.osm.pbf", "w1", "geometry", Outcome.REPAIRED, "broken ring: one point")]
    raster = RasterTable("terrain", np.ones((2, 2), np.float32), Affine(10, 0, 0, 0, -10, 0))
    page = io.StringIO()
    render(inspect(buildings(0), repairs=rings, rasters=[raster]), Console(file=page, width=160))
    text = page.getvalue()
    assert "measured 20 %, imputed 80 %" in text
    assert "1 broken rings repaired" in text
    assert "留改拆 will abstain" in text
    assert "thresholds are proposed" in text
    assert "2 × 2 cells" in text


def test_every_rule_stands_on_columns_of_the_schema_and_is_marked():
    assert len({rule.name for rule in support_rules()}) == len(support_rules())
    assert all(rule.certainty is Certainty.PROPOSED for rule in support_rules())
    with pytest.raises(ValidationError, match="no column 'storeys'"):
        Need(layer="buildings", column="storeys")


@pytest.mark.parametrize(
    ("share", "words"), [(0, "0 %"), (0.0002, "0 %"), (0.0366, "3.7 %"), (0.5, "50 %"), (1, "100 %")]
)
def test_shares_are_printed_as_people_read_them(share, words):
    assert percent(share) == words
