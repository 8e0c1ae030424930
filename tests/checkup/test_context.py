"""The city as operators see it: conditions in three-valued logic, cutting without loss, zones that partition."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

from huancheng.checkup.context.cutting import cut_land, share_lines, uncovered_area
from huancheng.checkup.context.evaluate import evaluate
from huancheng.checkup.context.scope import Scope, polygon_parts
from huancheng.checkup.context.zones import ZONE_KINDS, Zones, build_atoms
from huancheng.checkup.system.conditions import Condition

YES, NO, UNKNOWN = True, False, None
TABLE = pd.DataFrame(
    {"a": pd.array([YES, YES, YES, NO, NO, NO, UNKNOWN, UNKNOWN, UNKNOWN], "boolean"),
     "b": pd.array([YES, NO, UNKNOWN] * 3, "boolean")}
)  # fmt: skip
A, B = Condition(column="a", is_true=True), Condition(column="b", is_true=True)


def answers(condition, frame=TABLE, year=2025):
    truth = evaluate(condition, frame, year)
    return [bool(true) if known else None for true, known in zip(truth.true, truth.known, strict=True)]


def test_all_holds_when_all_hold_and_fails_when_any_fails():
    assert answers(Condition(all=(A, B))) == [YES, NO, UNKNOWN, NO, NO, NO, UNKNOWN, NO, UNKNOWN]


def test_any_holds_when_any_holds_and_fails_when_all_fail():
    assert answers(Condition(any=(A, B))) == [YES, YES, YES, YES, NO, UNKNOWN, YES, UNKNOWN, UNKNOWN]


def test_no_condition_holds_everywhere():
    assert answers(None) == [True] * 9


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ({"at_least": 10}, [NO, YES, YES, UNKNOWN]), ({"above": 10}, [NO, NO, YES, UNKNOWN]),
        ({"at_most": 10}, [YES, YES, NO, UNKNOWN]), ({"below": 10}, [YES, NO, NO, UNKNOWN]),
        ({"above": 5, "below": 20}, [NO, YES, NO, UNKNOWN]), ({"in_data_year": True}, [NO, YES, NO, UNKNOWN]),
        ({"before_data_year_by": 3}, [YES, NO, NO, UNKNOWN]),
    ],
)  # fmt: skip
def test_numbers_and_years_are_compared_and_a_missing_one_is_unknown(test, expected):
    frame = pd.DataFrame({"n": pd.array([5, 10, 20, None], "Int64")})
    assert answers(Condition(column="n", **test), frame, year=10) == expected


def test_codes_are_matched_and_a_missing_one_is_unknown():
    frame = pd.DataFrame({"c": pd.array(["x", "y", None], "string")})
    assert answers(Condition(column="c", one_of=("x", "z")), frame) == [YES, NO, UNKNOWN]


def test_a_condition_names_the_columns_it_reads_once():
    assert Condition(all=(A, Condition(any=(B, A)))).columns == ("a", "b")


def zones(kind, *shapes):
    count = len(shapes)
    ids = np.array([f"{kind}{number}" for number in range(count)], object)
    return Zones(kind, ids, ids, np.array(shapes, object), shapely.area(np.array(shapes, object)))


SQUARE = Scope("建成区", "built_up_area", np.array([shapely.box(0, 0, 100, 100)]))


def atoms_of(split_x, split_y):
    parts = {
        "county": zones("county", shapely.box(-10, -10, 110, 110)),
        "managed_area": zones("managed_area", shapely.box(split_x, -10, 110, 110)),
        "street": zones("street", shapely.box(-10, -10, split_x, 110), shapely.box(split_x, -10, 110, 110)),
        "community": zones(
            "community", shapely.box(-10, -10, 110, split_y), shapely.box(-10, split_y, 110, split_y + 5)
        ),
    }
    return build_atoms(SQUARE, parts)


coordinates = st.floats(1, 99).map(lambda value: round(value, 3))


@given(coordinates, coordinates)
def test_atoms_fill_the_scope_whatever_the_zones(split_x, split_y):
    atoms = atoms_of(split_x, split_y)
    assert shapely.area(atoms.polygons).sum() == pytest.approx(10_000)
    assert set(atoms.codes) == set(ZONE_KINDS)


@given(st.lists(st.tuples(st.floats(-50, 150), st.floats(-50, 150)), min_size=2, max_size=6), coordinates, coordinates)
def test_a_line_s_shares_add_up_to_its_length_inside(points, split_x, split_y):
    line = np.array([shapely.LineString(points)])
    assume(shapely.is_simple(line[0]))
    atoms = atoms_of(split_x, split_y)
    shared = share_lines(line, atoms.polygons, SQUARE.polygons)
    inside = shapely.intersection(line[0], SQUARE.polygons[0]).length
    assert shared.metres.sum() == pytest.approx(inside, abs=1e-6)


@pytest.mark.parametrize("split", [50.0, 33.333])
def test_a_line_along_a_border_is_neither_lost_nor_doubled(split):
    atoms = atoms_of(split, split)
    shared = share_lines(np.array([shapely.LineString([(split, 0), (split, 100)])]), atoms.polygons, SQUARE.polygons)
    assert shared.metres.sum() == pytest.approx(100)


@given(coordinates, coordinates, coordinates, coordinates)
def test_land_is_cut_without_loss(split_x, split_y, x, y):
    land = np.array([shapely.box(x - 40, y - 40, x + 40, y + 40)])
    pieces = cut_land(land, atoms_of(split_x, split_y).polygons)
    assert shapely.area(pieces.shapes).sum() == pytest.approx(shapely.intersection(land[0], SQUARE.polygons[0]).area)


@given(st.lists(st.tuples(coordinates, coordinates, st.floats(0.5, 60)), max_size=5))
def test_what_covers_leave_over_is_the_difference_from_their_union(circles):
    shapes = np.array([shapely.box(0, 0, 50, 50), shapely.box(50, 50, 100, 100)])
    covers = np.array([shapely.Point(x, y).buffer(radius) for x, y, radius in circles], object)
    union = shapely.union_all(covers)
    expected = [shape.difference(union).area for shape in shapes]
    assert uncovered_area(shapes, covers).tolist() == pytest.approx(expected, abs=1e-6)


def test_nothing_cut_gives_nothing():
    nothing = np.empty(0, object)
    atoms = atoms_of(50, 50).polygons
    assert len(cut_land(nothing, atoms).shapes) == 0
    assert len(share_lines(nothing, atoms, SQUARE.polygons).metres) == 0
    assert uncovered_area(nothing, atoms).tolist() == []


def test_polygons_are_found_in_collections_of_any_depth():
    inner = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(2, 2, 3, 3)])
    mixed = shapely.GeometryCollection([inner, shapely.LineString([(0, 0), (1, 1)])])
    parts, owner = polygon_parts(np.array([mixed, shapely.Point(0, 0), shapely.box(5, 5, 6, 6)]))
    assert (shapely.area(parts).tolist(), owner.tolist()) == ([1, 1, 1], [0, 0, 2])


def test_a_lost_piece_of_the_scope_is_a_defect(monkeypatch):
    monkeypatch.setattr("huancheng.checkup.context.zones.SLIVER", 6000.0)
    with pytest.raises(RuntimeError, match="atoms cover"):
        atoms_of(50, 50)


def test_places_of_points_outside_are_told_apart():
    points = shapely.points([[50, 50], [500, 500], [1, 1]])
    assert (atoms_of(40, 40).place(points) >= 0).tolist() == [True, False, True]


def test_streets_of_several_parts_stand_where_the_longest_is(context, little, layers):
    lines = shapely.MultiLineString([[(0, 10), (10, 10)], [(100, 10), (300, 10)]])
    layers["streets"].append({"id": "MULTI", "class": "branch", "geometry": lines})
    city = context()
    position = city.layer("streets")["id"].tolist().index("MULTI")
    x, y = shapely.get_coordinates(city.points("streets")[position])[0] - np.array(little.ORIGIN)
    assert (x, y) == pytest.approx((200, 10), abs=0.01)
