"""Layers of nature: green space, water, waterways, and the railway that runs among them."""

from __future__ import annotations

import geopandas as gpd
import numpy as np

from huancheng.city.generate.arrays import Booleans, Objects
from huancheng.city.generate.columns import booleans, gap, ids, integers, layer_frame, texts
from huancheng.city.generate.fabric import Fabric
from huancheng.city.generate.frame import Frame
from huancheng.city.generate.plot_uses import PlotUse, Uses
from huancheng.city.generate.territory import Territory
from huancheng.city.generate.waterside import Waterside, railway_name


def green_table(
    fabric: Fabric, uses: Uses, waterside: Waterside, territory: Territory, frame: Frame, random: np.random.Generator
) -> tuple[gpd.GeoDataFrame, Objects]:
    """Return green spaces, and those of them that lie in the built-up area and let water through."""
    plots = fabric.plots
    parts: list[tuple[str, Objects, str, bool]] = []
    for use, category, word in ((PlotUse.PARK, "park", "公园"), (PlotUse.SQUARE, "square", "广场")):
        rows = np.flatnonzero(uses.use == use)
        parts.append(
            (
                category,
                frame.boxes(plots.x0[rows] + 2, plots.y0[rows] + 2, plots.x1[rows] - 2, plots.y1[rows] - 2),
                word,
                True,
            )
        )
    sport = np.flatnonzero(uses.use == PlotUse.SPORT)
    parts.append(
        (
            "playground",
            frame.boxes(plots.x0[sport] + 8, plots.y0[sport] + 6, plots.x0[sport] + 48, plots.y0[sport] + 36),
            "活动场地",
            True,
        )
    )
    parts.append(("protective", waterside.banks, "滨河绿带", True))
    college = np.flatnonzero(np.isin(uses.use, [PlotUse.COLLEGE, PlotUse.GOVERNMENT]))
    parts.append(
        (
            "attached",
            frame.boxes(plots.x0[college] + 6, plots.y0[college] + 3, plots.x1[college] - 6, plots.y0[college] + 11),
            "附属绿地",
            False,
        )
    )
    outside = np.flatnonzero((territory.county == 0) & ~territory.urban)[4::9]
    parts.append(("nature", territory.cells[outside], "郊野林地", True))
    parts.append(
        (
            "other",
            frame.boxes(plots.x0[:2] + 0.2, plots.y0[:2] + 0.2, plots.x0[:2] + 1.6, plots.y0[:2] + 8),
            "街角绿地",
            True,
        )
    )
    kind = np.concatenate([np.full(len(shapes), name, dtype=object) for name, shapes, _, _ in parts])
    named = np.concatenate(
        [np.array([f"{word}{n + 1}" for n in range(len(shapes))], dtype=object) for _, shapes, word, _ in parts]
    )
    opened = np.concatenate([np.full(len(shapes), flag) for _, shapes, _, flag in parts])
    every = np.concatenate([shapes for _, shapes, _, _ in parts])
    count = len(kind)
    opened = opened & (random.random(count) < 0.97)
    table = layer_frame(
        {
            "id": ids("H", count),
            "name": texts(named, gap(count, 0.04, random)),
            "kind": texts(kind, gap(count, 0.02, random) & (kind != "park")),
            "open": booleans(opened, gap(count, 0.03, random)),
        },
        every,
    )
    return table, np.concatenate([parts[0][1], parts[1][1], waterside.banks])


def water_tables(
    waterside: Waterside, foul: Booleans, foul_missing: Booleans, random: np.random.Generator
) -> dict[str, gpd.GeoDataFrame]:
    """Return water surfaces, waterways and railways."""
    count, ways, rails = len(waterside.water), len(waterside.ways), len(waterside.rails)
    rail_gap = np.zeros(rails, bool)
    rail_gap[-1] = True
    return {
        "water": layer_frame(
            {
                "id": ids("S", count),
                "name": texts(waterside.water_names, gap(count, 0.05, random)),
                "kind": texts(waterside.water_kinds),
                "black_odorous": booleans(foul, foul_missing),
            },
            waterside.water,
        ),
        "waterways": layer_frame(
            {
                "id": ids("Y", ways),
                "name": texts(waterside.way_names, np.arange(ways) == ways - 2),
                "kind": texts(waterside.way_kinds),
                "tunnel": booleans(waterside.way_covered > 0, np.arange(ways) == ways - 3),
            },
            waterside.ways,
        ),
        "railways": layer_frame(
            {
                "id": ids("X", rails),
                "name": texts(np.full(rails, railway_name(), dtype=object), rail_gap),
                "kind": texts(np.full(rails, "rail", dtype=object)),
                "bridge": booleans(waterside.rail_level > 0, rail_gap),
                "tunnel": booleans(np.zeros(rails, bool), rail_gap),
                "layer_level": integers(waterside.rail_level),
            },
            waterside.rails,
        ),
    }
