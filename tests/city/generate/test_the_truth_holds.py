"""What truth.json says is so: sets are disjoint, rules hold by column, margins hold in a straight line and on foot.

The walk is measured here with scipy, apart from the `access` room and from the generator's own bounds.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra

from huancheng.city.generate.limits import planted_limits
from huancheng.city.generate.truth import TITLES

SERVICES = {
    "estate_without_kindergarten": "kindergarten",
    "estate_without_nursery": "nursery",
    "estate_without_elderly_care": "elderly_care",
    "primary_school_gap": "primary_school",
}


def test_every_rule_of_the_contract_is_planted(city):
    assert list(city.truth["problems"]) == list(TITLES)
    assert city.truth["version"] == 1
    assert city.truth["size"] == "small"


def test_flagged_clear_and_unclear_are_disjoint_rows_of_their_layer(city):
    for key, problem in city.truth["problems"].items():
        flagged, clear, unclear = (set(problem[name]) for name in ("flagged", "clear", "unclear"))
        assert len(flagged) + len(clear) + len(unclear) == sum(
            len(problem[name]) for name in ("flagged", "clear", "unclear")
        )
        assert flagged | clear | unclear <= set(city.layer(problem["layer"])["id"]), key
        assert set(problem.get("amounts", {})) <= flagged


@pytest.mark.parametrize("key", list(TITLES))
def test_every_problem_is_planted_and_some_features_are_free_of_it(small_cities, key):
    assert all(city.problem(key)["clear"] for city in small_cities.values())
    assert sum(len(city.problem(key)["flagged"]) for city in small_cities.values()) > 0


def test_estates_are_sorted_completely(city):
    everyone = set(city.layer("estates")["id"])
    for key, problem in city.truth["problems"].items():
        if problem["layer"] == "estates":
            assert set(problem["flagged"]) | set(problem["clear"]) | set(problem["unclear"]) == everyone, key


@pytest.mark.parametrize(
    "column",
    [
        "gas_hazard",
        "corridor_hazard",
        "envelope_hazard",
        "pipe_damage",
        "needs_elderly_retrofit",
        "water_quality_fail",
        "needs_energy_retrofit",
        "needs_digital_retrofit",
    ],
)
def test_flagged_homes_are_those_whose_column_says_so(city, column):
    buildings = city.layer("buildings")
    inside = buildings.geometry.within(city.built_up)
    homes = (buildings["use"] == "residential").fillna(False)
    expected = set(buildings.loc[inside & homes & buildings[column].fillna(False), "id"])
    problem = city.problem(f"residential_{column}")
    assert set(problem["flagged"]) == expected
    free = buildings.set_index("id").loc[problem["clear"]]
    still = (free["use"] == "residential") & free.geometry.within(city.built_up) & free[column]
    assert not still.fillna(False).any()


def test_structural_hazard_asks_for_grade_or_flag_and_never_passes_the_unknown(city):
    buildings = city.layer("buildings").set_index("id")
    problem = city.problem("residential_structural_hazard")
    flagged, clear, unclear = (buildings.loc[problem[name]] for name in ("flagged", "clear", "unclear"))
    assert (flagged["structural_hazard"].fillna(False) | flagged["safety_grade"].isin(["C", "D"])).all()
    homes = clear[(clear["use"] == "residential") & clear.geometry.within(city.built_up)]
    assert homes["safety_grade"].isin(["A", "B"]).all()
    assert (~homes["structural_hazard"]).all()
    assert (unclear["safety_grade"].isna() | unclear["structural_hazard"].isna() | unclear["use"].isna()).all()


def test_amounts_of_estates_follow_from_their_columns(city):
    estates = city.layer("estates").set_index("id")
    for key, wanted, there in (
        ("parking_gap", estates["households"], estates["parking_spaces"]),
        ("charging_gap", -(-estates["parking_spaces"] // 10), estates["charging_points"]),
    ):
        problem = city.problem(key)
        gap = (wanted - there).dropna()
        assert set(problem["flagged"]) == set(gap.index[gap > 0])
        assert set(problem["clear"]) == set(gap.index[gap <= 0])
        assert problem["amounts"] == gap[gap > 0].astype(float).to_dict()


def test_tall_new_homes_are_above_the_limit_and_of_the_year_of_the_data(city):
    buildings = city.layer("buildings")
    limit = planted_limits().of("tall_home")
    expected = buildings[
        (buildings["use"] == "residential") & (buildings["height"] > limit) & (buildings["year_built"] == 2025)
    ]
    assert set(city.problem("tall_new_home")["flagged"]) == set(expected["id"])


def test_lengths_of_substandard_footways_are_those_of_the_map(city):
    streets = city.layer("streets").set_index("id")
    problem = city.problem("substandard_footway")
    chosen = streets.loc[problem["flagged"]]
    assert chosen["footway_substandard"].all()
    assert chosen.geometry.within(city.built_up).all()
    assert sum(problem["amounts"].values()) == pytest.approx(chosen.length.sum() / 1000, abs=1e-9)


def test_streets_that_lack_a_ground_or_a_centre_have_none_inside(city):
    streets = city.layer("divisions").set_index("id").geometry
    facilities = city.layer("facilities")
    grounds = facilities[(facilities["class"] == "sports_ground") & facilities["compliant"].fillna(False)]
    centres = facilities[(facilities["class"] == "cultural_centre") & (facilities["area"] >= 3000).fillna(False)]
    for key, good in (("street_without_sports_ground", grounds), ("street_without_cultural_centre", centres)):
        counts = {
            side: [good.geometry.within(streets[row]).sum() for row in city.problem(key)[side]]
            for side in ("flagged", "clear")
        }
        assert len(counts["flagged"]) > 0
        assert sum(counts["flagged"]) == 0
        within = [
            count
            for row, count in zip(city.problem(key)["clear"], counts["clear"], strict=True)
            if streets[row].representative_point().within(city.built_up)
        ]
        assert all(count > 0 for count in within)


def test_fuel_stations_are_near_or_far_with_a_margin(city):
    buildings = city.layer("buildings")
    sensitive = buildings[buildings["use"].isin(["residential", "education", "health"]) | buildings["use"].isna()]
    tree = shapely.STRtree(sensitive.geometry.to_numpy())
    stations = city.layer("facilities").set_index("id").geometry
    problem = city.problem("fuel_station_too_near")
    limit = planted_limits().of("fuel_station")
    for side, holds in (("flagged", lambda d: d <= 0.8 * limit), ("clear", lambda d: d > 1.15 * limit)):
        points = stations.loc[problem[side]].to_numpy()
        _, distance = tree.query_nearest(points, return_distance=True, all_matches=False)
        assert len(points) > 0
        assert holds(distance).all()


def _homes(city):
    buildings = city.layer("buildings")
    return buildings[
        (buildings["use"] == "residential")
        & (buildings["population"] > 0).fillna(False)
        & buildings["estate_id"].notna()
    ]


@pytest.mark.parametrize("key", [key for key in SERVICES if key != "primary_school_gap"])
def test_unserved_estates_lie_beyond_the_margin_in_a_straight_line(city, key):
    facilities = city.layer("facilities")
    points = facilities.loc[facilities["class"] == SERVICES[key]].geometry.to_numpy()
    homes = _homes(city)
    homes = homes[homes["estate_id"].isin(city.problem(key)["flagged"])]
    _, distance = shapely.STRtree(points).query_nearest(
        homes.geometry.to_numpy(), return_distance=True, all_matches=False
    )
    assert (distance > 1.15 * planted_limits().of(SERVICES[key])).all()


def _walks(city, kind):
    """Return each home's walk to the nearest facility of a class along the streets, attached by edge projection."""
    streets = city.layer("streets")
    streets = streets[streets["walk"]]
    lines = streets.geometry.to_numpy()
    ends = shapely.get_coordinates(lines).reshape(-1, 2, 2)
    nodes, node = np.unique(ends.reshape(-1, 2), axis=0, return_inverse=True)
    node, length, count = node.reshape(-1, 2), shapely.length(lines), len(nodes)
    tree = shapely.STRtree(lines)

    def attach(points):
        edge = tree.nearest(points)
        return edge, shapely.line_locate_point(lines[edge], points), shapely.distance(lines[edge], points)

    facilities = city.layer("facilities")
    edge, along, off = attach(facilities.loc[facilities["class"] == kind].geometry.to_numpy())
    extra = np.arange(len(edge)) + count
    rows = np.concatenate([node[:, 0], extra, extra])
    columns = np.concatenate([node[:, 1], node[edge, 0], node[edge, 1]])
    weights = np.concatenate([length, along + off, length[edge] - along + off])
    graph = coo_matrix((weights, (rows, columns)), shape=(count + len(edge),) * 2).tocsr()
    reach = dijkstra(graph, directed=False, indices=extra, min_only=True)
    homes = _homes(city)
    home_edge, home_along, home_off = attach(shapely.point_on_surface(homes.geometry.to_numpy()))
    walk = np.minimum(
        reach[node[home_edge, 0]] + home_along, reach[node[home_edge, 1]] + length[home_edge] - home_along
    )
    for facility in range(len(edge)):
        same = home_edge == edge[facility]
        walk[same] = np.minimum(walk[same], np.abs(home_along[same] - along[facility]) + off[facility])
    return homes.assign(walk=walk + home_off)


