"""Maps and charts: what is drawn is what is there, in packaged fonts, the same each time."""

from __future__ import annotations

import io
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
import shapely
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.path import Path
from PIL import Image

from huancheng.city.snapshot import Snapshot
from huancheng.report import layout
from huancheng.report.drawing.charts import Series, bars, share_bars, stacked_bars
from huancheng.report.drawing.classes import Classes, classify
from huancheng.report.drawing.ground import Ground
from huancheng.report.drawing.shapes import line_paths, polygon_paths
from huancheng.report.drawing.sheet import COMPACT, FULL, RESOLUTION, Extent, LegendEntry, Sheet, Sign
from huancheng.report.drawing.thematic import AreaCounts, choropleth, feature_map
from huancheng.report.typeface import font_folder

amounts = st.lists(st.one_of(st.just(0.0), st.just(float("nan")), st.floats(0.01, 1e7)), min_size=1, max_size=40).map(
    np.array
)


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def share_of(png: bytes, colour: str, tolerance: int = 40) -> float:
    """Share of a picture's dots that are about of a colour."""
    wanted = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)])
    dots = np.asarray(opened(png)).astype(int)
    return float((np.abs(dots - wanted).max(axis=2) <= tolerance).mean())


def area_of(path: Path) -> float:
    """Signed area of a compound path, ring by ring."""
    starts = [*np.flatnonzero(path.codes == Path.MOVETO), len(path.codes)]
    total = 0.0
    for first, last in pairwise(starts):
        x, y = (path.vertices[first:last] - path.vertices[0]).T
        total += float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2
    return total


@given(
    st.lists(
        st.tuples(st.floats(0, 1000), st.floats(0, 1000), st.floats(1, 200), st.booleans(), st.booleans()),
        min_size=1,
        max_size=30,
    )
)
def test_paths_hold_all_the_area_whichever_way_rings_turn(
    given_boxes: list[tuple[float, float, float, bool, bool]],
) -> None:
    shapes = []
    for x, y, side, turned, hollow in given_boxes:
        shape = shapely.box(x, y, x + side, y + side, ccw=turned)
        hole = shapely.box(x + side / 4, y + side / 4, x + side / 2, y + side / 2, ccw=turned)
        shapes.append(shapely.Polygon(shape.exterior, [hole.exterior]) if hollow else shape)
    drawn = sum(area_of(path) for path in polygon_paths(np.array(shapes, object)))
    assert drawn == pytest.approx(sum(shape.area for shape in shapes), rel=1e-6)


def test_a_thousand_shapes_make_a_few_paths() -> None:
    boxes = np.array([shapely.box(x, 0, x + 0.5, 1) for x in range(1000)], object)
    assert len(polygon_paths(boxes)) == 3
    lines = np.array([shapely.LineString([(x, 0), (x, 1)]) for x in range(1000)], object)
    assert sum(len(path.vertices) for path in line_paths(lines)) == 2000


def test_parts_missing_and_empty_shapes_draw_what_they_hold() -> None:
    shapes = np.array(
        [None, shapely.Polygon(), shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(2, 0, 3, 1)])], object
    )
    assert sum(area_of(path) for path in polygon_paths(shapes)) == pytest.approx(2)
    assert line_paths(np.array([None, shapely.LineString()], object)) == []


@given(amounts)
def test_every_value_falls_into_the_class_whose_bounds_hold_it(values: np.ndarray) -> None:
    classes = classify(values)
    index = classes.index(values)
    assert len(classes.bounds) <= 5
    assert list(classes.bounds) == sorted(set(classes.bounds))
    for value, place in zip(values, index, strict=True):
        if np.isnan(value):
            assert place == -2
        elif value == 0:
            assert place == -1
        else:
            lower = classes.bounds[place - 1] if place else 0.0
            assert lower < value <= classes.bounds[place]


@given(amounts, st.randoms())
def test_classes_do_not_depend_on_the_order_of_areas(values: np.ndarray, random: object) -> None:
    shuffled = values.tolist()
    random.shuffle(shuffled)
    assert classify(values) == classify(np.array(shuffled))


def test_breaks_are_shown_as_bounds() -> None:
    assert Classes((10.0, 25.0)).labels("栋") == ["≤10", "＞10，≤25"]
    assert len(Classes((10.0, 25.0)).colours()) == 2
    assert classify(np.array([np.nan, 0.0])).index(np.array([np.nan, 0.0])).tolist() == [-2, -1]


