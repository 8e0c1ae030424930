from __future__ import annotations

import pytest
from pydantic import ValidationError

from huancheng.city.schema import AccessClass, Geometry, LayerSchema, facility_catalogue, layer_schema, layer_schemas

ISSUE_LAYERS = {
    "boundary", "divisions", "managed_areas", "development_boundary", "central_city", "blocks", "parcels", "estates",
    "buildings", "streets", "railways", "water", "green_space", "facilities", "transit_stops", "population",
    "heritage_zones", "flood_records", "pipes", "terrain", "problem_points",
}  # fmt: skip


def test_every_layer_a_check_up_needs_is_there():
    assert set(layer_schemas()) >= ISSUE_LAYERS


def test_every_layer_says_who_may_see_it():
    classes = {name: schema.access for name, schema in layer_schemas().items()}
    assert classes["pipes"] is AccessClass.CLASSIFIED
    assert classes["terrain"] is AccessClass.CLASSIFIED
    assert classes["population"] is AccessClass.INTERNAL
    assert classes["streets"] is AccessClass.PUBLIC


@pytest.mark.parametrize("schema", layer_schemas().values(), ids=lambda item: item.name)
def test_a_layer_explains_itself(schema):
    assert schema.title
    assert schema.meaning
    assert "id" not in schema.columns
    assert "geometry" not in schema.columns
    for name, column in schema.columns.items():
        assert column.name == name
        assert column.meaning
        assert not name.endswith("__provenance")
        assert column.type != "code" or column.allowed
        if column.minimum is not None and column.maximum is not None:
            assert column.minimum < column.maximum


def test_development_boundary_is_classed_city_county_seat_or_town():
    assert layer_schema("development_boundary").columns["boundary_class"].allowed == ("city", "county_seat", "town")


def test_one_ground_may_have_a_division_and_a_manager():
    assert "effective_from" in layer_schema("managed_areas").columns
    assert "development_zone" in layer_schema("managed_areas").columns["kind"].allowed


def test_facilities_take_their_classes_from_the_catalogue():
    column = layer_schema("facilities").columns["class"]
    assert column.allowed == tuple(facility_catalogue())
    assert facility_catalogue()["kindergarten"].capacity == "places"
    assert facility_catalogue()["parcel_locker"].area is None


def test_each_type_has_a_pandas_type_that_knows_missing_values():
    columns = layer_schema("buildings").columns
    assert columns["floors"].pandas_dtype == "Int64"
    assert columns["height"].pandas_dtype == "Float64"
    assert columns["vacant"].pandas_dtype == "boolean"
    assert columns["use"].pandas_dtype == "string"
    assert layer_schema("parcels").columns["granted_on"].pandas_dtype == "string"


def test_an_unknown_layer_is_told_with_those_there_are():
    with pytest.raises(KeyError, match="there is no layer 'houses'; the layers are boundary"):
        layer_schema("houses")


def test_a_layer_with_an_unknown_key_is_refused():
    entry = {"name": "x", "title": "x", "meaning": "x", "geometry": "point", "class": "public", "colour": "red"}
    with pytest.raises(ValidationError, match="colour"):
        LayerSchema.model_validate(entry)


def test_terrain_is_the_only_raster():
    rasters = [name for name, schema in layer_schemas().items() if schema.geometry is Geometry.RASTER]
    assert rasters == ["terrain"]
