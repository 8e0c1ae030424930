"""Who lives beyond a walk: every figure told by heart from the street of the town."""

from __future__ import annotations

import csv

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from huancheng.evidence import InputFault, Provenance, State
from huancheng.planning.areas import read_areas
from huancheng.planning.completeness import (
    Beneficiary,
    Verdict,
    checked_areas,
    completeness_rules,
    facility_norms,
    find_gaps,
    measure_completeness,
    pair_parks,
    price,
    score_communities,
    share_cost,
    shared_facilities,
    shares_beyond,
)
from huancheng.planning.completeness.folder import write_completeness
from huancheng.policy.provisions.completeness import CompletenessRules, MeasuredFacility
from tests.planning import street_town


def gap_of(reach, areas, area, kind, tolerated=0.05):
    found = find_gaps(reach, areas, tolerated)
    return next(gap for gap in found if gap.area == area and gap.norm.id == kind)


@pytest.mark.requirement("5.2-3")
def test_residents_are_inside_outside_or_beyond_the_walk(reach, areas):
    west = gap_of(reach, areas, "W", "kindergarten")
    assert (west.residents, west.inside, west.outside, west.beyond) == (1050, 700, 100, 250)
    east = gap_of(reach, areas, "E", "kindergarten")
    assert (east.residents, east.inside, east.outside, east.beyond) == (1000, 600, 0, 400)


def test_the_walk_follows_the_streets_and_not_the_crow(reach):
    kindergarten = next(one for one in reach.types if one.norm.id == "kindergarten")
    back = reach.homes.persons == 50
    assert shapely.distance(reach.homes.points[back][0], kindergarten.supply.shapes[0]) < 300
    assert not kindergarten.served[back].any()


def test_a_home_at_the_very_limit_is_served(reach):
    kindergarten = next(one for one in reach.types if one.norm.id == "kindergarten")
    x = shapely.get_x(reach.homes.points) - street_town.ORIGIN[0]
    assert kindergarten.served[x == 600].all()
    assert not kindergarten.served[x == 700].any()


def test_every_gap_adds_up(reach, areas):
    for gap in find_gaps(reach, areas, 0.05):
        if gap.state is State.KNOWN:
            assert gap.inside + gap.outside + gap.beyond == pytest.approx(gap.residents)


def test_a_type_nobody_recorded_is_missing_and_no_gap(reach, areas):
    gap = gap_of(reach, areas, "W", "middle_school")
    assert gap.state is State.MISSING
    assert gap.demand is None
    assert gap.beyond_share is None
    assert "可能未录入" in gap.note


def test_where_nobody_lives_a_gap_does_not_apply(reach):
    empty = street_town.frame([{"id": "X", "name": "空地", "geometry": shapely.box(5000, 5000, 5100, 5100)}])
    assert gap_of(reach, empty, "X", "kindergarten").state is State.NOT_APPLICABLE


def test_a_gap_within_the_tolerated_share_is_told_and_not_priced(reach, areas):
    gap = gap_of(reach, areas, "W", "kindergarten", tolerated=250 / 1050)
    assert gap.beyond == 250
    assert gap.demand is None


def test_a_gap_is_priced_by_the_standard_with_its_mark(book):
    norm = next(norm for norm in facility_norms(book) if norm.id == "kindergarten")
    one, three = price(norm, 250), price(norm, 2.5 * norm.persons[1])
    assert one.facilities == 1
    assert one.floor_area == (3150, 4550)
    assert three.facilities == 3
    assert three.land_area == (3 * 5240, 3 * 7580)
    assert "凭记忆，未经核实" in one.mark


def test_shares_per_block_speak_of_the_same_residents(town, reach):
    blocks = checked_areas(read_areas("blocks", town), town)
    shares = shares_beyond(reach, blocks)
    assert shares["kindergarten"].tolist() == [0, 0, 0, 0.5, 0.5, 0, 0, 0, 1, 1]
    assert np.isnan(shares["middle_school"]).all()


