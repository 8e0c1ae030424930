"""Flood records, problem points, areas of coverage, heritage zones."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from huancheng.city.generate.amenities import Verdict
from huancheng.city.generate.arrays import Booleans, Floats, Integers, Objects
from huancheng.city.generate.columns import booleans, gap, ids, numbers, texts
from huancheng.city.generate.fabric import Blocks, Moat
from huancheng.city.generate.frame import CRS, Frame
from huancheng.city.generate.lattice import Lattice
from huancheng.city.generate.people import DATA_YEAR


def days(count: int, first_year: int, random: np.random.Generator) -> Objects:
    """Return ISO dates from `first_year` to the year of the data."""
    year, month, day = (
        random.integers(first_year, DATA_YEAR + 1, count),
        random.integers(1, 13, count),
        random.integers(1, 29, count),
    )
    return np.array([f"{a:04d}-{b:02d}-{c:02d}" for a, b, c in zip(year, month, day, strict=True)], dtype=object)


def flood_table(
    blocks: Blocks, ponding: Integers, frame: Frame, random: np.random.Generator
) -> tuple[gpd.GeoDataFrame, Verdict]:
    """Record floods in the blocks that pond, in a few others, and once outside the built-up area."""
    others = random.choice(len(blocks), max(4, len(blocks) // 60), replace=False)
    block = np.concatenate([ponding, others])
    x, y = (blocks.x0 + blocks.x1)[block] / 2, (blocks.y0 + blocks.y1)[block] / 2
    x, y = np.append(x, blocks.west.min() - 1_500.0), np.append(y, 60.0)
    count = len(x)
    severe = random.random(count) < np.append(np.where(np.arange(len(block)) < len(ponding), 0.45, 0.1), 1.0)
    if len(ponding):
        severe[0] = True
    missing = random.random(count) < np.append(np.full(count - 1, 0.04), 0.0)
    missing[0] = False
    month = random.integers(6, 9, count)
    day = np.array(
        [
            f"{a:04d}-{b:02d}-{c:02d}"
            for a, b, c in zip(
                random.integers(2016, DATA_YEAR + 1, count), month, random.integers(1, 29, count), strict=True
            )
        ],
        dtype=object,
    )
    table = gpd.GeoDataFrame(
        {
            "id": ids("F", count),
            "name": texts(np.array([f"积水点{n + 1}" for n in range(count)], dtype=object), gap(count, 0.03, random)),
            "occurred_on": texts(day, gap(count, 0.05, random)),
            "depth": numbers(np.round(random.uniform(0.1, 0.6, count), 2), gap(count, 0.12, random)),
            "duration": numbers(np.round(random.uniform(0.3, 6, count), 1), gap(count, 0.2, random)),
            "severe": booleans(severe, missing),
        },
        geometry=frame.places(x, y),
        crs=CRS,
    )
    scope = np.arange(count) < count - 1
    flagged = severe & ~missing & scope
    return table, Verdict.of(flagged, (~severe & ~missing) | ~scope)


_PROBLEMS = (
    ("楼道堆放杂物", "2023-H-03", "楼道内堆放杂物，影响疏散"),
    ("外墙饰面脱落", "2023-H-04", "外墙面砖脱落，面积约3平方米"),
    ("步行道破损", "2023-C-19", "人行道板破损、积水"),
    ("机动车乱停放", "2023-B-27", "机动车占用人行道停放"),
    ("飞线充电", "2023-C-17", "电动自行车飞线充电"),
    ("路面积水", "2023-U-49", "雨后路面积水超过15厘米"),
)


def problem_table(x: Floats, y: Floats, frame: Frame, random: np.random.Generator) -> gpd.GeoDataFrame:
    """Return problems found on the ground at given places."""
    count = len(x)
    kind = random.integers(0, len(_PROBLEMS), count)
    words = np.array(_PROBLEMS, dtype=object)[kind]
    return gpd.GeoDataFrame(
        {
            "id": ids("Q", count),
            "problem_type": texts(words[:, 0], gap(count, 0.02, random)),
            "indicator": texts(words[:, 1], gap(count, 0.05, random)),
            "found_on": texts(days(count, DATA_YEAR, random), gap(count, 0.03, random)),
            "description": texts(words[:, 2], gap(count, 0.1, random)),
            "settled": booleans(random.random(count) < 0.35, gap(count, 0.06, random)),
        },
        geometry=frame.places(x, y),
        crs=CRS,
    )


@dataclass(frozen=True)
class Coverage:
    """Areas of coverage and the share of the built-up area each surely covers, in km²."""

    table: gpd.GeoDataFrame
    square_kilometres: dict[str, float]


def coverage_table(
    lattice: Lattice, built_up: Objects, green: Objects, banks: Objects, frame: Frame, random: np.random.Generator
) -> Coverage:
    """Cover some of the quarters with a model, all but a few with the management grid, some with quiet."""
    column, row = np.nonzero(lattice.active)
    quarters = frame.boxes(lattice.x[column], lattice.y[row], lattice.x[column + 1], lattice.y[row + 1])
    area = shapely.area(quarters)
    model = lattice.remoteness[column, row] < np.quantile(lattice.remoteness[column, row], 0.38)
    grid = random.random(len(quarters)) < 0.94
    quiet = random.random(len(quarters)) < 0.72
    corridors = banks if len(banks) else quarters[:1]
    parts = [
        ("cim", quarters[model]),
        ("management_grid", quarters[grid]),
        ("noise_compliant", quarters[quiet]),
        ("permeable", green),
        ("ecological_corridor", corridors),
    ]
    kind = np.concatenate([np.full(len(shapes), name, dtype=object) for name, shapes in parts])
    shapes = np.concatenate([shapes for _, shapes in parts])
    count = len(shapes)
    compliant = np.where(kind == "ecological_corridor", random.random(count) < 0.7, True)
    table = gpd.GeoDataFrame(
        {
            "id": ids("V", count),
            "kind": texts(kind),
            "name": texts(
                np.array([f"{name}-{n + 1}" for n, name in enumerate(kind)], dtype=object), gap(count, 0.03, random)
            ),
            "compliant": booleans(compliant, gap(count, 0.04, random) & (kind != "noise_compliant")),
        },
        geometry=shapes,
        crs=CRS,
    )
    covered = {
        "cim": area[model].sum(),
        "management_grid": area[grid].sum(),
        "noise_compliant": area[quiet].sum(),
        "permeable": shapely.area(green).sum(),
    }
    whole = float(shapely.area(built_up).sum())
    return Coverage(table, {"built_up": whole / 1e6, **{name: float(value) / 1e6 for name, value in covered.items()}})


def heritage_table(
    blocks: Blocks, moat: Moat, frame: Frame, random: np.random.Generator
) -> tuple[gpd.GeoDataFrame, Booleans]:
    """Return protection zones of the old town, and which of them are historic districts with plaque and file."""
    old = np.flatnonzero(blocks.old)
    inner = tuple(np.array([value]) for value in moat.inner)
    outer = tuple(np.array([value]) for value in moat.outer)
    half = len(old) // 2
    single = [old[: max(1, half)], old[max(1, half) :] if half else old[:1]]
    districts = [_hull(blocks, group, frame) for group in single]
    extra = old[[0, -1]]
    relic = frame.boxes(blocks.x0[extra], blocks.y0[extra], blocks.x0[extra] + 40, blocks.y0[extra] + 40)
    core = frame.boxes(
        blocks.x0[old[:1]] + 10, blocks.y0[old[:1]] + 10, blocks.x1[old[:1]] - 10, blocks.y1[old[:1]] - 10
    )
    shapes = np.concatenate(
        [np.array(districts, dtype=object), frame.boxes(*inner), core, frame.boxes(*outer), frame.boxes(*outer), relic]
    )
    kinds = [
        "historic_district",
        "historic_district",
        "historic_area",
        "core_zone",
        "control_zone",
        "environment",
        "relic_zone",
        "relic_zone",
    ]
    names = [
        "古城西历史文化街区",
        "古城东历史文化街区",
        "古城历史风貌区",
        "古城核心保护范围",
        "古城建设控制地带",
        "古城环境协调区",
        "古楼保护范围",
        "会馆保护范围",
    ]
    count = len(shapes)
    plaque = random.random(count) < 0.7
    plaque[0] = True
    district = np.array([kind == "historic_district" for kind in kinds])
    missing = np.zeros(count, bool)
    missing[-1] = True
    table = gpd.GeoDataFrame(
        {
            "id": ids("Z", count),
            "name": texts(np.array(names, dtype=object)),
            "kind": texts(np.array(kinds, dtype=object)),
            "plaque": booleans(plaque, missing),
            "restored": booleans(random.random(count) < 0.5, missing),
        },
        geometry=shapes,
        crs=CRS,
    )
    return table, (district & plaque)[district]


def _hull(blocks: Blocks, group: Integers, frame: Frame) -> object:
    return frame.boxes(
        *(
            np.array([value])
            for value in (
                blocks.x0[group].min(),
                blocks.y0[group].min(),
                blocks.x1[group].max(),
                blocks.y1[group].max(),
            )
        )
    )[0]
