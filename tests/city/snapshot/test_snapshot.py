from __future__ import annotations

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from rasterio import Affine

from huancheng.city.snapshot import (
    LayerTable,
    Outcome,
    RasterTable,
    Repair,
    Snapshot,
    SnapshotError,
    SourceRecord,
    write_snapshot,
)
from huancheng.city.snapshot.repairs import repairs_from_csv, repairs_to_csv
from huancheng.evidence import Provenance

MEASURED, IMPUTED = Provenance.MEASURED.code, Provenance.IMPUTED.code
REPAIRS = [
    Repair("buildings", "a.gpkg", "7", "geometry", Outcome.REPAIRED, "invalid, made valid"),
    Repair("buildings", "a.gpkg", "9", "", Outcome.REFUSED, "no shape"),
    Repair("buildings", "a.gpkg", "10", "geometry", Outcome.OUTSIDE, "outside the city"),
]


def table(**columns):
    shapes = [shapely.box(500000.00049, 4036000, 500010, 4036010), shapely.box(500020, 4036000, 500030, 4036010)]
    return gpd.GeoDataFrame({"id": ["a", "b"], **columns}, geometry=shapes, crs=4548)


def write(directory, frame=None, provenance=None, **more):
    layers = [LayerTable("buildings", table() if frame is None else frame, provenance or {}, "a.gpkg")]
    return write_snapshot(
        directory, name="plain", title="平原市", as_of="2024-06-30", crs="EPSG:4548", layers=layers, repairs=REPAIRS,
        sources=[SourceRecord(name="a.gpkg")], city={"population": 12}, **more,
    )  # fmt: skip


def test_a_snapshot_gives_back_what_was_written(tmp_path):
    frame = table(floors=pd.array([3, None], "Int64"), use=["residential", "office"])
    snapshot = write(tmp_path / "s", frame, {"floors": Provenance.MEASURED, "use": np.array([MEASURED, IMPUTED])})
    layer = snapshot.layer("buildings", ["floors", "use", "use__provenance", "height"])
    assert layer["id"].tolist() == ["a", "b"]
    assert layer["floors"].tolist()[0] == 3
    assert layer["floors"].isna().tolist() == [False, True]
    assert layer["use__provenance"].tolist() == [MEASURED, IMPUTED]
    assert layer["height"].isna().all()
    assert layer.crs.to_epsg() == 4548
    assert snapshot.crs.to_epsg() == 4548
    record = snapshot.manifest.layers["buildings"]
    assert (record.count, record.repaired, record.refused, record.outside) == (2, 1, 1, 1)
    assert record.columns["floors"].known_share == 0.5
    assert record.columns["use"].provenance == {"measured": 0.5, "imputed": 0.5}
    assert snapshot.repairs() == REPAIRS
    assert snapshot.has("buildings")
    assert not snapshot.has("streets")


def test_a_column_of_one_provenance_has_no_codes_and_reads_as_missing(tmp_path):
    snapshot = write(tmp_path / "s", table(use=["office", "office"]), {"use": Provenance.MEASURED})
    assert snapshot.layer("buildings", ["use__provenance"])["use__provenance"].isna().all()


def test_a_layer_that_is_not_there_comes_back_empty_with_its_columns(tmp_path):
    layer = write(tmp_path / "s").layer("streets")
    assert len(layer) == 0
    assert "class" in layer.columns
    assert layer.crs.to_epsg() == 4548
    assert list(write(tmp_path / "t").layer("streets", ["id", "name"]).columns) == ["id", "name", "geometry"]


def test_an_unknown_layer_or_column_is_a_mistake_of_the_caller(tmp_path):
    snapshot = write(tmp_path / "s")
    with pytest.raises(KeyError, match="no layer 'houses'"):
        snapshot.layer("houses")
    with pytest.raises(KeyError, match="has no column 'storeys'"):
        snapshot.layer("buildings", ["storeys"])


def test_coordinates_are_kept_to_the_millimetre(tmp_path):
    layer = write(tmp_path / "s").layer("buildings", [])
    assert shapely.bounds(layer.geometry.iloc[0]).tolist() == [500000.0, 4036000.0, 500010.0, 4036010.0]


def test_rounding_never_breaks_a_polygon(tmp_path):
    spike = shapely.Polygon([(0, 0), (10, 0), (10, 10), (5.0004, 0.0004), (5.0001, 9), (0, 10)])
    frame = table()
    frame.loc[0, "geometry"] = spike
    assert spike.is_valid
    assert shapely.is_valid(write(tmp_path / "s", frame).layer("buildings", []).geometry).all()


