# ruff: noqa: E501
"""Shares, densities, means and areas, each against a figure worked out by hand."""

from __future__ import annotations

import math

import pytest


def listed(measured):
    parts = measured.parts
    return {name: value for name, value in zip(parts.ids, parts.listed, strict=True) if math.isfinite(value)}


def test_road_density_is_the_length_inside_the_scope_over_its_area(amount):
    assert amount("2023-U-37") == pytest.approx(18 * 2.0 / 4.0)


def test_a_street_is_cut_at_the_edge_of_the_scope(amount, little, layers):
    layers["streets"] = [
        {"id": "R", "class": "branch", "geometry": little.shapely.LineString([(1500, 500), (2400, 500)])}
    ]
    assert amount("2023-U-37") == pytest.approx(0.5 / 4.0)


def test_a_street_along_the_border_of_two_communities_is_counted_once(amount, little, layers):
    layers["streets"] = [
        {"id": "R", "class": "branch", "geometry": little.shapely.LineString([(1000, 0), (1000, 2000)])}
    ]
    assert amount("2023-U-37") == pytest.approx(2.0 / 4.0)


def test_paths_are_no_streets_and_cycleways_have_their_own_density(amount, little, layers):
    layers["streets"] = [
        {"id": "R1", "class": "pedestrian", "geometry": little.shapely.LineString([(0, 500), (2000, 500)])},
        {"id": "R2", "class": "cycleway", "geometry": little.shapely.LineString([(0, 900), (1000, 900)])},
    ]
    assert amount("2023-U-37") == 0
    assert amount("2022-T-07") == pytest.approx(0.25)


def test_every_flood_record_counts_towards_the_density(amount):
    assert amount("2022-A-01") == pytest.approx(0.25)


def test_a_figure_per_resident_divides_by_the_residents_of_the_scope(amount, figure):
    assert amount("2023-U-34") == pytest.approx(600 / 1200)
    assert amount("2022-F-02") == pytest.approx(3200 / 1200 * 10_000)
    assert figure("2023-U-56").denominator_name == "建成区内常住人口（按建筑）"


def test_estates_stand_in_for_buildings_and_cells_for_estates_where_residents_are_unknown(figure, layers, little):
    for building in layers["buildings"]:
        building.pop("population", None)
    assert figure("2023-U-34").denominator_name.endswith("（按小区）")
    for estate in layers["estates"]:
        estate.pop("population")
    assert figure("2023-U-34").state == "missing"
    layers["population"] = [{"id": "CELL", "population": 900.0, "geometry": little.box(1000, 0, 3000, 2000)}]
    measured = figure("2023-U-34")
    assert measured.parts.denominator.sum() == pytest.approx(450)
    assert measured.denominator_name.endswith("（按人口格网面积分摊）")


def test_facilities_without_a_known_size_leave_the_figure_per_resident_missing(amount, layers):
    for facility in layers["facilities"]:
        facility.pop("area", None)
    assert amount("2023-U-34") == "missing"
    layers["facilities"] = [row for row in layers["facilities"] if row["class"] != "sports_ground"]
    assert amount("2023-U-34") == "missing"


def test_a_school_covers_the_residential_land_around_it(figure, layers, little):
    little.find(layers["facilities"], "Q1")["geometry"] = little.shapely.Point(375, 375)
    layers["estates"] = layers["estates"][:2]
    layers["buildings"] = [row for row in layers["buildings"] if row["estate_id"] in {"E1", "E2"}]
    layers["land_use"] = layers["land_use"][:2]
    measured = figure("2023-B-23")
    covered = math.pi * 1000**2
    assert covered > 0
    parts = measured.parts
    total, near = parts.denominator.sum(), parts.numerator.sum()
    assert total == pytest.approx(2 * 0.230**2)
    estate = little.box(260, 1260, 490, 1490).intersection(little.shapely.Point(375, 375).buffer(1000, quad_segs=64))
    assert near == pytest.approx(0.230**2 + estate.area / 1e6, rel=1e-3)
    assert sum(listed(measured).values()) == pytest.approx(total - near)


