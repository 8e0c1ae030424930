"""The layers of a city as data: names, columns, units, domains and meanings."""

from huancheng.city.schema.catalogue import FacilityClass, facility_catalogue
from huancheng.city.schema.layers import AccessClass, ColumnSchema, Geometry, LayerSchema, layer_schema, layer_schemas
from huancheng.city.schema.words import column_title, column_titles, layer_title, layer_titles

__all__ = [
    "AccessClass",
    "ColumnSchema",
    "FacilityClass",
    "Geometry",
    "LayerSchema",
    "column_title",
    "column_titles",
    "facility_catalogue",
    "layer_schema",
    "layer_schemas",
    "layer_title",
    "layer_titles",
]
