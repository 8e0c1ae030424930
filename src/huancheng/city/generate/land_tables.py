"""Layers of land and territory: divisions, managed areas, plan boundaries, land use, blocks, parcels, estates, green."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from huancheng.city.generate.arrays import Booleans, Floats, Integers, Objects
from huancheng.city.generate.columns import booleans, coded, gap, ids, integers, numbers, texts
from huancheng.city.generate.condition import EstateCondition
from huancheng.city.generate.fabric import Blocks, Fabric, Plots
from huancheng.city.generate.frame import CRS, Frame
from huancheng.city.generate.lattice import Lattice
from huancheng.city.generate.people import ESTATE_KINDS, Estates
from huancheng.city.generate.plot_uses import PlotUse, Uses
from huancheng.city.generate.territory import Territory, county_name
from huancheng.city.generate.waterside import Waterside
from huancheng.city.generate.words import CITY, COUNTIES, DISTRICT, LAKE, ZONES

LAND_USES = (
    "residential", "public_service", "commercial", "industrial", "logistics", "transport", "utility", "green", "special",
    "village", "agricultural", "forest", "water", "vacant",
)  # fmt: skip

_LAND_OF_PLOT = np.array([0, 0, 0, 0, 0, 0, 9, 0, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 7, 7, 3, 4, 6, 5, 13])
_CODES = ("0701", "0803", "0901", "1001", "1101", "1207", "1300", "1401", "1500", "0703", "0101", "0301", "1701", "2300")


def _frame(columns: dict[str, object], shapes: Objects) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=CRS)


def division_table(territory: Territory, random: np.random.Generator) -> gpd.GeoDataFrame:
    """Return all four levels; every level tiles the one above."""
    counties, streets, cells = len(territory.counties), len(territory.streets), len(territory.cells)
    whole = shapely.coverage_union_all(territory.counties)
    county_ids = np.array([f"D{n:02d}" for n in range(1, counties + 1)], dtype=object)
    street_ids = np.array([f"D{c + 1:02d}S{n + 1:04d}" for n, c in enumerate(territory.street_county)], dtype=object)
    cell_ids = np.array([f"D{c + 1:02d}S{s + 1:04d}C{n + 1:06d}" for n, (c, s) in enumerate(zip(territory.county, territory.street, strict=True))], dtype=object)
    code = np.concatenate([
        ["990000"], [f"9900{n:02d}" for n in range(1, counties + 1)], [f"9900{c + 1:02d}{n + 1:04d}" for n, c in enumerate(territory.street_county)],
        [f"9900{c + 1:02d}{s + 1:04d}{n + 1:06d}" for n, (c, s) in enumerate(zip(territory.county, territory.street, strict=True))],
    ]).astype(object)  # fmt: skip
    missing = np.zeros(len(code), bool)
    missing[-cells:] = gap(cells, 0.02, random)
    names = np.concatenate([[CITY], [county_name(n) for n in range(counties)], territory.street_names, territory.community_names]).astype(object)
    levels = np.concatenate([["city"], np.full(counties, "county"), np.full(streets, "street"), np.full(cells, "community")]).astype(object)
    parents = np.concatenate([[None], np.full(counties, "D00"), county_ids[territory.street_county], street_ids[territory.street]]).astype(object)
    return _frame(
        {
            "id": np.concatenate([["D00"], county_ids, street_ids, cell_ids]).astype(object), "code": texts(code, missing), "name": texts(names),
            "level": texts(levels), "parent_id": texts(parents, np.arange(len(parents)) == 0),
        },
        np.concatenate([np.array([whole], dtype=object), territory.counties, territory.streets, territory.cells]),
    )  # fmt: skip


def managed_area_table(territory: Territory, lattice: Lattice, zones: list[Objects]) -> gpd.GeoDataFrame:
    """Return the district, the counties and the three development zones, the first also in its older extent."""
    shapes = [*territory.counties]
    names = [county_name(n) for n in range(len(territory.counties))]
    kinds = ["district" if n == 0 else ("county_city" if names[n].endswith("市") else "county") for n in range(len(names))]
    levels: list[str | None] = [None] * len(names)
    begins: list[str | None] = ["1998-01-01"] * len(names)
    ends: list[str | None] = [None] * len(names)
    for zone, (cells, name, level, begin) in enumerate(zip(zones, ZONES, ("national", "provincial", "municipal"), ("2016-07-01", "2010-05-01", None), strict=True)):
        shapes.append(shapely.coverage_union_all(cells))
        if zone == 0:
            half = cells[: max(1, len(cells) // 2)]
            shapes.append(shapely.coverage_union_all(half))
        for extent in range(2 if zone == 0 else 1):
            names.append(name)
            kinds.append("development_zone")
            levels.append(level)
            begins.append(begin if extent == 0 else "1998-09-01")
            ends.append(None if extent == 0 else "2016-06-30")
    count = len(names)
    codes = np.array([f"J{n + 1:02d}" for n in range(count)], dtype=object)
    return _frame(
        {
            "id": ids("M", count), "code": texts(codes, np.arange(count) == count - 1), "name": texts(np.array(names, dtype=object)),
            "kind": texts(np.array(kinds, dtype=object)), "zone_level": texts(np.array(levels, dtype=object)),
            "effective_from": texts(np.array(begins, dtype=object)), "effective_to": texts(np.array(ends, dtype=object)),
        },
        np.array(shapes, dtype=object),
    )  # fmt: skip


def zone_cells(territory: Territory, lattice: Lattice, cluster_box: Objects) -> list[Objects]:
    """Return the communities of the three zones: a side of the main city, the cluster, a country side with water."""
    urban = np.flatnonzero(territory.urban)
    middle = shapely.centroid(territory.cells)
    in_cluster = shapely.intersects(middle, shapely.union_all(cluster_box))
    cluster = np.flatnonzero(in_cluster)
    rest = np.setdiff1d(urban, cluster)
    rows = territory.rows
    column, row = rest // rows, rest % rows
    east = rest[(column >= np.quantile(column, 0.8)) & (row <= np.quantile(row, 0.6))]
    below = np.flatnonzero((territory.county == 0) & ~territory.urban)
    south = below[(below % rows < row.min()) & (below // rows >= column.min()) & (below // rows <= column.max()) & (below % rows >= row.min() - 2)]
    return [territory.cells[east], territory.cells[cluster], territory.cells[south]]


def plan_tables(territory: Territory, built_up: Objects, frame: Frame, main_parts: int) -> dict[str, gpd.GeoDataFrame]:
    """Return boundary, built-up area, central city and development boundary."""
    whole = shapely.coverage_union_all(territory.counties)
    grown = shapely.buffer(built_up, 350.0, join_style="mitre")
    central = shapely.union_all(shapely.buffer(built_up, 900.0, join_style="mitre"))
    seats = shapely.point_on_surface(territory.counties[1:])
    seat_x, seat_y = frame.board(shapely.get_x(seats), shapely.get_y(seats))
    seat = frame.boxes(seat_x - 1_100, seat_y - 900, seat_x + 1_100, seat_y + 900)
    towns = np.flatnonzero((territory.street_county > 0) & np.array([name.endswith("镇") for name in territory.street_names]))[::3]
    place = shapely.point_on_surface(territory.streets[towns])
    town_x, town_y = frame.board(shapely.get_x(place), shapely.get_y(place))
    town = frame.boxes(town_x - 350, town_y - 300, town_x + 350, town_y + 300)
    clear = ~shapely.intersects(town, shapely.union_all(seat))
    town, towns = town[clear], towns[clear]
    city_parts = shapely.get_parts(shapely.union_all(grown))
    names = [f"{CITY}中心城区"] * len(city_parts) + [f"{name}城区" for name in COUNTIES[: len(seat)]] + list(territory.street_names[towns])
    classes = ["city"] * len(city_parts) + ["county_seat"] * len(seat) + ["town"] * len(town)
    missing = np.zeros(len(names), bool)
    missing[-1] = len(names) > len(city_parts) + len(seat)
    clusters = np.array([f"主城组团{n + 1}" if n < main_parts else f"高新组团{n - main_parts + 1}" for n in range(len(built_up))], dtype=object)
    return {
        "boundary": _frame({"id": ["N1"], "name": texts(np.array([CITY], dtype=object))}, np.array([whole], dtype=object)),
        "built_up_area": _frame({"id": ids("U", len(built_up)), "name": texts(clusters)}, built_up),
        "central_city": _frame({"id": ["K1"], "name": texts(np.array([f"{CITY}中心城区（{DISTRICT}）"], dtype=object))}, np.array([central], dtype=object)),
        "development_boundary": _frame(
            {"id": ids("G", len(names)), "name": texts(np.array(names, dtype=object), missing), "boundary_class": texts(np.array(classes, dtype=object))},
            np.concatenate([city_parts, seat, town]),
        ),
    }  # fmt: skip


def block_table(blocks: Blocks, population: Floats, frame: Frame, random: np.random.Generator) -> gpd.GeoDataFrame:
    """Return the blocks layer."""
    shapes = frame.boxes(blocks.x0, blocks.y0, blocks.x1, blocks.y1)
    count = len(blocks)
    return _frame(
        {"id": ids("L", count), "area": numbers(np.round(shapely.area(shapes), 1), gap(count, 0.02, random)), "population": numbers(population, gap(count, 0.03, random))},
        shapes,
    )  # fmt: skip


def parcel_tables(
    fabric: Fabric, uses: Uses, waterside: Waterside, territory: Territory, built_up: Objects, lattice: Lattice, frame: Frame,
    random: np.random.Generator,
) -> dict[str, gpd.GeoDataFrame]:  # fmt: skip
    """Return parcels and land use: plots, the streets about each block, banks, water, railway, the fields beyond."""
    plots, blocks = fabric.plots, fabric.blocks
    shapes = frame.boxes(plots.x0, plots.y0, plots.x1, plots.y1)
    land = _LAND_OF_PLOT[uses.use]
    count = len(plots)
    collective = (uses.use == PlotUse.VILLAGE) | (random.random(count) < 0.02)
    title = random.choice(3, count, p=[0.93, 0.05, 0.02])
    year = random.integers(1985, 2024, count)
    granted = np.array([f"{y}-{m:02d}-{d:02d}" for y, m, d in zip(year, random.integers(1, 13, count), random.integers(1, 29, count), strict=True)], dtype=object)
    parcels = _frame(
        {
            "id": ids("A", count), "parcel_code": texts(np.array([f"990001GB{n + 1:06d}" for n in range(count)], dtype=object), gap(count, 0.02, random)),
            "use": coded(LAND_USES, land, gap(count, 0.03, random)), "tenure": coded(("state", "collective"), collective.astype(np.int64), gap(count, 0.04, random)),
            "title_status": coded(("registered", "unregistered", "disputed"), title, gap(count, 0.05, random)), "granted_on": texts(granted, gap(count, 0.18, random)),
        },
        shapes,
    )  # fmt: skip
    streets = frame.frames((blocks.west, blocks.south, blocks.east, blocks.north), (blocks.x0, blocks.y0, blocks.x1, blocks.y1))
    fields = _fields(territory, lattice, waterside, frame)
    parts = [(land, shapes), (5, streets), (7, waterside.banks), (5, waterside.rail_land), (12, _canal_in_town(waterside)), (10, fields[0]), (11, fields[1])]
    use = np.concatenate([np.broadcast_to(kind, len(group)) for kind, group in parts])
    every = np.concatenate([group for _, group in parts])
    total = len(use)
    land_use = _frame(
        {
            "id": ids("W", total), "use": coded(LAND_USES, use), "use_code": coded(_CODES, use, gap(total, 0.02, random)),
            "name": texts(np.array([f"{LAND_USES[kind]}-{n + 1}" for n, kind in enumerate(use)], dtype=object), random.random(total) < 0.3),
        },
        every,
    )  # fmt: skip
    return {"parcels": parcels, "land_use": land_use}


def _canal_in_town(waterside: Waterside) -> Objects:
    """Return the canal's sections without the two outside the city, and the moat."""
    canal = np.flatnonzero((waterside.water_kinds == "canal"))[1:-1]
    moat = np.flatnonzero(waterside.water_kinds == "moat")
    return waterside.water[np.concatenate([canal, moat])]


