"""Layers, columns and codes have the words an officer reads."""

from __future__ import annotations

import re

import pytest

from huancheng.city.schema import column_title, column_titles, layer_schema, layer_schemas, layer_title, layer_titles

COLUMNS = [(name, column) for name, schema in layer_schemas().items() for column in ("id", "geometry", *schema.columns)]
CODED = [
    (name, column.name)
    for name, schema in layer_schemas().items()
    for column in schema.columns.values()
    if column.allowed
]
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize(("layer", "column"), COLUMNS, ids=lambda word: word)
def test_every_column_has_a_chinese_title(layer: str, column: str) -> None:
    assert CHINESE.search(column_title(layer, column))


@pytest.mark.parametrize(("layer", "column"), CODED, ids=lambda word: word)
def test_every_code_has_chinese_words_of_its_own(layer: str, column: str) -> None:
    schema = layer_schema(layer).columns[column]
    words = [schema.label(code) for code in schema.allowed]
    assert all(CHINESE.search(word) for word in words)
    assert len(set(words)) == len(words)


def test_what_nobody_knows_keeps_its_name() -> None:
    assert column_title("buildings", "mystery") == "mystery"
    assert column_title("nowhere", "floors") == "floors"
    assert layer_title("nowhere") == "nowhere"
    assert layer_schema("streets").columns["class"].label("canal") == "canal"


def test_several_are_told_as_an_enumeration() -> None:
    assert layer_titles(["buildings", "estates"]) == "建筑、小区"
    assert column_titles("buildings", ["floors", "height"]) == "地上层数、高度"