@given(st.floats(1, 1e5), st.floats(1, 1e5), st.sampled_from([FULL, COMPACT]))
def test_a_sheet_shows_the_whole_ground_and_fits_a_page(width: float, height: float, frame: object) -> None:
    extent = Extent.around((0, 0, width, height), frame)
    assert extent.left < 0
    assert extent.bottom < 0
    assert extent.right > width
    assert extent.top > height
    assert 0.6 < extent.height / extent.width <= frame.tallest * 1.001


def test_a_full_sheet_is_as_wide_as_the_type_area_at_print_resolution() -> None:
    extent = Extent.around((0, 0, 4000, 3000))
    sheet = Sheet(
        extent, "图", [LegendEntry("居住", "#fbf0c4"), LegendEntry("路", layout.INK, Sign.LINE)], attribution="测绘队"
    )
    assert opened(sheet.png()).width == round(6.2 * RESOLUTION)


def words_on(sheet: Sheet) -> set[str]:
    texts = [words.get_text() for words in (*sheet.figure.texts, *sheet.axes.texts)]
    return {*texts, *(words.get_text() for legend in sheet.figure.legends for words in legend.get_texts())}


@pytest.mark.parametrize("frame", [FULL, COMPACT])
def test_a_sheet_has_title_scale_north_attribution_legend_and_a_field_for_the_approval_number(frame: object) -> None:
    extent = Extent.around((0, 0, 4000, 3000), frame)
    words = words_on(Sheet(extent, "现状图", [LegendEntry("居住", "#fbf0c4")], frame=frame, attribution="测绘队"))
    assert {"现状图", "北", "0", "500 米", "居住", "数据来源：测绘队"} <= words | {"500 米"}
    assert any(word.endswith(("米", "公里")) for word in words)
    assert "审图号：＿＿＿＿＿＿（公开前须送审）" in words
    assert "审图号：鲁S(2026)001号" in words_on(Sheet(extent, "现状图", approval="鲁S(2026)001号"))


def test_a_scale_bar_is_as_long_as_it_says() -> None:
    sheet = Sheet(Extent(0, 0, 10_000, 8_000), "图")
    halves = [
        patch.get_width()
        for patch in sheet.axes.patches
        if patch.get_edgecolor()[3] and patch.get_zorder() == 91 and hasattr(patch, "get_width")
    ]
    assert sum(halves) == 2000
    assert "2 公里" in words_on(sheet)


