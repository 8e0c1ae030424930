"""The layers of the city as tables, and what each of them adds to the truth."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from huancheng.city.generate import land_tables, nature_tables, networks, records, territory_tables
from huancheng.city.generate.amenities import FacilityBook
from huancheng.city.generate.arrays import Integers, Objects
from huancheng.city.generate.building_table import HeritageTruth, building_table
from huancheng.city.generate.columns import booleans, gap, ids, numbers, texts
from huancheng.city.generate.condition import Tri
from huancheng.city.generate.fragments import fragment_truth, plant_fragments, with_fragments
from huancheng.city.generate.frame import CRS
from huancheng.city.generate.hamlets import add_hamlets
from huancheng.city.generate.life import Life
from huancheng.city.generate.planting import (
    in_scope,
    plant_buildings,
    plant_estates,
    plant_lines,
    plant_water,
    points_inside,
    whole_inside,
)
from huancheng.city.generate.randomness import Draws
from huancheng.city.generate.site import Site
from huancheng.city.generate.strokes import cut_at_junctions
from huancheng.city.generate.truth import TruthBook


def land_layers(site: Site, life: Life, truth: TruthBook, draws: Draws) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers of land and territory, and write down the fragments planted among the parcels."""
    blocks, plots = site.fabric.blocks, site.fabric.plots
    residents = np.bincount(plots.block[life.rows.plot], life.people.population, len(blocks)).astype(np.float64)
    place = site.territory.community_of(life.rows.middle_x, life.rows.middle_y)
    urban = np.bincount(place, life.people.population, len(site.territory.cells)).astype(np.float64)
    cluster = np.argwhere(site.lattice.active & site.lattice.cluster[:, None])
    column, row = cluster[:, 0], cluster[:, 1]
    box = site.frame.boxes(
        site.lattice.x[column], site.lattice.y[row], site.lattice.x[column + 1], site.lattice.y[row + 1]
    )
    zones = territory_tables.zone_cells(site.territory, box)
    land = land_tables.parcel_tables(
        site.fabric, site.uses, site.waterside, site.territory, site.frame, draws.topic("parcels")
    )
    fragments = plant_fragments(plots, site.uses)
    land["parcels"] = with_fragments(land["parcels"], fragments, site.frame)
    truth.fragments = fragment_truth(fragments, land["parcels"]["id"].to_numpy(dtype=object))
    main_parts = len(site.built_up) - 1
    return {
        "divisions": territory_tables.division_table(site.territory, draws.topic("divisions")),
        "managed_areas": territory_tables.managed_area_table(site.territory, zones),
        **territory_tables.plan_tables(site.territory, site.built_up, site.frame, main_parts),
        "blocks": land_tables.block_table(blocks, residents, site.frame, draws.topic("block table")),
        **land,
        "estates": land_tables.estate_table(life.estates, plots, life.estate_condition, site.frame),
        "population": territory_tables.population_table(site.territory, urban, draws.topic("population")),
    }


def building_layers(site: Site, life: Life, truth: TruthBook, draws: Draws) -> dict[str, gpd.GeoDataFrame]:
    """Return buildings and heritage zones, and write down what is planted in buildings and estates."""
    table, heritage = building_table(
        life.rows,
        life.people,
        life.condition,
        life.estates,
        site.fabric.plots,
        site.uses,
        site.frame,
        draws.topic("buildings"),
    )
    plant_buildings(truth, life.rows, life.people, life.condition, ids("B", len(life.rows)))
    plant_estates(truth, life.estates, life.estate_condition, ids("E", len(life.estates)))
    table = add_hamlets(table, site, truth, draws.topic("hamlets"))
    zones, district_plaques = records.heritage_table(
        site.fabric.blocks, site.fabric.moat, site.frame, draws.topic("heritage")
    )
    _heritage_values(truth, heritage, int(district_plaques.sum()), len(district_plaques))
    watched = life.condition.fire_monitoring.yes
    truth.ratio("2023-U-59", float(watched.sum()), float(life.condition.high_rise.sum()), "%", 100.0)
    return {"buildings": table, "heritage_zones": zones}