def _fields(territory: Territory, lattice: Lattice, waterside: Waterside, frame: Frame) -> tuple[Objects, Objects]:
    """Return fields and woods: communities of the district outside the city's own cells."""
    outside = np.flatnonzero((territory.county == 0) & ~territory.urban)
    canal = shapely.union_all(waterside.water[waterside.water_kinds == "canal"])
    rails = shapely.union_all(shapely.buffer(waterside.rails, 20.0))
    free = shapely.difference(shapely.difference(territory.cells[outside], canal), rails)
    free = np.asarray(free, dtype=object)
    woods = np.arange(len(free)) % 9 == 4
    return free[~woods], free[woods]


def estate_table(estates: Estates, plots: Plots, condition: EstateCondition, frame: Frame) -> gpd.GeoDataFrame:
    """Return the estates layer."""
    shapes = frame.boxes(plots.x0[estates.plot], plots.y0[estates.plot], plots.x1[estates.plot], plots.y1[estates.plot])
    return _frame(
        {
            "id": ids("E", len(estates)), "name": texts(estates.name, np.arange(len(estates)) % 61 == 17), "kind": coded(ESTATE_KINDS, estates.kind, np.arange(len(estates)) % 83 == 5),
            "year_built": integers(estates.year, condition.year_missing), "households": integers(estates.households, condition.households_missing),
            "population": numbers(estates.population.astype(float), condition.population_missing),
            "parking_spaces": integers(condition.parking, condition.parking_missing), "charging_points": integers(condition.charging, condition.charging_missing),
            "activity_ground_area": numbers(condition.ground, condition.ground_missing),
            **{name: booleans(flag.value, flag.missing) for name, flag in condition.flags.items()},
        },
        shapes,
    )  # fmt: skip