def test_the_quiet_city_lies_under_every_map_dot_for_dot(toy_snapshot: Snapshot) -> None:
    ground = Ground(toy_snapshot)
    bare = np.asarray(Image.fromarray(ground.quiet[:, :, :3]))
    sheet = ground.sheet("图", [])
    for spine in sheet.axes.spines.values():
        spine.set_visible(False)
    whole = sheet.pixels()[:, :, :3]
    foot = round(sheet._foot_inches * RESOLUTION)
    middle = slice(bare.shape[0] // 3, bare.shape[0] // 2)
    offset = whole.shape[0] - foot - bare.shape[0]
    assert (whole[offset + middle.start : offset + middle.stop, 50:600] == bare[middle, 50:600]).all()


def features(*rows: tuple[str, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["feature_id", "x", "y"])


def test_flagged_features_are_seen_and_others_are_not(toy_snapshot: Snapshot) -> None:
    ground = Ground(toy_snapshot)
    none = feature_map(ground, "图", "estates", features(), "小区")
    two = feature_map(ground, "图", "estates", features(("ES0", 0, 0), ("ES2", 0, 0)), "小区")
    four = feature_map(ground, "图", "estates", features(*((f"ES{place}", 0, 0) for place in range(4))), "小区")
    shares = [share_of(png, layout.VERMILION, 60) for png in (none, two, four)]
    assert shares[0] < 0.01
    assert shares[2] == pytest.approx(2 * shares[1], rel=0.05)


@pytest.mark.parametrize(("kind", "identifier"), [("streets", "ST0"), ("buildings", "BU3"), ("facilities", "FA0")])
def test_lines_and_points_are_seen_too(toy_snapshot: Snapshot, kind: str, identifier: str) -> None:
    ground = Ground(toy_snapshot)
    bare = share_of(feature_map(ground, "图", kind, features(), "处"), layout.VERMILION)
    assert share_of(feature_map(ground, "图", kind, features((identifier, 0, 0)), "处"), layout.VERMILION) > bare


def test_a_piece_of_land_that_is_no_feature_is_drawn_where_it_lies(toy_snapshot: Snapshot) -> None:
    ground = Ground(toy_snapshot)
    here = feature_map(ground, "图", "land_use", features(("land-7", 500_450, 4_030_250)), "地块")
    away = feature_map(ground, "图", "land_use", features(("land-7", 900_000, 4_030_250)), "地块")
    assert share_of(here, layout.VERMILION) > share_of(away, layout.VERMILION)


def test_a_small_area_gets_a_dot(toy_snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    ground = Ground(toy_snapshot)
    chosen = features(("ES0", 0, 0))
    without = feature_map(ground, "图", "estates", chosen, "小区")
    monkeypatch.setattr("huancheng.report.drawing.thematic._SMALL", 5.0)
    assert feature_map(ground, "图", "estates", chosen, "小区") != without


def test_more_dots_than_can_be_told_apart_become_counts_on_a_grid(
    toy_snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ground = Ground(toy_snapshot)
    chosen = features(*((f"BU{place}", 0, 0) for place in range(100)))
    dots = feature_map(ground, "图", "buildings", chosen, "住宅")
    monkeypatch.setattr("huancheng.report.drawing.thematic._MOST_DOTS", 10)
    assert share_of(feature_map(ground, "图", "buildings", chosen, "住宅"), "#fc8d59", 60) > share_of(
        dots, "#fc8d59", 60
    )


def test_a_choropleth_tells_zero_from_unknown_and_the_darker_has_more(toy_snapshot: Snapshot) -> None:
    ground = Ground(toy_snapshot)
    shapes = np.array(
        [shapely.box(500_000 + 300 * place, 4_030_000, 500_300 + 300 * place, 4_030_500) for place in range(4)], object
    )
    counted = AreaCounts(shapes, np.array([0.0, np.nan, 3.0, 90.0]), ["甲", "乙", "丙", ""])
    png = choropleth(ground, "图", counted, "栋")
    assert png != choropleth(
        ground, "图", AreaCounts(shapes, np.array([0.0, 0.0, 3.0, 90.0]), ["甲", "乙", "丙", ""]), "栋"
    )
    assert share_of(png, "#b8201b", 30) > 0.05
    unknown = AreaCounts(shapes, np.full(4, np.nan), [""] * 4)
    assert share_of(choropleth(ground, "图", unknown, "栋"), "#b8201b", 30) == 0


def test_the_overview_shows_land_water_and_rail(toy_snapshot: Snapshot) -> None:
    png = Ground(toy_snapshot).overview("鲁S(2026)001号")
    assert share_of(png, "#fbf0c4", 12) > 0.03
    assert share_of(png, "#b9d5e2", 12) > 0.003


def test_maps_and_charts_are_the_same_bytes_each_time(toy_snapshot: Snapshot) -> None:
    assert Ground(toy_snapshot).overview() == Ground(toy_snapshot).overview()
    series = [Series("已知", layout.TEAL, [3, 4]), Series("缺数据", "#c3cad0", [1, 0])]
    assert stacked_bars(["住房", "小区"], series, unit="项") == stacked_bars(["住房", "小区"], series, unit="项")


def test_longer_bars_are_longer_and_an_empty_part_is_not_drawn() -> None:
    long, short = (share_of(bars(["甲", "乙"], [10, amount], unit="栋"), layout.TEAL) for amount in (10, 1))
    assert long > short
    empty = stacked_bars(["甲"], [Series("已知", layout.TEAL, [1]), Series("不足", layout.VERMILION, [0])])
    assert share_of(empty, layout.VERMILION) == 0


def test_shares_fill_their_bar() -> None:
    colours, names = {"measured": layout.TEAL, "imputed": layout.AMBER}, {"measured": "实测", "imputed": "插补"}
    half = share_bars(["层数"], [{"measured": 0.5, "imputed": 0.5}], colours, names)
    assert share_of(half, layout.TEAL) == pytest.approx(share_of(half, layout.AMBER), rel=0.15)


@pytest.mark.parametrize(("face", "charset"), [("NotoSansSC", "gbk"), ("NotoSerifSC", "gb2312")])
@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_packaged_fonts_hold_every_chinese_character_an_office_types(face: str, charset: str, weight: str) -> None:
    with TTFont(font_folder() / f"{face}-{weight}.ttf", lazy=True) as font:
        held = set(font.getBestCmap())
    wanted = set()
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            character = bytes((lead, trail)).decode(charset, "ignore")
            if len(character) == 1 and "\u4e00" <= character <= "\u9fff":
                wanted.add(ord(character))
    assert len(wanted) > 6_700
    assert wanted <= held


def test_the_licence_lies_beside_the_fonts() -> None:
    assert all("SIL OPEN FONT LICENSE" in path.read_text("utf-8").upper() for path in font_folder().glob("OFL-*.txt"))
    assert len(list(font_folder().glob("OFL-*.txt"))) == 2
