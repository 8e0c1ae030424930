"""Streets with their attributes, bus stops, pipes."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from huancheng.city.generate.arrays import Booleans, Floats, Integers, Objects
from huancheng.city.generate.columns import booleans, coded, gap, ids, integers, numbers, texts
from huancheng.city.generate.condition import Tri
from huancheng.city.generate.frame import CRS, Frame
from huancheng.city.generate.lattice import StreetClass
from huancheng.city.generate.strokes import Strokes

STREET_CLASSES = (
    "expressway",
    "arterial",
    "secondary",
    "branch",
    "residential",
    "service",
    "pedestrian",
    "cycleway",
    "track",
)
_LANES = np.array([6, 6, 4, 2, 2, 1, 1, 1, 1])
_WIDTH = np.array([28.0, 30.0, 20.0, 12.0, 6.0, 4.0, 2.5, 3.0, 4.0])
_SPEED = np.array([46.0, 27.0, 23.0, 18.0, 12.0, 8.0, np.nan, np.nan, 15.0])


@dataclass(frozen=True)
class StreetTruth:
    """What the streets' flags are: 步行道不达标 and 乱停乱放."""

    footway: Tri
    parking: Tri


def street_table(
    edges: Strokes, names: Objects, frame: Frame, random: np.random.Generator
) -> tuple[gpd.GeoDataFrame, StreetTruth]:
    """Return the streets layer and the truth about its flags."""
    count = len(edges)
    kind = edges.street_class
    main = kind <= StreetClass.BRANCH
    bridge, tunnel = edges.level > 0, edges.level < 0
    drive = np.isin(kind, [StreetClass.PEDESTRIAN, StreetClass.CYCLEWAY], invert=True)
    walk = (kind != StreetClass.EXPRESSWAY) & (kind != StreetClass.CYCLEWAY)
    cycle = (kind != StreetClass.EXPRESSWAY) & (kind != StreetClass.PEDESTRIAN)
    oneway = (kind == StreetClass.BRANCH) & (random.random(count) < 0.04)
    footway = Tri(walk & (kind <= StreetClass.RESIDENTIAL) & (random.random(count) < 0.09), gap(count, 0.03, random))
    parking = Tri(np.isin(kind, [2, 3, 4]) & (random.random(count) < 0.07), gap(count, 0.03, random))
    unnamed = edges.name < 0
    speed = np.round(_SPEED[kind] * random.uniform(0.75, 1.25, count), 1)
    frame_table = gpd.GeoDataFrame(
        {
            "id": ids("R", count),
            "name": texts(np.asarray(names)[np.where(unnamed, 0, edges.name)], unnamed),
            "class": coded(STREET_CLASSES, kind),
            "oneway": booleans(oneway, gap(count, 0.01, random)),
            "reversed": booleans(oneway & (random.random(count) < 0.3), gap(count, 0.01, random)),
            "bridge": booleans(bridge),
            "tunnel": booleans(tunnel),
            "layer_level": integers(edges.level),
            "walk": booleans(walk),
            "cycle": booleans(cycle),
            "drive": booleans(drive),
            "lanes": integers(_LANES[kind], gap(count, 0.06, random)),
            "width": numbers(np.round(_WIDTH[kind] * random.uniform(0.9, 1.1, count), 1), gap(count, 0.08, random)),
            "peak_speed": numbers(speed, np.isnan(speed) | ~main | (main & (random.random(count) < 0.1))),
            "greenway": booleans(edges.greenway),
            "footway_substandard": booleans(footway.value, footway.missing),
            "barrier_free": booleans(random.random(count) < np.where(main, 0.7, 0.3), gap(count, 0.05, random)),
            "parking_disorder": booleans(parking.value, parking.missing),
        },
        geometry=frame.lines(edges.x0, edges.y0, edges.x1, edges.y1),
        crs=CRS,
    )
    return frame_table, StreetTruth(footway, parking)


