"""The generator's tools keep their laws: cutting conserves length, turning conserves shape, verdicts are partitions."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from huancheng.city.generate.amenities import FacilityBook, Verdict
from huancheng.city.generate.columns import booleans, coded, gap, ids, integers, numbers, texts
from huancheng.city.generate.frame import EAST, NORTH, Frame
from huancheng.city.generate.lattice import StreetClass, Strip, lay_out
from huancheng.city.generate.limits import planted_limits
from huancheng.city.generate.randomness import Draws
from huancheng.city.generate.serving import Homes, beyond, near_pairs
from huancheng.city.generate.sizes import SIZES
from huancheng.city.generate.strokes import StrokeBook, cut_at_junctions
from huancheng.city.generate.templates import templates
from huancheng.city.generate.words import chinese_number, community_names, estate_names, numbered, road_names

whole = st.integers(-500, 500)


def _length(strokes):
    return float(np.hypot(strokes.x1 - strokes.x0, strokes.y1 - strokes.y0).sum())


@given(st.lists(st.tuples(whole, st.integers(1, 60)), min_size=1, max_size=12, unique_by=lambda rung: rung[0]))
def test_cutting_streets_conserves_their_length_and_meets_at_every_end(rungs):
    book = StrokeBook()
    book.add(StreetClass.ARTERIAL, 0.0, -600.0, 0.0, 600.0)
    for y, reach in rungs:
        book.add(StreetClass.SERVICE, 0.0, float(y), float(reach), float(y))
    strokes = book.strokes()
    edges, origin = cut_at_junctions(strokes)
    assert _length(edges) == pytest.approx(_length(strokes))
    assert len(edges) == 2 * len(rungs) + 1
    assert (edges.street_class == strokes.street_class[origin]).all()
    spine = edges.take(edges.street_class == StreetClass.ARTERIAL)
    assert set(spine.y0) | set(spine.y1) == {-600.0, 600.0, *(float(y) for y, _ in rungs)}


def test_a_bridge_is_not_cut_by_the_path_below():
    book = StrokeBook()
    book.add(StreetClass.SECONDARY, 0.0, 0.0, 100.0, 0.0, level=1)
    book.add(StreetClass.PEDESTRIAN, 50.0, -20.0, 50.0, 0.0)
    edges, _ = cut_at_junctions(book.strokes())
    assert len(edges) == 2


def test_slanting_streets_are_kept_whole_and_cut_others():
    book = StrokeBook()
    book.add(StreetClass.EXPRESSWAY, 0.0, 0.0, 30.0, 40.0)
    book.add(StreetClass.SECONDARY, 30.0, 0.0, 30.0, 80.0)
    edges, _ = cut_at_junctions(book.strokes())
    assert len(edges) == 3
    assert _length(edges) == pytest.approx(130.0)


@given(st.floats(-0.1, 0.1), whole, whole, st.integers(1, 300), st.integers(1, 300))
def test_turning_keeps_areas_and_comes_back(turn, x, y, wide, deep):
    frame = Frame(turn)
    box = frame.boxes(*(np.array([float(v)]) for v in (x, y, x + wide, y + deep)))
    assert shapely.area(box)[0] == pytest.approx(wide * deep, rel=1e-4, abs=0.5)
    place = frame.points(np.array([float(x)]), np.array([float(y)]))
    back = frame.board(place[:, 0], place[:, 1])
    assert back[0][0] == pytest.approx(x, abs=2e-3)
    assert back[1][0] == pytest.approx(y, abs=2e-3)
    assert Frame(0.0).points(np.zeros(1), np.zeros(1)).tolist() == [[EAST, NORTH]]


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), max_size=30))
def test_a_verdict_sorts_every_row_considered_into_one_set(rows):
    flagged, clear, considered = (np.array([row[k] for row in rows], bool) for k in range(3))
    verdict = Verdict.of(flagged, clear, considered)
    sets = [set(part.tolist()) for part in (verdict.flagged, verdict.clear, verdict.unclear)]
    assert sum(map(len, sets)) == considered.sum()
    assert set().union(*sets) == set(np.flatnonzero(considered).tolist())
    some = verdict.only(flagged)
    assert set(some.flagged) == sets[0]
    assert len(some.unclear) == 0


@given(st.integers(1, 9_999))
def test_numbers_in_words_never_repeat(number):
    word = chinese_number(number)
    assert word
    assert not word.endswith("零")
    assert word != chinese_number(number + 1 if number < 9_999 else 1)


@pytest.mark.parametrize(
    ("number", "word"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (105, "一百零五"), (1000, "一千"), (2013, "二千零一十三")],
)
def test_numbers_are_written_as_in_chinese(number, word):
    assert chinese_number(number) == word


def test_estates_of_one_name_are_told_apart():
    names = numbered(np.array(["和平小区", "阳光花园", "和平小区", "和平小区"], dtype=object))
    assert names.tolist() == ["和平小区", "阳光花园", "和平小区二区", "和平小区三区"]
    many = estate_names(np.arange(4_000) % 8, np.random.default_rng(1))
    assert len(set(many)) == 4_000


@pytest.mark.parametrize("count", [5, 400, 9_000])
def test_names_of_communities_and_roads_do_not_run_out(count):
    random = np.random.default_rng(3)
    names = community_names(count, random)
    assert len(names) == count
    assert len(set(names)) > 0.7 * count
    assert len(set(road_names(min(count, 300), "路", random))) == min(count, 300)


@given(st.integers(20, 500), st.floats(0.001, 0.4), st.integers(0, 50))
def test_a_gap_is_never_empty_in_a_long_column(count, share, seed):
    missing = gap(count, share, np.random.default_rng(seed))
    assert missing.any()
    assert not gap(count, 0.0, np.random.default_rng(seed)).any()


def test_columns_tell_missing_from_zero_and_no():
    missing = np.array([False, True])
    assert booleans(np.array([False, False]), missing).isna().tolist() == [False, True]
    assert integers(np.array([0, 0]), missing).isna().tolist() == [False, True]
    assert numbers(np.array([0.0, 0.0]), missing).isna().tolist() == [False, True]
    assert texts(np.array(["a", "b"], dtype=object), missing).isna().tolist() == [False, True]
    assert coded(("x", "y"), np.array([1, 0])).tolist() == ["y", "x"]
    assert ids("B", 2).tolist() == ["B000001", "B000002"]
    assert ids("B", 0).tolist() == []


@pytest.mark.parametrize("size", list(SIZES))
@pytest.mark.parametrize("seed", range(6))
def test_every_size_has_a_canal_a_railway_an_old_town_and_a_cluster(size, seed):
    lattice = lay_out(SIZES[size], Draws(seed, size))
    assert (np.diff(lattice.x) > 0).all()
    assert (np.diff(lattice.y) > 0).all()
    assert (lattice.columns == Strip.CANAL).sum() == (lattice.columns == Strip.GAP).sum() == 1
    assert (lattice.rows == Strip.RAIL).sum() == 1
    assert lattice.in_old_town.sum() == SIZES[size].old_town ** 2
    assert lattice.active[lattice.in_old_town].all()
    assert lattice.active[lattice.cluster].any()
    canal = int(np.flatnonzero(lattice.columns == Strip.CANAL)[0])
    c0, c1, _, _ = lattice.old_town
    assert canal in (c0 - 1, c1)


def test_straight_lines_decide_who_lies_beyond():
    def homes(west, east):
        n = len(west)
        zero = np.zeros(n)
        return Homes(
            np.array(west), zero, np.array(east), zero + 10, zero, zero, zero, zero, zero, zero, np.ones(n, np.int64)
        )

    two = homes([0.0, 400.0], [50.0, 450.0])
    point, estate = near_pairs(two, np.array([100.0]), np.array([5.0]), 60.0)
    assert (point.tolist(), estate.tolist()) == ([0], [0])
    assert beyond(two, np.array([100.0]), np.array([5.0]), 60.0).tolist() == [False, True]
    assert beyond(two, np.empty(0), np.empty(0), 60.0).tolist() == [True, True]


def test_a_book_without_a_class_has_no_places():
    book = FacilityBook()
    book.add("bank", np.ones(2), np.ones(2), np.array(["甲", "乙"], dtype=object))
    assert book.places("bank")[0].tolist() == [1.0, 1.0]
    assert book.places("museum")[0].tolist() == []


def test_limits_and_templates_are_data():
    limits = planted_limits()
    assert limits.of("kindergarten") == 300
    assert limits.margin.served < 1 < limits.margin.unserved
    assert all(limit.certainty for limit in limits.limits.values())
    assert all(template.floors_low <= template.floors_high for template in templates().values())