def _heritage_values(truth: TruthBook, heritage: HeritageTruth, plaques: int, districts: int) -> None:
    truth.ratio("2023-U-39", float(heritage.plaques + plaques), float(heritage.historic + districts), "%", 100.0)
    truth.ratio("2023-U-40", float(heritage.empty), float(heritage.historic), "%", 100.0)


def network_layers(site: Site, truth: TruthBook, draws: Draws) -> dict[str, gpd.GeoDataFrame]:
    """Return streets, pipes and stops, and write down what is planted along them."""
    strokes = site.book.strokes()
    edges, _ = cut_at_junctions(strokes)
    streets, flags = networks.street_table(edges, site.names, site.frame, draws.topic("streets"))
    shapes = streets.geometry.to_numpy()
    street_ids = streets["id"].to_numpy(dtype=object)
    plant_lines(truth, "substandard_footway", flags.footway, shapes, site.built_up, street_ids, measured=True)
    plant_lines(truth, "parking_disorder", flags.parking, shapes, site.built_up, street_ids, measured=False)
    stroke_shapes = site.frame.lines(strokes.x0, strokes.y0, strokes.x1, strokes.y1)
    inside, _ = whole_inside(shapely.buffer(stroke_shapes, 12.0), site.built_up)
    pipes, length = networks.pipe_table(strokes, inside, site.frame, draws.topic("pipes"))
    truth.ratio("2023-U-57", length.monitored, length.total, "%", 100.0)
    truth.ratio("2022-Z-04", length.monitored, length.total, "%", 100.0)
    _road_density(truth, edges.street_class, shapes, site.built_up)
    return {
        "streets": streets,
        "pipes": pipes,
        "transit_stops": networks.stop_table(edges, site.names, site.frame, site.station, draws.topic("stops")),
    }


def _road_density(truth: TruthBook, kind: Integers, shapes: Objects, built_up: Objects) -> None:
    """Write down road densities: lengths inside the built-up area over its area."""
    area = shapely.union_all(built_up)
    shapely.prepare(area)
    within = shapely.contains_properly(area, shapes)
    length = np.where(within, shapely.length(shapes), 0.0)
    across = np.flatnonzero(~within & shapely.intersects(area, shapes))
    length[across] = shapely.length(shapely.intersection(area, shapes[across]))
    square = float(shapely.area(built_up).sum()) / 1e6
    truth.ratio("2023-U-37", float(length[kind <= 3].sum()) / 1000.0, square, "公里/平方公里")
    truth.ratio("2022-T-02", float(length[kind <= 3].sum()) / 1000.0, square, "公里/平方公里")
    truth.ratio("2022-T-07", float(length[kind == 7].sum()) / 1000.0, square, "公里/平方公里")


def water_layers(site: Site, truth: TruthBook, draws: Draws) -> dict[str, gpd.GeoDataFrame]:
    """Return water, railways and green, and write down the foul waters."""
    random = draws.topic("water")
    count = len(site.waterside.water)
    foul = Tri(random.random(count) < 0.12, gap(count, 0.04, random))
    foul.value[1], foul.missing[1] = True, False
    tables = nature_tables.water_tables(site.waterside, foul.value, foul.missing, random)
    plant_water(truth, foul, site.waterside.water, site.built_up, tables["water"]["id"].to_numpy(dtype=object))
    green, _ = nature_tables.green_table(
        site.fabric, site.uses, site.waterside, site.territory, site.frame, draws.topic("green")
    )
    return {**tables, "green_space": green}


