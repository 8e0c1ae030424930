from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
import yaml
from click.testing import CliRunner
from pydantic import ValidationError

from huancheng.city.schema import AccessClass, Geometry, LayerSchema, layer_schemas
from huancheng.city.snapshot import LayerTable, Snapshot, write_snapshot
from huancheng.cli.city import city
from huancheng.evidence import InputFault, Provenance
from huancheng.report.tile_archive import describe_archive
from huancheng.report.tile_layers import TileLayers, tile_layers
from huancheng.report.tiles import can_write_tiles, write_tiles

CRS = "EPSG:4528"
ROWS = 6
OPEN_TEXT, CLOSED_TEXT = "公开", "机密"

VECTOR_LAYERS = {name: schema for name, schema in layer_schemas().items() if schema.geometry is not Geometry.RASTER}
PUBLIC = {name for name, schema in VECTOR_LAYERS.items() if schema.access is AccessClass.PUBLIC}


def shape(geometry: Geometry, row: int) -> shapely.Geometry:
    x, y = 40_500_000.0 + 400 * row, 4_030_000.0
    if geometry is Geometry.POINT:
        return shapely.Point(x, y)
    side = 12.0 if row % 2 else 200.0
    line = shapely.LineString([(x, y), (x + side, y)])
    return line if geometry is Geometry.LINE else shapely.box(x, y, x + side, y + side)


def value(type_name: str, domain: tuple[str, ...], text: str) -> Any:
    by_type = {"text": text, "integer": 7, "number": 7.5, "boolean": True, "date": "2026-01-01"}
    return domain[0] if domain else by_type[type_name]


def table(schema: LayerSchema, rows: int = ROWS) -> LayerTable:
    data: dict[str, Any] = {"id": pd.Series([f"{schema.name}-{row}" for row in range(rows)], dtype="string")}
    text = OPEN_TEXT if schema.access is AccessClass.PUBLIC else CLOSED_TEXT
    for name, column in schema.columns.items():
        filled = [value(column.type, column.allowed, text)] * rows
        data[name] = pd.Series(filled, dtype=column.pandas_dtype)
        if not column.required:
            data[name].iloc[0] = pd.NA
    frame = gpd.GeoDataFrame(data, geometry=[shape(schema.geometry, row) for row in range(rows)], crs=CRS)
    return LayerTable(schema.name, frame, dict.fromkeys(schema.columns, Provenance.SYNTHETIC))


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """A snapshot with six rows in every layer, public or not, and a value in every column."""
    folder = tmp_path_factory.mktemp("tiles") / "city"
    tables = [table(schema) for schema in VECTOR_LAYERS.values()]
    return write_snapshot(
        folder, name="test", title="示例市", as_of="2026-01-01", crs=CRS, layers=tables, attribution="© 示例市"
    )


@pytest.fixture(scope="module")
def archive(snapshot: Snapshot) -> Path:
    path = Path(snapshot.location).parent / "city.pmtiles"
    write_tiles(snapshot, path)
    return path


def read(path: Path, layer: str, zoom: int = 15) -> pd.DataFrame:
    return pyogrio.read_dataframe(path, layer=layer, read_geometry=False, ZOOM_LEVEL=zoom)


def names(path: Path) -> set[str]:
    return {str(name) for name in pyogrio.list_layers(path)[:, 0]}


def test_every_public_layer_of_the_schema_has_its_place_in_the_tiles() -> None:
    assert set(tile_layers().layers) == PUBLIC


def test_every_public_layer_is_in_the_archive_and_no_other(archive: Path) -> None:
    assert {name.removesuffix("_overview") for name in names(archive)} == PUBLIC


@pytest.mark.parametrize("layer", sorted(PUBLIC))
def test_no_feature_is_lost_at_the_closest_zoom(archive: Path, layer: str) -> None:
    assert set(read(archive, layer)["id"]) == {f"{layer}-{row}" for row in range(ROWS)}


@pytest.mark.parametrize("layer", sorted(PUBLIC))
def test_only_named_columns_leave_the_snapshot(archive: Path, layer: str) -> None:
    columns = set(read(archive, layer).columns) - {"mvt_id"}
    assert columns == {"id", *tile_layers().layers[layer].columns}