def test_the_same_tables_give_the_same_bytes(tmp_path):
    first, second = write(tmp_path / "s"), write(tmp_path / "t")
    assert first.manifest.digest == second.manifest.digest
    for file in ("manifest.json", "buildings.parquet", "repairs.csv"):
        assert (tmp_path / "s" / file).read_bytes() == (tmp_path / "t" / file).read_bytes()


def test_a_snapshot_is_never_overwritten(tmp_path):
    write(tmp_path / "s")
    with pytest.raises(SnapshotError, match="already holds files") as caught:
        write(tmp_path / "s")
    assert "never overwritten" in caught.value.cure


def test_an_empty_folder_may_take_a_snapshot(tmp_path):
    (tmp_path / "s").mkdir()
    assert write(tmp_path / "s").has("buildings")


def test_nothing_is_left_behind_when_writing_fails(tmp_path):
    with pytest.raises(ValueError, match="columns \\['colour'\\] are not in the schema"):
        write(tmp_path / "s", table(colour=["red", "blue"]))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ids", [["a", "a"], ["a", None]])
def test_ids_must_be_there_and_unique(tmp_path, ids):
    frame = table()
    frame["id"] = ids
    with pytest.raises(ValueError, match="ids must be there and unique"):
        write(tmp_path / "s", frame)


def test_a_value_without_provenance_is_refused(tmp_path):
    frame = table(use=["office", None])
    with pytest.raises(ValueError, match="no provenance"):
        write(tmp_path / "s", frame)
    with pytest.raises(ValueError, match="known values without provenance"):
        write(tmp_path / "s", frame, {"use": np.array([0, 0], np.uint8)})


def test_an_empty_column_needs_no_provenance(tmp_path):
    snapshot = write(tmp_path / "s", table(use=pd.array([None, None], "string")))
    assert snapshot.manifest.layers["buildings"].columns["use"].known_share == 0


def test_changed_bytes_are_found(tmp_path):
    snapshot = write(tmp_path / "s")
    assert snapshot.verify() == []
    (tmp_path / "s" / "repairs.csv").write_bytes(b"nothing to see")
    (tmp_path / "s" / "buildings.parquet").unlink()
    assert snapshot.verify() == ["buildings.parquet: missing", "repairs.csv: bytes differ from the manifest"]
    with pytest.raises(SnapshotError, match="missing"):
        snapshot.layer("buildings")


def test_a_folder_without_a_manifest_is_no_snapshot(tmp_path):
    with pytest.raises(SnapshotError, match=r"no manifest\.json here") as caught:
        Snapshot(tmp_path)
    assert "huancheng city build" in caught.value.cure


def test_a_manifest_of_another_shape_or_version_is_refused(tmp_path):
    write(tmp_path / "s")
    path = tmp_path / "s" / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**manifest, "schema_version": 99}), "utf-8")
    with pytest.raises(SnapshotError, match="schema version 99"):
        Snapshot(tmp_path / "s")
    path.write_text(json.dumps({**manifest, "colour": "red"}), "utf-8")
    with pytest.raises(SnapshotError, match="no snapshot manifest"):
        Snapshot(tmp_path / "s")


def test_a_raster_comes_back_with_its_gaps(tmp_path):
    data = np.array([[1.5, np.nan], [2.5, 3.5]], np.float32)
    raster = RasterTable("terrain", data, Affine(10, 0, 500000, 0, -10, 4036000), source="t.tif")
    snapshot = write(tmp_path / "s", rasters=[raster])
    heights, transform = snapshot.raster("terrain")
    np.testing.assert_array_equal(heights, data)
    assert transform.a == 10
    record = snapshot.manifest.rasters["terrain"]
    assert (record.width, record.height, record.cell_size, record.known_share) == (2, 2, 10.0, 0.75)
    assert snapshot.verify() == []
    with pytest.raises(KeyError):
        snapshot.raster("slope")


words = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\r\x00\ufeff"), max_size=20)


@given(st.lists(st.builds(Repair, words, words, words, words, st.sampled_from(Outcome), words), max_size=5))
def test_the_list_of_repairs_survives_its_csv(repairs):
    assert repairs_from_csv(repairs_to_csv(repairs)) == repairs