def test_figures_are_as_well_known_as_the_residents(reach):
    assert reach.homes.layer == "buildings"
    assert reach.homes.provenance is Provenance.DERIVED


@pytest.mark.requirement("6.3-2")
def test_a_shared_facility_names_who_benefits_and_the_shares_sum_to_one(reach, areas):
    shared = shared_facilities(reach, areas)
    second = next(item for item in shared if item.facility == "K2")
    assert [(part.area, part.residents) for part in second.beneficiaries] == [("E", 600), ("W", 100)]
    assert [part.share for part in second.beneficiaries] == pytest.approx([6 / 7, 1 / 7])
    assert second.agreement == "未登记"
    for item in shared:
        assert sum(part.share for part in item.beneficiaries) == pytest.approx(1)


def test_a_facility_of_one_area_alone_is_not_shared(reach, areas):
    assert "K1" not in {item.facility for item in shared_facilities(reach, areas)}


@given(st.integers(0, 10**12), st.lists(st.integers(1, 10**6), min_size=1, max_size=12))
def test_a_cost_is_split_to_the_last_yuan(cost, residents):
    parts = [Beneficiary(str(row), "", number, number / sum(residents)) for row, number in enumerate(residents)]
    split = share_cost(cost, parts)
    assert sum(split) == cost
    assert min(split) >= 0


def test_nobody_bears_no_cost():
    with pytest.raises(ValueError, match="beneficiary"):
        share_cost(100, [])


@pytest.mark.requirement("6.1-4")
def test_an_industrial_park_is_paired_with_the_living_area_beside_it(town, reach, book):
    found = pair_parks(town, reach.graph, completeness_rules(book).parks_and_living)
    assert len(found.parks) == 1
    assert len(found.living) == 1
    (pair,) = found.pairs
    assert pair.straight == pytest.approx(10)
    assert pair.link in {"walkable", "detour"}
    assert {item.title for item in pair.shared} >= {"幼儿园"}


def test_a_park_no_street_leads_to_misses_its_link(tmp_path, book):
    lonely = [
        {"id": "L1", "use": "residential", "geometry": shapely.box(-50, -50, 950, 50)},
        {"id": "L2", "use": "industrial", "geometry": shapely.box(0, 400, 500, 700)},
    ]
    streets = [row for row in street_town.streets() if row["id"] != "R40"]
    city = street_town.build(tmp_path / "city", land_use=lonely, streets=streets)
    found = measure_completeness(city, street_town.areas(), book)
    assert [pair.link for pair in found.parks.pairs] == ["missing"]


@pytest.mark.requirement("6.4-3")
def test_the_scorecard_says_met_short_or_waiting(town, reach, areas, book):
    rules = completeness_rules(book)
    gaps = find_gaps(reach, areas, rules.tolerated_share)
    west, east = score_communities(town, reach, gaps, areas, book=book, rules=rules.community)
    verdicts = {item.number: item.verdict for item in west.items}
    assert len(verdicts) == 20
    assert verdicts[2] is Verdict.SHORT
    assert verdicts[13] is Verdict.SHORT
    assert verdicts[14] is Verdict.SHORT
    assert verdicts[16] is Verdict.MET
    assert verdicts[9] is Verdict.NEEDS_DATA
    assert west.verdict is Verdict.SHORT
    assert {item.number: item.verdict for item in east.items}[14] is Verdict.MET
    assert west.count(Verdict.MET) + west.count(Verdict.SHORT) + west.count(Verdict.NEEDS_DATA) == 20


def test_parking_counts_over_all_estates_of_an_area(town, reach, areas, book):
    rules = completeness_rules(book)
    cards = score_communities(town, reach, find_gaps(reach, areas, 0.05), areas, book=book, rules=rules.community)
    parking = [next(item for item in card.items if item.number == 10) for card in cards]
    assert [item.figure.amount for item in parking] == [0.5, 1.25]
    assert [item.verdict for item in parking] == [Verdict.SHORT, Verdict.MET]