def test_what_is_unknown_stays_unknown_and_what_is_known_keeps_its_type(archive: Path) -> None:
    buildings = read(archive, "buildings").drop_duplicates("id").set_index("id")
    assert pd.isna(buildings.loc["buildings-0", "floors"])
    assert buildings.loc["buildings-1", "floors"] == 7
    assert buildings.loc["buildings-1", "height"] == 7.5
    assert buildings.loc["buildings-1", "name"] == OPEN_TEXT


def test_no_value_of_a_closed_layer_is_in_any_tile(archive: Path, snapshot: Snapshot) -> None:
    closed = set(VECTOR_LAYERS) - PUBLIC
    assert any((snapshot.layer(name) == CLOSED_TEXT).any(axis=None) for name in closed)
    for layer in names(archive):
        for zoom in (11, 15):
            assert not (read(archive, layer, zoom).astype("string") == CLOSED_TEXT).any(axis=None)


def test_far_zooms_hold_only_the_large_shapes_and_say_how_many_are_left_out(archive: Path, snapshot: Snapshot) -> None:
    counts = {count.layer: count for count in write_tiles(snapshot, archive)}
    assert counts["buildings_overview"].features == 3
    assert counts["buildings_overview"].left_out == 3
    assert set(read(archive, "buildings_overview", 12)["id"]) == {"buildings-0", "buildings-2", "buildings-4"}
    assert len(read(archive, "buildings", 12)) == 0
    assert set(read(archive, "streets_overview", 11)["id"]) == {"streets-0", "streets-2", "streets-4"}


def test_the_same_snapshot_gives_the_same_bytes(archive: Path, snapshot: Snapshot, tmp_path: Path) -> None:
    other = tmp_path / "deep" / "other.pmtiles"
    write_tiles(Snapshot(snapshot.location), other)
    assert other.read_bytes() == archive.read_bytes()


def test_the_archive_names_its_city_attribution_and_snapshot(archive: Path, snapshot: Snapshot) -> None:
    metadata = pyogrio.read_info(archive, layer="streets")["dataset_metadata"]
    assert metadata["name"] == "示例市"
    assert metadata["attribution"] == "© 示例市"
    assert metadata["snapshot"] == snapshot.manifest.digest


def test_tiles_lie_where_the_city_lies(archive: Path, snapshot: Snapshot) -> None:
    drawn = pyogrio.read_dataframe(archive, layer="facilities").to_crs(4326).total_bounds
    meant = snapshot.layer("facilities").to_crs(4326).total_bounds
    assert drawn == pytest.approx(meant, abs=1e-5)


def test_a_layer_the_manifest_does_not_call_public_stays_out(snapshot: Snapshot, tmp_path: Path) -> None:
    older = Snapshot(snapshot.location)
    records = dict(older.manifest.layers)
    records["buildings"] = records["buildings"].model_copy(update={"access": "internal"})
    older.manifest = older.manifest.model_copy(update={"layers": records})
    layers = {count.layer for count in write_tiles(older, tmp_path / "city.pmtiles")}
    assert not {"buildings", "buildings_overview"} & layers
    assert "streets" in layers


