# ruff: noqa: E501
"""A city small enough to check by hand: 2 km × 2 km built up, two streets, four communities, four estates.

The ground runs from (0, 0) to (2000, 2000) metres from the origin; the county reaches 500 m beyond on every side. Streets
lie every 250 m. The western street (街道) holds estates E1 and E2, the eastern E3 and E4; a development zone takes the
north-eastern quarter out of the district.
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from huancheng.city.snapshot import LayerTable, Snapshot, write_snapshot
from huancheng.evidence import Provenance

CRS = "EPSG:4548"
ORIGIN = (500_000.0, 4_000_000.0)
AS_OF = "2025-12-31"


def moved(shape):
    """Move a shape drawn in metres from the origin to its place."""
    return shapely.transform(shape, lambda xy: xy + np.array(ORIGIN))


def box(x0, y0, x1, y1):
    return shapely.box(x0, y0, x1, y1)


def table(name, rows, provenance=Provenance.MEASURED):
    """Build a layer from rows that hold `geometry` in metres from the origin, an id and columns."""
    frame = pd.DataFrame([{key: value for key, value in row.items() if key != "geometry"} for row in rows])
    shapes = [moved(row["geometry"]) for row in rows]
    frame = gpd.GeoDataFrame(frame, geometry=shapes, crs=CRS)
    columns = [column for column in frame.columns if column not in {"id", "geometry"}]
    return LayerTable(name, frame, dict.fromkeys(columns, provenance), source="hand")


def divisions():
    county = {"id": "D1", "name": "东区", "level": "county", "geometry": box(-500, -500, 2500, 2500)}
    streets = [
        {"id": "S1", "name": "西街道", "level": "street", "parent_id": "D1", "geometry": box(-500, -500, 1000, 2500)},
        {"id": "S2", "name": "东街道", "level": "street", "parent_id": "D1", "geometry": box(1000, -500, 2500, 2500)},
    ]
    communities = [
        {"id": f"M{column}{row}", "name": f"社区{column}{row}", "level": "community", "parent_id": f"S{column}",
         "geometry": box(*((-500, 1000) if column == 1 else (1000, 2500)), 0, 0)}
        for column in (1, 2) for row in (1, 2)
    ]  # fmt: skip
    for item, (x0, x1, y0, y1) in zip(
        communities,
        [(-500, 1000, -500, 1000), (-500, 1000, 1000, 2500), (1000, 2500, -500, 1000), (1000, 2500, 1000, 2500)],
        strict=True,
    ):
        item["geometry"] = box(x0, y0, x1, y1)
    return [county, *streets, *communities]


def managed_areas():
    return [
        {"id": "A1", "name": "东区政府", "kind": "district", "geometry": box(-500, -500, 2500, 2500)},
        {"id": "A2", "name": "高新区", "kind": "development_zone", "geometry": box(1000, 1000, 2500, 2500)},
        {
            "id": "A3",
            "name": "旧区",
            "kind": "district",
            "effective_to": "2019-12-31",
            "geometry": box(-500, -500, 500, 500),
        },
    ]


def streets():
    rows = []
    for position in range(0, 2001, 250):
        main = "arterial" if position == 1000 else "branch"
        for name, line in (
            ("南北", [(position, 0), (position, 2000)]),
            ("东西", [(0, position), (2000, position)]),
        ):
            cut = [
                shapely.LineString([start, end]) for start, end in zip(_steps(line)[:-1], _steps(line)[1:], strict=True)
            ]
            rows += [
                {"id": f"R{len(rows) + number:03d}", "name": f"{name}{position}", "class": main, "walk": True,
                 "geometry": piece}
                for number, piece in enumerate(cut)
            ]  # fmt: skip
    return rows


def _steps(line):
    (x0, y0), (x1, y1) = line
    return [(x0 + (x1 - x0) * share / 8, y0 + (y1 - y0) * share / 8) for share in range(9)]


ESTATES = {"E1": (260, 260), "E2": (260, 1260), "E3": (1260, 260), "E4": (1260, 1260)}


def estates():
    return [
        {"id": name, "name": f"{name}小区", "kind": "commodity", "year_built": 1995, "households": 100, "population": 300.0,
         "parking_spaces": 60, "charging_points": 6, "ebike_charging": True, "activity_ground_area": 200.0,
         "property_management": True, "waste_sorting": True, "smart_ready": True, "renovated": False,
         "geometry": box(x, y, x + 230, y + 230)}
        for name, (x, y) in ESTATES.items()
    ]  # fmt: skip


FLAGS = (
    "structural_hazard", "gas_hazard", "corridor_hazard", "envelope_hazard", "pipe_damage", "needs_elderly_retrofit",
    "water_quality_fail", "needs_energy_retrofit", "needs_digital_retrofit",
)  # fmt: skip


def buildings():
    rows = [
        {"id": f"{estate}-B{number}", "use": "residential", "floors": 6, "height": 18.0, "year_built": 1995,
         "safety_grade": "A", "population": 100.0, "estate_id": estate, "incomplete_homes": 0,
         "heritage_status": "none", "fire_monitoring": True,
         **dict.fromkeys(FLAGS, False), "geometry": box(x + 10 + 70 * number, y + 10, x + 50 + 70 * number, y + 60)}
        for estate, (x, y) in ESTATES.items() for number in range(3)
    ]  # fmt: skip
    rows.append({"id": "SHOP", "use": "commercial", "floors": 2, "height": 9.0, "estate_id": None,
                 "geometry": box(1810, 1810, 1850, 1850)})  # fmt: skip
    return rows


def facilities():
    def at(name, kind, x, y, **columns):
        return {"id": name, "class": kind, "name": name, "geometry": shapely.Point(x, y), **columns}

    return [
        at("K1", "kindergarten", 370, 240, capacity=100.0),
        at("N1", "nursery", 370, 240),
        at("O1", "elderly_care", 370, 240),
        at("P1", "primary_school", 370, 240, capacity=10.0, area=9000.0),
        at("Q1", "middle_school", 370, 240, area=9000.0),
        at("G1", "sports_ground", 370, 240, area=600.0, compliant=True),
        at("L1", "cultural_centre", 370, 240, area=3200.0),
        at("F1", "fuel_station", 1250, 265, area=900.0),
        at("U1", "fuel_station", 1900, 100, area=900.0),
        at("H1", "shelter", 400, 400, area=1200.0),
        at("X1", "fire_station", 1000, 1000, area=3000.0),
        at("C1", "maternal_child_health", 900, 900, area=3000.0),
    ]


def base_layers():
    """Return the rows of every layer, to be changed by a test before `build`."""
    return {
        "boundary": [{"id": "B", "name": "小城", "geometry": box(-500, -500, 2500, 2500)}],
        "built_up_area": [{"id": "BU", "name": "组团一", "geometry": box(0, 0, 2000, 2000)}],
        "divisions": divisions(),
        "managed_areas": managed_areas(),
        "streets": streets(),
        "estates": estates(),
        "buildings": buildings(),
        "facilities": facilities(),
        "land_use": [
            {"id": f"LU{name}", "use": "residential", "geometry": box(x, y, x + 230, y + 230)}
            for name, (x, y) in ESTATES.items()
        ],
        "blocks": [
            {"id": f"BL{x}{y}", "geometry": box(x * 250, y * 250, x * 250 + 250, y * 250 + 250)}
            for x in range(8) for y in range(8)
        ],
        "green_space": [{"id": "PK", "kind": "park", "open": True, "geometry": box(260, 500, 360, 560)}],
        "water": [{"id": "W1", "kind": "pond", "black_odorous": False, "geometry": box(1500, 1500, 1510, 1510)}],
        "flood_records": [{"id": "FR1", "severe": False, "geometry": shapely.Point(700, 700)}],
        "pipes": [
            {"id": "PI1", "kind": "water", "monitored": True, "geometry": shapely.LineString([(0, 100), (1000, 100)])},
            {"id": "PI2", "kind": "gas", "monitored": False, "geometry": shapely.LineString([(0, 100), (0, 1100)])},
        ],
    }  # fmt: skip


def find(rows, name):
    """Return the row of that id, to be changed in place."""
    return next(row for row in rows if row["id"] == name)


def build(folder: Path, layers=None, city=None, provenance=Provenance.MEASURED) -> Snapshot:
    """Write the layers as a snapshot."""
    layers = base_layers() if layers is None else layers
    return write_snapshot(
        folder, name="little", title="小城", as_of=AS_OF, crs=CRS,
        layers=[table(name, rows, provenance) for name, rows in layers.items() if rows],
        city=city or {"size_class": "large_2", "rank": "地级市"},
    )  # fmt: skip
