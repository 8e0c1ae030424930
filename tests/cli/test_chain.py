"""`huancheng chain`: the main job, from one command to the folder an office opens."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from huancheng.city.snapshot import LayerTable, Snapshot, write_snapshot
from huancheng.cli import main

PIECES = ("report.docx", "report.pdf", "annexes", "maps", "city.gpkg", "city.pmtiles", "checkup", "chain.json")


def run(*words: str) -> int:
    """Run the command and return its exit code."""
    with pytest.raises(SystemExit) as ended:
        main(["chain", *words])
    code = ended.value.code
    return int(code or 0)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    import geopandas as gpd
    import shapely

    from huancheng.evidence import Provenance

    homes = [shapely.box(500_050 + 100 * place, 4_030_050, 500_080 + 100 * place, 4_030_064) for place in range(8)]
    ground = gpd.GeoDataFrame(
        {"id": ["U1"], "name": ["小城"]},
        geometry=[shapely.box(500_000, 4_030_000, 500_900, 4_030_400)],
        crs="EPSG:4548",
    )
    buildings = gpd.GeoDataFrame(
        {"id": [f"B{place}" for place in range(8)], "use": ["residential"] * 8,
        "structural_hazard": [True] * 3 + [False] * 5},
        geometry=homes, crs="EPSG:4548",
    )  # fmt: skip
    known = {"use": Provenance.MEASURED, "structural_hazard": Provenance.MEASURED}
    return write_snapshot(
        tmp_path_factory.mktemp("cli") / "snapshot", name="little", title="小城", as_of="2025-12-31", crs="EPSG:4548",
        layers=[LayerTable("built_up_area", ground, {"name": Provenance.MEASURED}),
        LayerTable("buildings", buildings, known)],
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(snapshot: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("chain") / "out"
    assert run("--snapshot", snapshot.location, "--systems", "national-2023", "--out", str(out)) == 0
    return out


def test_everything_an_office_needs_lies_in_the_folder(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == set(PIECES)


def test_the_marker_holds_the_headline_and_no_clock(folder: Path) -> None:
    headline = json.loads((folder / "chain.json").read_text("utf-8"))
    assert headline["buildings"] == 8
    assert headline["residents"] is None
    assert "seconds" not in json.dumps(headline)


def test_the_headline_table_times_and_paths_are_printed(
    snapshot: Snapshot, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--snapshot", snapshot.location, "--systems", "national-2023", "--out", str(folder)) == 0
    printed = capsys.readouterr().out
    for words in (
        "小城",
        "8 栋建筑",
        "人口未知",
        "住房",
        "合计",
        "checkup national-2023",
        "total",
        "report.docx",
        "city.gpkg",
    ):
        assert words in printed


def test_json_is_one_document_and_nothing_else(
    snapshot: Snapshot, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--snapshot", snapshot.location, "--systems", "national-2023", "--out", str(folder), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["systems"][0]["system"] == "national-2023"
    assert {step["name"] for step in told["steps"]} == {"snapshot", "checkup national-2023", "report", "tiles"}
    assert set(told["files"]) == set(PIECES) - {"chain.json"}
    assert Path(told["files"]["report.pdf"]).is_file()


def test_the_same_snapshot_gives_the_same_folder(snapshot: Snapshot, folder: Path, tmp_path: Path) -> None:
    assert run("--snapshot", snapshot.location, "--systems", "national-2023", "--out", str(tmp_path / "again")) == 0
    differing = [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.read_bytes() != (tmp_path / "again" / path.relative_to(folder)).read_bytes()
    ]
    assert differing == []


@pytest.mark.parametrize("words", [(), ("--generate", "small", "--snapshot", "x")])
def test_one_city_must_be_named(words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*words, "--out", str(tmp_path / "out")) == 2
    assert "name one city" in capsys.readouterr().err


def test_a_list_of_systems_without_a_name_is_a_wrong_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--generate", "small", "--systems", " , ", "--out", str(tmp_path / "out")) == 2
    assert "names no indicator system" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--mapping", "none.toml"), "no such mapping"),
        (("--snapshot", "nowhere"), "no manifest.json"),
        (("--generate", "small", "--systems", "national-1999"), "national-1999"),
    ],
)
def test_faults_are_plain_and_leave_nothing_behind(
    words: tuple[str, ...], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*words, "--out", str(tmp_path / "out")) == 3
    printed = capsys.readouterr().err
    assert said in printed
    assert "Traceback" not in printed
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_the_main_job_on_a_small_city_ends_with_every_piece(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--generate", "small", "--seed", "1", "--out", str(tmp_path / "demo"), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told["files"]) == {*PIECES, "snapshot"} - {"chain.json"}
    assert [system["problems"] > 0 for system in told["systems"]] == [True, True]
    assert (tmp_path / "demo" / "snapshot" / "truth.json").is_file()


@pytest.mark.slow
def test_las_palmas_goes_from_its_files_to_its_report(
    shared_data: Path, project_root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mapping = project_root / "examples" / "las-palmas.toml"
    assert shared_data.is_dir()
    assert run("--mapping", str(mapping), "--systems", "national-2023", "--out", str(tmp_path / "out"), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["buildings"] == pytest.approx(22_216, rel=0.005)
    assert "report.pdf" in told["files"]
