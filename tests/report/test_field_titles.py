"""Columns as an officer reads them."""

from __future__ import annotations

import re

import pytest

from huancheng.city.schema import layer_schemas
from huancheng.report.field_titles import column_title, format_provenance

COLUMNS = [(name, column) for name, schema in layer_schemas().items() for column in ("id", "geometry", *schema.columns)]


@pytest.mark.parametrize(("layer", "column"), COLUMNS, ids=lambda word: word)
def test_every_column_of_the_schema_has_a_chinese_title(layer: str, column: str) -> None:
    assert re.search(r"[\u4e00-\u9fff]", column_title(layer, column))


def test_a_column_nobody_knows_keeps_its_name() -> None:
    assert column_title("buildings", "mystery") == "mystery"


def test_one_provenance_for_all_is_said_once() -> None:
    told = format_provenance(
        {"buildings.floors": {"synthetic": 0.9, "unknown": 0.1}, "estates.kind": {"synthetic": 1.0}}
    )
    assert told == "合成（建筑：地上层数 90%；小区：类别 100%）"


def test_mixed_provenance_is_told_column_by_column_and_an_empty_column_as_unknown() -> None:
    told = format_provenance(
        {"buildings.floors": {"measured": 0.037, "imputed": 0.963}, "buildings.use": {"unknown": 1.0}}
    )
    assert told == "建筑：地上层数 插补 96.3%，实测 3.7%、用途 未知"


def test_nothing_read_is_nothing_said() -> None:
    assert format_provenance({}) == ""
