"""Columns as an officer reads them."""

from __future__ import annotations

from huancheng.report.field_titles import format_provenance


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
