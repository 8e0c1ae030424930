"""Files damaged at any place are read or refused with a reason; nothing else ever comes out of a reader."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import openpyxl
import pytest
import rasterio
import shapely

from huancheng.city.readers import delimited, is_raster, read_raster, read_table, table_layers
from huancheng.evidence import InputFault

FRAME = gpd.GeoDataFrame(
    {"name": ["光岳楼", "东关", "古城"] * 5, "floors": list(range(15))},
    geometry=[shapely.box(at, at, at + 1, at + 1) for at in range(15)],
    crs=4326,
)
DRIVERS = {"gpkg": "GPKG", "geojson": "GeoJSON", "shp": "ESRI Shapefile"}


def write(kind, path):
    if kind in DRIVERS:
        FRAME.to_file(path, driver=DRIVERS[kind])
    elif kind == "parquet":
        FRAME.to_parquet(path)
    elif kind == "csv":
        FRAME.assign(wkt=FRAME.geometry.to_wkt()).drop(columns="geometry").to_csv(path, index=False)
    elif kind == "xlsx":
        book = openpyxl.Workbook()
        for row in [("name", "lon", "lat"), ("光岳楼", 115.98, 36.45), ("东关", 115.99, 36.46)]:
            book.active.append(row)
        book.save(path)
    elif kind == "graphml":
        nodes = "".join(f'<node id="{at}"><data key="x">{at}</data><data key="y">1</data></node>' for at in range(9))
        keys = '<key id="x" attr.name="x"/><key id="y" attr.name="y"/>'
        path.write_text(f'<graphml>{keys}<graph>{nodes}<edge source="1" target="2"/></graph></graphml>', "utf-8")
    else:
        profile = {"driver": "GTiff", "dtype": "float32", "count": 1, "width": 9, "height": 9, "crs": "EPSG:4548"}
        with rasterio.open(path, "w", transform=rasterio.Affine(10, 0, 500, 0, -10, 900), **profile) as dataset:
            dataset.write(np.ones((9, 9), np.float32), 1)


def damaged(content, how, chance):
    at = int(chance.integers(len(content)))
    if how == "cut":
        return content[:at]
    if how == "zeroed":
        return content[:at] + bytes(len(content[at : at + 200])) + content[at + 200 :]
    return content[:at] + chance.bytes(8) + content[at + 8 :]


def fault_of(path):
    try:
        if is_raster(path):
            read_raster(path)
        else:
            for layer in table_layers(path):
                read_table(path, layer)
    except InputFault as fault:
        return fault
    return None


@pytest.mark.parametrize("how", ["cut", "zeroed", "scribbled"])
@pytest.mark.parametrize("kind", [*DRIVERS, "parquet", "csv", "xlsx", "graphml", "tif"])
def test_damage_never_crashes_a_reader(tmp_path, kind, how):
    path = tmp_path / f"a.{kind}"
    write(kind, path)
    content = path.read_bytes()
    chance = np.random.default_rng([ord(letter) for letter in f"{kind} {how}"])
    for _ in range(25):
        path.write_bytes(damaged(content, how, chance))
        fault = fault_of(path)
        assert fault is None or (fault.file.startswith("a") and fault.message and fault.cure)


def test_a_cell_beyond_any_measure_is_told_with_its_line(tmp_path, monkeypatch):
    monkeypatch.setattr(delimited, "_LARGEST_FIELD", 10)
    (tmp_path / "a.csv").write_text("n,wkt\n1," + "x" * 50 + "\n", "utf-8")
    with pytest.raises(InputFault, match="larger than field limit") as caught:
        read_table(tmp_path / "a.csv")
    assert caught.value.row
