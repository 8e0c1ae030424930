"""Counting the features a pack describes: what is flagged, what is unknown, what is absent."""

from __future__ import annotations

import math

import pytest


def listed(measured):
    parts = measured.parts
    return {name: value for name, value in zip(parts.ids, parts.listed, strict=True) if math.isfinite(value)}


@pytest.mark.parametrize(
    ("indicator", "column"),
    [
        ("2023-H-02", "gas_hazard"), ("2023-H-03", "corridor_hazard"), ("2023-H-04", "envelope_hazard"),
        ("2023-H-06", "pipe_damage"), ("2023-H-07", "needs_elderly_retrofit"), ("2023-H-08", "water_quality_fail"),
        ("2023-H-09", "needs_energy_retrofit"), ("2023-H-10", "needs_digital_retrofit"),
    ],
)  # fmt: skip
def test_a_flagged_home_is_counted_and_listed(figure, little, layers, indicator, column):
    little.find(layers["buildings"], "E1-B0")[column] = True
    assert listed(figure(indicator)) == {"E1-B0": 1.0}


def test_a_flagged_shop_is_no_flagged_home(amount, little, layers):
    little.find(layers["buildings"], "SHOP")["gas_hazard"] = True
    assert amount("2023-H-02") == 0


@pytest.mark.parametrize(
    ("grade", "hazard", "counted"), [("C", False, 1), ("D", None, 1), ("B", True, 1), ("A", False, 0)]
)
def test_a_home_is_structurally_hazardous_by_its_flag_or_by_grade_c_or_d(
    amount, little, layers, grade, hazard, counted
):
    home = little.find(layers["buildings"], "E2-B1")
    home["safety_grade"], home["structural_hazard"] = grade, hazard
    assert amount("2023-H-01") == counted


def test_a_home_of_unknown_grade_without_a_flag_is_neither_counted_nor_passed(figure, little, layers):
    home = little.find(layers["buildings"], "E2-B1")
    home["safety_grade"], home["structural_hazard"] = None, False
    measured = figure("2023-H-01")
    assert listed(measured) == {}
    assert "12个建筑中有1个数据未知" in measured.note
    assert measured.known_share == pytest.approx(11 / 12)


def test_a_column_nowhere_known_makes_the_count_missing_not_zero(amount, layers):
    for building in layers["buildings"]:
        building.pop("gas_hazard", None)
    assert amount("2023-H-02") == "missing"


def test_an_absent_layer_makes_the_count_missing_not_zero(figure, layers):
    layers["buildings"] = []
    measured = figure("2023-H-02")
    assert measured.state == "missing"
    assert "建筑" in measured.note


def test_incomplete_homes_are_summed_not_counted(figure, little, layers):
    little.find(layers["buildings"], "E1-B0")["incomplete_homes"] = 7
    little.find(layers["buildings"], "E3-B0")["incomplete_homes"] = 5
    assert listed(figure("2023-H-05")) == {"E1-B0": 7.0, "E3-B0": 5.0}


def test_what_lies_outside_the_built_up_area_is_not_counted(amount, little, layers):
    home = little.find(layers["buildings"], "E1-B0")
    home["gas_hazard"], home["geometry"] = True, little.box(2100, 2100, 2140, 2140)
    assert amount("2023-H-02") == 0


def test_a_parking_gap_is_households_less_spaces_and_never_negative(figure, little, layers):
    little.find(layers["estates"], "E1")["parking_spaces"] = 150
    assert listed(figure("2023-C-15")) == {"E2": 40.0, "E3": 40.0, "E4": 40.0}


def test_charging_points_wanted_are_a_tenth_of_the_spaces_rounded_up(figure, little, layers):
    estate = little.find(layers["estates"], "E1")
    estate["parking_spaces"], estate["charging_points"] = 61, 6
    assert listed(figure("2023-C-16")) == {"E1": 1.0}


def test_an_estate_of_unknown_spaces_is_left_out_of_the_gap(figure, little, layers):
    little.find(layers["estates"], "E1")["parking_spaces"] = None
    measured = figure("2023-C-15")
    assert set(listed(measured)) == {"E2", "E3", "E4"}
    assert "4个小区中有1个" in measured.note


@pytest.mark.parametrize(
    ("indicator", "column", "value"),
    [
        ("2023-C-17", "ebike_charging", False), ("2023-C-18", "activity_ground_area", 149.9),
        ("2023-C-20", "waste_sorting", False), ("2023-C-21", "property_management", False),
        ("2023-C-22", "smart_ready", False),
    ],
)  # fmt: skip
def test_an_estate_that_lacks_something_is_counted(figure, little, layers, indicator, column, value):
    little.find(layers["estates"], "E4")[column] = value
    assert listed(figure(indicator)) == {"E4": 1.0}


