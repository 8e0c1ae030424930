"""The layers of a city as data: names, columns, units, domains and meanings."""

from huancheng.city.schema.catalogue import FacilityClass, facility_catalogue
from huancheng.city.schema.layers import AccessClass, ColumnSchema, Geometry, LayerSchema, layer_schema, layer_schemas

__all__ = [
    "AccessClass",
    "ColumnSchema",
    "FacilityClass",
    "Geometry",
    "LayerSchema",
    "facility_catalogue",
    "layer_schema",
    "layer_schemas",
]