def green_table(fabric: Fabric, uses: Uses, waterside: Waterside, territory: Territory, frame: Frame, random: np.random.Generator) -> tuple[gpd.GeoDataFrame, Objects]:
    """Return green spaces, and those of them that lie in the built-up area and let water through."""
    plots = fabric.plots
    parts: list[tuple[str, Objects, str, bool]] = []
    for use, kind, word in ((PlotUse.PARK, "park", "公园"), (PlotUse.SQUARE, "square", "广场")):
        rows = np.flatnonzero(uses.use == use)
        parts.append((kind, frame.boxes(plots.x0[rows] + 2, plots.y0[rows] + 2, plots.x1[rows] - 2, plots.y1[rows] - 2), word, True))
    sport = np.flatnonzero(uses.use == PlotUse.SPORT)
    parts.append(("playground", frame.boxes(plots.x0[sport] + 8, plots.y0[sport] + 6, plots.x0[sport] + 48, plots.y0[sport] + 36), "活动场地", True))
    parts.append(("protective", waterside.banks, "滨河绿带", True))
    college = np.flatnonzero(np.isin(uses.use, [PlotUse.COLLEGE, PlotUse.GOVERNMENT]))
    parts.append(("attached", frame.boxes(plots.x0[college] + 6, plots.y0[college] + 3, plots.x1[college] - 6, plots.y0[college] + 11), "附属绿地", False))
    outside = np.flatnonzero((territory.county == 0) & ~territory.urban)[4::9]
    parts.append(("nature", territory.cells[outside], "郊野林地", True))
    parts.append(("other", frame.boxes(plots.x0[:2] + 0.2, plots.y0[:2] + 0.2, plots.x0[:2] + 1.6, plots.y0[:2] + 8), "街角绿地", True))
    kind = np.concatenate([np.full(len(shapes), name, dtype=object) for name, shapes, _, _ in parts])
    names = np.concatenate([np.array([f"{word}{n + 1}" for n in range(len(shapes))], dtype=object) for _, shapes, word, _ in parts])
    opened = np.concatenate([np.full(len(shapes), flag) for _, shapes, _, flag in parts])
    shapes = np.concatenate([shapes for _, shapes, _, _ in parts])
    count = len(kind)
    opened = opened & (random.random(count) < 0.97)
    table = _frame(
        {"id": ids("H", count), "name": texts(names, gap(count, 0.04, random)), "kind": texts(kind, gap(count, 0.02, random) & (kind != "park")), "open": booleans(opened, gap(count, 0.03, random))}, shapes
    )  # fmt: skip
    return table, np.concatenate([parts[0][1], parts[1][1], waterside.banks])


