"""Fragments of land: told by geometry with rule and figures, put to the law, all planted ones found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from huancheng.city.snapshot import Snapshot
from huancheng.evidence import InputFault
from huancheng.policy.book import PolicyBook, load_book
from huancheng.units.fragments import Found, FragmentKind, find_fragments, fragment_rules
from huancheng.units.fragments.projects import read_projects

CRS = "EPSG:4548"
PROJECT = shapely.box(0, 0, 300, 200)


@pytest.fixture(scope="module")
def book() -> PolicyBook:
    return load_book("liaocheng-2023")


def layer(**shapes: shapely.Geometry) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"id": pd.Series(list(shapes), dtype="string")}, geometry=list(shapes.values()), crs=CRS)


def found_beside(
    book: PolicyBook, shape: shapely.Geometry, *others: shapely.Geometry, facts: dict[str, Any] | None = None
) -> Found:
    """What is found where a project's ground surrounds `shape`, with other parcels about."""
    ground = shapely.difference(PROJECT, shapely.union_all([shape, *others]))
    rest = {f"other{number}": other for number, other in enumerate(others)}
    return find_fragments(layer(F=shape, own=ground, **rest), layer(J=ground), book, facts=facts)


def kind_of(book: PolicyBook, shape: shapely.Geometry, *others: shapely.Geometry) -> FragmentKind | None:
    kinds = {item.parcel: item.kind for item in found_beside(book, shape, *others).fragments}
    return kinds.get("F")


@pytest.mark.requirement("7.1-1")
@pytest.mark.parametrize("seed_size", [("small", 1), ("small", 2)])
def test_every_planted_fragment_is_found_and_none_invented(seed_size, book, tmp_path):
    from huancheng.city.generate import generate_city

    size, seed = seed_size
    made = generate_city(size, seed, tmp_path / "city")
    truth = json.loads(made.truth.read_text("utf-8"))["fragments"]
    parcels = made.snapshot.layer("parcels")
    found = find_fragments(parcels, parcels.loc[parcels["id"].isin(truth["projects"])], book)
    for kind in ("corner", "enclosed", "interlocked"):
        assert {item.parcel for item in found.fragments if item.kind == kind} == set(truth[kind]), kind
    assert not {item.parcel for item in found.fragments} & set(truth["clear"])
    assert all(item.project == truth["beside"][item.parcel] for item in found.fragments)
    assert sum(len(truth[kind]) for kind in ("corner", "enclosed", "interlocked")) == len(found.fragments) > 0


def test_ground_inside_a_project_is_enclosed(book):
    assert kind_of(book, shapely.box(100, 100, 130, 130)) is FragmentKind.ENCLOSED


def test_a_strip_between_project_and_street_is_a_corner(book):
    assert kind_of(book, shapely.box(100, 0, 140, 12)) is FragmentKind.CORNER


def test_a_strip_that_borders_on_other_parcels_is_no_corner(book):
    neighbour = shapely.box(0, -80, 300, 0)
    assert kind_of(book, shapely.box(100, 0, 160, 13), neighbour) is None


def test_three_mu_are_the_limit(book):
    assert kind_of(book, shapely.box(100, 100, 140, 149.9)) is FragmentKind.ENCLOSED
    assert kind_of(book, shapely.box(100, 100, 140, 150.1)) is None


def test_pieces_between_strips_of_the_project_are_interlocked(book):
    teeth = shapely.multipolygons([shapely.box(x, 170, x + 8, 200) for x in (20, 40, 60)])
    (fragment,) = found_beside(book, teeth).fragments
    assert fragment.kind is FragmentKind.INTERLOCKED
    assert fragment.lie.parts == fragment.lie.parts_touching == 3


def test_an_owner_is_not_interlocked_with_himself(book):
    teeth = shapely.multipolygons([shapely.box(x, 170, x + 8, 200) for x in (20, 40, 60)])
    ground = shapely.difference(PROJECT, teeth)
    parcels = layer(F=teeth, own=ground).assign(owner=["甲公司", "甲公司"])
    found = find_fragments(parcels, layer(J=ground).assign(owner=["甲公司"]), book)
    assert [item.kind for item in found.fragments] == [FragmentKind.ENCLOSED]


def test_a_strip_too_narrow_to_build_on_is_told_apart(book):
    neighbour = shapely.box(0, -80, 300, 0)
    assert kind_of(book, shapely.box(100, 0, 260, 6), neighbour) is FragmentKind.UNBUILDABLE


def test_a_parcel_belongs_to_the_project_with_the_longest_border(book):
    fragment = shapely.box(90, 40, 150, 60)
    west, east = (
        shapely.difference(half, fragment) for half in (shapely.box(0, 0, 92, 100), shapely.box(92, 0, 200, 100))
    )
    found = find_fragments(layer(F=fragment, W=west, E=east), layer(west=west, east=east), book)
    assert [item.project for item in found.fragments] == ["east"]