def test_a_city_without_residents_is_refused_with_a_cure(tmp_path, book):
    city = street_town.build(tmp_path / "city", buildings=None, estates=None)
    with pytest.raises(InputFault, match="nobody is known to live"):
        measure_completeness(city, street_town.areas(), book)


def test_a_city_without_streets_is_refused(tmp_path, book):
    city = street_town.build(tmp_path / "city", streets=None)
    with pytest.raises(InputFault, match="no street"):
        measure_completeness(city, street_town.areas(), book)


def test_residents_of_estates_stand_in_where_buildings_have_none(tmp_path, book):
    city = street_town.build(tmp_path / "city", buildings=None)
    found = measure_completeness(city, street_town.areas(), book)
    assert found.reach.homes.layer == "estates"
    assert sum(gap.residents for gap in found.gaps if gap.norm.id == "kindergarten") == 2050


def test_the_folder_holds_what_drawing_units_reads(town, areas, book, tmp_path):
    found = measure_completeness(town, areas, book)
    document = write_completeness(found, town, book, tmp_path / "gaps")
    assert {path.name for path in (tmp_path / "gaps").iterdir()} == {
        "gaps.json", "gaps.csv", "residents.csv", "norms.csv", "shared.csv", "parks.csv", "scorecard.csv", "gaps.gpkg",
    }  # fmt: skip
    with (tmp_path / "gaps" / "residents.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {"block": "W", "facility": "kindergarten", "residents": "1050", "beyond": "250"} in rows
    kindergarten = next(item for item in document["types"] if item["id"] == "kindergarten")
    assert kindergarten["inside"] + kindergarten["outside"] + kindergarten["beyond"] == kindergarten["residents"]
    with pytest.raises(InputFault, match="already holds files"):
        write_completeness(found, town, book, tmp_path / "gaps")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda frame: frame.iloc[:0], "no area"),
        (lambda frame: frame.set_crs(None, allow_override=True), "no CRS"),
        (lambda frame: frame.drop(columns="id"), "no id"),
        (lambda frame: frame.assign(id="W"), "stands twice"),
    ],
)
def test_areas_that_cannot_be_used_are_refused(town, areas, change, words):
    with pytest.raises(InputFault, match=words):
        checked_areas(change(areas), town)


def test_areas_come_from_a_file_or_a_folder_of_units(town, areas, tmp_path):
    areas.rename(columns={"id": "unit"}).to_file(tmp_path / "units.gpkg", layer="units", driver="GPKG")
    assert read_areas(str(tmp_path), town)["id"].tolist() == ["W", "E"]
    areas.to_file(tmp_path / "own.geojson", driver="GeoJSON")
    assert read_areas(str(tmp_path / "own.geojson"), town)["name"].tolist() == ["西单元", "东单元"]


def test_files_that_are_no_areas_are_refused(town, tmp_path):
    with pytest.raises(InputFault, match="no such file"):
        read_areas(str(tmp_path / "none.gpkg"), town)
    (tmp_path / "bad.gpkg").write_text("words")
    with pytest.raises(InputFault, match="can't be read"):
        read_areas(str(tmp_path / "bad.gpkg"), town)
    gpd.GeoDataFrame(geometry=[shapely.Point(0, 0)], crs=street_town.CRS).to_file(tmp_path / "points.gpkg")
    with pytest.raises(InputFault, match="no polygons"):
        read_areas(str(tmp_path / "points.gpkg"), town)
    with pytest.raises(InputFault, match="no managed_areas"):
        read_areas("managed_areas", town)


def test_the_rules_name_their_basis_and_every_standard_is_there(book):
    rules = book.pack.read("completeness.yaml", CompletenessRules)
    assert rules.basis == "default"
    assert {item.standard for item in rules.facilities} <= {item.id for item in book.standards}
    assert [item.number for item in rules.community.items] == list(range(1, 21))
    norms = facility_norms(book)
    assert all(norm.walk > 0 and str(norm.walk_mark) for norm in norms)


def test_a_facility_is_found_by_classes_or_by_kinds_never_both():
    with pytest.raises(ValueError, match="give classes"):
        MeasuredFacility(id="x", title="x", standard="x")