def facility_layer(site: Site, book: FacilityBook, truth: TruthBook, life: Life, draws: Draws) -> gpd.GeoDataFrame:
    """Return the facilities, and write down the fuel stations that stand too near."""
    random = draws.topic("facilities")
    kind, x, y, name, area, capacity, operator, compliant = book.table()
    count = len(kind)
    facility_ids = ids("O", count)
    fuel = np.flatnonzero(kind == "fuel_station")
    shapes = site.frame.places(x, y)
    inside, outside = whole_inside(shapes, site.built_up)
    near, far = np.zeros(count, bool), np.zeros(count, bool)
    near[fuel[life.fuel_near]], far[fuel[life.fuel_far]] = True, True
    verdict = in_scope(near, far, inside, outside & far)
    truth.add("fuel_station_too_near", verdict.only(near | far), facility_ids)
    planted = np.isin(kind, ["sports_ground", "cultural_centre", "primary_school"])
    unsaid = np.array([flag is None for flag in compliant])
    return gpd.GeoDataFrame(
        {
            "id": facility_ids,
            "class": texts(kind),
            "name": texts(name, gap(count, 0.02, random)),
            "area": numbers(np.nan_to_num(area), np.isnan(area) | (gap(count, 0.06, random) & ~planted)),
            "capacity": numbers(np.nan_to_num(capacity), np.isnan(capacity) | (gap(count, 0.05, random) & ~planted)),
            "operator": texts(operator, gap(count, 0.05, random)),
            "compliant": booleans(
                np.array([bool(flag) for flag in compliant]), unsaid | (gap(count, 0.05, random) & ~planted)
            ),
        },
        geometry=shapes,
        crs=CRS,
    )


def record_layers(
    site: Site, tables: dict[str, gpd.GeoDataFrame], ponding: Integers, truth: TruthBook, draws: Draws
) -> dict[str, gpd.GeoDataFrame]:
    """Return floods, coverage and problem points, and write down what follows from them."""
    random = draws.topic("records")
    blocks = site.fabric.blocks
    floods, verdict = records.flood_table(blocks, ponding, site.frame, random)
    truth.add("severe_flood_point", verdict, floods["id"].to_numpy(dtype=object))
    _, green = nature_tables.green_table(
        site.fabric, site.uses, site.waterside, site.territory, site.frame, draws.topic("green")
    )
    inside, _ = whole_inside(green, site.built_up)
    coverage = records.coverage_table(
        site.lattice, site.built_up, green[inside], site.waterside.banks, site.frame, random
    )
    areas = coverage.square_kilometres
    pairs = (
        ("2023-U-60", "cim"),
        ("2023-U-61", "management_grid"),
        ("2022-E-10", "noise_compliant"),
        ("2022-A-02", "permeable"),
    )
    for indicator, kind in pairs:
        truth.ratio(indicator, areas[kind], areas["built_up"], "%", 100.0)
    truth.ratio("2022-A-01", float(len(floods) - 1), areas["built_up"], "个/平方公里")
    truth.ratio("2022-E-02", float(shapely.area(site.built_up).max()) / 1e6, 1.0, "平方公里")
    truth.ratio("2022-E-01", areas["built_up"], float(shapely.area(site.territory.counties[0])) / 1e6, "%", 100.0)
    chosen = random.choice(len(blocks), max(25, len(blocks) // 8))
    x = blocks.x0[chosen] + (blocks.x1 - blocks.x0)[chosen] * random.random(len(chosen))
    y = blocks.y0[chosen] + (blocks.y1 - blocks.y0)[chosen] * random.random(len(chosen))
    _plant_streets(site, tables, truth)
    return {
        "flood_records": floods,
        "coverage_areas": coverage.table,
        "problem_points": records.problem_table(x, y, site.frame, random),
    }


def _plant_streets(site: Site, tables: dict[str, gpd.GeoDataFrame], truth: TruthBook) -> None:
    """Write down which streets (街道) lack their ground or their centre."""
    divisions = tables["divisions"]
    street_ids = divisions.loc[divisions["level"] == "street", "id"].to_numpy(dtype=object)
    inside, outside = points_inside(site.territory.streets, site.built_up)
    for key, lacking in site.lacking_streets.items():
        truth.add(key, in_scope(lacking, ~lacking, inside, outside), street_ids)