def _check_walks(city, key):
    limit = planted_limits().of(SERVICES[key])
    homes = _walks(city, SERVICES[key])
    problem = city.problem(key)
    clear = homes[homes["estate_id"].isin(problem["clear"])]
    if key == "primary_school_gap":
        within = clear["population"].where(clear["walk"] <= 0.8 * limit, 0).groupby(clear["estate_id"]).sum()
        assert (within / clear.groupby("estate_id")["population"].sum() >= 0.6).all()
        return
    assert (clear["walk"] <= 0.8 * limit).all()
    assert (homes.loc[homes["estate_id"].isin(problem["flagged"]), "walk"] > 1.15 * limit).all()


@pytest.mark.parametrize("key", list(SERVICES))
def test_served_estates_keep_the_margin_on_foot(city, key):
    _check_walks(city, key)


@pytest.mark.medium
@pytest.mark.parametrize("key", list(SERVICES))
def test_the_medium_city_keeps_the_margin_on_foot(medium_city, key):
    _check_walks(medium_city, key)


def test_estates_without_any_school_want_every_place(city):
    estates = city.layer("estates").set_index("id")
    facilities = city.layer("facilities")
    schools = facilities[facilities["class"] == "primary_school"]
    tree = shapely.STRtree(schools.geometry.to_numpy())
    homes = _homes(city)
    problem = city.problem("primary_school_gap")
    for row, amount in problem["amounts"].items():
        wanted = 65 * estates.at[row, "population"] / 1000
        box = shapely.box(*homes[homes["estate_id"] == row].total_bounds)
        if len(tree.query(box, predicate="dwithin", distance=575)) == 0:
            assert amount == math.ceil(wanted)
        else:
            assert 0 < amount < wanted + 1


