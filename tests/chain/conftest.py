"""A city of a few homes, for taking the whole chain through in a moment."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from huancheng.city.snapshot import LayerTable, Snapshot, write_snapshot
from huancheng.evidence import Provenance

CRS = "EPSG:4548"
LEFT, BOTTOM = 500_000, 4_030_000


def box(x: float, y: float, width: float, height: float) -> shapely.Polygon:
    return shapely.box(LEFT + x, BOTTOM + y, LEFT + x + width, BOTTOM + y + height)


def layer(name: str, geometry: list[shapely.Geometry], /, **columns: list) -> LayerTable:
    ids = [f"{name[:2].upper()}{position}" for position in range(len(geometry))]
    frame = gpd.GeoDataFrame({"id": ids, **columns}, geometry=geometry, crs=CRS)
    return LayerTable(name, frame, dict.fromkeys(columns, Provenance.MEASURED), "toy.gpkg")


@pytest.fixture(scope="session")
def little_snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Eight homes, three of them with a hazard, in two streets of one built-up area."""
    homes = [box(50 + 100 * place, 50, 30, 14) for place in range(8)]
    return write_snapshot(
        tmp_path_factory.mktemp("little") / "snapshot", name="little", title="小城", as_of="2025-12-31", crs=CRS,
        city={"official_population": 640},
        layers=[
            layer("boundary", [box(0, 0, 900, 400)]),
            layer("built_up_area", [box(0, 0, 900, 400)], name=["小城"]),
            layer("divisions", [box(0, 0, 450, 400), box(450, 0, 450, 400)], name=["东街道", "西街道"],
                  level=["street"] * 2),
            layer("buildings", homes, use=["residential"] * 8, structural_hazard=[True] * 3 + [False] * 5),
            layer("streets", [shapely.LineString([(LEFT, BOTTOM + 30), (LEFT + 900, BOTTOM + 30)])],
                  **{"class": ["arterial"]}),
        ],
    )  # fmt: skip
