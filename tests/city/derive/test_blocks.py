from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from huancheng.city.derive import BlockOptions, derive_blocks
from huancheng.city.derive import blocks as blocks_module
from huancheng.evidence import InputFault
from tests.city.derive.city_parts import CRS, NO_STREETS, areas, lines

CITY = areas(shapely.box(0, 0, 1000, 1000))
CROSS = lines(("arterial", [(500, -50), (500, 1050)]), ("branch", [(-50, 400), (1050, 400)]))
RAW = BlockOptions(minimum_area=0, minimum_width=0)


def test_streets_cut_the_city_into_blocks_from_south_to_north() -> None:
    result = derive_blocks(CITY, CROSS)
    assert result.frame["area"].tolist() == [200_000, 200_000, 300_000, 300_000]
    assert result.frame["id"].tolist() == ["B250-200", "B750-200", "B250-700", "B750-700"]
    assert result.frame.crs == CRS
    assert result.report.closed_by_boundary == 4
    assert result.report.imbalance < 1e-12


def test_a_city_without_streets_is_one_block() -> None:
    assert derive_blocks(CITY, NO_STREETS).frame["area"].tolist() == [1_000_000]


@pytest.mark.parametrize("street_class", ["service", "pedestrian", "cycleway", "track"])
def test_ways_inside_a_block_do_not_cut_unless_asked(street_class: str) -> None:
    way = lines((street_class, [(500, -50), (500, 1050)]))
    assert len(derive_blocks(CITY, way).frame) == 1
    asked = BlockOptions(street_classes=(street_class,))
    assert len(derive_blocks(CITY, way, options=asked).frame) == 2


def test_tunnels_do_not_cut_and_bridges_do() -> None:
    course = ("arterial", [(500.0, -50.0), (500.0, 1050.0)])
    assert len(derive_blocks(CITY, lines(course, tunnel=True)).frame) == 1
    assert len(derive_blocks(CITY, lines(course, tunnel=False).assign(bridge=True)).frame) == 2


@pytest.mark.parametrize(("kind", "blocks"), [("rail", 2), ("light_rail", 2), (None, 2), ("tram", 1), ("metro", 1)])
def test_surface_railways_cut_and_trams_and_metro_do_not(kind: str | None, blocks: int) -> None:
    railway = lines((kind, [(500, -50), (500, 1050)]), name="kind")
    assert len(derive_blocks(CITY, NO_STREETS, railway).frame) == blocks


@pytest.mark.parametrize(("kind", "blocks"), [("river", 2), ("canal", 2), ("stream", 1), (None, 1)])
def test_rivers_drawn_as_lines_cut_and_brooks_do_not(kind: str | None, blocks: int) -> None:
    waterway = lines((kind, [(500, -50), (500, 1050)]), name="kind")
    assert len(derive_blocks(CITY, NO_STREETS, waterways=waterway).frame) == blocks


def test_water_is_cut_out_and_its_area_reported() -> None:
    river = areas(shapely.box(450, -10, 550, 1010), shapely.box(500, 500, 560, 520))
    result = derive_blocks(CITY, NO_STREETS, water=river)
    assert result.report.area_water == pytest.approx(100_000 + 200)
    assert result.report.area_blocks == pytest.approx(900_000 - 200)
    assert len(result.frame) == 2


def test_a_pond_leaves_a_hole_in_its_block() -> None:
    result = derive_blocks(CITY, NO_STREETS, water=areas(shapely.box(100, 100, 130, 130)))
    assert result.frame["area"].tolist() == [1_000_000 - 900]
    assert len(result.frame.geometry.iloc[0].interiors) == 1


def test_the_strip_between_two_carriageways_joins_the_block_it_borders_longest() -> None:
    dual = lines(
        ("arterial", [(500, 0), (500, 1000)]), ("arterial", [(506, 0), (506, 1000)]),
        ("branch", [(506, 500), (1000, 500)]),
    )  # fmt: skip
    result = derive_blocks(CITY, dual)
    assert result.report.faces == 4
    assert result.report.merged == 1
    assert sorted(result.frame["area"]) == [247_000, 247_000, 506_000]


def test_slivers_merge_with_one_another_until_the_group_is_a_block() -> None:
    steps = [("branch", [(x, 0), (x, 1000)]) for x in (496, 499, 502, 505)]
    result = derive_blocks(CITY, lines(*steps))
    assert result.report.merged == 3
    assert len(result.frame) == 2


def test_no_merge_crosses_a_separator() -> None:
    tracks = lines(("rail", [(500, 0), (500, 1000)]), ("rail", [(505, 0), (505, 1000)]), name="kind")
    result = derive_blocks(CITY, NO_STREETS, tracks)
    assert result.report.locked_slivers == 1
    assert result.report.area_left_out == pytest.approx(5_000)
    assert sorted(result.frame["area"]) == [495_000, 500_000]
    free = derive_blocks(CITY, NO_STREETS, tracks, options=BlockOptions(separators=()))
    assert free.report.area_left_out == 0
    assert len(free.frame) == 2


def test_a_street_class_may_be_named_a_separator() -> None:
    dual = lines(("expressway", [(500, 0), (500, 1000)]), ("branch", [(506, 0), (506, 1000)]))
    strict = derive_blocks(CITY, dual, options=BlockOptions(separators=("expressway",)))
    assert sorted(strict.frame["area"]) == [500_000, 500_000]
    assert strict.frame.geometry.iloc[1].bounds[0] == 500


