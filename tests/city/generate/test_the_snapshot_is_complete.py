"""Every layer and column of the schema is there, with believable gaps, marked as synthetic and fictional."""

from __future__ import annotations

import pytest

from huancheng.city.schema import facility_catalogue, layer_schemas

GAPLESS = {  # what a survey always knows: identities, kinds, the geometry's own facts
    "boundary",
    "central_city",
    "built_up_area",
    "water",
    "population",
}


def test_every_layer_of_the_schema_holds_rows(city):
    manifest = city.snapshot.manifest
    vectors = [name for name, schema in layer_schemas().items() if schema.geometry != "raster"]
    assert {name: manifest.layers[name].count > 0 for name in vectors} == dict.fromkeys(vectors, True)
    assert set(manifest.rasters) == {"terrain"}


def test_every_column_of_the_schema_is_known_for_some_row(city):
    layers = city.snapshot.manifest.layers
    empty = [
        (name, column)
        for name, schema in layer_schemas().items()
        if name in layers
        for column in schema.columns
        if column not in layers[name].columns or layers[name].columns[column].known == 0
    ]
    assert empty == []


def test_believable_gaps_run_through_the_layers(city):
    gaps = {
        name: [column for column, found in record.columns.items() if found.known_share < 1]
        for name, record in city.snapshot.manifest.layers.items()
        if name not in GAPLESS
    }
    assert [name for name, columns in gaps.items() if not columns] in ([], ["development_boundary"])
    buildings = city.snapshot.manifest.layers["buildings"].columns
    assert 0.93 <= buildings["year_built"].known_share <= 0.985
    assert 0.15 <= buildings["safety_grade"].known_share <= 0.5
    assert 0.9 <= buildings["height"].known_share < 1


def test_every_known_value_is_synthetic(city):
    for record in city.snapshot.manifest.layers.values():
        for column in record.columns.values():
            assert column.provenance in ({}, {"synthetic": 1.0})
    assert city.snapshot.manifest.rasters["terrain"].provenance == "synthetic"


def test_the_manifest_says_that_the_city_is_fictional(city):
    manifest = city.snapshot.manifest
    assert "虚构" in manifest.title
    assert "synthetic" in manifest.attribution
    assert "fictional" in manifest.attribution
    assert manifest.crs == "EPSG:4548"
    assert manifest.as_of == "2025-12-31"


def test_the_files_are_those_the_manifest_names(city):
    assert city.snapshot.verify() == []


def test_every_class_of_facility_occurs(city):
    assert set(city.layer("facilities")["class"]) == set(facility_catalogue())


@pytest.mark.parametrize(
    ("layer", "column"),
    [
        ("development_boundary", "boundary_class"),
        ("coverage_areas", "kind"),
        ("pipes", "kind"),
        ("heritage_zones", "kind"),
        ("estates", "kind"),
        ("streets", "class"),
        ("divisions", "level"),
        ("managed_areas", "kind"),
    ],
)
def test_every_word_of_the_domain_occurs_where_the_city_has_such_things(city, layer, column):
    domain = set(layer_schemas()[layer].columns[column].domain) - {"other"}
    seen = set(city.layer(layer)[column].dropna())
    assert domain - seen <= {"county_city"} | ({"resettlement", "work_unit"} if layer == "estates" else set())


def test_three_development_zones_are_dated_and_one_has_an_older_extent(city):
    areas = city.layer("managed_areas")
    zones = areas[areas["kind"] == "development_zone"]
    assert zones["name"].nunique() == 3
    older = zones[zones["effective_to"].notna()]
    assert len(older) == 1
    newer = zones[(zones["name"] == older["name"].iloc[0]) & zones["effective_to"].isna()]
    assert older["effective_to"].iloc[0] < newer["effective_from"].iloc[0]
    assert newer.geometry.iloc[0].covers(older.geometry.iloc[0])


def test_ids_point_to_rows_that_exist(city):
    buildings = city.layer("buildings")
    assert set(buildings["estate_id"].dropna()) <= set(city.layer("estates")["id"])
    assert set(buildings["block_id"].dropna()) <= set(city.layer("blocks")["id"])
    divisions = city.layer("divisions")
    assert set(divisions["parent_id"].dropna()) <= set(divisions["id"])


def test_households_and_residents_of_estates_are_the_sums_of_their_buildings(city):
    sums = city.layer("buildings").groupby("estate_id")[["households", "population"]].sum()
    estates = city.layer("estates").set_index("id")
    for column in ("households", "population"):
        known = estates[column].dropna()
        assert (sums[column].reindex(known.index) == known).all()