@pytest.mark.parametrize(("side", "radius"), [(50, 300), (80, 500)])
def test_a_larger_park_reaches_farther_and_a_tiny_one_nowhere(figure, layers, little, side, radius):
    layers["green_space"] = [
        {"id": "PK", "kind": "park", "geometry": little.box(375, 375, 375 + side, 375 + side)},
        {"id": "TINY", "kind": "park", "geometry": little.box(1300, 1300, 1340, 1340)},
    ]
    measured = figure("2023-B-26")
    reach = little.box(375, 375, 375 + side, 375 + side).buffer(radius, quad_segs=64)
    homes = little.shapely.union_all([row["geometry"] for row in layers["land_use"]])
    assert measured.parts.numerator.sum() == pytest.approx(reach.intersection(homes).area / 1e6, rel=1e-3)


def test_what_covers_must_be_on_record(amount, layers):
    layers["green_space"] = []
    assert amount("2023-B-26") == "missing"
    layers["facilities"] = [row for row in layers["facilities"] if row["class"] != "middle_school"]
    assert amount("2023-B-23") == "missing"


def test_a_greenway_covers_a_kilometre_on_either_side(amount, layers):
    for street in layers["streets"]:
        street["greenway"] = street["name"] == "南北0"
    assert amount("2023-U-33") == pytest.approx(50.0)


def test_land_use_that_leaves_out_most_homes_is_completed_by_blocks_and_that_is_said(figure, layers, little):
    layers["estates"], layers["land_use"] = [], [layers["land_use"][0]]
    measured = figure("2023-B-23")
    assert "25.0%" in measured.note
    assert "街区" in measured.note
    assert measured.parts.denominator.sum() > 0.053
    layers["parcels"] = [{"id": "PA", "geometry": little.box(1250, 250, 1500, 500)}]
    assert "地块" in figure("2023-B-23").note


def test_without_any_residential_ground_coverage_is_missing(amount, layers):
    layers["estates"], layers["land_use"], layers["buildings"] = [], [], []
    assert amount("2023-B-23") == "missing"


def test_fire_stations_cover_construction_land_or_the_whole_scope_where_land_use_is_thin(figure, layers, little):
    assert "建成区全部面积代替建设用地" in figure("2023-U-54").note
    layers["land_use"] = [
        {"id": "L1", "use": "industrial", "geometry": little.box(0, 0, 2000, 1000)},
        {"id": "L2", "use": "forest", "geometry": little.box(0, 1000, 2000, 2000)},
    ]
    measured = figure("2023-U-54")
    assert measured.note == ""
    assert measured.parts.denominator.sum() == pytest.approx(2.0)


@pytest.mark.parametrize(("where", "expected"), [((375, 300), 25.0), ((1900, 100), 0.0)])
def test_residents_near_a_station_are_a_share_of_all_residents(amount, layers, little, where, expected):
    layers["transit_stops"] = [{"id": "T", "kind": "rail", "geometry": little.shapely.Point(*where)}]
    for row in layers["buildings"]:
        if row.get("estate_id") == "E3":
            row["geometry"] = little.shapely.affinity.translate(row["geometry"], -60, 900)
    assert amount("2023-U-45") == pytest.approx(expected)


def test_a_city_without_rail_has_no_share_near_stations(amount, layers, little):
    layers["transit_stops"] = [{"id": "T", "kind": "bus", "geometry": little.shapely.Point(10, 10)}]
    assert amount("2023-U-45") == "not_applicable"


def test_a_share_near_stations_needs_residents(amount, layers, little):
    layers["transit_stops"] = [{"id": "T", "kind": "rail", "geometry": little.shapely.Point(10, 10)}]
    layers["buildings"], layers["estates"] = [], []
    assert amount("2023-U-45") == "missing"


def test_pipes_are_weighed_by_length(amount):
    assert amount("2023-U-57") == pytest.approx(50.0)