def test_small_parcels_away_from_every_project_are_not_looked_at(book):
    found = find_fragments(layer(F=shapely.box(500, 500, 520, 520)), layer(J=PROJECT), book)
    assert (found.fragments, found.looked_at) == ((), 0)


def test_the_rule_shows_its_figures_and_limits(book):
    (fragment,) = found_beside(book, shapely.box(100, 100, 130, 130)).fragments
    assert fragment.rule == (
        "面积900平方米，小于3亩；与项目共界100%、与其他地块共界0%、临路或规划边界0%（项目共界不低于0.75）"
    )


def test_every_number_of_the_rule_is_marked_as_the_default_it_is(book):
    marks = {(figure.basis.value, figure.certainty.value) for figure in fragment_rules(book).figures()}
    assert marks == {("default", "proposed")}


@pytest.mark.requirement("7.1-1", "7.1-2")
def test_the_pack_answers_with_the_facts_of_the_fragment(book):
    facts = {
        "conforms_master_plan": True, "ownership_changes": True, "use_changes": True, "mainly_public_facility": True,
        "in_allocation_catalogue": True, "conforms_regulatory_plan": True,
    }  # fmt: skip
    (fragment,) = found_beside(book, shapely.box(100, 100, 130, 130), facts=facts).fragments
    merge, supply = fragment.answers["fragment_merge"], fragment.answers["land_supply"]
    assert [row["outcome"] for row in merge["outcomes"]] == ["allowed"]
    assert merge["facts"]["parcel_kind"] == "夹心地"
    assert [row["outcome"] for row in supply["outcomes"]] == ["allocation"]


def test_facts_nobody_gave_stay_open(book):
    (fragment,) = found_beside(book, shapely.box(100, 100, 130, 130)).fragments
    assert fragment.answers["fragment_merge"]["status"] == "needs_data"
    assert "conforms_master_plan" in fragment.answers["fragment_merge"]["missing"]


def test_fragments_beyond_a_tenth_of_the_project_go_to_a_person(book):
    holes = [shapely.box(x, y, x + 40, y + 45) for x in (20, 80, 140, 200) for y in (20, 100)]
    ground = shapely.difference(shapely.box(0, 0, 260, 160), shapely.union_all(holes))
    parcels = layer(own=ground, **{f"F{number}": hole for number, hole in enumerate(holes)})
    found = find_fragments(parcels, layer(J=ground), book, facts={"conforms_master_plan": True})
    assert len(found.fragments) == 8
    assert found.fragments[0].share == pytest.approx(8 * 1800 / shapely.area(ground))
    outcomes = {row["outcome"] for item in found.fragments for row in item.answers["fragment_merge"]["outcomes"]}
    assert outcomes == {"manual_review"}


def test_the_order_of_parcels_changes_nothing(book):
    shapes = [shapely.box(x, 100, x + 20, 120) for x in (20, 60, 100)]
    ground = shapely.difference(PROJECT, shapely.union_all(shapes))
    parcels = layer(own=ground, **{f"F{number}": shape for number, shape in enumerate(shapes)})
    one = find_fragments(parcels, layer(J=ground), book)
    other = find_fragments(parcels.iloc[::-1].reset_index(drop=True), layer(J=ground), book)
    assert [(item.parcel, item.kind, item.rule) for item in one.fragments] == [
        (item.parcel, item.kind, item.rule) for item in other.fragments
    ]


def test_parcels_without_ids_are_refused(book):
    with pytest.raises(InputFault) as caught:
        find_fragments(layer(F=PROJECT).drop(columns="id"), layer(J=PROJECT), book)
    assert (caught.value.file, caught.value.field) == ("parcels", "id")


def write(folder: Path, text: str) -> Path:
    path = folder / "projects.csv"
    path.write_text(text, "utf-8")
    return path


def test_projects_may_be_lists_of_parcels(example_city: Snapshot, tmp_path: Path):
    parcels = example_city.layer("parcels")
    one, two, three = parcels["id"].iloc[:3]
    projects = read_projects(write(tmp_path, f"project,parcel\nJ1,{one}\nJ1,{two}\nJ2,{three}\n"), parcels)
    assert projects["id"].tolist() == ["J1", "J2"]
    assert projects.geometry.area.sum() == pytest.approx(parcels.geometry.area.iloc[:3].sum())


@pytest.mark.parametrize(
    ("rows", "message"), [("J1,ZZZ\n", "there is no parcel"), ("J1,A000001\nJ2,A000001\n", "stands twice")]
)
def test_a_list_that_can_not_be_right_names_its_row(example_city: Snapshot, tmp_path: Path, rows, message):
    with pytest.raises(InputFault, match=message) as caught:
        read_projects(write(tmp_path, "project,parcel\n" + rows), example_city.layer("parcels"))
    assert caught.value.field == "parcel"
    assert caught.value.row
