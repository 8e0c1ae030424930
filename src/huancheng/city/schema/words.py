"""The Chinese words for layers and columns, for notes and documents that officers read."""

from __future__ import annotations

from collections.abc import Iterable

from huancheng.city.schema.layers import layer_schemas

_EVERY_LAYER = {"id": "编号", "geometry": "图形"}


def layer_title(layer: str) -> str:
    """Return a layer's title; its own name where the schema has no such layer."""
    schema = layer_schemas().get(layer)
    return schema.title if schema else layer


def layer_titles(layers: Iterable[str]) -> str:
    """Return the titles of layers as an enumeration."""
    return "、".join(layer_title(layer) for layer in layers)


def column_title(layer: str, column: str) -> str:
    """Return a column's title; its own name where the schema has no such column."""
    if column in _EVERY_LAYER:
        return _EVERY_LAYER[column]
    schema = layer_schemas().get(layer)
    return schema.columns[column].title if schema and column in schema.columns else column


def column_titles(layer: str, columns: Iterable[str]) -> str:
    """Return the titles of columns of one layer as an enumeration."""
    return "、".join(column_title(layer, column) for column in columns)