def test_old_gas_pipes_are_those_laid_twenty_years_ago_or_renewed(amount, layers, little):
    def line(x):
        return little.shapely.LineString([(x, 0), (x, 500)])

    layers["pipes"] = [
        {"id": "P1", "kind": "gas", "year_laid": 2005, "renewed": False, "geometry": line(100)},
        {"id": "P2", "kind": "gas", "year_laid": 2015, "renewed": True, "geometry": line(200)},
        {"id": "P3", "kind": "gas", "year_laid": 2006, "renewed": False, "geometry": line(300)},
    ]
    assert amount("2023-U-53") == pytest.approx(50.0)


def test_historic_districts_and_buildings_are_added_up(amount, layers, little):
    layers["heritage_zones"] = [
        {
            "id": "HZ",
            "kind": "historic_district",
            "plaque": True,
            "restored": False,
            "geometry": little.box(10, 10, 90, 90),
        }
    ]
    little.find(layers["buildings"], "E1-B0").update(heritage_status="historic_building", plaque=False, vacant=True)
    assert amount("2023-U-39") == pytest.approx(50.0)
    assert amount("2023-U-40") == pytest.approx(100.0)
    assert amount("2022-F-04") == 0.0


def test_where_nothing_is_protected_the_share_is_not_applicable_and_where_unknown_it_is_missing(amount, layers):
    assert amount("2023-U-40") == "not_applicable"
    for building in layers["buildings"]:
        building.pop("heritage_status", None)
    assert amount("2023-U-40") == "missing"


def test_high_rises_are_told_by_use_and_height(amount, little, layers):
    little.find(layers["buildings"], "E1-B0").update(height=27.1, fire_monitoring=True)
    little.find(layers["buildings"], "SHOP").update(height=24.1, fire_monitoring=False)
    little.find(layers["buildings"], "E1-B1").update(height=26.0, fire_monitoring=False)
    assert amount("2023-U-59") == pytest.approx(50.0)


def test_villagers_are_a_share_of_all_residents(amount, little, layers):
    little.find(layers["estates"], "E2")["kind"] = "village_in_city"
    assert amount("2022-D-05") == pytest.approx(25.0)
    assert amount("2023-U-47") == 0.0


def test_residents_must_be_known_for_a_share_of_them(amount, layers):
    for row in (*layers["buildings"], *layers["estates"]):
        row.pop("population", None)
    assert amount("2022-D-05") == "missing"


def test_old_estates_and_managed_estates_are_shares_of_estates(amount, little, layers):
    little.find(layers["estates"], "E1").update(renovated=True, property_management=False)
    little.find(layers["estates"], "E4")["year_built"] = 2001
    assert amount("2022-J-08") == pytest.approx(100 / 3)
    assert amount("2022-Z-06") == pytest.approx(75.0)


def test_barrier_free_streets_are_weighed_by_length(amount, layers):
    for street in layers["streets"]:
        street["barrier_free"] = street["name"].startswith("南北")
    assert amount("2022-D-01") == pytest.approx(50.0)


def test_mean_speed_is_weighed_by_length_and_told_by_class(figure, layers, little):
    layers["streets"] = [
        {"id": "R1", "class": "arterial", "peak_speed": 20.0, "geometry": little.shapely.LineString([(0, 500), (300, 500)])},
        {"id": "R2", "class": "expressway", "peak_speed": 60.0, "geometry": little.shapely.LineString([(0, 900), (100, 900)])},
        {"id": "R3", "class": "arterial", "geometry": little.shapely.LineString([(0, 950), (100, 950)])},
    ]  # fmt: skip
    measured = figure("2023-U-44")
    assert measured.by_label == {"主干路": pytest.approx(20.0), "快速路": pytest.approx(60.0)}
    assert measured.parts.numerator.sum() / measured.parts.denominator.sum() == pytest.approx(30.0)
    assert "3个路段中有1个" in measured.note


def test_unknown_speeds_are_missing(amount):
    assert amount("2023-U-44") == "missing"