def test_a_locked_sliver_is_freed_when_a_neighbour_reaches_it() -> None:
    layout = lines(
        ("branch", [(500, 0), (500, 1000)]), ("branch", [(503, 0), (503, 1000)]), ("branch", [(0, 500), (500, 500)])
    )
    rail = lines(("rail", [(506, 0), (506, 1000)]), name="kind")
    result = derive_blocks(CITY, layout, rail)
    assert result.report.locked_slivers == 0
    assert result.report.merged == 2


def test_open_country_is_left_out_where_a_maximum_is_set() -> None:
    result = derive_blocks(CITY, CROSS, options=BlockOptions(maximum_area=250_000))
    assert result.report.open_country == 2
    assert result.report.area_left_out == pytest.approx(600_000)
    assert result.report.blocks == len(result.frame) == 2


def test_a_block_keeps_its_id_while_the_city_changes_elsewhere() -> None:
    more = lines(*[("branch", [(700 + x, 400), (700 + x, 1000)]) for x in (0, 100)])
    before = derive_blocks(CITY, CROSS).frame
    after = derive_blocks(CITY, gpd.GeoDataFrame(pd.concat([CROSS, more], ignore_index=True))).frame
    assert {"B250-200", "B750-200", "B250-700"} <= set(before["id"]) & set(after["id"])
    assert after["id"].is_unique


def test_blocks_of_one_metre_still_have_ids_of_their_own() -> None:
    tiny = areas(shapely.box(0, 0, 0.4, 0.4))
    cut = lines(("branch", [(0.2, -1), (0.2, 1)]))
    ids = derive_blocks(tiny, cut, options=RAW).frame["id"].tolist()
    assert ids == ["B0-0", "B0-0-1"]


def test_lines_with_height_and_lines_far_away_do_no_harm() -> None:
    tall = CROSS.set_geometry(shapely.force_3d(CROSS.geometry.to_numpy(), 9.0))
    far = lines(("arterial", [(5000, 0), (5000, 1000)]))
    streets = gpd.GeoDataFrame(pd.concat([tall, far], ignore_index=True), crs=CRS)
    assert derive_blocks(CITY, streets).frame["area"].tolist() == [200_000, 200_000, 300_000, 300_000]


def test_layers_must_share_one_metric_crs() -> None:
    with pytest.raises(InputFault, match="does not measure in metres"):
        derive_blocks(CITY.to_crs(4326), CROSS)
    with pytest.raises(InputFault, match="streets: the layer is in"):
        derive_blocks(CITY, CROSS.to_crs(4527))
    with pytest.raises(InputFault, match="has no CRS"):
        derive_blocks(CITY, gpd.GeoDataFrame(CROSS.drop(columns="geometry"), geometry=CROSS.geometry.to_numpy()))
    with pytest.raises(InputFault, match="no layer carries a CRS"):
        derive_blocks(gpd.GeoDataFrame(geometry=[]), gpd.GeoDataFrame(geometry=[]))


def test_a_boundary_without_area_is_refused() -> None:
    with pytest.raises(InputFault, match="boundary has no area"):
        derive_blocks(areas(shapely.Polygon()), CROSS)


def test_ground_that_goes_missing_stops_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks_module, "polygonize", lambda *_: np.array([shapely.box(0, 0, 10, 10)], dtype=object))
    with pytest.raises(ArithmeticError, match="miss the city's area"):
        derive_blocks(CITY, CROSS)


def test_unknown_settings_are_refused_and_every_default_is_marked() -> None:
    with pytest.raises(ValidationError):
        BlockOptions(minimal_area=3)
    assert set(BlockOptions.certainties()) == set(BlockOptions.model_fields)


positions = st.lists(st.integers(1, 999), min_size=0, max_size=6, unique=True)


@given(positions, positions, positions, st.randoms(use_true_random=False))
def test_no_ground_is_lost_and_no_block_overlaps_whatever_the_lines(
    across: list[int], along: list[int], rails: list[int], random: object
) -> None:
    rows = [("branch", [(0, y), (1000, random.randint(0, 1000))]) for y in across]  # type: ignore[attr-defined]
    rows += [("arterial", [(x, 0), (random.randint(0, 1000), 1000)]) for x in along]  # type: ignore[attr-defined]
    tracks = lines(*[("rail", [(0, y), (1000, 1000 - y)]) for y in rails], name="kind")
    lake = areas(shapely.Point(500, 500).buffer(120))
    streets = lines(*rows)
    result = derive_blocks(CITY, streets, tracks, lake)
    report = result.report
    assert report.imbalance < 1e-6
    assert shapely.area(shapely.union_all(result.frame.geometry.to_numpy())) == pytest.approx(report.area_blocks)
    assert result.frame.is_valid.all()
    assert (result.frame.geom_type == "Polygon").all()
    shuffled = derive_blocks(CITY, streets.iloc[::-1], tracks.iloc[::-1], lake)
    assert shuffled.frame["id"].tolist() == result.frame["id"].tolist()
    assert shapely.equals(shuffled.frame.geometry.to_numpy(), result.frame.geometry.to_numpy()).all()


@given(positions, st.sampled_from([5, 40]))
def test_after_merging_no_free_sliver_is_left(along: list[int], width: int) -> None:
    streets = lines(*[("branch", [(x, 0), (x, 1000)]) for x in along])
    result = derive_blocks(CITY, streets, options=BlockOptions(minimum_width=width))
    mean_width = 2 * result.frame.area / result.frame.length
    assert (mean_width >= width).all()
    assert (result.frame["area"] >= 500).all()
