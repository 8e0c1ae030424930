"""The generated city keeps to the published envelopes of `envelopes.yaml`."""

from __future__ import annotations

from importlib import resources

import numpy as np
import pytest
import yaml

from huancheng.city.generate.envelopes import envelopes


def _figures(city):
    buildings, estates, blocks = city.layer("buildings"), city.layer("estates"), city.layer("blocks")
    square = city.built_up.area / 1e6
    inside = buildings[buildings.geometry.intersects(city.built_up)]
    people = float(inside["population"].sum())
    homes = inside[inside["population"].notna() & inside["floors"].notna()]
    floor = homes["footprint_area"] * homes["floors"]
    streets = city.layer("streets")
    roads = streets[streets["class"].isin(["expressway", "arterial", "secondary", "branch"])].geometry.intersection(
        city.built_up
    )
    zones = city.layer("heritage_zones")
    old_town = zones[zones["kind"] == "historic_area"].geometry.iloc[0]
    old = blocks.geometry.representative_point().within(old_town)
    hectares = blocks.geometry.area / 1e4
    members = buildings.dropna(subset=["estate_id"])
    members = members.assign(floor=members["footprint_area"] * members["floors"].fillna(members["floors"].median()))
    sums = members.groupby("estate_id")[["footprint_area", "floor"]].sum()
    estates = estates.set_index("id")
    coverage, far = sums["footprint_area"] / estates.area, sums["floor"] / estates.area
    built = estates["kind"].isin(["commodity", "work_unit"])
    figures = {
        "population_density": people / square / 1e4,
        "floor_area_per_head": float(floor.sum()) / float(homes["population"].sum()),
        "road_density": float(roads.length.sum()) / 1000 / square,
        "superblock_area": np.quantile(hectares[~old], [0.01, 0.99]),
        "old_town_block_area": np.quantile(hectares[old], [0.01, 0.99]),
        "estate_coverage": np.quantile(coverage[built], [0.05, 0.95]),
        "estate_coverage_median": coverage[built].median(),
        "far_village": far[(estates["kind"] == "village_in_city").fillna(False)].median(),
    }
    decade = (estates["year_built"] // 10 * 10).where(estates["kind"] == "commodity")
    for year in (1980, 1990, 2000, 2010, 2020):
        chosen = far[(decade == year).fillna(False)]
        if len(chosen) >= 3:
            figures[f"far_{year}s"] = chosen.median()
    classes = city.layer("facilities")["class"].value_counts()
    for name in ("kindergarten", "nursery", "elderly_care", "primary_school", "pharmacy"):
        figures[f"{name}_rate"] = classes[name] / (people / 1e4)
    return figures


def _breaches(city):
    bounds = envelopes()
    return {
        name: figure
        for name, figure in _figures(city).items()
        if not (np.all(np.asarray(figure) >= bounds[name].low) and np.all(np.asarray(figure) <= bounds[name].high))
    }


def test_small_cities_keep_to_the_envelopes(city):
    assert _breaches(city) == {}


@pytest.mark.medium
def test_the_medium_city_keeps_to_the_envelopes(medium_city):
    assert _breaches(medium_city) == {}
    assert set(_figures(medium_city)) == set(envelopes())


def test_every_envelope_says_where_it_comes_from_and_how_sure_we_are():
    text = resources.files("huancheng.city.generate").joinpath("envelopes.yaml").read_text("utf-8")
    assert set(yaml.safe_load(text)["envelopes"]) == set(envelopes())
    for envelope in envelopes().values():
        assert envelope.low < envelope.high
        assert envelope.source
        assert envelope.certainty in {"read", "recalled", "proposed"}