def test_what_a_platform_covers_is_a_share_of_the_scope_and_overlaps_count_once(figure, layers, little):
    layers["coverage_areas"] = [
        {"id": "V1", "kind": "cim", "geometry": little.box(0, 0, 2000, 500)},
        {"id": "V2", "kind": "cim", "geometry": little.box(0, 250, 2000, 1000)},
    ]
    measured = figure("2023-U-60")
    assert measured.parts.numerator.sum() == pytest.approx(2.0)
    assert measured.parts.denominator.sum() == pytest.approx(4.0)
    assert sum(listed(measured).values()) == pytest.approx(2.0)
    assert figure("2023-U-61").state == "missing"


def test_corridors_are_judged_among_themselves(amount, layers, little):
    layers["coverage_areas"] = [
        {"id": "V1", "kind": "ecological_corridor", "compliant": True, "geometry": little.box(0, 0, 100, 300)},
        {"id": "V2", "kind": "ecological_corridor", "compliant": False, "geometry": little.box(0, 500, 100, 600)},
    ]
    assert amount("2022-E-05") == pytest.approx(75.0)


def test_development_intensity_is_the_scope_over_its_counties(figure, layers):
    measured = figure("2022-E-01")
    assert measured.parts.numerator.sum() == pytest.approx(4.0)
    assert measured.parts.denominator.sum() == pytest.approx(9.0)
    layers["divisions"] = [row for row in layers["divisions"] if row["level"] != "county"]
    assert figure("2022-E-01").state == "missing"


def test_the_largest_cluster_decides_and_every_cluster_is_listed(figure, amount, layers, little):
    layers["built_up_area"].append({"id": "BU2", "geometry": little.box(2100, 0, 2400, 1000)})
    assert amount("2022-E-02") == pytest.approx(4.0)
    assert listed(figure("2022-E-02")) == {"BU": pytest.approx(4.0), "BU2": pytest.approx(0.3)}


def test_crowded_and_sparse_blocks_are_told_by_density(figure, little, layers):
    little.find(layers["buildings"], "E1-B0")["population"] = 1000.0
    assert set(listed(figure("2022-E-03"))) == {"BL11"}
    assert set(listed(figure("2022-E-16"))) == {"BL15", "BL51", "BL55"}


def test_block_density_needs_blocks_and_residents(amount, layers):
    blocks = layers.pop("blocks")
    assert amount("2022-E-03") == "missing"
    layers["blocks"], layers["buildings"], layers["estates"] = blocks, [], []
    assert amount("2022-E-03") == "missing"


def test_new_estates_that_are_densely_built_are_weighed_by_ground(figure, little, layers):
    for name in ("E1", "E2"):
        little.find(layers["estates"], name)["year_built"] = 2025
    little.find(layers["buildings"], "E1-B0")["geometry"] = little.box(261, 261, 489, 360)
    measured = figure("2022-J-09")
    assert listed(measured) == {"E1": pytest.approx(0.0529)}
    assert measured.parts.denominator.sum() == pytest.approx(2 * 0.0529)


def test_high_and_dense_needs_known_floors_where_it_is_dense(figure, little, layers):
    big = little.box(261, 261, 489, 360)
    little.find(layers["buildings"], "E1-B0").update(geometry=big, floors=18)
    assert listed(figure("2022-J-10")) == {"E1": pytest.approx(0.0529)}
    for number in range(3):
        little.find(layers["buildings"], f"E1-B{number}")["floors"] = None
    assert "4个小区中有1个" in figure("2022-J-10").note


def test_no_new_estate_means_not_applicable_and_no_estate_layer_missing(amount, layers):
    assert amount("2022-J-09") == "not_applicable"
    layers["estates"] = []
    assert amount("2022-J-09") == "missing"


def test_a_school_on_a_densely_built_site_is_counted(figure, amount, layers, little):
    layers["land_use"].append({"id": "SITE", "use": "public_service", "geometry": little.box(355, 200, 405, 259)})
    layers["buildings"].append(
        {"id": "CLASS", "use": "education", "estate_id": None, "geometry": little.box(356, 201, 404, 258)}
    )
    assert listed(figure("2022-J-12")) == {"P1": 1.0, "Q1": 1.0}
    assert amount("2022-J-11") == "missing"


def test_a_school_on_no_known_site_is_missing(amount):
    assert amount("2022-J-12") == "missing"