def test_hollows_are_closed_and_deep_just_where_they_were_planted(city):
    heights, transform = city.snapshot.raster("terrain")
    blocks = city.layer("blocks").set_index("id").geometry
    limit = planted_limits().of("hollow")

    def depth(shape):
        west, south, east, north = shape.bounds
        cells = heights[
            int((transform.f - north) / -transform.e) + 1 : int((transform.f - south) / -transform.e) - 1,
            int((west - transform.c) / transform.a) + 1 : int((east - transform.c) / transform.a) - 1,
        ]
        edge = np.concatenate([cells[0], cells[-1], cells[:, 0], cells[:, -1]])
        return float(np.nanmin(edge) - np.nanmin(cells))

    problem = city.problem("ponding_block")
    assert min(depth(blocks[row]) for row in problem["flagged"]) > 1.15 * limit
    assert max(depth(blocks[row]) for row in problem["clear"]) < 0.8 * limit


def test_values_are_their_numerator_over_their_denominator(city):
    factors = {"%": 100.0}
    for value in city.truth["values"].values():
        assert value["amount"] == pytest.approx(
            value["numerator"] / value["denominator"] * factors.get(value["unit"], 1.0)
        )


def test_values_agree_with_the_layers(city):
    values = city.truth["values"]
    square = city.layer("built_up_area").area.sum() / 1e6
    pipes = city.layer("pipes")
    pipes = pipes[~pipes["kind"].isin(["power", "telecom"])]
    assert values["2023-U-57"]["denominator"] == pytest.approx(pipes.length.sum() / 1000)
    assert values["2023-U-57"]["numerator"] == pytest.approx(pipes[pipes["monitored"]].length.sum() / 1000)
    cover = city.layer("coverage_areas")
    for indicator, kind in (
        ("2023-U-60", "cim"),
        ("2023-U-61", "management_grid"),
        ("2022-A-02", "permeable"),
        ("2022-E-10", "noise_compliant"),
    ):
        area = (
            shapely.union_all(cover[cover["kind"] == kind].geometry.to_numpy()).intersection(city.built_up).area / 1e6
        )
        assert values[indicator]["amount"] == pytest.approx(100 * area / square, rel=1e-6)
    buildings = city.layer("buildings")
    watched = buildings["fire_monitoring"]
    assert values["2023-U-59"]["denominator"] == watched.notna().sum()
    assert values["2023-U-59"]["numerator"] == watched.fillna(False).sum()
    high = (buildings["height"] > 27).fillna(False)
    assert high.sum() == watched.notna().sum()
    assert not buildings["height"].between(24, 30).any()