def test_an_activity_ground_of_exactly_the_standard_is_enough(amount, little, layers):
    little.find(layers["estates"], "E4")["activity_ground_area"] = 150.0
    assert amount("2023-C-18") == 0


def test_substandard_footways_are_summed_in_kilometres(amount, layers):
    for street in layers["streets"]:
        street["footway_substandard"] = street["id"] in {"R000", "R001"}
    assert amount("2023-C-19") == pytest.approx(0.5)


def test_streets_with_disorderly_parking_are_counted_and_the_share_in_order_is_their_complement(amount, layers):
    for number, street in enumerate(layers["streets"]):
        street["parking_disorder"] = number < 36
    assert amount("2023-B-27") == 36
    assert amount("2022-Z-03") == pytest.approx(100 * 108 / 144)


def test_black_water_and_severe_flood_points_are_counted(amount, layers):
    layers["water"][0]["black_odorous"] = True
    layers["flood_records"][0]["severe"] = True
    assert amount("2023-U-32") == 1
    assert amount("2023-U-49") == 1


def test_a_register_that_says_nothing_of_the_matter_is_missing(amount, layers):
    layers["water"][0].pop("black_odorous")
    assert amount("2023-U-32") == "missing"


def test_a_fuel_station_near_a_shop_alone_is_not_counted(figure, little, layers):
    little.find(layers["facilities"], "F1")["geometry"] = little.shapely.Point(1800, 1830)
    assert listed(figure("2023-U-55")) == {}


def test_fifty_metres_to_a_home_is_still_too_near(figure, little, layers):
    little.find(layers["facilities"], "F1")["geometry"] = little.shapely.Point(1220, 300)
    assert listed(figure("2023-U-55")) == {"F1": 1.0}


def test_without_any_fuel_station_on_record_the_count_is_missing(amount, layers):
    layers["facilities"] = [row for row in layers["facilities"] if row["class"] != "fuel_station"]
    assert amount("2023-U-55") == "missing"


@pytest.fixture
def problem_points(little, layers):
    def point(name, indicator, **columns):
        return {"id": name, "indicator": indicator, "geometry": little.shapely.Point(500, 500), **columns}

    layers["problem_points"] = [
        point("PP1", "2023-B-28", settled=False),
        point("PP2", "2023-B-28", settled=True),
        point("PP3", "需要更新改造的老旧厂区数量"),
        point("PP4", "2023-U-41", settled=True),
    ]


@pytest.mark.usefixtures("problem_points")
def test_recognised_points_count_until_they_are_settled_and_events_count_for_good(amount):
    assert amount("2023-B-28") == 1
    assert amount("2023-B-29") == 1
    assert amount("2023-U-41") == 1


@pytest.mark.usefixtures("problem_points")
def test_an_indicator_no_point_names_is_missing_not_zero(amount):
    assert amount("2023-B-30") == "missing"
    assert amount("2022-F-03") == "missing"


def test_dual_use_facilities_are_asked_of_the_largest_cities_only(amount, layers, little):
    layers["facilities"].append({"id": "DU", "class": "dual_use", "geometry": little.shapely.Point(800, 800)})
    assert amount("2023-U-52", city={"size_class": "large_2"}) == "not_applicable"


@pytest.mark.parametrize(("facts", "answer"), [({"size_class": "mega"}, 1), ({"rank": "地级市"}, "missing")])
def test_dual_use_facilities_need_a_known_size_of_city(amount, layers, little, facts, answer):
    layers["facilities"].append({"id": "DU", "class": "dual_use", "geometry": little.shapely.Point(800, 800)})
    assert amount("2023-U-52", city=facts) == answer


def test_dual_use_facilities_never_recorded_are_missing(amount):
    assert amount("2023-U-52", city={"size_class": "super"}) == "missing"


def test_a_new_home_above_eighty_metres_is_counted_in_its_year_alone(amount, little, layers):
    home = little.find(layers["buildings"], "E1-B0")
    home["height"], home["year_built"] = 80.1, 2025
    other = little.find(layers["buildings"], "E1-B1")
    other["height"], other["year_built"] = 99.0, 2024
    assert amount("2022-E-04") == 1


def test_a_declared_indicator_is_missing_until_it_is_declared(figure):
    measured = figure("2023-U-31")
    assert measured.state == "missing"
    assert measured.note == "须由责任部门申报"
