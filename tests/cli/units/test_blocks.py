"""`huancheng units blocks` and `units import`, `planning fragments`: from a city to files, or a plain refusal."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from huancheng.city.generate import generate_city
from huancheng.cli import main


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("city") / "shili"
    generate_city("small", 1, folder)
    return folder


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


def test_blocks_are_written_as_tables_and_layers(city, tmp_path, capsys):
    code, out, _ = run(capsys, "units", "blocks", city, "--out", tmp_path / "blocks", "--json")
    counts = json.loads(out)["counts"]
    frame = gpd.read_parquet(tmp_path / "blocks" / "blocks.parquet")
    borders = pd.read_csv(tmp_path / "blocks" / "borders.csv")
    report = json.loads((tmp_path / "blocks" / "report.json").read_text("utf-8"))
    assert code == 0
    assert counts["blocks"] == len(frame) == report["blocks"]
    assert set(borders.columns) == {"a", "b", "length", "along", "separator", "bridge", "road_class"}
    assert set(borders["a"]) | set(borders["b"]) <= set(frame["id"])
    assert len(gpd.read_file(tmp_path / "blocks" / "blocks.gpkg", layer="blocks")) == len(frame)
    assert report["imbalance"] < 1e-6
    assert report["counts"] == counts


def test_the_same_city_gives_the_same_blocks_byte_for_byte(city, tmp_path, capsys):
    for name in ("one", "other"):
        run(capsys, "units", "blocks", city, "--out", tmp_path / name)
    for file in ("blocks.parquet", "borders.csv", "report.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "other" / file).read_bytes()


def test_problems_and_zones_given_beside_the_city_are_counted(city, tmp_path, capsys):
    run(capsys, "units", "blocks", city, "--out", tmp_path / "plain")
    frame = gpd.read_parquet(tmp_path / "plain" / "blocks.parquet")
    place = frame.geometry.representative_point().iloc[[0]]
    gpd.GeoDataFrame({"problem_type": ["积水"]}, geometry=place).to_file(tmp_path / "problems.gpkg")
    gpd.GeoDataFrame({"name": ["一级"]}, geometry=frame.geometry.iloc[[0]].to_numpy(), crs=frame.crs).to_file(
        tmp_path / "zones.gpkg"
    )
    code, _, _ = run(
        capsys, "units", "blocks", city, "--out", tmp_path / "with", "--problems", tmp_path / "problems.gpkg",
        "--price-zones", tmp_path / "zones.gpkg", "--plan-units", tmp_path / "zones.gpkg", "--scope", "boundary",
    )  # fmt: skip
    described = gpd.read_parquet(tmp_path / "with" / "blocks.parquet")
    assert code == 0
    assert described["problems:积水"].sum() == 1.0
    assert "一级" in set(described["price_zone"].dropna())


def test_a_folder_that_holds_files_is_never_written_over(city, tmp_path, capsys):
    (tmp_path / "note.txt").write_text("mine")
    code, _, err = run(capsys, "units", "blocks", city, "--out", tmp_path)
    assert code == 3
    assert "the folder holds files" in err


def test_a_scope_the_city_lacks_names_those_it_has(tmp_path, capsys):
    from huancheng.city.snapshot import LayerTable, SourceRecord, write_snapshot
    from huancheng.evidence import Provenance

    lines = gpd.GeoDataFrame(
        {"id": ["R1"], "class": ["branch"]},
        geometry=[shapely.LineString([(470000, 4100000), (470100, 4100000)])], crs="EPSG:4548",
    )  # fmt: skip
    write_snapshot(
        tmp_path / "bare", name="bare", title="只有道路", as_of="2025-12-31", crs="EPSG:4548",
        layers=[LayerTable("streets", lines, {"class": Provenance.MEASURED}, "s")],
        sources=[SourceRecord(name="s")],
    )  # fmt: skip
    code, _, err = run(capsys, "units", "blocks", tmp_path / "bare", "--out", tmp_path / "out")
    assert code == 3
    assert "take the scope streets" in err


def drawn(city: Path, folder: Path) -> Path:
    from huancheng.city.snapshot import Snapshot

    ground = Snapshot(city).layer("built_up_area")
    west, south, east, north = ground.total_bounds
    middle = (west + east) / 2
    halves = [shapely.box(west, south, middle, north), shapely.box(middle, south, east, north)]
    frame = gpd.GeoDataFrame({"名称": ["甲单元", "乙单元"]}, geometry=halves, crs=ground.crs)
    frame.to_file(folder / "drawn.gpkg")
    return folder / "drawn.gpkg"


@pytest.mark.requirement("5.2-3", "5.2-10")
@pytest.mark.parametrize("keep", [[], ["--keep"]])
def test_an_institutes_units_get_a_certificate_that_verifies(city, tmp_path, capsys, keep):
    file = drawn(city, tmp_path)
    out = tmp_path / "result"
    code, said, _ = run(capsys, "units", "import", file, "--snapshot", city, "--out", out, *keep, "--json")
    document = json.loads(said)
    assert code == (0 if document["holds"] else 1)
    assert document["mode"] == ("kept" if keep else "snapped")
    assert {change["unit"] for change in document["changes"]} == {"甲单元", "乙单元"}
    _, verdict, _ = run(capsys, "units", "verify", out, "--json")
    assert json.loads(verdict)["faults"] == []


def test_an_import_is_told_in_plain_lines(city, tmp_path, capsys):
    file = drawn(city, tmp_path)
    _, said, _ = run(capsys, "units", "import", file, "--snapshot", city, "--out", tmp_path / "result")
    assert "甲单元：划定" in said
    assert "重叠 0 处" in said


def projects(city: Path, folder: Path) -> Path:
    planted = json.loads((city / "truth.json").read_text("utf-8"))["fragments"]["projects"]
    rows = "".join(f"J{number},{parcel}\n" for number, parcel in enumerate(planted))
    (folder / "projects.csv").write_text("project,parcel\n" + rows, "utf-8")
    return folder / "projects.csv"


@pytest.mark.requirement("7.1-1")
def test_fragments_are_told_with_rule_answer_and_marks(city, tmp_path, capsys):
    (tmp_path / "facts.yaml").write_text("符合国土空间总体规划: true\n", "utf-8")
    code, said, _ = run(
        capsys, "planning", "fragments", city, "--projects", projects(city, tmp_path), "--pack", "example-city",
        "--facts", tmp_path / "facts.yaml", "--out", tmp_path / "fragments.gpkg",
    )  # fmt: skip
    layer = gpd.read_file(tmp_path / "fragments.gpkg")
    assert code == 0
    assert set(layer["kind"]) == {"边角地", "夹心地", "插花地"}
    assert set(layer["merge"]) == {"可与周边用地整合实施"}
    assert "零星土地单宗面积上限 3亩（default，proposed）" in said


def test_fragments_as_json_carry_every_figure(city, tmp_path, capsys):
    _, said, _ = run(capsys, "planning", "fragments", city, "--projects", projects(city, tmp_path), "--json")
    document = json.loads(said)
    assert {item["term"] for item in document["fragments"]} == {"边角地", "夹心地", "插花地"}
    assert all(item["lie"]["area"] < 2000 for item in document["fragments"])
    assert {rule["basis"] for rule in document["rules"]} == {"default"}


def test_a_fact_file_that_is_a_list_is_refused(city, tmp_path, capsys):
    (tmp_path / "facts.yaml").write_text("- 1\n", "utf-8")
    code, _, err = run(
        capsys,
        "planning",
        "fragments",
        city,
        "--projects",
        projects(city, tmp_path),
        "--facts",
        tmp_path / "facts.yaml",
    )
    assert code == 3
    assert "the fact file holds no mapping" in err