def test_a_machine_the_tiler_has_no_build_for_is_told_so(
    snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert can_write_tiles()
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    assert not can_write_tiles()
    monkeypatch.setitem(sys.modules, "freestiler", None)
    with pytest.raises(InputFault, match="no build for this machine"):
        write_tiles(snapshot, tmp_path / "city.pmtiles")


def test_a_row_without_a_shape_is_counted(tmp_path: Path) -> None:
    schema = layer_schemas()["facilities"]
    rows = table(schema)
    rows.frame.loc[2, "geometry"] = None
    found = write_snapshot(tmp_path / "city", name="t", title="t", as_of="", crs=CRS, layers=[rows])
    (count,) = write_tiles(found, tmp_path / "city.pmtiles")
    assert (count.features, count.left_out) == (ROWS - 1, 1)


def test_a_city_without_large_buildings_has_no_overview_layer_but_a_count(tmp_path: Path) -> None:
    rows = table(layer_schemas()["buildings"])
    small = LayerTable("buildings", rows.frame.iloc[1::2], rows.provenance)
    found = write_snapshot(tmp_path / "city", name="t", title="t", as_of="", crs=CRS, layers=[small])
    counts = {count.layer: count.features for count in write_tiles(found, tmp_path / "city.pmtiles")}
    assert counts == {"buildings": 3, "buildings_overview": 0}
    assert names(tmp_path / "city.pmtiles") == {"buildings"}


def test_a_snapshot_without_public_rows_and_a_wrong_file_name_are_refused(snapshot: Snapshot, tmp_path: Path) -> None:
    pipes = table(layer_schemas()["pipes"])
    closed = write_snapshot(tmp_path / "closed", name="t", title="t", as_of="", crs=CRS, layers=[pipes])
    with pytest.raises(InputFault, match="no public layer to draw"):
        write_tiles(closed, tmp_path / "city.pmtiles")
    with pytest.raises(InputFault, match=r"end the file name in \.pmtiles"):
        write_tiles(snapshot, tmp_path / "city.mbtiles")
    assert list(tmp_path.iterdir()) == [tmp_path / "closed"]


@pytest.mark.parametrize(
    ("layers", "message"),
    [({"pipes": {}}, "'pipes' is classified"), ({"parcels": {}}, "'parcels' is internal"),
     ({"streets": {"columns": ["secret"]}}, "no column secret"), ({"streets": {"min_zoom": 16}}, "lies above max_zoom"),
     ({"streets": {"colour": "red"}}, "Extra inputs")],
)  # fmt: skip
def test_settings_that_would_leak_or_mean_nothing_are_refused(layers: dict[str, dict[str, Any]], message: str) -> None:
    base = {"min_zoom": 5, "max_zoom": 15, "columns": []}
    with pytest.raises(ValidationError, match=message):
        TileLayers.model_validate(
            {"version": 1, "certainty": "proposed", "layers": {name: {**base, **own} for name, own in layers.items()}}
        )


def test_a_raster_is_no_tile_layer(monkeypatch: pytest.MonkeyPatch) -> None:
    open_terrain = layer_schemas()["terrain"].model_copy(update={"access": AccessClass.PUBLIC})
    monkeypatch.setattr("huancheng.report.tile_layers.layer_schema", lambda _: open_terrain)
    with pytest.raises(ValidationError, match="is a raster"):
        TileLayers.model_validate(
            yaml.safe_load(
                "{version: 1, certainty: proposed, layers: {terrain: {min_zoom: 1, max_zoom: 2, columns: []}}}"
            )
        )


def test_a_file_that_is_no_archive_is_not_described(tmp_path: Path) -> None:
    path = tmp_path / "city.pmtiles"
    path.write_bytes(b"PMTiles\x02" + bytes(200))
    with pytest.raises(ValueError, match="not a PMTiles 3 archive"):
        describe_archive(path, {})


def test_a_longer_or_shorter_description_leaves_every_tile_in_place(archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "city.pmtiles"
    for text in ("", "长" * 5000, "x"):
        path.write_bytes(archive.read_bytes())
        describe_archive(path, {"attribution": text})
        assert np.array_equal(read(path, "streets")["id"], read(archive, "streets")["id"])
        assert pyogrio.read_info(path, layer="streets")["dataset_metadata"].get("attribution", "") == text


def test_the_command_prints_the_counts(snapshot: Snapshot, tmp_path: Path) -> None:
    out = tmp_path / "city.pmtiles"
    told = CliRunner().invoke(city, ["tiles", snapshot.location, "--out", str(out)], catch_exceptions=False)
    assert told.exit_code == 0
    assert "buildings_overview" in told.stdout
    assert "3 too small" in told.stdout
    assert "MB)" in told.stdout
    asked = ["tiles", snapshot.location, "--out", str(out), "--json"]
    machine = CliRunner().invoke(city, asked, catch_exceptions=False)
    layers = {entry["layer"]: entry["features"] for entry in json.loads(machine.stdout)["layers"]}
    assert layers["streets"] == ROWS