def water_tables(waterside: Waterside, foul: Booleans, foul_missing: Booleans, random: np.random.Generator) -> dict[str, gpd.GeoDataFrame]:
    """Return water surfaces, waterways and railways."""
    from huancheng.city.generate.waterside import railway_name

    count, ways, rails = len(waterside.water), len(waterside.ways), len(waterside.rails)
    rail_gap = np.zeros(rails, bool)
    rail_gap[-1] = True
    return {
        "water": _frame(
            {"id": ids("S", count), "name": texts(waterside.water_names, gap(count, 0.05, random)), "kind": texts(waterside.water_kinds), "black_odorous": booleans(foul, foul_missing)},
            waterside.water,
        ),
        "waterways": _frame(
            {
                "id": ids("Y", ways), "name": texts(waterside.way_names, np.arange(ways) == ways - 2), "kind": texts(waterside.way_kinds),
                "tunnel": booleans(waterside.way_covered > 0, np.arange(ways) == ways - 3),
            },
            waterside.ways,
        ),
        "railways": _frame(
            {
                "id": ids("X", rails), "name": texts(np.full(rails, railway_name(), dtype=object), rail_gap), "kind": texts(np.full(rails, "rail", dtype=object)),
                "bridge": booleans(waterside.rail_level > 0, rail_gap), "tunnel": booleans(np.zeros(rails, bool), rail_gap), "layer_level": integers(waterside.rail_level),
            },
            waterside.rails,
        ),
    }  # fmt: skip


def population_table(territory: Territory, urban: Floats, random: np.random.Generator) -> gpd.GeoDataFrame:
    """Return residents by community: in town those of its buildings, in the country what such villages have."""
    area = shapely.area(territory.cells) / 1e6
    country = np.rint(area * random.uniform(380, 720, len(area)))
    people = np.where(territory.urban, urban, country)
    return _frame({"id": ids("C", len(people)), "population": numbers(people)}, territory.cells)


