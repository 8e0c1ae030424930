"""Layers of territory: divisions, managed areas, plan boundaries, residents by community."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from huancheng.city.generate.arrays import Floats, Objects
from huancheng.city.generate.columns import gap, ids, layer_frame, numbers, texts
from huancheng.city.generate.frame import Frame
from huancheng.city.generate.territory import Territory, county_name
from huancheng.city.generate.words import CITY, COUNTIES, DISTRICT, ZONES


def division_table(territory: Territory, random: np.random.Generator) -> gpd.GeoDataFrame:
    """Return all four levels; every level tiles the one above."""
    counties, streets, cells = len(territory.counties), len(territory.streets), len(territory.cells)
    whole = shapely.coverage_union_all(territory.counties)
    county_ids = np.array([f"D{n:02d}" for n in range(1, counties + 1)], dtype=object)
    street_ids = np.array([f"D{c + 1:02d}S{n + 1:04d}" for n, c in enumerate(territory.street_county)], dtype=object)
    cell_ids = np.array(
        [
            f"D{c + 1:02d}S{s + 1:04d}C{n + 1:06d}"
            for n, (c, s) in enumerate(zip(territory.county, territory.street, strict=True))
        ],
        dtype=object,
    )
    code = np.concatenate(
        [
            ["990000"],
            [f"9900{n:02d}" for n in range(1, counties + 1)],
            [f"9900{c + 1:02d}{n + 1:04d}" for n, c in enumerate(territory.street_county)],
            [
                f"9900{c + 1:02d}{s + 1:04d}{n + 1:06d}"
                for n, (c, s) in enumerate(zip(territory.county, territory.street, strict=True))
            ],
        ]
    ).astype(object)
    missing = np.zeros(len(code), bool)
    missing[-cells:] = gap(cells, 0.02, random)
    names = np.concatenate(
        [[CITY], [county_name(n) for n in range(counties)], territory.street_names, territory.community_names]
    ).astype(object)
    levels = np.concatenate(
        [["city"], np.full(counties, "county"), np.full(streets, "street"), np.full(cells, "community")]
    ).astype(object)
    parents = np.concatenate(
        [[None], np.full(counties, "D00"), county_ids[territory.street_county], street_ids[territory.street]]
    ).astype(object)
    return layer_frame(
        {
            "id": np.concatenate([["D00"], county_ids, street_ids, cell_ids]).astype(object),
            "code": texts(code, missing),
            "name": texts(names),
            "level": texts(levels),
            "parent_id": texts(parents, np.arange(len(parents)) == 0),
        },
        np.concatenate([np.array([whole], dtype=object), territory.counties, territory.streets, territory.cells]),
    )


def managed_area_table(territory: Territory, zones: list[Objects]) -> gpd.GeoDataFrame:
    """Return the district, the counties and the three development zones, the first also in its older extent."""
    shapes = [*territory.counties]
    names = [county_name(n) for n in range(len(territory.counties))]
    kinds = [
        "district" if n == 0 else ("county_city" if names[n].endswith("市") else "county") for n in range(len(names))
    ]
    levels: list[str | None] = [None] * len(names)
    begins: list[str | None] = ["1998-01-01"] * len(names)
    ends: list[str | None] = [None] * len(names)
    for zone, (cells, name, level, begin) in enumerate(
        zip(zones, ZONES, ("national", "provincial", "municipal"), ("2016-07-01", "2010-05-01", None), strict=True)
    ):
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
    return layer_frame(
        {
            "id": ids("M", count),
            "code": texts(codes, np.arange(count) == count - 1),
            "name": texts(np.array(names, dtype=object)),
            "kind": texts(np.array(kinds, dtype=object)),
            "zone_level": texts(np.array(levels, dtype=object)),
            "effective_from": texts(np.array(begins, dtype=object)),
            "effective_to": texts(np.array(ends, dtype=object)),
        },
        np.array(shapes, dtype=object),
    )


def zone_cells(territory: Territory, cluster_box: Objects) -> list[Objects]:
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
    south = below[
        (below % rows < row.min())
        & (below // rows >= column.min())
        & (below // rows <= column.max())
        & (below % rows >= row.min() - 2)
    ]
    return [territory.cells[east], territory.cells[cluster], territory.cells[south]]


def plan_tables(territory: Territory, built_up: Objects, frame: Frame, main_parts: int) -> dict[str, gpd.GeoDataFrame]:
    """Return boundary, built-up area, central city and development boundary."""
    whole = shapely.coverage_union_all(territory.counties)
    grown = shapely.buffer(built_up, 350.0, join_style="mitre")
    central = shapely.union_all(shapely.buffer(built_up, 900.0, join_style="mitre"))
    seats = shapely.point_on_surface(territory.counties[1:])
    seat_x, seat_y = frame.board(shapely.get_x(seats), shapely.get_y(seats))
    seat = frame.boxes(seat_x - 1_100, seat_y - 900, seat_x + 1_100, seat_y + 900)
    towns = np.flatnonzero(
        (territory.street_county > 0) & np.array([name.endswith("镇") for name in territory.street_names])
    )[::3]
    place = shapely.point_on_surface(territory.streets[towns])
    town_x, town_y = frame.board(shapely.get_x(place), shapely.get_y(place))
    town = frame.boxes(town_x - 350, town_y - 300, town_x + 350, town_y + 300)
    clear = ~shapely.intersects(town, shapely.union_all(seat))
    town, towns = town[clear], towns[clear]
    city_parts = shapely.get_parts(shapely.union_all(grown))
    names = (
        [f"{CITY}中心城区"] * len(city_parts)
        + [f"{name}城区" for name in COUNTIES[: len(seat)]]
        + list(territory.street_names[towns])
    )
    classes = ["city"] * len(city_parts) + ["county_seat"] * len(seat) + ["town"] * len(town)
    missing = np.zeros(len(names), bool)
    missing[-1] = len(names) > len(city_parts) + len(seat)
    clusters = np.array(
        [f"主城组团{n + 1}" if n < main_parts else f"高新组团{n - main_parts + 1}" for n in range(len(built_up))],
        dtype=object,
    )
    return {
        "boundary": layer_frame(
            {"id": ["N1"], "name": texts(np.array([CITY], dtype=object))}, np.array([whole], dtype=object)
        ),
        "built_up_area": layer_frame({"id": ids("U", len(built_up)), "name": texts(clusters)}, built_up),
        "central_city": layer_frame(
            {"id": ["K1"], "name": texts(np.array([f"{CITY}中心城区（{DISTRICT}）"], dtype=object))},
            np.array([central], dtype=object),
        ),
        "development_boundary": layer_frame(
            {
                "id": ids("G", len(names)),
                "name": texts(np.array(names, dtype=object), missing),
                "boundary_class": texts(np.array(classes, dtype=object)),
            },
            np.concatenate([city_parts, seat, town]),
        ),
    }


def population_table(territory: Territory, urban: Floats, random: np.random.Generator) -> gpd.GeoDataFrame:
    """Return residents by community: in town those of its buildings, in the country what such villages have."""
    area = shapely.area(territory.cells) / 1e6
    country = np.rint(area * random.uniform(380, 720, len(area)))
    people = np.where(territory.urban, urban, country)
    return layer_frame({"id": ids("C", len(people)), "population": numbers(people)}, territory.cells)