def stop_table(
    edges: Strokes, names: Objects, frame: Frame, station: tuple[float, float], random: np.random.Generator
) -> gpd.GeoDataFrame:
    """Return bus stops beside the middle of main street edges, about two per kilometre, and the railway station."""
    main = (edges.street_class == StreetClass.ARTERIAL) | (edges.street_class == StreetClass.SECONDARY)
    length = np.hypot(edges.x1 - edges.x0, edges.y1 - edges.y0)
    chosen = np.flatnonzero(main & (edges.level == 0) & (length < 900) & (random.random(len(edges)) < length / 420.0))
    east, north = (edges.x1 - edges.x0)[chosen] / length[chosen], (edges.y1 - edges.y0)[chosen] / length[chosen]
    x = (edges.x0 + edges.x1)[chosen] / 2 + 14 * north
    y = (edges.y0 + edges.y1)[chosen] / 2 - 14 * east
    count = len(chosen)
    word = np.array([f"{names[row]}{n + 1}站" for n, row in enumerate(edges.name[chosen])], dtype=object)
    return gpd.GeoDataFrame(
        {
            "id": ids("T", count + 1),
            "name": texts(np.append(word, "示例站"), np.append(gap(count, 0.03, random), False)),
            "kind": texts(np.append(np.full(count, "bus", dtype=object), "rail")),
            "lines": integers(np.append(random.integers(1, 9, count), 1), np.append(gap(count, 0.06, random), False)),
        },
        geometry=frame.places(np.append(x, station[0]), np.append(y, station[1])),
        crs=CRS,
    )


_PIPES = (
    ("storm", 1.0, -4.0, (600, 800, 1000, 1200), ("混凝土管", "HDPE")),
    ("sewage", 0.9, 4.0, (400, 500, 600), ("混凝土管", "HDPE")),
    ("combined", 0.12, 2.0, (500, 800), ("混凝土管", "砖砌")),
    ("water", 0.95, -7.0, (200, 300, 500), ("球墨铸铁", "PE")),
    ("gas", 0.7, 7.0, (110, 200, 315), ("PE", "钢管")),
    ("heat", 0.4, 9.0, (250, 400, 600), ("预制保温管", "钢管")),
    ("power", 0.6, -9.0, (150, 200), ("排管", "MPP")),
    ("telecom", 0.6, -8.0, (100, 110), ("PVC", "硅芯管")),
)


@dataclass(frozen=True)
class PipeTruth:
    """Length of the water, drainage, gas and heat pipes watched by sensors and of all of them, in km."""

    monitored: float
    total: float


def pipe_table(
    strokes: Strokes, inside: Booleans, frame: Frame, random: np.random.Generator
) -> tuple[gpd.GeoDataFrame, PipeTruth]:
    """Lay pipes beside the main streets; which are watched is known for all of them."""
    fit = np.flatnonzero(inside & (strokes.level == 0) & np.isin(strokes.street_class, [1, 2, 3]))
    parts: list[tuple[Objects, Floats, Floats, Floats, Floats, Integers, Objects]] = []
    for kind, share, offset, diameters, materials in _PIPES:
        rows = fit[random.random(len(fit)) < share]
        upright = (strokes.x0 == strokes.x1)[rows]
        dx, dy = np.where(upright, offset, 0.0), np.where(upright, 0.0, offset)
        parts.append(
            (
                np.full(len(rows), kind, dtype=object),
                strokes.x0[rows] + dx,
                strokes.y0[rows] + dy,
                strokes.x1[rows] + dx,
                strokes.y1[rows] + dy,
                random.choice(diameters, len(rows)),
                np.array(materials, dtype=object)[random.integers(0, len(materials), len(rows))],
            )
        )
    kinds, x0, y0, x1, y1, diameter, material = (np.concatenate(part) for part in zip(*parts, strict=True))
    count = len(kinds)
    monitored = random.random(count) < 0.22
    year = random.integers(1978, 2025, count)
    lines = frame.lines(x0, y0, x1, y1)
    length = shapely.length(lines) / 1000.0
    table = gpd.GeoDataFrame(
        {
            "id": ids("P", count),
            "kind": texts(kinds),
            "diameter": numbers(diameter.astype(float), gap(count, 0.05, random)),
            "material": texts(material, gap(count, 0.12, random)),
            "year_laid": integers(year, gap(count, 0.15, random)),
            "monitored": booleans(monitored),
            "renewed": booleans((year > 2012) | (random.random(count) < 0.2), gap(count, 0.06, random)),
        },
        geometry=lines,
        crs=CRS,
    )
    municipal = ~np.isin(kinds, ["power", "telecom"])
    return table, PipeTruth(float(length[monitored & municipal].sum()), float(length[municipal].sum()))
