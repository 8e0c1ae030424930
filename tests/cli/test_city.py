from __future__ import annotations

import json

import geopandas as gpd
import pytest
import shapely

from huancheng.cli import main

MAPPING = """
[city]
name = "plain"
title = "平原市"
as_of = 2024-06-30
extent = [115.98, 36.45, 115.99, 36.46]
[[source]]
id = "s"
file = "a.gpkg"
[[layer]]
name = "buildings"
source = "s"
[layer.columns]
floors = "n"
"""


@pytest.fixture
def folder(tmp_path):
    shapes = [shapely.box(115.981, 36.455, 115.982, 36.456), None]
    gpd.GeoDataFrame({"n": [3, 4]}, geometry=shapes, crs=4326).to_file(tmp_path / "a.gpkg", driver="GPKG")
    (tmp_path / "city.toml").write_text(MAPPING, "utf-8")
    return tmp_path


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return ended.value.code, captured.out, captured.err


def test_a_city_is_built_inspected_and_verified(folder, capsys):
    code, out, _ = run(capsys, "city", "build", folder / "city.toml", "--out", folder / "s")
    assert code == 0
    assert "buildings" in out
    code, out, _ = run(capsys, "city", "inspect", folder / "s")
    assert code == 0
    assert "留改拆 will abstain" in out
    code, out, _ = run(capsys, "city", "verify", folder / "s")
    assert code == 0
    assert "every file is as the manifest says" in out


def test_json_is_one_document_for_machines(folder, capsys):
    code, out, _ = run(capsys, "city", "build", folder / "city.toml", "--out", folder / "s", "--json")
    assert code == 0
    built = json.loads(out)
    code, out, _ = run(capsys, "city", "inspect", folder / "s", "--json")
    found = json.loads(out)
    assert found["layers"]["buildings"]["count"] == 1
    assert found["layers"]["buildings"]["repaired"] == 0
    assert found["layers"]["buildings"]["refused"] == 1
    assert found["layers"]["buildings"]["columns"]["floors"]["known_share"] == 1.0
    assert found["layers"]["buildings"]["columns"]["floors"]["provenance"] == {"measured": 1.0}
    assert built["digest"] == found["digest"]


def test_a_changed_file_is_a_negative_finding(folder, capsys):
    run(capsys, "city", "build", folder / "city.toml", "--out", folder / "s")
    (folder / "s" / "buildings.parquet").write_bytes(b"x")
    code, out, _ = run(capsys, "city", "verify", folder / "s")
    assert code == 1
    assert "bytes differ" in out
    code, out, _ = run(capsys, "city", "verify", folder / "s", "--json")
    assert code == 1
    assert json.loads(out)["faults"] == ["buildings.parquet: bytes differ from the manifest"]


def test_a_fault_has_a_message_and_no_traceback(folder, capsys):
    (folder / "a.gpkg").unlink()
    code, out, err = run(capsys, "city", "build", folder / "city.toml", "--out", folder / "s", "--json")
    assert code == 3
    assert "Traceback" not in err
    assert "there is no such file" in err
    assert json.loads(out)["file"] == "a.gpkg"


def test_a_wrong_command_line_ends_with_two(capsys):
    code, _, err = run(capsys, "city", "build")
    assert code == 2
    assert "MAPPING" in err


def test_inspecting_no_snapshot_is_a_fault(tmp_path, capsys):
    code, _, err = run(capsys, "city", "inspect", tmp_path)
    assert code == 3
    assert "no manifest.json here" in err


def test_data_may_lie_elsewhere(folder, capsys, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (folder / "a.gpkg").rename(elsewhere / "a.gpkg")
    code, _, _ = run(capsys, "city", "build", folder / "city.toml", "--out", folder / "s", "--data", elsewhere)
    assert code == 0
