# ruff: noqa: E501
"""Estates without a facility in reach, the places their children lack, and streets that lack what they should have."""

from __future__ import annotations

import math

import pytest


def listed(measured):
    parts = measured.parts
    return {name: value for name, value in zip(parts.ids, parts.listed, strict=True) if math.isfinite(value)}


@pytest.mark.parametrize("indicator", ["2023-C-11", "2023-C-12", "2023-C-13"])
def test_estates_out_of_walking_reach_are_listed(figure, indicator):
    assert listed(figure(indicator)) == {"E2": 1.0, "E3": 1.0, "E4": 1.0}


def test_an_estate_is_served_when_half_of_its_residents_are(figure, little, layers):
    near, far, _ = (little.find(layers["buildings"], f"E3-B{number}") for number in range(3))
    layers["buildings"].remove(little.find(layers["buildings"], "E3-B2"))
    near["geometry"] = little.box(400, 280, 440, 320)
    assert set(listed(figure("2023-C-13"))) == {"E2", "E4"}
    far["population"] = 100.1
    assert set(listed(figure("2023-C-13"))) == {"E2", "E3", "E4"}


def test_an_estate_without_known_residents_is_unknown(figure, little, layers):
    for number in range(3):
        little.find(layers["buildings"], f"E4-B{number}")["population"] = None
    measured = figure("2023-C-13")
    assert set(listed(measured)) == {"E2", "E3"}
    assert "4个小区中有1个" in measured.note


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda layers: layers.update(estates=[]), "小区"),
        (lambda layers: layers.update(facilities=[]), "公共服务设施"),
        (lambda layers: layers.update(facilities=[row for row in layers["facilities"] if row["class"] != "kindergarten"]), "未登记"),
        (lambda layers: layers.update(streets=[]), "道路"),
        (lambda layers: [row.update(population=None) for row in layers["buildings"]], "居民"),
    ],
)  # fmt: skip
def test_what_walking_needs_and_lacks_makes_it_missing(figure, layers, change, reason):
    change(layers)
    measured = figure("2023-C-13")
    assert measured.state == "missing"
    assert reason in measured.note


def test_the_places_of_a_school_are_shared_in_proportion_to_demand_and_gaps_rounded_up(figure, little, layers):
    for number in range(3):
        little.find(layers["buildings"], f"E3-B{number}")["geometry"] = little.box(
            400 + 20 * number, 280, 410 + 20 * number, 320
        )
    little.find(layers["estates"], "E3")["population"] = 600.0
    gaps = listed(figure("2023-C-14"))
    wanted = {"E1": 19.5, "E3": 39.0}
    assert gaps["E1"] == -(-(wanted["E1"] - 10 * 19.5 / 58.5) // 1)
    assert gaps["E3"] == -(-(wanted["E3"] - 10 * 39.0 / 58.5) // 1)
    assert gaps["E2"] == gaps["E4"] == 20.0


def test_a_school_of_unknown_size_offers_nothing_and_that_is_said(figure, little, layers):
    layers["facilities"].append(
        {"id": "P2", "class": "primary_school", "geometry": little.shapely.Point(1300, 240), "capacity": None}
    )
    assert "1所学校学位数未知" in figure("2023-C-14").note


def test_schools_of_unknown_size_alone_make_the_gap_missing(amount, little, layers):
    little.find(layers["facilities"], "P1")["capacity"] = None
    assert amount("2023-C-14") == "missing"


def test_residents_of_the_homes_stand_in_where_an_estate_declares_none(figure, little, layers):
    for estate in layers["estates"]:
        estate["population"] = None
    assert listed(figure("2023-C-14")) == {"E1": 10.0, "E2": 20.0, "E3": 20.0, "E4": 20.0}


def test_a_street_without_a_compliant_sports_ground_is_counted(figure, little, layers):
    assert listed(figure("2023-B-24")) == {"S2": 1.0}
    little.find(layers["facilities"], "G1")["compliant"] = False
    assert set(listed(figure("2023-B-24"))) == {"S1", "S2"}


def test_a_street_whose_only_ground_is_of_unknown_fitness_is_unknown(figure, little, layers):
    layers["facilities"].append({"id": "G2", "class": "sports_ground", "geometry": little.shapely.Point(1500, 500)})
    measured = figure("2023-B-24")
    assert listed(measured) == {}
    assert "2个街道中有1个" in measured.note


@pytest.mark.parametrize(("area", "lacking"), [(3000.0, {"S2"}), (2999.0, {"S1", "S2"})])
def test_a_cultural_centre_needs_three_thousand_square_metres(figure, little, layers, area, lacking):
    little.find(layers["facilities"], "L1")["area"] = area
    assert set(listed(figure("2023-B-25"))) == lacking


def test_a_district_that_reaches_into_the_scope_must_have_a_maternity_institution(figure, little, layers):
    county = little.find(layers["divisions"], "D1")
    county["geometry"] = little.box(-500, -500, 2500, 1500)
    layers["divisions"].append(
        {"id": "D2", "name": "北县", "level": "county", "geometry": little.box(-500, 1500, 2500, 9500)}
    )
    measured = figure("2023-U-36")
    assert listed(measured) == {"D2": 1.0}
    assert measured.zonings == ("county",)


def test_without_divisions_or_facilities_on_record_nothing_is_said_of_streets(amount, layers):
    divisions = layers.pop("divisions")
    assert amount("2023-B-24") == "missing"
    layers["divisions"] = [row for row in divisions if row["level"] != "street"]
    assert amount("2023-B-24") == "missing"
    layers["divisions"] = divisions
    layers["facilities"] = [row for row in layers["facilities"] if row["class"] != "sports_ground"]
    assert amount("2023-B-24") == "missing"


def test_communities_with_a_service_are_a_share_of_all(amount):
    assert amount("2022-J-03") == 25.0


def test_a_complete_community_needs_every_group_on_record(figure, little, layers):
    assert figure("2022-J-01").state == "missing"
    kinds = ("community_service", "supermarket", "parcel_locker", "clinic", "playground")
    layers["facilities"] += [
        {"id": f"Z{kind}", "class": kind, "geometry": little.shapely.Point(500, 500)} for kind in kinds
    ]
    measured = figure("2022-J-01")
    assert measured.parts.numerator.sum() == 1
    assert measured.parts.denominator.sum() == 4


def test_shares_of_communities_need_communities(amount, layers):
    layers["divisions"] = [row for row in layers["divisions"] if row["level"] != "community"]
    assert amount("2022-J-03") == "missing"
    layers["divisions"] = []
    assert amount("2022-J-03") == "missing"
