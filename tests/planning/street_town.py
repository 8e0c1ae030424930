"""A town of one street, so that every walk can be told by heart.

The high street runs from (0, 0) to (2000, 0) metres from the origin; a home of 100 people stands on it every 100 m,
from 0 to 1900. A back street at y = 200 joins it only at x = 2000; one home of 50 people stands on it at x = 100,
200 m from the kindergarten's door as the crow flies and a walk of nearly four kilometres. The west ends at x = 950.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from huancheng.city.snapshot import LayerTable, Snapshot, write_snapshot
from huancheng.evidence import Provenance

CRS = "EPSG:4548"
ORIGIN = (500_000.0, 4_000_000.0)
HOMES = range(0, 2000, 100)


def moved(shape):
    """Move a shape drawn in metres from the origin to its place."""
    return shapely.transform(shape, lambda xy: xy + np.array(ORIGIN))


def frame(rows):
    data = pd.DataFrame([{key: value for key, value in row.items() if key != "geometry"} for row in rows])
    return gpd.GeoDataFrame(data, geometry=[moved(row["geometry"]) for row in rows], crs=CRS)


def table(name, rows, provenance=Provenance.MEASURED):
    made = frame(rows)
    columns = [column for column in made.columns if column not in {"id", "geometry"}]
    return LayerTable(name, made, dict.fromkeys(columns, provenance), source="hand")


def square(x, y, side):
    half = side / 2
    return shapely.box(x - half, y - half, x + half, y + half)


def streets():
    lines = [[(x, 0), (x + 100, 0)] for x in range(0, 2000, 100)] + [
        [(x, 200), (x + 100, 200)] for x in range(0, 2000, 100)
    ]
    lines.append([(2000, 0), (2000, 200)])
    return [
        {"id": f"R{number:02d}", "class": "branch", "walk": True, "geometry": shapely.LineString(line)}
        for number, line in enumerate(lines)
    ]


def buildings():
    rows = [
        {"id": f"B{x:04d}", "use": "residential", "population": 100.0, "households": 40, "floor_area": 1000.0,
         "height": 18.0, "safety_grade": "B", "year_built": 1990 + x // 100, "illegal": False,
         "geometry": square(x, 0, 20)}
        for x in HOMES
    ]  # fmt: skip
    rows.append({"id": "BACK", "use": "residential", "population": 50.0, "households": 20, "floor_area": 500.0,
                 "height": 9.0, "safety_grade": "D", "year_built": 1970, "illegal": True,
                 "geometry": square(100, 200, 20)})  # fmt: skip
    return rows


def facilities():
    def at(name, kind, x, **columns):
        return {"id": name, "class": kind, "name": name, "geometry": shapely.Point(x, 0), **columns}

    return [at("K1", "kindergarten", 300, area=3000.0), at("K2", "kindergarten", 1200, area=3500.0),
            at("H1", "community_health", 500), at("C1", "convenience_store", 100)]  # fmt: skip


def estates():
    return [
        {"id": "E1", "name": "西小区", "households": 400, "population": 1050.0, "parking_spaces": 200,
         "activity_ground_area": 100.0, "property_management": True, "waste_sorting": False,
         "geometry": shapely.box(-40, -40, 940, 240)},
        {"id": "E2", "name": "东小区", "households": 400, "population": 1000.0, "parking_spaces": 500,
         "activity_ground_area": 300.0, "property_management": True, "waste_sorting": True,
         "geometry": shapely.box(960, -40, 1940, 40)},
    ]  # fmt: skip


def land_use():
    return [
        {"id": "L1", "use": "residential", "geometry": shapely.box(-50, -50, 950, 50)},
        {"id": "L2", "use": "industrial", "geometry": shapely.box(950, 60, 1950, 190)},
        {"id": "L3", "use": "residential", "geometry": shapely.box(950, -50, 1950, 50)},
    ]


def blocks():
    return [
        {"id": f"Q{number}", "geometry": shapely.box(x, -50, x + 200, 50)}
        for number, x in enumerate(range(-50, 1950, 200))
    ]


def built_up_area():
    return [{"id": "G", "geometry": shapely.box(-60, -60, 2010, 260)}]


def areas():
    """West and east, whose line is at x = 950."""
    return frame(
        [
            {"id": "W", "name": "西单元", "geometry": shapely.box(-50, -50, 950, 250)},
            {"id": "E", "name": "东单元", "geometry": shapely.box(950, -50, 1950, 250)},
        ]
    )


LAYERS = {"built_up_area": built_up_area,
    "streets": streets, "buildings": buildings, "facilities": facilities, "estates": estates,
          "land_use": land_use, "blocks": blocks}  # fmt: skip


def build(folder, **changed):
    """Write the town; a layer given as None is left out, one given as rows replaces its own or joins them."""
    tables = []
    for name in dict.fromkeys([*LAYERS, *changed]):
        rows = changed[name] if name in changed else LAYERS[name]()
        if rows is not None:
            tables.append(table(name, rows))
    write_snapshot(folder, name="street-town", title="一街镇", crs=CRS, as_of="2025-12-31", layers=tables)
    return Snapshot(folder)
